"""Where in a file a finding lies, said by the keys that lead there."""

from __future__ import annotations

from briefgen.model.diagnostics import Place


def inside(place: Place, *keys: str | int) -> Place:
    """The place of a value below `place`: keys and list indexes (0-based) from there on."""
    return Place(place.path, pointer=(*place.pointer, *map(str, keys)))
