"""Names of languages, as authors write them."""

from __future__ import annotations

import re
from functools import cache

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_SHORT = frozenset({
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg",
    "bh", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv",
    "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi",
    "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr",
    "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja",
    "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw",
    "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml",
    "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv",
    "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro",
    "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm", "sn", "so", "sq",
    "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to",
    "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh",
    "yi", "yo", "za", "zh", "zu",
})  # fmt: skip
"""The languages that have a name of two letters (ISO 639-1), which is then the one to use."""


def is_language(tag: str) -> bool:
    """Whether a text is a language tag of BCP 47 (`en`, `zh-Hans`, `pt-BR`).

    No language has a name of more than three letters there. One of three letters is taken as it
    is, unless that language has one of two; what follows it is looked at by its shape alone.
    """
    if not _LANGUAGE.fullmatch(tag):
        return False
    name = tag.partition("-")[0].lower()
    return name in _SHORT if len(name) == 2 else _short_for(name) is None


def right_language(tag: str) -> str:
    """What to write in place of a text that is no language tag, as a sentence of help."""
    dashed = tag.strip().replace("_", "-")
    if len(dashed) > 1 and is_language(dashed):
        return f"Did you mean `{dashed}`?"
    first, dash, rest = dashed.partition("-")
    short = _short_for(first.lower())
    if short is not None:
        return f"Did you mean `{short}{dash}{rest}`?"
    names = _names()
    known = names.get(first.casefold()) or names.get(tag.strip().casefold())
    if known is not None:
        return f"Did you mean `{known}`?"
    return _GENERAL


_GENERAL = "Write a language's short name: `en`, `ru`, `zh-Hans`, `pt-BR`."


def _short_for(name: str) -> str | None:
    """The name to use in place of an older or a longer one: `en` for `eng`."""
    from babel.core import get_global  # noqa: PLC0415 - few sites write three letters

    aliases: dict[str, str] = dict(get_global("language_aliases"))
    return aliases.get(name)


@cache
def _names() -> dict[str, str]:
    """The names of languages, in English and in each itself, with their short ones.

    Takes a second, and is only asked where there is a mistake.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    found: dict[str, str] = {}
    english = Locale("en").languages
    for code in sorted(_SHORT):
        if code in english:
            found.setdefault(str(english[code]).casefold(), code)
        try:
            own = Locale(code).languages.get(code)
        except UnknownLocaleError:
            continue
        if own:
            found.setdefault(str(own).casefold(), code)
    return found
