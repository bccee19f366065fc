"""From flags to what the build is asked for.

In go the flags of a command and the session; out comes a `BuildOptions`, complete: the date it is
built as of is decided here, from the flag, SOURCE_DATE_EPOCH or the clock, so that nothing deeper
has to ask.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import msgspec

from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.cli.session import Session
from briefgen.model.dates import Day


class SiteFlags(msgspec.Struct, frozen=True, kw_only=True):
    """The flags that say what is built, as typed; paths are relative to the session's folder."""

    config_file: Path | None = None
    site_dir: Path | None = None
    cache_dir: Path | None = None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    future: bool = False
    as_of: Day | None = None
    jobs: int | None = None
    clean: bool = False
    explain: tuple[str, ...] = ()


def site_root(flags: SiteFlags, session: Session) -> Path:
    """Return the site's folder, resolved: the configuration file's, else the one we are in."""
    if flags.config_file is None:
        return session.folder.resolve()
    return Path(os.path.realpath((session.folder / flags.config_file).parent))


def build_options(flags: SiteFlags, session: Session) -> BuildOptions:
    """Return what the build is asked for; the configuration file is named from the root on.

    Raises click.UsageError where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    root = site_root(flags, session)
    config_file = Path(flags.config_file.name) if flags.config_file else None
    return BuildOptions(
        root=root,
        config_file=config_file,
        output=None if flags.site_dir is None else session.folder / flags.site_dir,
        cache_dir=None if flags.cache_dir is None else session.folder / flags.cache_dir,
        base_url=flags.base_url,
        strict=flags.strict,
        drafts=flags.drafts,
        future=flags.future,
        as_of=flags.as_of or _today(root, config_file, session),
        jobs=flags.jobs,
        clean=flags.clean,
        explain=tuple(_named(path, root, session) for path in flags.explain),
    )


def _named(path: str, root: Path, session: Session) -> str:
    """A file as the site's folder sees it; anything else as it was typed: it may be an address."""
    file = session.folder / path
    if session.folder != root and file.exists():
        return os.path.relpath(file, root)
    return path


def require_configuration(options: BuildOptions) -> None:
    """Raise BuildStop where there is no configuration, so no site either."""
    from briefgen.load.config import load_config  # noqa: PLC0415  (`--version` has no use for it)

    _, _, faults = load_config(options.root, options.config_file)
    for fault in faults:
        if fault.code in ("config-missing", "file-unreadable"):
            raise BuildStop(f"{fault.message} {fault.help}".strip())


def _today(root: Path, config_file: Path | None, session: Session) -> Day:
    moment = _source_date(session.environment.get("SOURCE_DATE_EPOCH", "")) or session.now()
    return Day(moment.astimezone(_site_zone(root, config_file)).date().isoformat())


def _source_date(seconds: str) -> datetime | None:
    """The moment of SOURCE_DATE_EPOCH (reproducible-builds.org); None where it is not set."""
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {seconds!r}: it takes a whole number of seconds since 1970, "
            "or is left out."
        ) from None


def _site_zone(root: Path, config_file: Path | None) -> tzinfo:
    """The time zone that the site is read in; UTC where its configuration can't be read.

    What is wrong with the configuration is for the build to say, which reads it next.
    """
    from briefgen.load.config import load_config  # noqa: PLC0415  (`--version` has no use for it)

    config, _, _ = load_config(root, config_file)
    try:
        return ZoneInfo(config.timezone) if config else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
