"""What `briefgen clean` does: the output and the cache of a site are taken away.

In: what a build would be asked for. Out: what was removed. Only what the manifest of the output
lists goes from there; of the site's own folder, only the state folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from briefgen.build.configure import configure
from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.build.state import open_state, shown_in, state_folder
from briefgen.write.clean import Cleaned, clean_output, complete
from briefgen.write.faults import WriteFault


class CleanResult(msgspec.Struct, frozen=True):
    """What was removed. `cleaned` is None where the output was to stay."""

    output: Path
    state: Path
    has_state: bool  # there was a state folder, which is gone now
    cleaned: Cleaned | None


def clean(
    options: BuildOptions, *, cache_only: bool = False, waits: Callable[[], None] | None = None
) -> CleanResult:
    """Remove the output that the options name, as far as it is briefgen's, and the state folder.

    With `cache_only` the output stays. `waits` is called where a build is waited for. Raises
    BuildStop where there is no configuration to say which folders are meant, where a build is under
    way, or where something can't be removed.
    """
    config, output, found = configure(options)
    if config is None:
        raise BuildStop(f"{found[0].message} {found[0].help}".strip())
    state = state_folder(options)
    has_state = state.exists()
    if not has_state and (cache_only or not output.exists()):
        return CleanResult(output, state, False, None)
    if state.is_symlink():
        raise BuildStop(f"{state} is a link to another folder, which may hold more: remove it.")
    with ExitStack() as held:
        try:
            open_state(options, output, held, waits)
            shown = shown_in(options.root, output)
            complete(output, state, shown)
            cleaned = None if cache_only else clean_output(output, state, shown)
            shutil.rmtree(state)
        except WriteFault as fault:
            raise BuildStop(f"{fault.message} {fault.help}".strip(), 1) from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise BuildStop(f"{state} can't be removed: {reason}.", 1) from None
    return CleanResult(output, state, has_state, cleaned)
