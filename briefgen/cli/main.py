"""The command `briefgen`: its commands, and the one place where what stops a run is caught.

The commands return their exit code: 0 fine, 1 errors in the content (or warnings under
`--strict`), 2 usage or configuration, 70 an error of briefgen's own, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from briefgen import __version__
from briefgen.cli.build import build
from briefgen.cli.check import check
from briefgen.cli.frame import visible
from briefgen.cli.init import init
from briefgen.cli.serve import serve
from briefgen.cli.session import Format, Session, Verbosity

EXIT_INTERNAL = 70  # EX_SOFTWARE of sysexits.h
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells say it
EXIT_BROKEN_PIPE = 1  # as click says it


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="briefgen %(version)s")
def cli() -> None:
    """Make a site of annotated briefings.

    Start with `briefgen init DIR`; then, in that folder, `briefgen serve`.
    """


for _command in (init, build, check, serve):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run the command line and return its exit code; nothing but SystemExit leaves it."""
    session = session or Session()
    for stream in (session.out, session.err):
        # A terminal that knows no such letter gets its escape instead of a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="briefgen", standalone_mode=False, obj=session)
        session.out.flush()
    except click.ClickException as error:
        error.show(session.err)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        session.complain("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`); keep the interpreter from flushing into nothing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  (the last one: from here on it would be a traceback)
        return _stopped(error, session)
    return int(code or 0)


def _stopped(error: Exception, session: Session) -> int:
    """Say why the run stopped, and return the exit code that goes with it."""
    from briefgen.build.errors import BuildStop  # noqa: PLC0415  (only for a run that stops)

    if isinstance(error, BuildStop):
        message, exit_code = error.message, error.exit_code
    else:
        message, exit_code = _internal(error, session), EXIT_INTERNAL
    if session.format is Format.JSON:
        from briefgen.cli.machine import stop_as_json  # noqa: PLC0415

        session.say(stop_as_json(message, exit_code))
    session.complain(message)
    return exit_code


def _internal(error: Exception, session: Session) -> str:
    """Word an exception that nobody foresaw; its traceback is shown with `-v` only."""
    if session.verbosity is Verbosity.VERBOSE:
        for part in traceback.format_exception(error):
            for line in part.splitlines():
                session.err.write(visible(line) + "\n")
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    summary = " ".join(f"{type(error).__name__}: {error}".split())
    again = "" if session.verbosity is Verbosity.VERBOSE else " (-v shows more)"
    return f"internal error: {summary}{where}; please report it{again}"
