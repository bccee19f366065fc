"""Every rule, shown by a small site in error, with the exact words of `briefgen check`.

Each folder of `sites_invalid/` is named after a rule, with or without a variant behind it:
`quote-not-found`, `quote-not-found-prefix`. Its `expected.txt` is what is said of it;
`pytest --update-expected` writes it anew. What no folder can show is built by the tests below.
"""

import errno
import io
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.cli.main import main
from briefgen.cli.report import Run, show_findings
from briefgen.cli.session import Session
from briefgen.load.text import DATA_LIMIT, FRONT_MATTER_LIMIT
from briefgen.model.dates import Day
from briefgen.model.diagnostics import RULES, Level

SITES = Path(__file__).parent / "sites_invalid"
NAMES = sorted(folder.name for folder in SITES.iterdir() if folder.is_dir())
AS_OF = "2026-11-24"

NO_FOLDER = {
    "file-encoding": "an editor, or a repository's settings, may mend the bytes",
    "file-nul": "the same",
    "file-too-large": "nobody wants to fetch it",
    "output-foreign": "the output is what is wrong, not the site",
    "output-unwritable": "the same",
    "citations-unavailable": "what is not installed is wrong, not the site",
    "search-unavailable": "what is not installed is wrong, not the site",
}
"""Rules that a folder of files can't show, with the reason; their tests are named after them."""

WHEN_BUILT = {"template-error"}
"""Rules that only a build meets, since a check renders nothing."""

SAYS_IT_ALL = {"invalid-value"}
"""Rules whose message may say what to do; all others say it in the help."""

OF_WHOLE_FILES = {
    "config-missing", "duplicate-id", "file-unused", "invalid-id", "no-briefings",
    "no-site-address",
    "route-collision", "static-collision",
}  # fmt: skip
"""Rules that may speak of a file as a whole; all others point at a line."""

CONFIG = "title: Desk\nurl: https://example.org/\n"
CALL = "content/briefings/call.md"
BRIEFING = "---\ntitle: The first call\ndate: 2021-01-26\n{}---\nThe two leaders spoke.\n"


def rule_of(name):
    """The rule that a folder shows: the longest code that its name begins with."""
    return max((code for code in RULES if f"{name}-".startswith(f"{code}-")), key=len)


class Said:
    """What a run says of a site: its findings as plain lines, and the exit code."""

    def __init__(self, root, *, write=False):
        options = BuildOptions(root=root, as_of=Day(AS_OF))
        result = build(options, write=write)
        session = Session(folder=root, environment={}, out=io.StringIO(), err=io.StringIO())
        show_findings(result.diagnostics, root, session)
        self.findings = result.diagnostics
        self.text = session.out.getvalue()
        self.exit_code = Run(options, result, 0.0, is_check=not write).exit_code


@pytest.fixture
def site(tmp_path):
    """A small site without a fault, in a folder of the test's own."""
    root = (tmp_path / "desk").resolve()
    write(root, "briefgen.yml", CONFIG)
    write(root, CALL, BRIEFING.format(""))
    return root


