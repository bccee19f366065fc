"""Names of languages, as authors write them."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def is_language(tag: str) -> bool:
    """Whether a text is shaped like a language tag of BCP 47 (`en`, `zh-Hans`, `pt-BR`)."""
    return _LANGUAGE.fullmatch(tag) is not None
