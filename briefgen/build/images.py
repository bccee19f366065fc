"""The sizes of the images that pages show, so that a page keeps a place for each before it comes.

In: the linked site and its files. Out: the index with the sizes. What was found of a file is kept
in the cache under the file's signature, so that an image is opened once.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

import msgspec

from briefgen.build.cache import Cache
from briefgen.build.digests import is_at_rest
from briefgen.build.snapshot import Inputs
from briefgen.load.images import Size, image_size
from briefgen.load.scan import File
from briefgen.model.codec import decoder, encode
from briefgen.model.index import SiteIndex

_SIZE = decoder(Size | None)
_ROW = "#size"  # behind a path, in the cache's table of records


def with_sizes(index: SiteIndex, inputs: Inputs, cache: Cache) -> SiteIndex:
    """The index with the size of each image that a page shows and that tells its size.

    A file that was not at rest when it was listed, or whose folder was replaced since, is looked
    into again by the next build.
    """
    shown = shown_files(index)
    if not shown:
        return index
    listing, sizes, news = inputs.listing, {}, []
    for file in (*listing.static, *listing.assets):
        output = index.files[file.path]
        if output not in shown:
            continue
        row, key = file.path + _ROW, _key(file)
        known = cache.record(row, key)
        size: Size | None
        if known is not None:
            size = _SIZE.decode(known)
        else:
            size = image_size(inputs.options.root, file.path)
            if is_at_rest(file.signature, inputs.now_ns):
                news.append((row, key, encode(size)))
        if size is not None:
            sizes[output] = size
    if news and inputs.is_content_in_place(()):
        for row, key, data in news:
            cache.put_record(row, key, data)
    return msgspec.structs.replace(index, sizes=sizes)


def _key(file: File) -> bytes:
    return blake2b(encode(file.signature), digest_size=16).digest()


def shown_files(index: SiteIndex) -> frozenset[str]:
    """The files that pages show as images, by their path in the output; the logo is one."""
    return frozenset((*_shown(index), *([index.config.logo] if index.config.logo else [])))


def _shown(index: SiteIndex) -> Iterator[str]:
    for id_, facts in index.briefings.items():
        for image in facts.writing.images:
            yield index.resolve_address(image.target, facts.path, f"briefing:{id_}").path
    of_key = {key: path for path, key in index.paths.items()}
    for key, writing in index.writings.items():
        for image in writing.images:
            yield index.resolve_address(image.target, of_key.get(key, ""), key).path
