"""The theme `dossier`: what it says of the parties of a treaty, and what it leaves open."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from theme_pages import section, text, tree_of, with_class
from theme_views import BARE_BOX, BRIEFING, TREATY, status

from briefgen.model.dates import Day
from briefgen.render import view as v

STANDINGS = [
    ({"standing": "party"}, "Party"),
    ({"standing": "unknown"}, "not known"),
    ({"standing": "none", "may_be": ("party",)},
     "Nothing so far or Party: the dates that are known leave this open"),
    ({"standing": "suspended", "suspended": "2023-02-28"},
     "Participation suspended, since 28 Feb 2023"),
    ({"standing": "party", "suspended": "2006", "resumed": "2008"},
     "Party, participation suspended from 2006 to 2008"),
    ({"standing": "former-party", "suspended": "2023-02-28"},
     "Party until the end, participation suspended since 28 Feb 2023"),
    ({"standing": "left", "suspended": "2019-02-02", "left": "2019-08-02", "notice": "2019-02-02"},
     "Left, 2 Aug 2019, participation suspended since 2 Feb 2019"),
    ({"standing": "party", "suspended": "2005", "left": "2009"}, "Party, left 2009"),  # it is back
    ({"standing": "party", "notice": "2020-05-22", "leaves": "2020-11-22"},
     "Party, notice of leaving given 22 May 2020, to take effect 22 Nov 2020"),
    ({"standing": "former-party", "notice": "2020-05-22", "leaves": "2020-11-22"},
     "Party until the end, notice of leaving given 22 May 2020"),
    ({"standing": "ratification-withdrawn", "ratification_withdrawn": "2023-11-02"},
     "Ratification withdrawn, 2 Nov 2023"),
    ({"standing": "party", "ratification_withdrawn": "2023-11-02"},
     "Party, ratification withdrawn 2 Nov 2023"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), STANDINGS, ids=[row[1] for row in STANDINGS])
def test_standing_of_a_party(fields: dict[str, object], expected: str) -> None:
    values = {
        name: Day(value) if isinstance(value, str) and name != "standing" else value
        for name, value in fields.items()
    }
    party = v.PartyView(name="Freedonia", href=None, **values)
    tree = tree_of(replace(TREATY, box=replace(BARE_BOX, parties=(party,))))
    assert text(list(section(tree, "parties").iter("td"))[-1]) == expected


RATIFIED = [
    ("party", "not known", "not known"),
    ("signatory", "not known", "–"),
    ("none", "–", "–"),
    ("ratified", "not known", "not known"),
]


@pytest.mark.parametrize(("standing", "signed", "ratified"), RATIFIED)
def test_what_a_party_has_not_done_is_not_unknown(
    standing: str, signed: str, ratified: str
) -> None:
    party = v.PartyView(name="Freedonia", href=None, standing=standing)
    tree = tree_of(replace(TREATY, box=replace(BARE_BOX, parties=(party,))))
    cells = [text(cell) for cell in section(tree, "parties").iter("td")]
    assert cells[:2] == [signed, ratified]


COUNTED = [
    ((), None, "not known"),
    (("party", "party"), None, "Freedonia, Freedonia"),
    (("left", "party"), None, "Freedonia (Left), Freedonia"),
    (("signatory", "signatory"), None, "Freedonia, Freedonia (each: Signatory)"),
    ((), (32, Day("2024-03-07")), "32 parties since 7 March 2024"),
    (("left",), (1, Day("2024")), "Freedonia (Left); 1 party since 2024"),
    (("party",), (1, Day("2024")), "Freedonia"),
]


@pytest.mark.parametrize(("standings", "count", "expected"), COUNTED)
def test_parties_that_are_counted_and_not_listed(
    standings: tuple[str, ...], count: tuple[int, Day] | None, expected: str
) -> None:
    parties = tuple(v.PartyView(name="Freedonia", href=None, standing=one) for one in standings)
    box = replace(BARE_BOX, parties=parties, now=status("unknown", count=count))
    shown = with_class(tree_of(replace(BRIEFING, boxes=(box,))), "box")[0]
    rows = {text(div[0]): text(div[1]) for div in shown.iter("div")}
    assert rows["Parties"] == expected
