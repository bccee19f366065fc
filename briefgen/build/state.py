"""The folder that holds what a build keeps for the next one, and the lock on it.

It lies in the site, or where a run is told to keep it: there each site has a folder of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path

from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.write.faults import WriteFault
from briefgen.write.lock import Locked, build_lock

STATE = ".briefgen"


def state_folder(options: BuildOptions) -> Path:
    """The state folder of a run; it need not exist."""
    root = options.root
    if options.cache_dir is None:
        return root / STATE
    site = blake2b(os.fsencode(os.path.realpath(root)), digest_size=4).hexdigest()
    return _resolved(options.cache_dir) / f"briefgen-{site}"


def open_state(
    options: BuildOptions, output: Path, held: ExitStack, waits: Callable[[], None] | None = None
) -> Path:
    """Make the folder, and hold its lock until `held` is closed.

    `waits` is called once where another build has the lock, and its end is waited for. Raises
    BuildStop where another build holds it, where it can't be made, and where it would be published
    with the output.
    """
    state = state_folder(options)
    if state.is_relative_to(_resolved(output)):
        raise BuildStop(
            f"The cache would lie in the output, {output}: name another folder with `--cache-dir`."
        )
    try:
        lock = build_lock(state, notify=lambda _holder: waits() if waits else None)
        held.enter_context(lock)
    except Locked as error:
        raise BuildStop(str(error), 1) from None
    except WriteFault as fault:
        raise BuildStop(
            f"{fault.message} It keeps what the next build can reuse: let briefgen write there, "
            "or name another folder for it with `--cache-dir`.", 1
        ) from None  # fmt: skip
    return state


def shown_in(root: Path, path: Path) -> str:
    """A path as messages call it: from the site's root on, where it lies inside."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _resolved(folder: Path) -> Path:
    """A folder with its links followed; unlike `Path.resolve`, no loop of links stops it."""
    return Path(os.path.realpath(folder))
