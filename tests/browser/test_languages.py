"""Pages in Russian and in Arabic in a browser: nothing sticks out, and what runs from right to left does so."""

import pytest
from demo import DESK, HEIGHT, PHONE, serving
from desk_of_languages import desk_of_languages

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUSSIAN, ARABIC, BOTH = (f"briefings/extension{end}/" for end in ("", "-ar", "-en"))


@pytest.fixture(scope="module")
def languages(tmp_path_factory):
    """The site, built; its search index is not looked at here."""
    return desk_of_languages(tmp_path_factory.mktemp("languages")).built(
        jobs=1, search=False, strict=True
    )


@pytest.fixture(scope="module")
def address(languages):
    with serving(languages.output.folder) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(request, chromium, address):
    """Open a page in a window of a width."""
    contexts = []

    def opened(path, width=DESK):
        size = {"width": width, "height": HEIGHT}
        context = chromium.new_context(
            base_url=address, viewport=size, java_script_enabled=request.param
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def edges(page, selector):
    """The left and the right edge of the first such element."""
    box = page.locator(selector).first.bounding_box()
    return box["x"], box["x"] + box["width"]


def aligned(page, selector):
    """Which edge the first line of an element's words begins at, and which way they run."""
    style = page.locator(selector).first.evaluate(
        "one => { const {direction, textAlign} = getComputedStyle(one); return [direction, textAlign]; }"
    )
    return tuple(style)


def test_no_page_scrolls_sideways(reader, languages):
    page = reader("")
    wide = []
    for path in languages.output.page_files:
        if "old/" not in path:
            page.goto(path)
            for width in (320, PHONE, 768, 1024, DESK):
                page.set_viewport_size({"width": width, "height": HEIGHT})
                root = page.locator("html")
                excess = root.evaluate("one => one.scrollWidth - one.clientWidth")
                if excess > 0:
                    wide.append((path, width, excess))
    assert wide == []


def test_a_page_from_right_to_left_is_mirrored(reader):
    parts = (".note", ".article > p", ".box")
    page = reader(RUSSIAN)
    note, words, box = (edges(page, part) for part in parts)
    assert box[1] < words[0] < words[1] < note[0]
    page = reader(ARABIC)
    note, words, box = (edges(page, part) for part in parts)
    assert note[1] < words[0] < words[1] < box[0]
    brand, nav = edges(page, ".brand"), edges(page, "nav")
    assert nav[1] < brand[0]
    assert brand[1] > DESK / 2


def test_notes_stand_beside_their_words_and_over_nothing(reader):
    for path in (RUSSIAN, ARABIC, BOTH):
        page = reader(path)
        text = edges(page, ".article > p")
        for note in page.locator(".note").all():
            box = note.bounding_box()
            words = page.locator(
                f"mark[data-n='{note.get_attribute('data-n')}']"
            ).first.bounding_box()
            assert box["x"] >= text[1] or box["x"] + box["width"] <= text[0], path
            assert abs(box["y"] - words["y"]) < 300, path


def test_words_of_the_other_direction_run_their_way_and_stand_where_the_page_s_do(reader):
    page = reader(ARABIC)
    assert aligned(page, ".article > p") == ("rtl", "start")
    assert aligned(page, "#g-russia .desc")[0] == "ltr"
    formal = page.locator(".formal dd")
    assert formal.evaluate("one => getComputedStyle(one).direction") == "ltr"
    ends = formal.evaluate("""one => {
      const words = document.createRange();
      words.selectNodeContents(one);
      const box = one.getBoundingClientRect();
      return [...words.getClientRects()].map((line) => box.right - line.right);
    }""")
    assert max(ends) < 6  # as all that stands around it, at the right


def test_words_without_a_translation_read_right_and_so_do_dates_in_pictures(reader):
    page = reader(ARABIC)
    rate = page.locator(".rate, .src").first
    assert rate.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
    places = page.evaluate("""() => [...document.querySelectorAll(".life text")].map((text) => {
      const words = text.textContent;
      const at = [...words.matchAll(/\\d+/g)];
      const left = (found) => text.getStartPositionOfChar(found.index).x;
      return at.length > 1 ? left(at[at.length - 2]) > left(at[at.length - 1]) : null;
    })""")
    assert True in places
    assert False not in places, "of a date the day stands to the right of the year"


def test_an_article_from_right_to_left_under_notes_from_left_to_right(reader):
    page = reader(BOTH)
    assert aligned(page, ".article > p") == ("rtl", "start")
    assert aligned(page, ".note") == ("ltr", "start")
    note, words = edges(page, ".note"), edges(page, ".article > p")
    assert words[1] < note[0]
