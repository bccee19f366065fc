"""What briefgen.yml says."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

MentionPolicy = Literal["first", "section", "all", "off"]
FeedKind = Literal["site", "topics", "entities", "treaties"]
NavItem = str | dict[str, str]


class Author(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person or desk that signs briefings and notes."""

    name: str
    url: str | None = None


class Linking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which occurrences of a name become links."""

    mentions: MentionPolicy = "section"
    headings: bool = False
    quotations: bool = False


OWN_STYLE = "briefgen"
"""The citation style that is the theme's own."""


class Citations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How sources are written out."""

    style: str = OWN_STYLE  # or the name of a CSL style, or the path of a file of the site


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Levels of rules, by code."""

    rules: dict[str, Literal["error", "warning", "info", "off"]] = {}


class SiteConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The configuration of a site, every field with its default."""

    title: str
    url: str | None = None
    language: str = "en"
    description: str = ""
    authors: dict[str, Author] = {}
    theme: str = "dossier"
    output: str = "site"
    timezone: str = "UTC"
    urls: Literal["directory", "file"] = "directory"
    linking: Linking = Linking()
    search: bool = False
    feeds: tuple[FeedKind, ...] = ("site",)
    citations: Citations = Citations()
    check: Check = Check()
    pages: tuple[str, ...] = ("content/pages",)
    nav: tuple[NavItem, ...] = ("briefings", "treaties", "glossary", "timeline", "sources")
    extra_css: tuple[str, ...] = ()
    extra_js: tuple[str, ...] = ()
    logo: str | None = None
    extra: dict[str, Any] = {}
