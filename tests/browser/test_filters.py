"""The filters of lists, in a browser: words, kinds, topics, years; and that all is there without."""

import pytest
from demo import serving
from site_tester import SiteTest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENTITIES = """
- {id: russia, kind: place, name: Russia, aliases: [Russian Federation], description: A state.}
- {id: rene, kind: person, name: René Dupont, description: Keeper of a château.}
- {id: nato, kind: organization, name: NATO, description: An alliance of states.}
- {id: reno, kind: place, name: Reno, description: A city.}
"""
BRIEFING = """---
title: {title}
date: {date}
topics: [{topics}]
annotations:
  - {{quote: first words, kind: context, note: 'On telemetry.[^s]'}}
  - {{quote: second words, kind: definition, note: On something else.}}
---
There are first words and second words.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    site = SiteTest(tmp_path_factory.mktemp("filters"))
    site.file("briefgen.yml", "title: Desk\ntimezone: UTC\n")
    site.file("content/entities/all.yml", ENTITIES)
    site.file("content/sources/all.yml", "s: {title: S}\n")
    site.file(
        "content/topics/all.yml", "- {id: arms, name: Arms control}\n- {id: law, name: Law}\n"
    )
    for title, date, topics in (
        ("One", "2022-01-01", "arms, law"), ("Two", "2022-02-01", "law"), ("Old", "2021-01-01", "arms"),
    ):  # fmt: skip
        text = BRIEFING.format(title=title, date=date, topics=topics)
        site.file(f"content/briefings/{title.lower()}.md", text)
    site.built()
    with serving(site.output.folder) as address:
        yield address


ENTRIES, ROWS, TOLD = ".g:visible dt a", ".rows > li:visible", "form.filter [role=status]"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("russia", ["Russia"]),
        ("FEDERATION", ["Russia"]),  # an alias
        ("rene", ["René Dupont"]),
        ("châ", ["René Dupont"]),
        ("state a", ["NATO", "Russia"]),  # each word somewhere
        ("zzz", []),
        ("  ", ["NATO", "Reno", "René Dupont", "Russia"]),
    ],
)
def test_the_glossary_is_narrowed_by_words(page, address, words, names):
    page.goto(f"{address}glossary/")
    page.get_by_label("Words").fill(words)
    assert sorted(page.locator(ENTRIES).all_inner_texts()) == sorted(names)


def test_the_glossary_is_narrowed_by_kind_and_tells_how_many_are_left(page, address):
    page.goto(f"{address}glossary/")
    assert page.locator(TOLD).inner_text() == ""
    page.get_by_label("Kind").select_option("Places")
    assert page.locator(ENTRIES).all_inner_texts() == ["Reno", "Russia"]
    page.get_by_text("2 of 4").wait_for()
    assert page.locator("section:visible h2").all_inner_texts() == ["R"]
    assert page.locator(".jump a:visible").all_inner_texts() == ["R"]
    page.get_by_label("Kind").select_option("All")
    assert page.locator(ENTRIES).count() == 4
    assert page.locator(".jump a:visible").count() == 2


def test_keys_alone_work_it(page, address):
    page.goto(f"{address}glossary/")
    page.get_by_label("Words").focus()
    page.keyboard.type("nato")
    page.keyboard.press("Enter")
    assert page.locator(ENTRIES).all_inner_texts() == ["NATO"]
    page.keyboard.press("Tab")
    page.keyboard.press("End")  # the last kind there is: places
    assert page.locator(ENTRIES).count() == 0
    page.get_by_text("0 of 4").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    assert page.locator(ENTRIES).all_inner_texts() == ["Reno", "Russia"]


def test_what_is_asked_stands_in_the_address(page, address):
    page.goto(f"{address}glossary/?q=rene&kind=person&x=1")
    assert page.locator(ENTRIES).all_inner_texts() == ["René Dupont"]
    assert page.get_by_label("Words").input_value() == "rene"
    page.get_by_label("Words").fill("")
    page.wait_for_url("**/glossary/?kind=person")
    page.goto(f"{address}glossary/?kind=nonsense")
    assert page.locator(ENTRIES).count() == 4


def test_a_link_to_an_entry_that_is_filtered_away_brings_it_back(page, address):
    page.goto(f"{address}glossary/?kind=person")
    page.evaluate("location.hash = '#g-russia'")
    page.locator("#g-russia").wait_for()
    assert page.locator("#g-russia").evaluate(
        "one => one.getBoundingClientRect().top < innerHeight"
    )
    assert page.get_by_label("Kind").input_value() == ""


def test_annotations_are_narrowed_by_kind_topic_and_year(page, address):
    page.goto(f"{address}annotations/")
    assert page.locator(ROWS).count() == 4  # of 2022, the latest year
    page.get_by_label("Kind").select_option("Context")
    assert page.locator(ROWS).count() == 2
    page.get_by_label("Topic").select_option("Arms control")
    assert page.locator(ROWS).count() == 1
    assert "One" in page.locator(ROWS).inner_text()
    page.get_by_role("link", name="2021").click()
    page.wait_for_url("**/annotations/2021/?kind=context&topic=arms")
    assert page.locator(ROWS).count() == 1
    assert "Old" in page.locator(ROWS).inner_text()
    page.get_by_label("Topic").select_option("Law")  # a topic of other years alone
    assert page.locator(ROWS).count() == 0
    page.get_by_text("0 of 2").wait_for()
    page.get_by_role("link", name="2022").click()
    page.wait_for_url("**/annotations/2022/?kind=context&topic=law")
    assert page.locator(ROWS).count() == 2
    page.get_by_label("Words").fill("else")
    assert page.locator(ROWS).count() == 0


@pytest.mark.parametrize("path", ["glossary/", "annotations/"])
def test_without_a_script_there_is_no_filter_and_nothing_is_hidden(chromium, address, path):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + path + "?kind=person&q=zzz")
        assert page.locator("form.filter").is_hidden()
        assert page.locator(".g:visible, .rows > li:visible").count() == 4


def test_it_works_from_disk(page, tmp_path):
    site = SiteTest(tmp_path).file("content/entities/all.yml", ENTITIES)
    site.file("briefgen.yml", "title: Desk\nurls: file\n").build()
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto((site.output.folder / "glossary/index.html").as_uri())
    page.get_by_label("Words").fill("nato")
    assert page.locator(ENTRIES).all_inner_texts() == ["NATO"]
    page.get_by_text("1 of 4").wait_for()
    assert broken == []


def test_the_fields_of_annotations_share_a_line_on_tablets(page, address):
    page.set_viewport_size({"width": 768, "height": 800})
    page.goto(f"{address}annotations/")
    tops = page.locator("form.filter label").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 3
    assert len(set(tops)) == 1
