"""Dates and numbers in words, as a language writes them.

In: a Day, an Instant or a number as text, and a language. Out: text, or markup for a date. Plain
English is worded here, since most sites need nothing else and Babel takes a twentieth of a second
to load; all other languages, its variants included, are Babel's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional

from markupsafe import Markup

from briefgen.model.dates import Day

if TYPE_CHECKING:
    from babel import Locale

Form = Literal["long", "short", "since"]

_MONTH = len("2021-03")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,29}")  # Python reads none of thousands of digits
_GENITIVE = frozenset(("be", "cs", "hr", "lt", "pl", "ru", "sk", "uk"))
"""Where the month after "since" has the ending that CLDR gives it beside a day."""
_YEAR_WORD = re.compile(r"\s*\b[\u0433\u0440]\.$")  # "g.", "r." in Cyrillic letters
_ENGLISH = "en"  # that of the world (CLDR's en-001): day before month, which nobody can mistake
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
)  # fmt: skip


def endonym(language: str) -> str:
    """What a language calls itself, as a list names it: "Deutsch"; its tag where nobody knows."""
    locale = Wording(language).locale()
    name = locale.get_display_name(locale) if locale else None
    return name[:1].upper() + name[1:] if name else language


class Wording:
    """Dates and numbers as one language writes them; Babel is loaded when it is first needed."""

    def __init__(self, language: str) -> None:
        """`language` is a tag of BCP 47; with one that nobody knows, dates stay as they are."""
        self._language = language
        self._known: Locale | None = None

    def date(self, value: str, form: Form = "long") -> Markup:
        """A Day or an Instant as a <time>, to the precision it has: "26 January 2021", "2021".

        "short" abbreviates the month: "26 Jan 2021". "since" is "long" after that word, where some
        languages give a month without its day another ending. An instant shows its day as written.
        """
        day = Day(value[:10])
        return Markup('<time datetime="{}">{}</time>').format(value, self._worded(day, form))

    def span(self, value: str) -> str:
        """A span of time below a picture: a month in words, "Mar 2021"; years stay as they are."""
        return self._worded(Day(value), "short") if len(value) == _MONTH else value

    def day(self, value: str) -> str:
        """A Day or an Instant as plain text, the month abbreviated: where no markup may stand.

        One that runs from right to left is set apart from the words around it, which would else
        take it to pieces: the "isolates" of the Unicode Bidirectional Algorithm.
        """
        worded = self._worded(Day(value[:10]), "short")
        is_rtl = any(bidirectional(letter) in ("R", "AL") for letter in worded)
        return f"\u2068{worded}\u2069" if is_rtl else worded

    def number(self, value: int | str) -> str:
        """A whole number with the language's separators; any other text is left as it is."""
        if isinstance(value, str) and not _WHOLE_NUMBER.fullmatch(value):
            return value
        if self._language == _ENGLISH:
            return f"{int(value):,}"
        from babel.numbers import format_decimal  # noqa: PLC0415  (see above)

        locale = self.locale()
        return format_decimal(int(value), locale=locale) if locale else str(value)

    def _worded(self, day: Day, form: Form) -> str:
        if self._language == _ENGLISH:
            return english(day, form)
        locale = self.locale()
        if locale is None:
            return str(day)
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415  (see above)

        if day.is_exact and form != "short":
            return _bare(format_date(day.to_date(), "long", locale))
        if len(day) == 7 and form == "since" and locale.language in _GENITIVE:
            named = locale.datetime_skeletons["yMMMM"].pattern.replace("LLLL", "MMMM")
            return _bare(format_date(day.to_date(), named, locale))
        month = "MMM" if form == "short" else "MMMM"
        skeleton = {4: "y", 7: f"y{month}", 10: f"y{month}d"}[len(day)]
        return _bare(format_skeleton(skeleton, day.to_date(), locale=locale))

    def locale(self) -> Locale | None:
        """The nearest language that Babel knows: "zh-Hant-XX" is read as "zh-Hant"."""
        if self._known is None:
            from babel import Locale, UnknownLocaleError  # noqa: PLC0415  (see above)

            tag = self._language.replace("-", "_")
            while tag and self._known is None:
                try:
                    self._known = Locale.parse(tag)
                except (UnknownLocaleError, ValueError):
                    tag = tag.rpartition("_")[0]
        return self._known


def _bare(text: str) -> str:
    """A date without the word for "year" that Slavic languages may put behind it, abbreviated.

    With its full stop it would end the sentence that the date stands in, or double its full stop.
    """
    return _YEAR_WORD.sub("", text)


def english(day: Day, form: Form) -> str:
    """A date in plain English, to the precision it has: "26 January 2021", "Jan 2021", "2021"."""
    months = _SHORT_MONTHS if form == "short" else _MONTHS
    parts = [str(day.year)]
    if len(day) > 4:
        parts.append(months[int(day[5:7]) - 1])
    if day.is_exact:
        parts.append(str(int(day[8:])))
    return " ".join(reversed(parts))
