"""The manifest: the list of what briefgen wrote, which lies in the output itself.

In: the bytes of `.briefgen-manifest.json`. Out: a `Manifest`, and back, the same bytes for the
same list. It holds no date, so that a site built twice is the same, and what it lists is
briefgen's to replace or remove. A list that can't be trusted to the last path counts as damaged.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen import __version__
from briefgen.write.paths import RESERVED, is_contained

MANIFEST = ".briefgen-manifest.json"
"""The manifest's name, at the top of the output."""

FORMAT = 1


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A file that briefgen wrote: the digest of its bytes (see `stage.digest_of`), their number."""

    digest: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """What briefgen wrote, by path relative to the output, with slashes."""

    files: dict[str, Entry] = {}
    extra: dict[str, str] = {}  # what else must be known of an output, such as what was indexed
    tool: str = __version__
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON, keys sorted, the same for equal manifests."""
        # Sorted here: msgspec's own sorting takes the square of the keys where they are sorted.
        rows = {
            "extra": dict(sorted(self.extra.items())),
            "files": dict(sorted(self.files.items())),
            "format": self.format,
            "tool": self.tool,
        }
        return msgspec.json.encode(rows) + b"\n"


def read_manifest(output: Path) -> tuple[Manifest | None, bool]:
    """Return the manifest of an output, or None, and whether there is one that is damaged.

    Raises nothing: a folder that is missing has no manifest; one that can't be read, is of a
    later format, or lists a path outside the output is damaged.
    """
    try:
        data = (output / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None, False
    except OSError:
        return None, True
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None, True
    if found.format != FORMAT or not all(map(_is_listable, found.files)):
        return None, True
    return found, False


def _is_listable(path: str) -> bool:
    return is_contained(path) and not path.startswith(RESERVED)
