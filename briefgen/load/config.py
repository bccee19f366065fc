"""Reading briefgen.yml.

In: the site's folder. Out: the configuration, checked as far as it can be by itself, the bytes it
was read from, and diagnostics. Whether the theme exists, and what the command line changes, is not
known here; the checks that its options need too (`normalise_url`, `output_problem`) are public.
"""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from briefgen.load import text
from briefgen.load.addresses import is_allowed, refused, without_refused
from briefgen.load.convert import convert
from briefgen.load.language import is_language, right_language
from briefgen.load.yaml_nodes import Locate, compose, places
from briefgen.model.diagnostics import RULES, Diagnostic, Place, finding
from briefgen.model.nearest import did_you_mean
from briefgen.model.site import NavItem, SiteConfig

FILE_NAMES = ("briefgen.yml", "briefgen.yaml")
_INPUT_FOLDERS = ("content", "seeds", "themes", "templates", ".briefgen", ".git")
_NAMED = 3  # folders that a message names
_THEME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\"'<>\\^`{|}]")


def load_config(
    root: Path, path: Path | None = None
) -> tuple[SiteConfig | None, bytes, tuple[Diagnostic, ...]]:
    """Read the configuration of the site in `root` (a resolved folder).

    `path` names another file, from `root` on or absolute, anywhere on the disk. The configuration
    is None where there is none (config-missing, file-*), where it is no YAML (yaml-*), or where
    `title` is missing (missing-key); what else is wrong (unknown-key, invalid-value) is left at
    its default.
    """
    name = find_config(root) if path is None else str(path)
    if name is None:
        return None, b"", (_missing(root),)
    data, found = text.read_file(root / name, name, text.DATA_LIMIT)
    if found:
        return None, b"", found
    content, found = text.decode(data, name, text.DATA_LIMIT)
    if found:
        return None, data, found
    document, found = compose(content, name)
    if document is None:
        return None, data, found
    at = places(document, name)
    config, problems = convert(document.data, SiteConfig, at)
    found += problems
    if config is not None:
        config, more = _checked(config, root, at)
        found += tuple(more)
    other = FILE_NAMES[1]
    if name == FILE_NAMES[0] and path is None and os.path.lexists(root / other):
        message = f"Nothing reads `{other}`, since there is a `{name}`."
        advice = f"Put into `{name}` what it should have of it, and delete `{other}`."
        found += (finding("file-unused", Place(other), message, advice),)
    return config, data, found


def normalise_url(url: str) -> str:
    """Return a site's address as it is used: with a `/` at its end.

    Raises ValueError, worded for the author, where it is not http or https with a host, or has a
    query, a fragment or a password.
    """
    example = "write it as https://example.org/desk/"
    if _NOT_IN_ADDRESSES.search(url):
        raise ValueError(f"an address holds no spaces or quotation marks; {example}")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"it is no address; {example}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"the address of a site begins with https:// and a host; {example}")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"the address of a site has no `?`, `#` or `@`; {example}")
    return url if url.endswith("/") else url + "/"


def output_problem(root: Path, output: str, pages: tuple[str, ...] = ()) -> str | None:
    """Return why a folder can't take the output, or None where it can.

    `output` is absolute or from `root` on; it may lie outside the site, but neither hold what the
    site is made from nor lie in it.
    """
    try:
        base = os.path.realpath(root)
        folder = os.path.realpath(root / output)
    except (OSError, ValueError):
        return "is no name of a folder"
    if text.is_within(base, folder):
        return "is the site's own folder, or holds it"
    for name in (*_INPUT_FOLDERS, *pages):
        source = os.path.realpath(root / name)
        if text.is_within(folder, source) or text.is_within(source, folder):
            return f"overlaps with `{name}`, which the site is made from"
    return None


def find_config(root: Path) -> str | None:
    """Return the name of the configuration in a site's folder, or None where there is none."""
    # A link that leads nowhere is found too, so that reading it can say so.
    return next((name for name in FILE_NAMES if os.path.lexists(root / name)), None)


def _missing(root: Path) -> Diagnostic:
    """The finding (config-missing) that there is no configuration, and where there is one."""
    message = f"There is no `{FILE_NAMES[0]}` in the folder `{root.name}`"
    advice = "`briefgen init DIR` makes a small working site."
    above = next((folder for folder in root.parents if find_config(folder)), None)
    below = _below(root) if above is None else []
    if above is not None:
        up = "/".join([".."] * (len(root.parts) - len(above.parts)))
        message += f"; the nearest one above it is `{up}/{find_config(above)}`"
        advice = f"Go there, with `cd {up}`, or name the file with `--config-file`."
    elif len(below) == 1:
        message += f"; its folder `{below[0]}` has one"
        advice = f"Go there, with `cd {below[0]}`."
    elif below:
        message += f"; of its folders {', '.join(f'`{one}`' for one in below)} have one"
        advice = "Go into the one that is meant."
    message += "."
    return finding("config-missing", Place(FILE_NAMES[0]), message, advice)


