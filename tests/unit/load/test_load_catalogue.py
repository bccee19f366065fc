"""Catalogues of labels: what is read, and what is said of one that can't be."""

from __future__ import annotations

import pytest

from briefgen.load.catalogue import load_catalogue

HEAD = 'msgid ""\nmsgstr ""\n"{}\\n"\n\n'
PLURAL = 'msgid "%(num)d q"\nmsgid_plural "%(num)d qs"\n'


@pytest.mark.parametrize(("text", "line", "said"), [
    ('msgid "a"', 1, "missing msgstr"),
    ("foo", 1, "neither a text in quotes nor a comment"),
    ('msgid "a\nmsgstr "b"', 1, "neither a text in quotes"),
    ("msgid a\nmsgstr b", 1, "neither a text in quotes"),
    ('msgid "a"\n\nmsgstr "b" "c"', 3, "neither a text in quotes"),
    ('"x"', 1, "not in msgid"),
    (HEAD.format("Plural-Forms: nplurals=2; plural=__import__;"), 1, "its header can't be read"),
    (HEAD.format("Plural-Forms: nplurals=2; plural=n//0;"), 1, "its header can't be read"),
    (HEAD.format("POT-Creation-Date: yesterday"), 5, "does not match format"),
    (PLURAL + 'msgstr[0] "1"', 1, "has 1 of the 3 forms of the plural"),
    (PLURAL + 'msgstr[0] "1"\nmsgstr[1] "2"\nmsgstr[2] "3"\nmsgstr[3] "4"', 1, "more translations"),
    ("\x00", 1, "NUL"),
    ("я".encode("koi8-r"), 1, "UTF-8"),
])  # fmt: skip
def test_what_cannot_be_read(text: str | bytes, line: int, said: str) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    catalogue, (fault,) = load_catalogue("locale/ru.po", data)
    assert said in fault.message
    assert (fault.place.path, fault.place.line) == ("locale/ru.po", line)
    assert (catalogue.data, catalogue.labels) == (b"", ())


@pytest.mark.parametrize(("label", "translation", "is_sound"), [
    ("since %(date)s", "%(date)s", True), ("since %(date)s", "с %(date)s, %(date)s", True),
    ("since %(date)s", "с %(day)s", False), ("since %(date)s", "с %(date)d", False), ("since %(date)s", "с", False),
    ("since %(date)s", "с %s", False), ("since %(date)s", "с %(date", False), ("Notes", "100 %", False), ("Notes", "100 %%", True),
    ("50%% of it", "половина", True),
])  # fmt: skip
def test_placeholders_are_those_of_the_label(label: str, translation: str, is_sound: bool) -> None:
    text = f'msgid "{label}"\nmsgstr "{translation}"\n'
    _, found = load_catalogue("ru.po", text.encode())
    assert [one.code for one in found] == ([] if is_sound else ["label-placeholder"])


def test_a_form_of_the_plural_may_do_without_the_number() -> None:
    text = PLURAL + 'msgstr[0] "один"\nmsgstr[1] "%(num)d"\nmsgstr[2] "%(num)d"\n'
    assert load_catalogue("ru.po", text.encode())[1] == ()


def test_what_is_fuzzy_or_empty_is_not_there() -> None:
    text = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n\nmsgid "f"\nmsgstr "g"\n'
    assert load_catalogue("pt_BR.po", text.encode())[0].labels == (("f", 11),)


def test_only_what_is_translated_counts() -> None:
    def digest(text: str) -> bytes:
        return load_catalogue("ru.po", text.encode())[0].digest

    one = 'msgid "a"\nmsgstr "b"\n\n'
    two = 'msgid "c"\nmsgstr "d"\n\n'
    assert (
        digest(one + two)
        == digest("# x\n" + two + one)
        == digest(HEAD.format("Language-Team: x") + one + two)
    )
    assert len({digest(one), digest(two), digest(one + two), digest(one.replace('"b', '"x'))}) == 4
    assert digest('msgctxt "x"\n' + one) != digest(one)
