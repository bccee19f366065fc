"""A small desk's site, in which every kind of thing is shown by some page and not by some other."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_tester import SiteTest, png

AS_OF = "2026-11-24"

CONFIG = """\
title: Desk
url: https://example.org/desk/
description: Of treaties
authors:
  ed: {name: The editors}
  jo: {name: Jo Field}
feeds: [site, topics]
nav: [briefings, glossary, about]
"""

FIRST_CALL = """\
---
title: First call
date: 2021-01-26
summary: They speak by telephone.
key_points: [The treaty is extended.]
topics: [arms-control, us-russia]
authors: [ed]
treaties: [new-start]
sources:
  readout: {title: A readout, publisher: Government}
annotations:
  - id: extended
    quote: agreed to extend
    note: Notes were exchanged. [^tass]
    author: jo
  - {kind: source, quote: spoke by telephone, sources: [readout]}
---
## The call

Joe Biden and Vladimir Putin spoke by telephone and agreed to extend New START.

More is in [[extension]] and in the [method](../pages/about.md). [^state]
"""

EXTENSION = """\
---
title: Extension done
date: 2021-02-03
summary: Five more years.
topics: [arms-control]
---
## The treaty

New START runs to 2026. It limits warheads. Russia was first to say so.
"""

GENEVA = """\
---
title: Geneva summit
date: 2021-06-16
topics: [us-russia]
authors: [ed]
---
Joe Biden and Vladimir Putin met at the lake.

As [[joe-biden|the president]] said in Geneva, it was a start. [^gazette]
"""

SUSPENSION = """\
---
title: Suspension
date: 2023-02-28
treaties: [new-start]
moved_from: [old/suspension/]
---
Russia suspends its part.
"""

OPEN_SKIES = """\
---
title: Open skies end
date: 2020-11-22
treaties: [open-skies]
---
The flights are over. ![A plane](plane.png)
"""

QUIET = """\
---
title: A quiet month
date: 2022-05-01
---
Nothing was said. The talks of Helsinki are long past.
"""

NEW_START = """\
---
id: new-start
name: New START
aliases: [Prague treaty]
description: It limits warheads.
parties: [{entity: united-states}, {entity: russia}]
depositary: belgium
events:
  - {date: 2010-04-08, type: signed, place: Prague, sources: [state]}
  - {date: 2011-02-05, type: in-force, until: 2021-02-05, sources: [state]}
  - {date: 2021-02-03, type: extended, until: 2026-12-01, sources: [tass]}
---
It was signed in Prague.
"""

FILES: dict[str, str | bytes] = {
    "briefgen.yml": CONFIG,
    "content/briefings/2021-01-26-first-call.md": FIRST_CALL,
    "content/briefings/2021-02-03-extension.md": EXTENSION,
    "content/briefings/2021-06-16-geneva-summit.md": GENEVA,
    "content/briefings/2023-02-28-suspension.md": SUSPENSION,
    "content/briefings/2020-11-22-open-skies-end.md": OPEN_SKIES,
    "content/briefings/2022-05-01-quiet.md": QUIET,
    "content/briefings/plane.png": png(40, 30),
    "content/entities/people.yml": """\
- id: joe-biden
  kind: person
  name: Joe Biden
  description: An American.
  roles: [{title: President, from: 2021-01-20, to: 2025-01-20}]
- {id: vladimir-putin, kind: person, name: Vladimir Putin, description: A Russian.}
""",
    "content/entities/united-states.yml": "- {id: united-states, kind: place, name: United States}\n",
    "content/entities/russia.yml": "- {id: russia, kind: place, name: Russia}\n",
    "content/entities/geneva.md": "---\nkind: place\nname: Geneva\n---\nA city by a lake.\n",
    "content/entities/others.yml": """\
- {id: warhead, kind: weapon, name: warhead, aliases: [warheads]}
- {id: state-department, kind: organization, name: State Department}
- {id: reykjavik, kind: event, name: Reykjavik meeting, date: 1986-10-11}
""",
    "content/treaties/new-start.md": NEW_START,
    "content/treaties/open-skies.yml": """\
- id: open-skies
  name: Open Skies
  parties: [{name: Norway}]
  events: [{date: 1992-03-24, type: signed}, {date: 2002-01-01, type: in-force}]
""",
    "content/sources/sources.yml": """\
tass: {title: On the extension, publisher: TASS, url: "https://example.org/tass"}
state: {title: Text of the treaty, publisher: State Department}
gazette: {title: At the lake, publisher: The Gazette}
atlas: {title: An atlas}
""",
    "content/topics/topics.yml": "- {id: arms-control, name: Arms control}\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWe read. See [[first-call]].\n\n"
    "![The plane](../briefings/plane.png)\n",
    "content/static/robot.txt": "hello",
}
"""The files of the site, by path."""

BRIEFINGS = {
    "briefings/extension/",
    "briefings/first-call/",
    "briefings/geneva-summit/",
    "briefings/open-skies-end/",
    "briefings/quiet/",
    "briefings/suspension/",
}
"""The addresses of all briefings."""


def write_desk(root: Path) -> SiteTest:
    """Write the site into a folder."""
    site = SiteTest(root, as_of=AS_OF)
    for path, data in FILES.items():
        site.file(path, data)
    return site


def copy_of(site: SiteTest, root: Path) -> SiteTest:
    """The site as it is, built and with its cache, in another folder."""
    shutil.copytree(site.root, root, symlinks=True, dirs_exist_ok=True)
    return SiteTest(root, as_of=str(site.as_of))
