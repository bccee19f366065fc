"""Where things lie on a briefing with forty notes in three paragraphs: none over another.

Each note stands as near to its quote as the notes before it allow; without a script, to its
paragraph. Both hold at every width, and from right to left.
"""

from itertools import pairwise

import pytest
from demo import HEIGHT
from dense import COUNT, PARAGRAPHS, dense_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 360, 480, 600, 768, 992, 1024, 1280, 1312, 1440, 1920)  # CSS pixels
NOTES_BESIDE = 992  # the least width with a margin for notes: 62em
CASES = [("dense", width) for width in WIDTHS] + [("rtl", width) for width in (360, 1024, 1440)]
NEAR = 2  # pixels within which places count as the same


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The published folder of the dense briefings."""
    site = dense_site(tmp_path_factory.mktemp("dense")).built(jobs=1)
    return site.output.folder / "briefings"


# Edges of each note, with the top of its quote and the edges of the paragraph before it; those of
# the lines of text, and of the fact box; the room that there is.
GEOMETRY = """() => {
  const box = (r) => [r.left, r.top + scrollY, r.right, r.bottom + scrollY];
  const edges = (one) => box(one.getBoundingClientRect());
  const lines = (one) => {
    const range = document.createRange(), found = [];
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(".vh")) continue;
      range.selectNodeContents(walker.currentNode);
      found.push(...[...range.getClientRects()].map(box));
    }
    return found;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const root = document.documentElement;
  return {
    notes: all(".article .note").map((note) => ({
      edges: edges(note),
      words: lines(note),
      gap: parseFloat(getComputedStyle(note).marginBlockEnd),
      quote: document.querySelector(`mark[data-n="${note.dataset.n}"]`).getClientRects()[0].top + scrollY,
      paragraph: edges(note.parentElement.previousElementSibling),
      group: all(".article > .notes").indexOf(note.parentElement),
    })),
    texts: all(".head, .keypoints, .kinds, .article > p").flatMap(lines),
    boxes: all(".box").map(edges),
    width: root.clientWidth,
    excess: root.scrollWidth - root.clientWidth,
    bottom: root.scrollHeight,
  };
}"""


@pytest.fixture
def measured(chromium, folder):
    """The geometry of a briefing in a window of a width, with a script or without."""

    def measured(name, width, *, script):
        options = {"java_script_enabled": script, "reduced_motion": "reduce"}
        with chromium.new_context(
            viewport={"width": width, "height": HEIGHT}, **options
        ) as context:
            page = context.new_page()
            page.goto((folder / name / "index.html").as_uri())
            seen = page.evaluate(GEOMETRY)
        assert len(seen["notes"]) == COUNT
        assert len(seen["boxes"]) == 1
        assert {note["group"] for note in seen["notes"]} == set(range(PARAGRAPHS + 1))
        return seen

    return measured


def share(one, other):
    """Whether two boxes lie over each other by more than a pixel."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    )


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("name", "width"), CASES)
def test_no_note_lies_over_anything_or_runs_out_of_the_page(measured, name, width, script):
    seen = measured(name, width, script=script)
    assert seen["excess"] <= 0
    notes = [note["edges"] for note in seen["notes"]]
    others = seen["texts"] + seen["boxes"]
    assert len(seen["texts"]) > COUNT
    for at, note in enumerate(notes):
        assert 0 <= note[0] < note[2] <= seen["width"], at
        assert 0 <= note[1] < note[3] <= seen["bottom"], at
        assert not [other for other in notes[:at] if share(note, other)], at
        assert not [other for other in others if share(note, other)], at
        for left, _, right, _ in seen["notes"][at]["words"]:
            assert note[0] - 1 <= left <= right <= note[2] + 1, f"note {at} has words outside it"


@pytest.mark.parametrize(("name", "width"), [case for case in CASES if case[1] >= NOTES_BESIDE])
def test_a_note_stands_beside_its_quote_or_right_below_the_note_before(measured, name, width):
    free = 0
    notes = measured(name, width, script=True)["notes"]
    for at, note in enumerate(notes):
        _, top, _, bottom = note["edges"]
        assert abs(top - max(note["quote"], free)) < NEAR, at
        free = bottom + 14
    assert notes[-1]["quote"] > notes[-2]["edges"][3], "the last note has room"
    assert notes[-1]["quote"] > notes[-1]["paragraph"][1] + 20, "its quote is not at the top"


@pytest.mark.parametrize(("name", "width"), [case for case in CASES if case[1] >= NOTES_BESIDE])
def test_without_a_script_it_stands_beside_its_paragraph_or_below_the_notes(measured, name, width):
    notes = measured(name, width, script=False)["notes"]
    free = 0
    for at, note in enumerate(notes):
        left, top, right, bottom = note["edges"]
        assert abs(top - max(note["paragraph"][1], free)) < NEAR, at
        assert left >= note["paragraph"][2] or right <= note["paragraph"][0], at
        free = bottom + note["gap"]
    before = next(note for note in notes if note["group"] == 1)
    assert before["edges"][1] > before["paragraph"][1] + 100, "the notes outrun the text"
    assert notes[-1]["paragraph"][1] > notes[-2]["edges"][3], "the last note has room"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("name", "width"), [case for case in CASES if case[1] < NOTES_BESIDE])
def test_without_a_margin_notes_follow_their_paragraph_in_order(measured, name, width, script):
    notes = measured(name, width, script=script)["notes"]
    for at, note in enumerate(notes):
        is_first = at == 0 or notes[at - 1]["group"] != note["group"]
        before = note["paragraph"][3] if is_first else notes[at - 1]["edges"][3]
        assert 0 < note["edges"][1] - before < 24, at
    assert all(one["edges"][1] < two["edges"][1] for one, two in pairwise(notes))
