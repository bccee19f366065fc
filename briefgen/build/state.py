"""The folder in the site that holds what a build keeps for the next one, and the lock on it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from briefgen.build.errors import BuildStop
from briefgen.write.lock import Locked, build_lock

STATE = ".briefgen"


def open_state(root: Path, held: ExitStack) -> Path:
    """Make the folder, with a .gitignore of its own, and hold its lock until `held` is closed.

    Raises BuildStop where another build holds it, or where it can't be made.
    """
    state = root / STATE
    try:
        state.mkdir(exist_ok=True)
        ignore = state / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        held.enter_context(build_lock(state))
    except Locked as error:
        raise BuildStop(str(error), 1) from None
    except OSError as error:
        raise BuildStop(f"The folder {state} can't be written: {error.strerror}.", 1) from None
    return state
