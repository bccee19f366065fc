"""A briefing with far more notes than there is room for, a fact box, and words that no line holds."""

import json

from site_tester import SiteTest

DENSE, PARAGRAPHS = 40, 3
COUNT = DENSE + 1
"""Notes: forty in three paragraphs, and one far below them, with room of its own."""
KINDS = ("context", "dispute", "definition", "correction", "update", "source")
LONG = "Unbreakable" * 12
"""A word that is longer than any measure."""

TREATY = f"""- id: pact
  name: The {LONG} Pact
  formal_name: The Pact on {LONG}
  parties: [{{entity: russia}}]
  events:
    - {{date: 2010-04-08, type: signed, place: {LONG}}}
    - {{date: 2011-02-05, type: in-force, until: 2021-02-05}}
  provisions:
    - {{name: {LONG}, limit: 1550, unit: {LONG}}}
  verification: By {LONG}.
"""
ENTITIES = """- {id: russia, kind: place, name: Russia, description: A country in Europe and Asia.}
- {id: opcw, kind: organization, name: Organisation for the Prohibition of Chemical Weapons, description: Seat in The Hague.}
"""
LAW = "law: {type: webpage, title: The law, publisher: Gazette, url: 'https://example.org/law'}\n"


def dense_site(folder):
    """A site with the briefing, in English as `dense` and from right to left as `rtl`."""
    site = SiteTest(folder)
    site.file("content/treaties/pact.yml", TREATY)
    site.file("content/entities/all.yml", ENTITIES)
    site.file("content/sources/sources.yml", LAW)
    site.file("content/briefings/dense.md", dense_briefing())
    return site.file("content/briefings/rtl.md", dense_briefing("lang: ar\n"))


def dense_briefing(more=""):
    """Three paragraphs with forty notes, mentions and footnotes; plain text; one more note."""
    words = [f"passage {n:02} has words that a note is about" for n in range(COUNT)]
    words[1] += f" {LONG}"
    notes = [
        {"quote": text, "kind": KINDS[n % len(KINDS)], "date": "2022-01-01", "note": remark(n)}
        for n, text in enumerate(words)
    ]
    size = -(-DENSE // PARAGRAPHS)
    blocks = [
        f"Russia and {', then '.join(words[at : min(at + size, DENSE)])}.[@law]"
        for at in range(0, DENSE, size)
    ]
    blocks += [
        "Plain words, " * 900 + "of the Organisation for the Prohibition of Chemical Weapons.",
        "Plain words. " * 30 + words[DENSE],
    ]
    key_points = json.dumps([LONG, "A point."])
    head = f"title: Dense {LONG}\ndate: 2021-01-26\ntreaties: [pact]\nkey_points: {key_points}\n"
    head += f"{more}annotations: {json.dumps(notes)}\n"
    return f"---\n{head}---\n" + "\n\n".join(blocks) + "\n"


def remark(number):
    """The text of a note: from one sentence to four, in one of them a word that is too long."""
    text = f"Note {number:02}. " + "It says what the passage leaves out. " * (number % 4 + 1)
    return text + LONG if number == 3 else text