def _below(root: Path) -> list[str]:
    """The names of the first few folders right in this one that hold a configuration."""
    try:
        folders = sorted(one.name for one in root.iterdir() if one.is_dir())
        return [name for name in folders if find_config(root / name)][:_NAMED]
    except OSError:
        return []


def _checked(config: SiteConfig, root: Path, at: Locate) -> tuple[SiteConfig, list[Diagnostic]]:
    """Return the configuration with what is wrong at its default, and why."""
    found = [*_check_rules(config, at), *_check_pages(config, root, at)]
    pages = tuple(
        _relative(root, folder)
        for folder in config.pages
        if _page_folder_problem(root, folder) is None
    )
    defaults: dict[str, Any] = {"pages": pages}
    for name, problem, advice in _problems(config, root, pages):
        found.append(finding("invalid-value", at((name,), False), problem, advice))
        defaults[name] = getattr(_DEFAULTS, name)
    if config.url is not None and "url" not in defaults:
        defaults["url"] = normalise_url(config.url)
    authors = {}
    for id_, author in config.authors.items():
        authors[id_], more = without_refused(author, ("authors", id_), at)
        found += more
    nav, more = _allowed_nav(config.nav, at)
    found += more
    return msgspec.structs.replace(config, **defaults, authors=authors, nav=nav), found


def _allowed_nav(
    nav: tuple[NavItem, ...], at: Locate
) -> tuple[tuple[NavItem, ...], list[Diagnostic]]:
    """Return the navigation without links that may not be followed, and a warning for each."""
    kept: list[NavItem] = []
    found: list[Diagnostic] = []
    for i, item in enumerate(nav):
        if isinstance(item, str):
            kept.append(item)
            continue
        kept.append({label: to for label, to in item.items() if is_allowed(to)})
        found += [
            refused(label, ("nav", str(i), label), at)
            for label, to in item.items()
            if not is_allowed(to)
        ]
    return tuple(kept), found


_DEFAULTS = SiteConfig("")


def _problems(
    config: SiteConfig, root: Path, pages: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and help of each value that can't be used."""
    if config.url is not None:
        try:
            normalise_url(config.url)
        except ValueError as error:
            yield "url", f"`url`: {error}.", "Leave it out as long as the site has no address."
    if not _is_zone(config.timezone):
        message = f"`{config.timezone[:60]}` is no time zone."
        yield "timezone", message, _near_zones(config.timezone)
    if not is_language(config.language):
        message = f"`{config.language[:40]}` is no language."
        yield "language", message, right_language(config.language[:40])
    if not _THEME.fullmatch(config.theme):
        message = "`theme` takes the name of a theme, which is one folder's name."
        yield "theme", message, "Write `theme: dossier`, or the name of a folder in `themes/`."
    problem = output_problem(root, config.output, pages)
    if problem is not None:
        message = f"`output: {config.output[:100]}` {problem}."
        yield "output", message, "Name a folder that holds nothing else: `output: site`."


def _check_rules(config: SiteConfig, at: Locate) -> Iterator[Diagnostic]:
    for code in config.check.rules:
        if code not in RULES:
            advice = did_you_mean(code, RULES) or "The codes stand in the documentation."
            place = at(("check", "rules", code), True)
            yield finding("unknown-key", place, f"There is no rule `{code[:60]}`.", advice)


_LINKED_OUT = "leads out of the site's folder by a link"


def _check_pages(config: SiteConfig, root: Path, at: Locate) -> Iterator[Diagnostic]:
    for i, folder in enumerate(config.pages):
        problem = _page_folder_problem(root, folder)
        if problem is not None:
            message = f"`{folder[:100]}` {problem}, so it can't be a folder of plain pages."
            advice = "Name a folder of its own: `pages: [content/pages]`."
            if problem == _LINKED_OUT:
                advice = "Put the folder itself there."
            yield finding("invalid-value", at(("pages", str(i)), False), message, advice)


def _page_folder_problem(root: Path, folder: str) -> str | None:
    try:
        base, real = os.path.realpath(root), os.path.realpath(root / folder)
    except (OSError, ValueError):
        return "is no name of a folder"
    if not text.is_within(real, base) and text.is_within(
        os.path.normpath(root / folder), str(root)
    ):
        return _LINKED_OUT
    if real == base or not text.is_within(real, base):
        return "is not a folder inside the site"
    for name in ("briefings", "entities", "treaties", "sources", "topics", "static"):
        other = os.path.realpath(root / "content" / name)
        if text.is_within(other, real) or text.is_within(real, other):
            return f"overlaps with `content/{name}`"
    return None


def _relative(root: Path, folder: str) -> str:
    """A folder of the site as listings name it: from the site's folder on, with slashes."""
    return Path(os.path.normpath(root / folder)).relative_to(os.path.normpath(root)).as_posix()


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _near_zones(name: str) -> str:
    zones = zoneinfo.available_timezones()
    # A city alone is what most people write.
    city = name.casefold().replace(" ", "_")
    same = sorted(zone for zone in zones if zone.casefold().endswith("/" + city))
    return did_you_mean(same[0] if same else name, zones) or "Write it as `Europe/Berlin` or `UTC`."