def write(root, path, data):
    """Write a file of a site; its bytes, or its text in UTF-8."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize("name", NAMES)
def test_site(name, tmp_path, is_as_expected):
    root = SITES / name
    is_built = rule_of(name) in WHEN_BUILT
    if is_built:
        root = shutil.copytree(root, tmp_path / name)
    said = Said(root, write=is_built)
    assert rule_of(name) in {one.code for one in said.findings}
    is_as_expected(said.text, SITES / name / "expected.txt")
    for one in said.findings:
        assert is_sentence(one.message), one.message
        assert is_sentence(one.help) or (not one.help and one.code in SAYS_IT_ALL), one.message
        assert one.place.line or one.code in OF_WHOLE_FILES, one.message
    errors = {one.place.path for one in said.findings if one.level is Level.ERROR}
    assert said.exit_code == (2 if "briefgen.yml" in errors else 1 if errors else 0)


def is_sentence(text):
    """Whether a text begins and ends as a sentence does; it may begin or end with a quotation."""
    is_begun = text[:1].isupper() or text[:1].isdigit() or text.startswith(("`", "“"))
    return is_begun and text.endswith((".", "?", "”"))


def test_every_rule_is_shown():
    shown = {rule_of(name) for name in NAMES}
    assert shown.isdisjoint(NO_FOLDER)
    assert sorted(shown | NO_FOLDER.keys()) == sorted(RULES)


def test_a_site_in_order_has_no_findings(site):
    said = Said(site)
    assert (said.text, said.exit_code) == ("", 0)


def test_the_command_line_says_the_same(site):
    write(site, CALL, BRIEFING.format("sumary: x\n"))
    session = Session(
        folder=site,
        environment={},
        now=lambda: datetime(2021, 1, 26, tzinfo=UTC),
        stopwatch=lambda: 0.0,
        out=io.StringIO(),
        err=io.StringIO(),
    )
    code = main(["check", "--as-of", AS_OF], session)
    said = Said(site)
    assert session.out.getvalue() == said.text + "1 error in 1 file\n"
    assert code == said.exit_code == 1


def test_a_check_writes_nothing(site):
    before = sorted(site.rglob("*"))
    Said(site)
    assert sorted(site.rglob("*")) == before


def test_a_check_finds_what_a_build_did_not_look_for(tmp_path):
    root = shutil.copytree(SITES / "unlinked-candidate", tmp_path / "desk").resolve()
    quiet = BuildOptions(root=root, as_of=Day(AS_OF), infos=False)
    assert build(quiet).diagnostics == ()
    assert {one.code for one in Said(root, write=True).findings} == {"unlinked-candidate"}
    assert build(quiet).diagnostics == ()


def test_a_fragment_that_is_not_there_is_told_of_the_sections_that_are(site):
    write(site, CALL, BRIEFING.format("") + "See [[pact#nope]].\n")
    treaty = "---\nname: Pact\nprovisions: [{name: Warheads}]\n---\n"
    write(site, "content/treaties/pact.md", treaty)
    (help_,) = (one.help for one in Said(site).findings if one.code == "unknown-fragment")
    assert help_ == "It has `#provisions`."


# What no folder can show.


@pytest.mark.parametrize(
    ("data", "code", "lines"),
    [
        (
            BRIEFING.format("summary: D\xe9tente\n").encode("latin-1"),
            "file-encoding",
            (
                "content/briefings/call.md:4:11: error[file-encoding]: The file is not UTF-8: the byte "
                "0xE9 at offset 53 is no part of any character.\n"
                "    summary: D\ufffdtente\n"
                "              ^\n"
                "    help: Save the file as UTF-8 in your editor.\n"
            ),
        ),
        (
            b"\xff\xfe" + BRIEFING.format("").encode("utf-16-le"),
            "file-encoding",
            (
                "content/briefings/call.md:1:1: error[file-encoding]: The file is saved as UTF-16.\n"
                "    \ufffd\ufffd-␀-␀-␀\n"
                "    ^\n"
                "    help: Save it as UTF-8.\n"
            ),
        ),
        (
            BRIEFING.format("summary: a\0b\n"),
            "file-nul",
            (
                "content/briefings/call.md:4:11: error[file-nul]: The file holds a NUL character, which "
                "never stands in text.\n"
                "    summary: a␀b\n"
                "              ^\n"
                "    help: It is a binary file, or saved as UTF-16; save it as UTF-8 text.\n"
            ),
        ),
    ],
    ids=["latin-1", "utf-16", "nul"],
)
def test_bytes_that_are_no_text(site, data, code, lines):
    write(site, CALL, data)
    said = Said(site)
    assert [one.code for one in said.findings] == [code]
    assert said.text == lines


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (
            "content/entities/people.yml",
            "#" * (DATA_LIMIT + 1),
            (
                "content/entities/people.yml: error[file-too-large]: The file has 4,194,305 bytes; at "
                "most 4,194,304 are read.\n"
                "    help: Split it, or leave out what is not meant to be read.\n"
            ),
        ),
        (
            CALL,
            BRIEFING.format("#" * FRONT_MATTER_LIMIT + "\n"),
            (
                "content/briefings/call.md:1:1: error[file-too-large]: The front matter is larger than "
                "256 KiB.\n"
                "    ---\n"
                "    ^\n"
                "    help: Move what is long into the text, or into a file of its own.\n"
            ),
        ),
    ],
    ids=["data", "front-matter"],
)
def test_file_too_large(site, path, text, line):
    write(site, path, text)
    assert Said(site).text == line


def test_path_outside_site_by_a_link(site):
    write(site.parent, "secret.md", BRIEFING.format(""))
    (site / "content/briefings/secret.md").symlink_to(site.parent / "secret.md")
    assert Said(site).text == (
        "content/briefings/secret.md: error[path-outside-site]: `content/briefings/secret.md` is a "
        "link out of the site's folder.\n"
        "    help: Put the file itself there.\n"
    )


def test_output_foreign(site):
    write(site, "site/thesis.txt", "words\n")
    said = Said(site, write=True)
    assert said.text == (
        "site: error[output-foreign]: The output folder `site` holds `thesis.txt`, and it is not "
        "briefgen's; nothing in it was touched.\n"
        "    help: Name another folder with `--site-dir`, or empty this one.\n"
    )
    assert said.exit_code == 1
    assert [file.name for file in (site / "site").iterdir()] == ["thesis.txt"]


def test_output_unwritable(site):
    assert Said(site, write=True).text == ""
    (site / "site/briefings/second").write_text("mine\n")
    write(site, "content/briefings/second.md", BRIEFING.format(""))
    said = Said(site, write=True)
    assert said.text == (
        "site/briefings/second/index.html: error[output-unwritable]: "
        "`site/briefings/second/index.html` can't be written: `site/briefings/second` is a file "
        "that is not briefgen's.\n"
        "    help: Move `site/briefings/second` away, or give the page another address.\n"
    )
    assert said.exit_code == 1


def test_a_state_folder_that_can_not_be_made(site):
    write(site, ".briefgen", "a file\n")
    with pytest.raises(BuildStop) as stop:
        Said(site, write=True)
    assert "let briefgen write there" in stop.value.message
    assert "--site-dir" not in stop.value.message


def test_a_capped_page_keeps_its_words(tmp_path):
    root = shutil.copytree(SITES / "output-capped", tmp_path / "desk")
    Said(root, write=True)
    page = (root / "site/briefings/call/index.html").read_text(encoding="utf-8")
    assert page.count("they") >= 400
    assert "aaaa" not in page


def test_a_redirect_leads_from_each_old_address(tmp_path):
    root = shutil.copytree(SITES / "moved-from-collision", tmp_path / "desk")
    Said(root, write=True)
    page = (root / "site/old/call.html").read_text(encoding="utf-8")
    assert '<a href="../briefings/call/">The first call</a>' in page
    assert (root / "site/old/second/index.html").is_file()
    assert "old/" not in (root / "site/sitemap.xml").read_text(encoding="utf-8")


def test_search_unavailable(site, monkeypatch):
    write(site, "briefgen.yml", f"{CONFIG}search: true\n")
    assert Said(site, write=True).text == ""
    for name in ("pagefind_bin_extended", "pagefind_bin"):
        monkeypatch.setitem(sys.modules, name, None)  # as where it is not installed
    for is_built in (False, True):
        said = Said(site, write=is_built)
        assert said.exit_code == 0
        assert said.text == (
            "briefgen.yml:3:9: warning[search-unavailable]: Pagefind is not installed, so the site "
            "has a search page without an index.\n"
            "    search: true\n"
            "            ^\n"
            "    help: Install it with `pip install 'briefgen[search]'`, or write `search: false`.\n"
        )
    assert not (site / "site" / "pagefind").exists()
    assert (site / "site" / "search" / "index.html").is_file()


def test_citations_unavailable(site, monkeypatch):
    write(site, "briefgen.yml", f"{CONFIG}citations: {{style: apa}}\n")
    monkeypatch.setattr("briefgen.build.styles.find_spec", lambda _: None)
    for is_built in (False, True):
        said = Said(site, write=is_built)
        assert said.exit_code == 0
        assert said.text == (
            "briefgen.yml:3:20: warning[citations-unavailable]: The package of citation styles is not "
            "installed, so sources are written out in the theme's own way.\n"
            "    citations: {style: apa}\n"
            "                       ^\n"
            "    help: Install it with `pip install 'briefgen[citations]'`, or write `style: briefgen`.\n"
        )


def test_a_static_file_that_cannot_be_read_is_called_by_its_path_in_the_site(site, monkeypatch):
    write(site, "content/static/maps/secret.txt", "x")
    real = os.open

    def refusing(path, *arguments, **more):
        if str(path).endswith("secret.txt"):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refusing)
    assert Said(site, write=True).text == (
        "content/static/maps/secret.txt: error[file-unreadable]: `content/static/maps/secret.txt` "
        "can't be read: permission denied.\n"
    )
