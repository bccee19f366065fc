import re
import unicodedata

import pytest
from written_prose import write

from briefgen.annotate.gazetteer import Gazetteer
from briefgen.annotate.mentions import Ambiguity, find_mentions
from briefgen.annotate.normal import normalise
from briefgen.model.entity import Alias
from briefgen.model.prose import Prose
from briefgen.model.site import Linking

NAMES = {
    "joe-biden": ["Joe Biden", "Biden", "Don"],
    "putin": ["Vladimir Putin", "Putin", "Путин", "بوتين", "普京", "プーチン", "ปูติน"],
    "russia": ["Russia", "Россия", "俄罗斯", "روسيا"],
    "us": ["United States", "U.S.", "USA", "U.S"],
    "usg": ["U.S.-Russia commission"],
    "new-start": ["New START", "New Strategic Arms Reduction Treaty", "treaty of 2010"],
    "start": ["START", "START I"],
    "icbm": ["ICBM", "Tu-95", "F-16"],
    "nato": ["NATO", "l’Alliance", Alias("north atlantic alliance", case="any")],
    "cnn": ["CNN"],
    "ny": ["New York"],
    "nyt": ["New York Times", "York Times Square"],
    "rt": ["Russia Today", "RT"],
    "ria": ["Russia Today"],
    "doctrine": ["doctrine of restraint", "élan"],
    "non-proliferation": ["Non-Proliferation Treaty"],
    "müller": ["Müller"],
    "bush": ["Bush"],
    "bush-elder": ["Bush", Alias("bush senior", case="any")],
    "istanbul": [Alias("İstanbul", case="any")],
    "odos": [Alias("οδός", case="any")],
    "gbu": ["GBU (Bunker Buster)"],
    "iran": ["Iran"],
    "g7": ["G7"],
    "obrien": ["Brien"],
    "x": ["X"],
}
SITE = Gazetteer.from_entities(
    (entity, [Alias(name) if isinstance(name, str) else name for name in names])
    for entity, names in NAMES.items()
)
ALL = Linking(mentions="all")
EXPECTED = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


def shown(prose: Prose, **inputs) -> str:
    """The text, with `{name|entity}` for a link, `entity~` for a mention that is none, and `?`."""
    inputs = {"linking": ALL, "readings": {}, **inputs}
    result = find_mentions(prose, SITE, **inputs)
    found = [(m.start, m.end, m.entity + "~" * (not m.is_linked)) for m in result.spans]
    found += [(a.start, a.start + len(a.name), "?") for a in result.ambiguous]
    text = prose.text
    for start, end, entity in sorted(found, reverse=True):
        text = f"{text[:start]}{{{text[start:end]}|{entity}}}{text[end:]}"
    return text


def check(row: str, **inputs) -> None:
    expected = write(row).text
    assert shown(write(EXPECTED.sub(r"\1", row)), **inputs) == expected


