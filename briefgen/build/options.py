"""What a run is asked to do: every input of a build has a name here."""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen.model.dates import Day


class BuildOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The inputs of a run beside the files of the site; None leaves it to the configuration."""

    root: Path
    as_of: Day  # the day on which the site is read: statuses, what waits for its day
    config_file: Path | None = None
    output: Path | None = None
    cache_dir: Path | None = None  # where the state folder lies, if not in the site
    is_lasting: bool = True  # the output outlives the process; else no disk is waited for
    base_url: str | None = None
    strict: bool = False  # warnings stop the build too
    drafts: bool = False
    future: bool = False
    jobs: int | None = None  # processes; None: as many as the machine has cores
    infos: bool = True  # gather findings of the level `info` too
    clean: bool = False  # don't use what earlier builds left in the cache
    search: bool = True  # index the pages where the configuration asks for search
    explain: tuple[str, ...] = ()  # pages of which to say why they were, or were not, rendered
