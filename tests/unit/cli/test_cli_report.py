"""What a run says, in each of its formats."""

import json
import re

import pytest
from msgspec.structs import replace

from briefgen.build.result import LeftOut
from briefgen.cli.tally import Tally, tally
from briefgen.model.diagnostics import Diagnostic, Level, Place, finding

QUOTE = finding(
    "quote-not-found",
    Place("content/briefings/x.md", 2, 8),
    "The quote is not in the article",
    "closest text, line 31:\nagreed to extend",
)
NOTE = finding("unsourced-annotation", Place("content/briefings/x.md", 1), "The note has no source")
INFO = finding("no-site-address", Place("briefgen.yml"), "The site has no address")


@pytest.fixture
def site(tmp_path):
    (tmp_path / "content" / "briefings").mkdir(parents=True)
    (tmp_path / "content" / "briefings" / "x.md").write_text("id: x\nquote: agrees\n")
    return tmp_path


def test_findings_as_plain_lines(run, fake_build, site):
    fake_build.diagnostics, fake_build.ok = (NOTE, QUOTE, INFO), False
    assert run("build").out == (
        "content/briefings/x.md:1: warning[unsourced-annotation]: The note has no source\n"
        "    id: x\n"
        "content/briefings/x.md:2:8: error[quote-not-found]: The quote is not in the article\n"
        "    quote: agrees\n"
        "           ^\n"
        "    help: closest text, line 31:\n"
        "          agreed to extend\n"
        "1 error, 1 warning in 1 file; nothing was written\n"
    )


def test_findings_on_a_terminal_are_framed(run, fake_build, site):
    fake_build.diagnostics, fake_build.ok = (QUOTE,), False
    told = run("build", is_terminal=True, environment={"NO_COLOR": "1"}).out
    assert re.sub(r"\x1b\[[0-9;]*m", "", told) == (
        "content/briefings/x.md:2:8: error[quote-not-found]: The quote is not in the article\n"
        "   │\n"
        " 2 │ quote: agrees\n"
        "   │        ^\n"
        "   │ help: closest text, line 31:\n"
        "   │       agreed to extend\n"
        "\n"
        "1 error in 1 file; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("environment", "has_colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)],
)
def test_no_color_is_honoured(run, fake_build, environment, has_colour):
    fake_build.diagnostics, fake_build.ok = (QUOTE,), False
    told = run("build", is_terminal=True, environment=environment).out
    assert ("\x1b[1;31m" in told) == has_colour


def test_a_dumb_terminal_gets_plain_lines(run, fake_build):
    fake_build.diagnostics, fake_build.ok = (QUOTE,), False
    assert "\x1b" not in run("build", is_terminal=True, environment={"TERM": "dumb"}).out


@pytest.mark.parametrize("is_terminal", [False, True])
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_no_text_of_an_author_steers_the_terminal(run, fake_build, site, is_terminal, format):
    evil = "\x1b]0;owned\x07\x9b31m\u202e\n::error::x"
    (site / "content" / "briefings" / "x.md").write_text(f"a {evil}\n")
    fake_build.diagnostics = (
        Diagnostic(Place(f"content/{evil}.md"), "unknown-key", evil, evil),
        Diagnostic(Place("content/briefings/x.md", 1, 3), "unknown-key", evil, evil),
    )
    fake_build.ok = False
    told = run("build", "--format", format, is_terminal=is_terminal, environment={"NO_COLOR": "1"})
    for sign in ("\x1b]", "\x07", "\x9b", "\u202e"):
        assert sign not in told.out + told.err
    commands = [line for line in told.out.split("\n") if line.startswith("::")]
    assert len(commands) == (2 if format == "github" else 0)


def test_markup_of_the_terminal_library_is_text(run, fake_build):
    fake_build.diagnostics = (finding("unknown-key", Place("x.md"), "[bold]no[/] :rocket:"),)
    told = run("check", is_terminal=True, environment={"NO_COLOR": "1"}).out
    assert "[bold]no[/] :rocket:" in told


def test_the_last_line_names_the_causes(run, fake_build):
    following = [replace(QUOTE, cause=f"content/entities/{name}.yml") for name in "aabc"]
    fake_build.diagnostics, fake_build.ok = (QUOTE, *following), False
    last = run("build").out.splitlines()[-1]
    assert last == (
        "5 errors in 1 file (4 may only follow from content/entities/a.yml, content/entities/b.yml "
        "and 1 other file); nothing was written"
    )
    fake_build.diagnostics = (QUOTE, following[0])
    last = run("build").out.splitlines()[-1]
    assert last == (
        "2 errors in 1 file (1 may only follow from content/entities/a.yml); nothing was written"
    )