FOUND = {
    "plain": "{Biden|joe-biden} called {Putin|putin}.",
    "at both ends": "{Biden|joe-biden} called {Putin|putin}",
    "the longest name": "{Joe Biden|joe-biden} spoke",
    "a longer name wins over the one inside": "the {New START|new-start} text and {START|start} text",
    "a longer name wins over the one it begins with": "under {START I|start}, not {START|start} II",
    "the leftmost of two that overlap": "the {New York Times|nyt} Square",
    "the second where the first is not whole": "renew {York Times Square|nyt}",
    "a longest match that is no whole word hides nothing": "the {New York|ny} Timeses",
    "nor what begins inside it": "a {U.S.|us}-{Russia|russia} commissioner",
    "it is whole here": "a {U.S.-Russia commission|usg} met",
    "possessive, straight": "{Biden|joe-biden}'s call",
    "possessive, curly": "{Biden|joe-biden}’s call",
    "possessive plural, straight": "the {United States|us}' view",
    "possessive plural, curly": "the {United States|us}’ view",
    "possessive with the wrong mark": "{Biden|joe-biden}´s call",
    "Turkish suffix": "{NATO|nato}'ya üye",
    "contraction of will": "{Biden|joe-biden}’ll call",
    "n't makes another word": "Don’t call him",
    "the same letters as a name": "{Don|joe-biden} called",
    "elided article": "dans {l’Alliance|nato} et d’{Iran|iran}",
    "an O' makes another name": "Robert O’Brien said",
    "elided capital": "L'{Iran|iran} et",
    "hyphen": "a {U.S.|us}-{Russia|russia} line",
    "hyphen at one side": "anti-{Iran|iran} and pro-{Russia|russia}",
    "no-break hyphen in the text": "the {Non‑Proliferation Treaty|non-proliferation} holds",
    "dashes": "{Biden|joe-biden}–{Putin|putin} talks—{Iran|iran}—and",
    "slash": "{Russia|russia}/{Iran|iran}",
    "curly quotation marks": "“{Russia|russia}” and ‘{Iran|iran}’",
    "angle quotation marks": "«{Россия|russia}» и „{Путин|putin}“",
    "straight quotation marks": "\"{Russia|russia}\" and '{Iran|iran}'",
    "brackets": "({CNN|cnn}) [{NATO|nato}] {{Iran|iran}}",
    "punctuation": "{Russia|russia}, {Iran|iran}; {CNN|cnn}: {NATO|nato}! {Putin|putin}? {Biden|joe-biden}… x",
    "a full stop after": "He met {Putin|putin}.",
    "abbreviation at the end": "in the {U.S.|us}",
    "abbreviation and comma": "in the {U.S.|us}, then",
    "a longer abbreviation is another word": "in the U.S.A. and U.S.A",
    "domain": "on CNN.com and www.CNN.org",
    "a space forgotten after the full stop": "met {Putin|putin}.Then {Biden|joe-biden}.He",
    "decimal": "version G7.5",
    "inside a longer word": "Russian Bidens Iranian preNATO CNNs2",
    "digits touch": "NATO2 2NATO {G7|g7} G77",
    "underscore touches": "NATO_x _NATO",
    "a footnote's superscript does not": "{NATO|nato}² and {START|start}¹",
    "a combining mark makes another letter": "Iran\u0323 x",
    "plural of an acronym": "{ICBMs|icbm} and {ICBM|icbm}",
    "its possessive": "the {ICBMs|icbm}’ range, an {ICBM|icbm}’s range",
    "plural of a model": "{Tu-95s|icbm} and {F-16s|icbm}",
    "no plural of a word": "two Putins, Irans",
    "no plural of one letter": "the Xs, the {X|x}",
    "no other ending": "ICBMed ICBMss ICBMS",
    "case as written": "biden, PUTIN, cnn, start",
    "case as written in the middle": "the Treaty of 2010 and the {treaty of 2010|new-start}",
    "first letter raised at a block's start": "{Treaty of 2010|new-start} stands",
    "first letter raised at a sentence's start": "It ended. {Treaty of 2010|new-start} stands",
    "behind an opening mark": "It ended. “{Treaty of 2010|new-start} stands”",
    "behind two": "(“{Doctrine of restraint|doctrine}”)",
    "after a question": "So? {Doctrine of restraint|doctrine} holds.",
    "not after an abbreviation": "the U.N. Treaty of 2010 and Mr. Treaty of 2010",
    "raised with an accent": "{Élan|doctrine} and {élan|doctrine}",
    "any case": "the {NORTH Atlantic alliance|nato}, {North Atlantic Alliance|nato}",
    "any case, whole words": "the North Atlantic Alliances",
    "any case where a capital has no single small letter": "in {İSTANBUL|istanbul} x",
    "any case with a final sigma": "{ΟΔΌΣ|odos} and {οδός|odos}",
    "soft line break": "the {New⏎START|new-start} text",
    "several spaces": "the {New   Strategic\tArms Reduction Treaty|new-start}",
    "no-break space": "the {New\xa0START|new-start}",
    "soft hyphen in a word": "the {New Stra\xadtegic Arms Reduction Treaty|new-start}",
    "zero-width space in a word": "{Bi\u200bden|joe-biden} x",
    "composed": "{Müller|müller} x",
    "decomposed": "{Mu\u0308ller|müller} and {Bid\u200den|joe-biden}",
    "Cyrillic": "{Путин|putin} и {Россия|russia}",
    "Cyrillic, inflected": "Путину и России",
    "Arabic": "قال {بوتين|putin} إن {روسيا|russia}، لا",
    "Arabic with a prefix": "وروسيا",
    "Han": "美国总统与{普京|putin}在{俄罗斯|russia}会谈",
    "kana": "バイデンと{プーチン|putin}は",
    "Latin letters among Han": "据{CNN|cnn}报道",
    "Latin letters among Latin letters among Han": "据xCNN报道",
    "Thai": "ประธานาธิบดี{ปูติน|putin}กล่าว",
    "Thai, before a mark above": "ปูติน่",
    "brackets in the name": "the {GBU (Bunker Buster)|gbu}. And GBU",
    "a longer name cut by a block's end": "the {New York|ny}\nTimes and {New York Times|nyt}",
    "split by emphasis": "the {⦅New⦆ START|new-start} and {Bi⦅den⦆|joe-biden}",
    "inside emphasis": "⦅{Putin|putin}⦆ spoke",
    "never across blocks": "the New\n{START|start} x",
    "across blocks nothing is hidden": "in {New York|ny}\nTimes x",
    "never inside a link": "⟦Putin⟧ and {Putin|putin}",
    "beside a link": "{Putin|putin}⟦ x ⟧{Iran|iran}",
    "partly in a link, words taken": "the ⟦New⟧ START x",
    "never inside code": "⟨Putin⟩ and {Putin|putin}",
    "emphasis in a link": "⟦the ⦅Putin⦆ x Putin⟧ {Putin|putin}",
    "code in a link": "⟦⟨Putin⟩ Putin⟧ {Putin|putin}",
    "never in a code block": "    Putin\n{Putin|putin}",
    "never in a heading": "# Putin\n{Putin|putin}",
    "never in a block quote": "> Putin\n{Putin|putin}",
    "a shared name is not guessed": "on {Russia Today|?} he said",
    "and takes its words": "{Russia Today|?} and Russia Today and {Russia|russia}",
    "two shared names": "{Bush|?} on {Russia Today|?}",
    "a longer name that is not shared": "{Bush senior|bush-elder} and {Bush|?}",
    "a shared name in a heading is nobody's": "# Russia Today",
    "nothing": "",
    "none": "No name stands here.",
}


