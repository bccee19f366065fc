"""A command line without a terminal, a clock that stands, and a build that only answers."""

import io
from datetime import UTC, datetime

import pytest

from briefgen.build import pipeline
from briefgen.build.pipeline import BuildResult, BuildStats
from briefgen.build.result import LeftOut
from briefgen.cli.main import main
from briefgen.cli.session import Session

NOW = datetime(2021, 1, 26, 22, 30, tzinfo=UTC)


class Stream(io.StringIO):
    """A text stream that may claim to be a terminal."""

    def __init__(self, is_terminal=False):
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self):
        return self._is_terminal


class Ended:
    """What a run came to."""

    def __init__(self, code, session):
        self.code = code
        self.out = session.out.getvalue()
        self.err = session.err.getvalue()


class FakeBuild:
    """Stands in for the pipeline: keeps the calls, answers with what it was given."""

    def __init__(self):
        self.calls = []
        self.diagnostics = ()
        self.ok = True
        self.error = None
        self.stages = ()
        self.left_out = LeftOut()

    def __call__(self, options, *, write=True, progress=None):
        self.calls.append((options, write))
        if self.error:
            raise self.error
        for stage in self.stages:
            progress(*stage)
        stats = BuildStats(
            pages_total=42, rendered=3, written=2, removed=1, seconds={"load": 0.01},
            left_out=self.left_out,
        )  # fmt: skip
        output = options.output or options.root / "site"
        return BuildResult(
            diagnostics=tuple(self.diagnostics), stats=stats, output=output, ok=self.ok, config=None
        )

    @property
    def options(self):
        return self.calls[-1][0]


@pytest.fixture
def fake_build(monkeypatch):
    fake = FakeBuild()
    monkeypatch.setattr(pipeline, "build", fake)
    return fake


@pytest.fixture
def run(tmp_path):
    """Run the command line in a site's folder that is empty but for its configuration."""
    (tmp_path / "briefgen.yml").write_text("title: T\ntimezone: Asia/Tokyo\n")

    def run(*arguments, environment=None, is_terminal=False, folder=tmp_path):
        ticks = iter(n / 4 for n in range(1000))
        session = Session(
            folder=folder,
            environment=environment or {},
            now=lambda: NOW,
            stopwatch=lambda: next(ticks),
            out=Stream(is_terminal),
            err=Stream(is_terminal),
        )
        return Ended(main([str(one) for one in arguments], session), session)

    return run
