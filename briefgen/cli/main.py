"""The entry point `briefgen`, and the one place where what stops a run is caught.

The commands return their exit code: 0 fine, 1 errors in the content (or warnings under
`--strict`), 2 usage or configuration, 70 an error of briefgen's own, 130 interrupted.

Everything is imported inside: an interruption while the libraries load is one line too.
"""
# ruff: noqa: PLC0415 (see above)

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.cli.session import Session

EXIT_INTERNAL = 70  # EX_SOFTWARE of sysexits.h
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells say it
EXIT_BROKEN_PIPE = 1  # as click says it


def program() -> int:
    """Run the command line in a process of its own, which ends with it."""
    # A run makes few cycles and ends soon, and what it holds is bounded by batches. `serve` turns
    # the collector on.
    gc.disable()
    try:
        return main()
    finally:
        gc.freeze()  # or the interpreter, before it ends, would look at every object once more


def main(arguments: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run the command line and return its exit code; nothing but SystemExit leaves it."""
    err = session.err if session else sys.stderr
    try:
        from briefgen.cli.session import Session

        return _run(arguments, session or Session())
    except KeyboardInterrupt:
        err.write("briefgen: interrupted\n")
        return EXIT_INTERRUPTED


def _run(arguments: Sequence[str] | None, session: Session) -> int:
    import click

    from briefgen.cli.commands import cli

    session.show_what_cannot_be_encoded()
    try:
        code = cli.main(arguments, prog_name="briefgen", standalone_mode=False, obj=session)
        session.out.flush()
    except click.ClickException as error:
        error.show(session.err)
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None  # what click made it of
    except BrokenPipeError:
        _turn_off_output()
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  (the last one: from here on it would be a traceback)
        return _stopped(error, session)
    return int(code or 0)


def _turn_off_output() -> None:
    """Keep the interpreter, once the reader has gone (`| head`), from flushing into nothing."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stopped(error: Exception, session: Session) -> int:
    """Say why the run stopped, and return the exit code that goes with it."""
    from briefgen.build.errors import BuildStop
    from briefgen.cli.session import Format

    if isinstance(error, BuildStop):
        message, exit_code = error.message, error.exit_code
    else:
        message, exit_code = _internal(error, session), EXIT_INTERNAL
    if session.format is Format.JSON:
        from briefgen.cli.machine import stop_as_json

        session.say(stop_as_json(message, exit_code))
    session.complain(message)
    return exit_code


def _internal(error: Exception, session: Session) -> str:
    """Word an exception that nobody foresaw; its traceback is shown with `-v` only."""
    import traceback
    from pathlib import Path

    from briefgen.cli.frame import visible
    from briefgen.cli.session import Verbosity

    if session.verbosity is Verbosity.VERBOSE:
        for part in traceback.format_exception(error):
            for line in part.splitlines():
                session.err.write(visible(line) + "\n")
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    summary = " ".join(f"{type(error).__name__}: {error}".split())
    again = "" if session.verbosity is Verbosity.VERBOSE else " (-v shows more)"
    return f"internal error: {summary}{where}; please report it{again}"