@pytest.mark.parametrize("row", FOUND.values(), ids=FOUND.keys())
def test_found(row):
    check(row)


READ = {
    "a shared name is decided": ({"Russia Today": "rt"}, "on {Russia Today|rt} he"),
    "decided with other white space": ({"Russia  Today": "rt"}, "on {Russia\xa0Today|rt} he"),
    "for every place of it": ({"Bush": "bush"}, "{Bush|bush} and {Bush|bush}"),
    "null takes its words": ({"Russia Today": None}, "on Russia Today in {Russia|russia}"),
    "null on a name of one": ({"START": None}, "START and {New START|new-start}"),
    "another meaning": ({"Biden": "hunter"}, "{Biden|hunter}, not {Joe Biden|joe-biden}"),
    "a name of the page's own": (
        {"the agreement": "new-start"},
        "{the agreement|new-start} stands",
    ),
    "its first letter raised": ({"the agreement": "new-start"}, "{The agreement|new-start} stands"),
    "but not in the middle": ({"the agreement": "new-start"}, "so The agreement"),
    "whole words": ({"accord": "new-start"}, "accordance, {accord|new-start}"),
    "the longest of both": (
        {"Putin’s Russia": "book"},
        "in {Putin's Russia|book} and {Russia|russia}",
    ),
    "null for a longer name": ({"Iran deal": None}, "the Iran deal with {Iran|iran}"),
    "an alias of any case": ({"North Atlantic Alliance": "x"}, "the {north atlantic ALLIANCE|x}"),
    "null for it": ({"north atlantic alliance": None}, "the North Atlantic Alliance"),
    "plural": ({"MRV": "icbm"}, "{MRVs|icbm} and {MRV|icbm}"),
    "Han": ({"总统": "biden"}, "美国{总统|biden}说"),
    "an empty name is none": ({" ": "x"}, "{Biden|joe-biden} x"),
    "overlapping itself": ({"ana ana": "x"}, "{ana ana|x} ana"),
}


@pytest.mark.parametrize(("readings", "row"), READ.values(), ids=READ.keys())
def test_readings(readings, row):
    check(row, readings=readings)


POLICIES = {
    "all": ("all", "{Putin|putin}, {Putin|putin}\n# x\n{Putin|putin}"),
    "off": ("off", "{Putin|putin~}, {Iran|iran~}\n# x\n{Putin|putin~}"),
    "first": ("first", "{Putin|putin}, {Putin|putin~}\n# x\n{Putin|putin~} {Iran|iran}"),
    "section": ("section", "{Putin|putin}, {Putin|putin~}\n# x\n{Putin|putin}, {Putin|putin~}"),
    "another name is the same entity": ("section", "{Putin|putin} {Vladimir Putin|putin~}"),
    "a quoted heading begins no section": ("section", "{Putin|putin}\n>> x\n{Putin|putin~}"),
    "two headings": ("section", "{Iran|iran}\n# x\n# y\n{Iran|iran} {Iran|iran~}"),
    "what stands in a link is not the first": ("first", "⟦Putin⟧ {Putin|putin}"),
}


@pytest.mark.parametrize(("policy", "row"), POLICIES.values(), ids=POLICIES.keys())
def test_policy(policy, row):
    check(row, linking=Linking(mentions=policy))


