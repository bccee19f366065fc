"""Long notes: what is shown at once ends with a sentence, and the rest is unfolded."""

from __future__ import annotations

import pytest
from site_tester import SiteTest, text_of

TEN = "One two three four five six seven eight nine ten. "
NOTES = {
    "long": f"{TEN * 4}The *U.S. President* said on Jan. 26 that it is so. {TEN * 2}[^s] {TEN}",
    "short": TEN * 6,
    "blocks": f"{TEN * 4}\n\n- a word\n- {TEN * 3}\n\n{TEN * 2}\n\n{TEN * 3}",
    "list": f"- {TEN * 4}\n- {TEN * 4}",
    "strong": f"**{TEN * 8}end.**",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    quotes = "".join(
        f"  - {{id: {id_}, quote: the {id_} one, note: {note!r}, kind: definition}}\n"
        for id_, note in NOTES.items()
    ).replace("'", '"')
    text = " and ".join(f"the {id_} one" for id_ in NOTES)
    head = f"title: T\ndate: 2021-01-26\nsources: {{s: {{title: A work}}}}\nannotations:\n{quotes}"
    site = SiteTest(tmp_path_factory.mktemp("folded"))
    return (
        site.file("content/briefings/t.md", f"---\n{head}---\n{text}\n")
        .built()
        .page("briefings/t/")
    )


def note(page, id_):
    (found,) = (e for e in page.all("div", "note") if e.get("id") == f"note-{id_}")
    return found


def shown_and_folded(page, id_):
    (folded,) = page.all("details", inside=note(page, id_))
    whole, rest = text_of(note(page, id_)), text_of(folded)
    words = rest.removeprefix("The rest of the note").split()
    return whole.split(rest)[0].split("Definition")[-1].split(), words


def test_a_long_note_is_parted_between_sentences(page):
    shown, folded = shown_and_folded(page, "long")
    assert " ".join(shown) == " ".join((TEN * 4).split())
    assert " ".join(folded).startswith("The U.S. President said on Jan. 26 that it is so. One two")
    assert len(folded) == 11 + 30
    (numbers,) = page.all("sup", "fn", inside=note(page, "long"))
    assert text_of(numbers) == "1"


@pytest.mark.parametrize("id_", ["short", "list", "strong"])
def test_what_is_short_or_has_no_place_to_part_stays_whole(page, id_):
    assert page.all("details", inside=note(page, id_)) == []
    words = " ".join(NOTES[id_].replace("*", "").replace("- ", "").split())
    assert words in " ".join(text_of(note(page, id_)).split())


def test_a_note_of_several_blocks_keeps_them_whole(page):
    shown, folded = shown_and_folded(page, "blocks")
    assert len(shown) + len(folded) == 2 + 120
    (parts,) = page.all("details", inside=note(page, "blocks"))
    assert [e.tag for e in parts] == ["summary", "p", "ul", "p", "p"]
