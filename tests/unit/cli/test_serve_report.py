"""What the terminal says of rebuilds: what is new in full, the rest as a count."""

import io
from pathlib import Path

import pytest

from briefgen.build.pipeline import BuildResult, BuildStats
from briefgen.cli.serve import reporter
from briefgen.cli.session import Session
from briefgen.model.diagnostics import Place, finding
from briefgen.serve.loop import Rebuild


def warning(message, line=1):
    return finding("unsourced-annotation", Place("a.md", line), message)


ERROR = finding("quote-not-found", Place("b.md", 2, 3), "not there")


@pytest.fixture
def said(tmp_path):
    session = Session(folder=tmp_path, out=io.StringIO(), err=io.StringIO())
    report = reporter(tmp_path, session)

    def after(*found):
        session.out = io.StringIO()
        ok = ERROR not in found
        result = BuildResult(ok, found, BuildStats(pages_total=9), Path("out"), None)
        report(Rebuild(("a.md",), 0.1, result, is_shown=True))
        return session.out.getvalue()

    return after


def test_a_warning_is_told_once_and_then_counted(said):
    assert "no source here" in said(warning("no source here"))
    later = said(warning("no source here", line=5), warning("nor there"))
    assert "no source here" not in later
    assert "nor there" in later
    assert "1 finding as before\n" in later


def test_a_second_warning_of_the_same_words_is_news(said):
    said(warning("same"))
    assert said(warning("same"), warning("same", 7)).count("same") == 1


def test_a_warning_that_comes_back_is_news(said):
    said(warning("back"))
    assert "as before" not in said()
    assert "back" in said(warning("back"))


def test_an_error_is_told_each_time_and_does_not_make_warnings_news(said):
    said(warning("old"))
    assert "not there" in said(ERROR)
    assert "not there" in said(ERROR)
    assert "old" not in said(warning("old"))