SETTINGS = {
    "headings": (Linking("all", headings=True), "# {Putin|putin}\n> Putin\n>> Putin"),
    "quotations": (Linking("all", quotations=True), "# Putin\n> {Putin|putin}\n>> Putin"),
    "both": (Linking("all", headings=True, quotations=True), "# {Putin|putin}\n>> {Putin|putin}"),
    "a heading is of its own section": (
        Linking("section", headings=True),
        "{Putin|putin}\n# {Putin|putin}\n{Putin|putin~}",
    ),
}


@pytest.mark.parametrize(("linking", "row"), SETTINGS.values(), ids=SETTINGS.keys())
def test_settings(linking, row):
    check(row, linking=linking)


def test_own_names_take_their_words_and_are_no_mentions():
    check("New START and {START|start}, the treaty of 2010", own_id="new-start")


def test_own_id_does_not_decide_a_shared_name():
    check("{Bush|?} and Bush senior", own_id="bush-elder")


def test_seen_is_handed_on():
    first = find_mentions(write("Putin"), SITE, Linking("first"), {})
    assert first.seen == {"putin"}
    check("{Putin|putin~} {Iran|iran}", linking=Linking("first"), seen=first.seen)
    check("{Putin|putin~}\n# x\n{Putin|putin}", linking=Linking("section"), seen=first.seen)


def test_seen_is_not_changed():
    seen = {"x"}
    find_mentions(write("Putin"), SITE, Linking("first"), {}, seen=seen)
    assert seen == {"x"}


def test_a_shared_name_is_reported_once_with_its_candidates():
    found = find_mentions(write("Bush, Russia Today, Bush"), SITE, ALL, {})
    assert found.ambiguous == (
        Ambiguity("Bush", 0, ("bush", "bush-elder")),
        Ambiguity("Russia Today", 6, ("ria", "rt")),
    )


def test_one_spelling_of_two_names_is_shared():
    site = Gazetteer.from_entities(
        [("a", [Alias("pact")]), ("b", [Alias("Pact")]), ("c", [Alias("PACT", case="any")])]
    )
    found = find_mentions(write("Pact and pact"), site, ALL, {})
    assert [(a.start, a.candidates) for a in found.ambiguous] == [
        (0, ("a", "b", "c")),
        (9, ("a", "c")),
    ]


def test_one_entity_under_two_cases_is_not_shared():
    site = Gazetteer.from_entities([("a", [Alias("Pact"), Alias("pact", case="any")])])
    assert [m.entity for m in find_mentions(write("Pact"), site, ALL, {}).spans] == ["a"]


UNUSED = {
    "never there": ({"Xi": "xi"}, "Putin", ("Xi",)),
    "not in this case": ({"putin": "x"}, "so Putin", ("putin",)),
    "not as a whole word": ({"Put": "x"}, "Putin", ("Put",)),
    "there": ({"Putin": "x"}, "Putin", ()),
    "inside a longer name": ({"START": None}, "New START", ()),
    "at the head of a longer name": ({"New York": None}, "the New York Times", ()),
    "the same, in any case": ({"bush": None, "Bush": None}, "the bush SENIOR", ("Bush",)),
    "at its head, but no word": ({"New Yo": "x"}, "the New York Times", ("New Yo",)),
    "in a heading": ({"Putin": None}, "# Putin", ()),
    "as it was written": ({"Xi  Jinping": "xi"}, "Putin", ("Xi  Jinping",)),
    "any case": ({"NORTH ATLANTIC ALLIANCE": "x"}, "North Atlantic alliance", ()),
    "raised": ({"the pact": "x"}, "The pact", ()),
}


@pytest.mark.parametrize(("readings", "text", "unused"), UNUSED.values(), ids=UNUSED.keys())
def test_unused_readings(readings, text, unused):
    assert find_mentions(write(text), SITE, ALL, readings).unused_readings == unused


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_forms_of_names_and_text(form):
    site = Gazetteer.from_entities([("a", [Alias(unicodedata.normalize(form, "Đặng Tiểu"))])])
    for other in ("NFC", "NFD"):
        text = unicodedata.normalize(other, "é Đặng Tiểu é")
        (span,) = find_mentions(write(text), site, ALL, {}).spans
        assert unicodedata.normalize("NFC", text[span.start : span.end]) == "Đặng Tiểu"


def test_a_text_without_blocks():
    assert len(find_mentions(Prose("Biden and Putin"), SITE, ALL, {}).spans) == 2


def test_a_normal_that_is_given_is_used():
    prose = write("met  Putin")
    assert shown(prose, normal=normalise(prose.text)) == shown(prose) == "met  {Putin|putin}"
