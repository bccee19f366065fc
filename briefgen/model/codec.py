"""The values of the model as msgpack and back, and as plain data from text."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def from_text(kind: Any, value: object) -> object:
    """Make a `Day` or an `Instant` of its text: the hook that msgspec calls for them.

    Raises ValueError, worded for the author, where the text is no date; msgspec wraps it.
    """
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date: write 2021-01-26")  # noqa: TRY004  (the author's)
    return kind.parse(value)


def _trusted(kind: type, value: object) -> object:
    return kind(value)


def _to_text(value: object) -> object:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value)} has no form in msgpack")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_to_text)


def encode(value: object) -> bytes:
    """The msgpack of a value of the model; equal values give equal bytes."""
    return _ENCODER.encode(value)


def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """A decoder of what `encode` made of a `kind`; msgspec.DecodeError on anything else."""
    return msgspec.msgpack.Decoder(kind, dec_hook=_trusted)
