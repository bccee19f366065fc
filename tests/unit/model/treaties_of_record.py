"""The treaties that tests ask about, by their dates on record, and fictional ones."""

from __future__ import annotations

import msgspec

from briefgen.model.codec import from_text
from briefgen.model.treaty import Treaty


def treaty(name: str, parties: str, *events: str, **fields: object) -> Treaty:
    """A treaty from rows `date type [key=value ...]`; several values of a key are joined by `+`."""
    data = {
        "name": name,
        "parties": [{"entity": party} for party in parties.split()],
        "events": [_event(row) for row in events],
        **fields,
    }
    return msgspec.convert(data, Treaty, strict=False, dec_hook=from_text)


def _event(row: str) -> dict[str, object]:
    date, kind, *rest = row.split()
    event: dict[str, object] = {"date": date, "type": kind}
    for field in rest:
        key, value = field.split("=")
        event[key] = value.split("+") if "+" in value or key == "contested_by" else value
    return event


RECORD = {
    "new-start": treaty(
        "New START",
        "united-states russia",
        "2010-04-08 signed place=Prague",
        "2010-04-08 provisionally-applied",
        "2011-02-05 in-force until=2021-02-05",
        "2018-02-05 note",
        "2021-02-03 extended until=2026-02-05",
        "2023-02-28 suspended party=russia contested_by=united-states",
        "2026-02-05 expired",
    ),
    "start-i": treaty(
        "START I",
        "united-states russia belarus kazakhstan ukraine",
        "1991-07-31 signed place=Moscow",
        "1992-05-23 note",
        "1994-12-05 in-force until=2009-12-05",
    ),
    "start-ii": treaty(
        "START II",
        "united-states russia",
        "1993-01-03 signed place=Moscow",
        "1996-01-26 ratified party=united-states",
        "2000-04-14 ratified party=russia",
        "2002-06-14 withdrew party=russia",
        "2002-06-14 terminated",
    ),
    "sort": treaty(
        "SORT",
        "united-states russia",
        "2002-05-24 signed place=Moscow",
        "2003-06-01 in-force until=2012-12-31",
        "2011-02-05 superseded",
    ),
    "inf": treaty(
        "INF",
        "united-states russia",
        "1987-12-08 signed place=Washington",
        "1988-06-01 in-force",
        "2019-02-02 suspended party=united-states",
        "2019-08-02 withdrew party=united-states",
        "2019-08-02 terminated",
    ),
    # The end of its first term is not on record here: the day it became indefinite stands for it.
    "npt": treaty(
        "NPT",
        "united-states united-kingdom",
        "1968-07-01 signed",
        "1970-03-05 in-force until=1995-05-11",
        "1995-05-11 extended",
    ),
    "open-skies": treaty(
        "Open Skies",
        "united-states russia canada",
        "1992-03-24 signed place=Helsinki",
        "1992-03-24 provisionally-applied",
        "2002-01-01 in-force count=34",
        "2020-05-22 denounced party=united-states until=2020-11-22",
        "2020-11-22 withdrew party=united-states count=33",
        "2021-06-18 denounced party=russia until=2021-12-18",
        "2021-12-18 withdrew party=russia count=32",
    ),
    "ctbt": treaty(
        "CTBT",
        "united-states russia",
        "1996-09-24 signed",
        "2023-11-02 ratification-withdrawn party=russia",
    ),
    "north-atlantic": treaty(
        "North Atlantic Treaty",
        "united-states",
        "1949-04-04 signed place=Washington",
        "1949-08-24 in-force",
        "2024-03-07 note count=32",
    ),
}

FICTION = {
    # suspended and resumed as a whole, then run out
    "pause": treaty(
        "Pause",
        "freedonia sylvania",
        "2000-01-01 signed",
        "2001-01-01 in-force until=2011-01-01",
        "2005-01-01 suspended",
        "2006-01-01 resumed",
    ),
    # suspended for a term of its own
    "recess": treaty(
        "Recess",
        "freedonia sylvania",
        "2001-01-01 in-force",
        "2005-01-01 suspended until=2006-01-01",
    ),
    # the treaty's term runs out while it is suspended
    "fade": treaty(
        "Fade",
        "freedonia sylvania",
        "2001-01-01 in-force until=2011-01-01",
        "2010-01-01 suspended",
    ),
    # one party suspends and resumes, twice
    "waver": treaty(
        "Waver",
        "freedonia sylvania",
        "2000-01-01 signed",
        "2001-01-01 in-force",
        "2003-01-01 suspended party=sylvania",
        "2004-01-01 resumed party=sylvania",
        "2005-01-01 suspended party=sylvania+freedonia until=2006-01-01",
        "2008-01-01 acceded party=ruritania",
        "2009-01-01 withdrew party=sylvania",
        "2010-01-01 acceded party=sylvania",
    ),
    # notice of the treaty itself, with the day on which it takes effect
    "notice": treaty(
        "Notice",
        "freedonia sylvania",
        "2000-01-01 signed",
        "2001-01-01 in-force",
        "2005-01-01 denounced until=2006-01-01",
    ),
    # applied for a term and then no more, never in force
    "trial": treaty(
        "Trial",
        "freedonia sylvania",
        "2000-01-01 signed",
        "2000-06-01 provisionally-applied until=2001-06-01",
        "2003-01-01 ratification-withdrawn",
    ),
    # known to the year or the month only
    "dim": treaty(
        "Dim",
        "freedonia sylvania",
        "1990 signed",
        "1991-06 in-force until=2001",
        "1995 suspended party=sylvania",
    ),
    # in force again after its end
    "revival": treaty(
        "Revival",
        "freedonia sylvania",
        "2001-01-01 in-force until=2006-01-01",
        "2008-01-01 in-force",
    ),
    "silent": treaty("Silent", "freedonia"),
    "notes": treaty("Notes", "freedonia", "2000-01-01 note", "2001-01-01 ratified party=freedonia"),
}

ALL = RECORD | FICTION
