"""Edits of a site, as a table names them: each is made of words and then done to a site."""

from __future__ import annotations

from collections.abc import Callable

from site_tester import SiteTest

from briefgen.model.dates import Day

Edit = Callable[[SiteTest], object]


def swap(path: str, old: str, new: str) -> Edit:
    """Put `new` where the file says `old`, the first time."""

    def edit(site: SiteTest) -> None:
        text = (site.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not say {old!r}"
        site.edit(path, text.replace(old, new, 1))

    return edit


def write(path: str, text: str | bytes) -> Edit:
    """Write a file."""
    return lambda site: site.file(path, text)


def append(path: str, text: str) -> Edit:
    """Write at the end of a file."""
    return lambda site: site.edit(path, (site.root / path).read_bytes() + text.encode())


def remove(path: str) -> Edit:
    """Remove a file."""
    return lambda site: site.remove(path)


def move(path: str, to: str) -> Edit:
    """Move a file or a folder."""

    def edit(site: SiteTest) -> None:
        target = site.root / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (site.root / path).rename(target)

    return edit


def as_of(day: str) -> Edit:
    """Let it be another day."""
    return lambda site: setattr(site, "as_of", Day(day))


def nothing(_site: SiteTest) -> None:
    """Change nothing."""
