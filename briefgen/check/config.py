"""What briefgen.yml refers to: pages of the navigation, files that every page loads.

In: the index, and the files that a theme brings. Out: diagnostics at the values of the
configuration.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from posixpath import splitext

from briefgen.check.links import left_out
from briefgen.model.addresses import leaves_the_site
from briefgen.model.diagnostics import Diagnostic, Place, finding, following
from briefgen.model.index import LISTS, SiteIndex
from briefgen.model.nearest import did_you_mean


def check_config(
    index: SiteIndex, config_path: str, theme: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what the configuration names and the site has not.

    `theme` are the paths in the output of the theme's own files. Codes: unknown-link,
    image-missing.
    """
    config = index.config
    lists = [kind for kind in LISTS if f"list:{kind}" in index.routes]
    for i, item in enumerate(config.nav):
        if isinstance(item, str) and item not in lists and item not in index.pages:
            yield _no_page(index, item, lists, Place(config_path, pointer=("nav", str(i))))
    named: list[tuple[tuple[str, ...], str]] = []
    if config.logo:
        named.append((("logo",), config.logo))
    named += [(("extra_css", str(i)), path) for i, path in enumerate(config.extra_css)]
    named += [(("extra_js", str(i)), path) for i, path in enumerate(config.extra_js)]
    files = {*index.files.values(), *theme} if named else set()
    for pointer, path in named:
        if leaves_the_site(path):
            yield finding(
                "unknown-link",
                Place(config_path, pointer=pointer),
                f"`{path[:100]}` lies elsewhere, and pages load nothing from other sites.",
                "Put a copy into `content/static/`, and name that.",
            )
        elif path not in files:
            code = "image-missing" if pointer[0] == "logo" else "unknown-link"
            message = f"There is no file `{path}` in `content/static/`."
            own = sorted(index.files.values())  # the theme's are loaded without being named
            alike = [file for file in own if splitext(file)[1] == splitext(path)[1]]
            help_ = did_you_mean(path, alike) or "Put it there, or correct its name."
            yield finding(code, Place(config_path, pointer=pointer), message, help_)


def _no_page(index: SiteIndex, item: str, lists: Iterable[str], place: Place) -> Diagnostic:
    """The finding (unknown-link) on what `nav` names and is no page."""
    withheld = index.withheld.get(f"page:{item}")
    if withheld is not None:
        return left_out("unknown-link", place, withheld)
    cause = index.unread_thing("page", item)
    help_ = did_you_mean(item, [*lists, *index.pages])
    if item == "search":
        help_ = "`search: true` makes one."
    if not cause:
        help_ = help_ or "Name a list such as `briefings`, or a page by its id."
    elif cause not in index.guessed:
        help_ = ""
    one = finding("unknown-link", place, f"There is no page `{item}`.", help_)
    return following(one, cause)


def no_search_index(config_path: str) -> Diagnostic:
    """What is said where Pagefind is not installed (search-unavailable)."""
    return finding(
        "search-unavailable",
        Place(config_path, pointer=("search",)),
        "Pagefind is not installed, so the site has a search page without an index.",
        "Install it with `pip install 'briefgen[search]'`, or write `search: false`.",
    )
