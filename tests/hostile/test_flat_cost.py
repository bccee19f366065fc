"""The cost of a briefing is the same on a site of any size.

Counted are calls of functions, not seconds: they are the same on every machine, and what is
quadratic shows in them.
"""

from __future__ import annotations

import cProfile
import pstats
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from site_tester import SiteTest

SMALL, FEW, MANY = 20, 100, 400
SLACK = 0.15

ROOMS = {
    "study": ("briefgen/load/", "briefgen/parse/", "briefgen/annotate/", "markdown_it/"),
    "link": ("briefgen/link/", "briefgen/model/", "briefgen/check/"),
    "render": ("briefgen/render/", "briefgen/themes/", "themes/dossier/", "jinja2/"),
    "write": ("briefgen/write/", "briefgen/build/"),
    "all": ("",),
}
"""Where the functions of a stage are defined."""

TEXT = """\
---
title: Briefing {n} on Country {near}
date: {year}-0{month}-1{day}
summary: What was said of Country {near}.
topics: [t{topic}]
treaties: [r{treaty}]
sources: {{own: {{title: Source of {n}, url: "https://e.org/{n}"}}}}
annotations:
- {{quote: the talks of day {n}, note: "Country {near} has *its own* account.[^own]", sources: [s{near}]}}
---
The Alliance met Country {near} for the talks of day {n}, and [[b{before}]] tells why. Country {far}
stayed away.[^s{far}] A spokesman said: "We will be back."

## What follows

- The *Treaty {treaty}* holds, said Country {near}.
- See [the last](b{before}.md) and [[b{before}|the one before]].

> Nothing is agreed until everything is agreed.

| Party | Vote |
|-------|-----:|
| Country {near} | yes |
"""


def write_desk(site: SiteTest, size: int) -> SiteTest:
    """A desk whose countries, treaties and topics grow with what it writes, as they do."""
    countries = size // 5
    site.file("briefgen.yml", "title: A desk\nurl: https://e.org/\nfeeds: [site, topics]\n")
    site.file("content/entities/e.yml", "- {id: alliance, name: Alliance, kind: organization}\n")
    for n in range(countries):
        text = (
            f"---\nname: Country {n}\nkind: place\n---\nSee [[b{n}]], [it](../briefings/b{n}.md).\n"
        )
        site.file(f"content/entities/c{n}.md", text)
    site.file(
        "content/treaties/r.yml",
        "".join(
            f"- {{id: r{n}, name: Treaty {n}, parties: [{{entity: c{n}}}, {{entity: c{n + 1}}}],"
            " events: [{date: 2001-01-01, type: signed}, {date: 2002-01-01, type: in-force}]}\n"
            for n in range(size // 20)
        ),
    )
    site.file(
        "content/sources/s.yml", "".join(f"s{n}: {{title: T{n}}}\n" for n in range(countries))
    )
    for n in range(size):
        text = TEXT.format(
            n=n, near=n // 5, far=n * 7 % countries, before=(n - 1) % size, topic=n // 20,
            treaty=n // 20, year=2010 + n // 40, month=1 + n % 9, day=n % 10,
        )  # fmt: skip
        site.file(f"content/briefings/b{n}.md", text)
    return site


@cache
def counted(size: int) -> dict[str, int]:
    """The calls of a build, by room; what is imported on the way is imported before."""
    with TemporaryDirectory() as folder:
        write_desk(SiteTest(Path(folder) / "first"), SMALL).built(jobs=1)
        profile = cProfile.Profile()
        profile.runcall(write_desk(SiteTest(Path(folder) / "desk"), size).built, jobs=1)
    rows = pstats.Stats(profile).stats
    return {
        room: sum(rows[row][0] for row in rows if any(place in row[0] for place in places))
        for room, places in ROOMS.items()
    }


def cost(size: int, room: str) -> float:
    """The calls for each briefing of a site, without those that a small site takes as well."""
    return (counted(size)[room] - counted(SMALL)[room]) / (size - SMALL)


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_a_briefing_costs_the_same_among_many(room):
    few, many = cost(FEW, room), cost(MANY, room)
    assert few > 0
    assert many <= few * (1 + SLACK), f"{few:.0f} calls at {FEW}, {many:.0f} at {MANY}"
