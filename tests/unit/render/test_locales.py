"""Plain English is worded by hand, and must be what Babel would word."""

import subprocess
import sys

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from briefgen.model.dates import Day
from briefgen.render.locales import Wording, english

WORLD = Locale.parse("en_001")


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(("form", "letters"), [("long", "MMMM"), ("short", "MMM")])
def test_plain_english_is_that_of_the_world(month, form, letters):
    day, whole = Day(f"2021-{month:02}-05"), Day(f"0987-{month:02}-30".replace("02-30", "02-28"))
    for one in (day, whole):
        long = format_date(one.to_date(), "long", WORLD)
        short = format_skeleton("yMMMd", one.to_date(), locale=WORLD)
        assert english(one, form) == (long if form == "long" else short)
        named = format_skeleton(f"y{letters}", one.to_date(), locale=WORLD)
        assert english(Day(one[:7]), form) == named
        assert english(Day(one[:4]), form) == format_skeleton("y", one.to_date(), locale=WORLD)


@pytest.mark.parametrize("number", [0, 7, 999, 1000, 12345, 1234567, -1234567, "1550"])
def test_numbers_in_plain_english(number):
    assert Wording("en").number(number) == format_decimal(int(number), locale=WORLD)


@pytest.mark.parametrize(
    ("language", "worded"),
    [("en", "26 January 2021"), ("en-US", "January 26, 2021"), ("de", "26. Januar 2021")],
)
def test_other_languages_and_variants_are_babels(language, worded):
    assert Wording(language).date("2021-01-26") == f'<time datetime="2021-01-26">{worded}</time>'


def test_plain_english_loads_no_babel():
    code = (
        "import sys; from briefgen.render.locales import Wording; "
        "Wording('en').date('2021-01-26'); Wording('en').number(1550); "
        "print('babel' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


@pytest.mark.parametrize(
    ("language", "alone", "since"),
    [
        ("ru", "февраль 2021", "февраля 2021"),
        ("uk", "лютий 2021", "лютого 2021"),
        ("pl", "luty 2021", "lutego 2021"),
        ("de", "Februar 2021", "Februar 2021"),
        ("ca", "febrer del 2021", "febrer del 2021"),  # "des de" brings its own word
        ("en", "February 2021", "February 2021"),
    ],
)
def test_a_month_after_since(language, alone, since):
    for form, worded in (("long", alone), ("since", since)):
        date = Wording(language).date("2021-02", form)
        assert date == f'<time datetime="2021-02">{worded}</time>'
    assert Wording(language).date("2021", "since") == Wording(language).date("2021")
    assert Wording(language).date("2021-02-03", "since") == Wording(language).date("2021-02-03")


def test_a_date_from_right_to_left_is_set_apart_where_no_markup_may_stand():
    assert Wording("ar").day("2021-01-26") == "\u206826 يناير 2021\u2069"
    assert Wording("ru").day("2021-01-26") == "26 янв. 2021"
    assert Wording("en").day("2021-01-26") == "26 Jan 2021"
