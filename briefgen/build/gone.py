"""Addresses that had a page before a build and have none after it.

In: what was in the output, what will be, and the index. Out: addresses from the site's root. Only
pages of the site's things count: no list of briefgen's own, no redirect and no file that was
copied, for each of these goes where somebody takes it out, and nothing has moved.
"""

from __future__ import annotations

from collections.abc import Collection

from briefgen.link.outputs import file_of
from briefgen.link.routes import FOLDERS, RESERVED, folded
from briefgen.model.index import SiteIndex
from briefgen.write.transaction import Transaction

_PAGE = "/index.html"
_FOLDERS = frozenset(folder.rstrip("/") for folder in FOLDERS.values() if folder)
_REDIRECT = b'http-equiv="refresh"'
_HEAD = 4096
"""Bytes of a page in which a redirect says that it is one."""


def gone_pages(
    transaction: Transaction, index: SiteIndex, known: Collection[str]
) -> tuple[str, ...]:
    """The pages that a commit will take away, but for those of what is left out for now.

    `known` are the files of the pages that the last build made; none where that is not known.
    """
    files = {
        path for path in transaction.previous.keys() - transaction.wanted.keys() if _is_page(path)
    }
    if known:
        files.intersection_update(known)
    files.difference_update(
        file_of(address) for one in index.withheld.values() for address in one.addresses
    )
    return tuple(
        path.removesuffix("index.html")
        for path in sorted(files)
        if _REDIRECT not in transaction.head_of(path, _HEAD)
    )


def _is_page(path: str) -> bool:
    """Whether a file lies where the page of a thing does."""
    if not path.endswith(_PAGE):
        return False
    folder, slash, name = path.removesuffix(_PAGE).partition("/")
    return folder in _FOLDERS and "/" not in name if slash else folded(folder) not in RESERVED
