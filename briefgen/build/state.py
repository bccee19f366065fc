"""The folder in the site that holds what a build keeps for the next one, and the lock on it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from briefgen.build.errors import BuildStop
from briefgen.write.faults import WriteFault
from briefgen.write.lock import Locked, build_lock

STATE = ".briefgen"


def open_state(root: Path, held: ExitStack) -> Path:
    """Make the folder, and hold its lock until `held` is closed.

    Raises BuildStop where another build holds it, and where it can't be made.
    """
    state = root / STATE
    try:
        held.enter_context(build_lock(state))
    except Locked as error:
        raise BuildStop(str(error), 1) from None
    except WriteFault as fault:
        why = "It keeps what the next build can reuse: let briefgen write there."
        raise BuildStop(f"{fault.message} {why}", 1) from None
    return state