def test_json(run, fake_build):
    behind = replace(INFO, cause="content/entities/desk.yml")
    fake_build.diagnostics, fake_build.ok = (QUOTE, behind), False
    ended = run("build", "--format", "json")
    told = json.loads(ended.out)
    assert ended.out.isascii()
    assert told["ok"] is False
    assert told["counts"] == {"errors": 1, "warnings": 0, "infos": 1, "files": 2}
    assert told["pages"] == {
        "total": 42, "rendered": 3, "reused": 39, "written": 2, "removed": 1,
    }  # fmt: skip
    assert told["diagnostics"] == [
        {
            "file": "content/briefings/x.md",
            "line": 2,
            "column": 8,
            "level": "error",
            "code": "quote-not-found",
            "title": "A quote is not in the article",
            "message": "The quote is not in the article",
            "help": "closest text, line 31:\nagreed to extend",
            "cause": None,
        },
        {
            "file": "briefgen.yml",
            "line": None,
            "column": None,
            "level": "info",
            "code": "no-site-address",
            "title": "The site has no address",
            "message": "The site has no address",
            "help": None,
            "cause": "content/entities/desk.yml",
        },
    ]


def test_github_escapes_as_its_toolkit_does(run, fake_build):
    fake_build.diagnostics = (
        finding("quote-not-found", Place("a,b:c%.md", 2, 8), "50 % is, here: 1\x1b", "do\nthis"),
        finding("unsourced-annotation", Place("x.md", 3), "m"),
        finding("no-site-address", Place(), "m"),
    )
    told = run("check", "--format", "github").out.split("\n")
    assert told[:3] == [
        "::error file=a%2Cb%3Ac%25.md,line=2,col=8,title=briefgen%3A quote-not-found::50 %25 is, here: 1␛%0Ado%0Athis",
        "::warning file=x.md,line=3,title=briefgen%3A unsourced-annotation::m",
        "::notice title=briefgen%3A no-site-address::m",
    ]


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (LeftOut(1, 1), "1 briefing waits for its day, 1 draft"),
        (LeftOut(2, 0), "2 briefings wait for their day"),
        (LeftOut(0, 3), "3 drafts"),
    ],
)
def test_what_is_left_out_is_counted_before_the_last_line(run, fake_build, command, left_out, said):
    fake_build.left_out = left_out
    assert run(command).out.split("\n")[-3] == said
    assert said not in run(command, "-q").out
    told = json.loads(run(command, "--format", "json").out)
    assert told["left_out"] == {"waiting": left_out.waiting, "drafts": left_out.drafts}


@pytest.mark.parametrize(
    ("arguments", "diagnostics", "ok", "last"),
    [
        (["build"], [], True, "Built 42 pages in 0.50 s -> site/"),
        (["build", "-q"], [], True, ""),
        (["build"], [NOTE], True, "Built 42 pages in 0.50 s -> site/"),
        (["build", "-s"], [NOTE], False, "1 warning in 1 file; nothing was written (--strict)"),
        (
            ["build", "-s", "-q"],
            [NOTE],
            False,
            "1 warning in 1 file; nothing was written (--strict)",
        ),
        (["build", "-v"], [INFO], True, "  load       0.010 s"),
        (["check"], [], True, "Checked in 0.50 s: no problems"),
        (["check"], [INFO], True, "Checked in 0.50 s"),
        (["check"], [QUOTE, INFO], False, "1 error, 1 info in 2 files"),
        (["check", "-q"], [QUOTE, INFO], False, "1 error in 1 file"),
    ],
)
def test_the_last_line(run, fake_build, arguments, diagnostics, ok, last):
    fake_build.diagnostics, fake_build.ok = diagnostics, ok
    assert run(*arguments).out.rstrip("\n").split("\n")[-1] == last


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["build"], ["warning"]),
        (["build", "-v"], ["warning", "info"]),
        (["build", "-q"], []),
        (["build", "-q", "-s"], ["warning"]),
        (["check"], ["warning", "info"]),
        (["check", "-q"], []),
    ],
)
def test_which_levels_are_shown(run, fake_build, arguments, codes):
    fake_build.diagnostics = (NOTE, INFO)
    told = run(*arguments).out
    assert [code for code in ("warning", "info") if f"{code}[" in told] == codes


def test_paths_can_be_opened_from_where_the_command_ran(run, fake_build, site):
    fake_build.diagnostics = (QUOTE,)
    desk = site / "desk"
    desk.mkdir()
    (desk / "briefgen.yml").write_text("title: T\n")
    told = run("check", "-f", "desk/briefgen.yml").out
    assert told.startswith("desk/content/briefings/x.md:2:8: ")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Tally(), ""),
        (Tally(errors=2, warnings=1, files=3), "2 errors, 1 warning in 3 files"),
        (Tally(infos=1, files=1), "1 info in 1 file"),
        (Tally(warnings=1), "1 warning"),
        (Tally(errors=1200, files=1000), "1,200 errors in 1,000 files"),
    ],
)
def test_counts_in_words(counts, words):
    assert counts.in_words() == words


def test_a_file_is_counted_once():
    assert tally([QUOTE, NOTE, INFO]) == Tally(1, 1, 1, 2)
    assert tally([Diagnostic(Place(), "x", "m", level=Level.ERROR)]) == Tally(errors=1)
