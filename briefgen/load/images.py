"""How large an image is, by its own account.

In: the first bytes of a file. Out: width and height in CSS pixels as a browser shows it, or None
where the file doesn't say. What is no image, or a damaged one, is no fault here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from briefgen.load.text import read

MOST = 1024 * 1024
"""Bytes of a file that are looked into; photographs begin with a preview and colour profiles."""
LARGEST = 100_000
"""Pixels; what claims to be wider or higher is not believed."""

_FILLING = 1200  # the width of an SVG that names none: it fills its column, whatever that has
_UNNAMED = (300, 150)  # what browsers give to one that names neither size nor shape
_LENGTH = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(px|pt|pc|in|cm|mm|q|)\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54,
           "mm": 96 / 25.4, "q": 96 / 101.6}  # fmt: skip

Size = tuple[int, int]
"""Width and height in CSS pixels."""


def image_size(root: Path, path: str) -> Size | None:
    """Return the size of an image of the site: what `read` gives of it, looked into."""
    data, _ = read(root, path, MOST, is_head=True)
    return size_of(data, is_svg=path.lower().endswith(".svg"))


def size_of(data: bytes, *, is_svg: bool) -> Size | None:
    """Return the size that an image's first bytes tell; a photograph's as it is turned."""
    size = _svg_size(data) if is_svg else _raster_size(data)
    return size if size and all(0 < one <= LARGEST for one in size) else None


def _raster_size(data: bytes) -> Size | None:
    import imagesize  # noqa: PLC0415 - it loads urllib, and few builds meet a new image

    width, height = imagesize.get(io.BytesIO(data))  # -1 for what it can't read; never raises
    return (int(width), int(height))


def _svg_size(data: bytes) -> Size | None:
    """The size of an SVG: as it says, else by its shape, as wide as its column."""
    root = _root_attributes(data)
    if root is None:
        return None
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    box = [_number(one) for one in root.get("viewBox", "").replace(",", " ").split()]
    shape = box[3] / box[2] if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    if width and height:
        return _rounded(width, height)
    if shape is None:
        return _rounded(width or _UNNAMED[0], height or _UNNAMED[1])
    if height:
        return _rounded(height / shape, height)
    return _rounded(width or _FILLING, (width or _FILLING) * shape)


def _rounded(width: float, height: float) -> Size:
    return max(1, round(min(width, LARGEST + 1))), max(1, round(min(height, LARGEST + 1)))


def _pixels(length: str) -> float | None:
    """A length in pixels; None where it is a share of something else, or none at all."""
    found = _LENGTH.fullmatch(length.lower())
    return float(found[1]) * _PIXELS[found[2]] if found else None


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"-?\d{0,9}(\.\d{1,9})?", text) and text.strip("-") else 0.0


class _Found(Exception):  # noqa: N818 - it ends the parsing, and is no error
    pass


def _root_attributes(data: bytes) -> Mapping[str, str] | None:
    """The attributes of an SVG's outermost element; nothing behind its tag is parsed."""
    found: list[Mapping[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "svg":
            found.append(attributes)
        raise _Found

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    # An encoding that Python doesn't know is a LookupError.
    with suppress(_Found, expat.ExpatError, ValueError, LookupError):
        parser.Parse(data, False)
    return found[0] if found else None
