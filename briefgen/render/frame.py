"""What all pages share: the site as pages show it, and the fields that every view has."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from briefgen.model.answers import Settings
from briefgen.model.dates import Day
from briefgen.model.index import LISTS, SiteIndex
from briefgen.model.site import FeedKind
from briefgen.render.sitemap import absolute
from briefgen.render.view import SiteView

RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left."""

STATIC = "assets/"
"""Where the theme's own files lie in the output."""


LOGO_HEIGHT = 28
"""Pixels that a logo is high in the masthead."""


def site_view(index: SiteIndex) -> SiteView:
    """The site as its pages show it."""
    config = index.config
    nav = []
    search = index.routes.get("list:search")
    own = ("search",) if search is not None and "search" not in config.nav else ()
    for item in (*config.nav, *own):
        if isinstance(item, str):
            key = f"list:{item}" if item in LISTS else f"page:{item}"
            label = "" if item in LISTS else index.title_of(key) if key in index.routes else item
            nav.append((item, label, index.routes.get(key, f"{item}/")))
        else:
            nav.extend(("", label, target) for label, target in item.items())
    return SiteView(
        title=config.title,
        description=config.description,
        language=config.language,
        nav=tuple(nav),
        nav_paths=tuple(path for _, _, path in nav),
        home=index.routes["list:home"],
        styles=(f"{STATIC}dossier.css", *config.extra_css),
        script=f"{STATIC}dossier.js",
        scripts=config.extra_js,
        feed=feed_of(index, "site"),
        logo=config.logo,
        logo_width=_logo_width(index.sizes.get(config.logo or "")),
        search=search,
        waits_from=_waits_from(index),
        extra=config.extra,
    )


def _logo_width(size: tuple[int, int] | None) -> int | None:
    return max(1, round(LOGO_HEIGHT * size[0] / size[1])) if size else None


def _waits_from(index: SiteIndex) -> Day | None:
    """The first day on which a briefing is published that is shown, but waits for it."""
    found, zone = None, ZoneInfo(index.config.timezone)
    for id_ in index.briefings:  # newest first
        day = index.briefings[id_].published_day(zone)
        if day <= index.as_of:
            break
        found = day
    return found


def feed_of(index: SiteIndex, kind: FeedKind) -> str | None:
    """The href of a page's own feed, where pages of its kind have one; it lies beside the page."""
    config = index.config
    return "feed.xml" if config.url is not None and kind in config.feeds else None


def root_of(path: str) -> str:
    """What leads from a page to the site's root: "../" for each folder that it lies in."""
    return "../" * path.count("/")


def direction(language: str) -> str:
    """Which way a language is written: "ltr" or "rtl"."""
    return "rtl" if language.partition("-")[0].lower() in RTL else "ltr"


def frame(
    settings: Settings, site: SiteView, kind: str, path: str, title: str, **more: Any
) -> dict[str, Any]:
    """The fields of `PageView` for a page at the path `path` from the site's root."""
    lang = more.pop("lang", None) or settings.language
    url = settings.url
    return {
        "kind": kind,
        "title": title,
        "site": site,
        "root": root_of(path),
        "path": path,
        "lang": lang,
        "dir": direction(lang),
        "foreign": settings.language if lang != settings.language else "",
        "canonical": absolute(url, path) if url else None,
        **more,
    }
