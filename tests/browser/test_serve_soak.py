"""A long day at the desk: thousands of edits on one live server, whose memory stays as it is."""

import random

import pytest
from live_server import LiveServer, run, save
from witness import WITHIN, Witness, wait_until

pytestmark = pytest.mark.soak

EDITS = 3000
STRETCH = 100
"""Edits after which all that is served is held against a clean build, and memory is looked at."""
WARM_UP = 300
"""Edits before the first look: every kind of build has been made by then, and every module loaded."""
GROWTH = 1.10
BRIEFINGS = 60

TEXT = """---
title: Report {n}
date: 2024-03-{day:02}
topics: [talks]
---
The delegation met in Vienna. Nothing was said of [[report-{other}]].
"""
ENTITY = """- id: vienna
  kind: place
  name: Vienna
  description: As of day {day}.
  aliases: [{alias}]
"""
TEMPLATE = """{{% extends "!theme/base.html" %}}
{{% block colophon %}}<p>Day {day}</p>{{% endblock %}}
"""


class Desk:
    """A site, and somebody who edits it by chance; each edit changes a file."""

    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance
        self.day = 0
        self.broken = None  # the file that the last edit broke, and what it said before
        for n in range(BRIEFINGS):
            text = TEXT.format(n=n, day=n % 28 + 1, other=(n + 1) % BRIEFINGS)
            self.path(n).write_text(text, encoding="utf-8")
        self.describe_vienna()

    def path(self, n):
        return self.folder / f"content/briefings/report-{n}.md"

    def edit(self):
        """Do one edit; what the last one broke is mended first."""
        self.day += 1
        if self.broken is not None:
            (file, text), self.broken = self.broken, None
            save(file, text)
            return
        kinds = (self.reword, self.retitle, self.retopic, self.describe_vienna, self.restyle,
                 self.replace_last, self.break_one)  # fmt: skip
        self.chance.choices(kinds, weights=(60, 12, 8, 5, 3, 4, 8))[0]()

    def chosen(self):
        file = self.path(self.chance.randrange(BRIEFINGS - 1))
        return file, file.read_text(encoding="utf-8")

    def change_line(self, number, to):
        file, text = self.chosen()
        lines = text.split("\n")
        lines[number] = to(lines[number])
        save(file, "\n".join(lines))

    def reword(self):
        file, text = self.chosen()
        written = f"{text[:400]}\n\nSo it was said on day {self.day}.\n"
        if self.day % 2:
            save(file, written)
        else:
            file.write_text(written, encoding="utf-8")

    def retitle(self):
        self.change_line(1, lambda _: f"title: Report of day {self.day}")

    def retopic(self):
        self.change_line(3, lambda old: f"topics: [{'arms' if 'talks' in old else 'talks'}]")

    def describe_vienna(self):
        alias = self.chance.choice(("Wien", "Geneva", "delegation"))
        save(self.folder / "content/entities/vienna.yml", ENTITY.format(day=self.day, alias=alias))

    def restyle(self):
        (self.folder / "templates").mkdir(exist_ok=True)
        save(self.folder / "templates/base.html", TEMPLATE.format(day=self.day))

    def replace_last(self):
        """Delete the last report, which nobody links to but its neighbour, or write it again."""
        file = self.path(BRIEFINGS)
        if file.exists():
            file.unlink()
        else:
            save(file, TEXT.format(n=BRIEFINGS, day=1, other=self.day % BRIEFINGS))

    def break_one(self):
        file, text = self.chosen()
        self.broken = (file, text)
        save(file, text.replace("date: ", f"date: [{self.day} ", 1))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site"
    assert run("init", folder.name, folder=tmp_path).returncode == 0
    return folder


def test_memory_stays_over_thousands_of_edits(folder, tmp_path):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - to do it again
    desk = Desk(folder, random.Random(seed))
    sizes = []
    private = tmp_path / "private"
    private.mkdir()
    with LiveServer(folder, private) as server:
        witness = Witness(folder, server, private, tmp_path / "clean")
        for number in range(1, EDITS + 1):
            before = len(server.said.splitlines())
            desk.edit()
            wait_until(
                lambda before=before: len(server.said.splitlines()) > before,
                lambda: server.said[-2000:],
                WITHIN,
            )
            if number % STRETCH == 0:
                if desk.broken:
                    desk.edit()
                witness.sees_a_clean_build()
                sizes.append(server.memory())
                print(  # noqa: T201
                    f"{number} edits: {sizes[-1] / 2**20:.1f} MB, {server.descriptors()} open files"
                )
        assert server.is_running
        assert "internal error" not in server.said
    first = sizes[WARM_UP // STRETCH - 1]
    assert sizes[-1] < first * GROWTH, [f"{size / 2**20:.1f}" for size in sizes]
