"""Templates of the built-in theme as a site's own: listed, copied, never overwritten."""

from briefgen.build.theme import built_in_theme

BUILT_IN = built_in_theme() / "templates"


def test_without_a_name_the_templates_are_listed(run, tmp_path):
    ended = run("theme", "eject")
    assert ended.code == 0
    assert ended.out.splitlines() == sorted(one.name for one in BUILT_IN.iterdir())
    assert not (tmp_path / "templates").exists()


def test_the_named_ones_are_copied_and_used(run, tmp_path):
    ended = run("theme", "eject", "page.html", "_macros.html")
    assert (ended.code, ended.out) == (0, "Made templates/page.html\nMade templates/_macros.html\n")
    copy = tmp_path / "templates" / "page.html"
    assert copy.read_bytes() == (BUILT_IN / "page.html").read_bytes()
    copy.write_text("<p>Own: {{ page.title }}")
    page = tmp_path / "content" / "pages" / "about.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: About\n---\nWords.\n")
    assert run("build").code == 0
    assert (tmp_path / "site" / "about" / "index.html").read_text() == "<p>Own: About"


def test_all_are_copied(run, tmp_path):
    assert run("theme", "eject", "--all").code == 0
    copied = {one.name: one.read_bytes() for one in (tmp_path / "templates").iterdir()}
    assert copied == {one.name: one.read_bytes() for one in BUILT_IN.iterdir()}


def test_the_list_of_labels_goes_where_catalogues_lie(run, tmp_path):
    ended = run("theme", "eject", "dossier.pot")
    assert (ended.code, ended.out) == (0, "Made locale/dossier.pot\n")
    copy = tmp_path / "locale" / "dossier.pot"
    assert copy.read_bytes() == (BUILT_IN.parent / "locale" / "dossier.pot").read_bytes()
    assert "dossier.pot" not in run("check").err
    ended = run("theme", "eject", "page.html", "dossier.pot")
    assert (ended.code, "locale/ has dossier.pot already" in ended.err) == (2, True)
    assert not (tmp_path / "templates").exists()


def test_nothing_is_overwritten_and_nothing_half_done(run, tmp_path):
    own = tmp_path / "templates" / "page.html"
    own.parent.mkdir()
    own.write_text("mine")
    ended = run("theme", "eject", "home.html", "page.html")
    assert ended.code == 2
    assert "page.html already" in ended.err
    assert [one.name for one in own.parent.iterdir()] == ["page.html"]
    assert own.read_text() == "mine"


def test_a_template_that_is_not_there(run, tmp_path):
    ended = run("theme", "eject", "breifing.html")
    assert ended.code == 2
    assert "Did you mean `briefing.html`" in ended.err
    assert run("theme", "eject", "../../pyproject.toml").code == 2
    assert not (tmp_path / "templates").exists()
