"""Why an annotation has no place in its article, or a wrong one, in words.

In: what the search for its quote came to, the article, and the raw text that this is a part of.
Out: the finding, with what stands there instead as far as that helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from briefgen.annotate.cuts import find_cut
from briefgen.annotate.normal import Normal, normalise
from briefgen.annotate.quotes import Closest, QuoteMatch, QuoteProblem
from briefgen.model.briefing import Annotation
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.prose import Prose

_SHOWN = 90  # code points of a quotation in a message
_NAMED = 8  # places that a message names
_ROUND = 12  # more code points beside a quote than its `prefix` or `suffix` has


class QuoteFaults:
    """Words the faults of the quotes of one article.

    `article` is the path of the file that `prose` comes from; `raw` its text, where lines of it
    may be left out.
    """

    def __init__(self, article: str, prose: Prose, raw: str = "") -> None:
        self._article, self._prose, self._raw = article, prose, raw

    def of(self, problem: QuoteProblem, annotation: Annotation, place: Place) -> Diagnostic:
        """Return the finding, quote-not-found or quote-ambiguous, at the place of the quote."""
        article, prose = self._article, self._prose
        lines = _lines(prose, problem.offsets)
        if problem.kind == "ambiguous":
            return finding(
                "quote-ambiguous",
                place,
                f"The quote stands {problem.count} times in `{article}` ({lines}).",
                "Add `prefix:` or `suffix:`, the words before or after it, or `occurrence: 1`.",
            )
        if problem.count:
            failing, advice = _failing(problem, annotation, prose)
            message = f"The quote stands in `{article}` ({lines}), but {failing}."
            return finding("quote-not-found", place, message, advice)
        skipped = self._skipped(annotation.quote)
        if skipped:
            which = "line" if len(skipped) == 1 else "lines"
            numbers = ", ".join(map(str, skipped[:_NAMED]))
            return finding(
                "quote-not-found",
                place,
                f"The quote stands on {which} {numbers} of `{article}`, which `structure.skip` "
                "leaves out.",
                "Quote words that are shown, or take the line out of `skip`."
                + _clear(problem.closest),
            )
        return _not_there(problem.closest, place, article, prose)

    @cached_property
    def _whole(self) -> Normal:
        return normalise(self._raw)

    @cached_property
    def _shown(self) -> frozenset[int]:
        """The lines that are not left out."""
        blocks = self._prose.blocks
        return frozenset(line for one in blocks for line in range(one.line, one.end_line))

    def _skipped(self, quote: str) -> list[int]:
        """The lines left out of an article on which a quote stands, wholly or in part."""
        wanted = normalise(quote).text.strip()
        at = self._whole.text.find(wanted) if self._raw and wanted else -1
        if at < 0:
            return []
        raw = self._raw
        start, end = self._whole.span(at, at + len(wanted))
        first = raw.count("\n", 0, start) + 1
        texts = raw[raw.rfind("\n", 0, start) + 1 : end].split("\n")
        lines = (number for number, text in enumerate(texts, first) if text.strip())
        return [number for number in lines if number not in self._shown]


def cut_faults(
    match: QuoteMatch, place: Place, article: str, prose: Prose
) -> tuple[Diagnostic, ...]:
    """Return the finding, quote-in-number or quote-in-word, on a quote that is not whole words."""
    text = prose.text
    first, last = find_cut(text, match.start), find_cut(text, match.end)
    cuts = [(one, verb) for one, verb in ((first, "begins"), (last, "ends")) if one]
    if not cuts:
        return ()
    cut, verb = max(cuts, key=lambda one: one[0].is_number)
    what = "number" if cut.is_number else "word"
    whole = text[first.start if first else match.start : last.end if last else match.end]
    return (
        finding(
            f"quote-in-{what}",
            place,
            f"The quote {verb} inside the {what} “{text[cut.start : cut.end]}” of `{article}` "
            f"(line {prose.line_at(cut.start)}).",
            f"Quote the whole {what}: “{_shortened(whole)}”.",
        ),
    )


def _not_there(closest: Closest | None, place: Place, article: str, prose: Prose) -> Diagnostic:
    message = f"The quote is not in `{article}`."
    if closest is None:
        return finding("quote-not-found", place, message, "Copy the words from the article.")
    shown = _shortened(prose.text[closest.start : closest.end])
    advice = f"Closest text, line {prose.line_at(closest.start)}, {closest.likeness} %: “{shown}”"
    if not closest.is_clear and closest.is_lone:
        advice += (
            "\nIts words differ in more than spelling: see which are meant, and correct the quote."
        )
    return finding("quote-not-found", place, message, advice + _clear(closest))


def _clear(closest: Closest | None) -> str:
    """What can be done where one text alone is clearly meant, as a line of the help's own."""
    return "\n`briefgen check --fix` takes it over." if closest and closest.is_clear else ""


def _failing(problem: QuoteProblem, annotation: Annotation, prose: Prose) -> tuple[str, str]:
    """Which of a quote's selectors fails, and what to do about it."""
    failing = problem.failing
    if failing == ("occurrence",):
        times = {1: "once", 2: "twice"}.get(problem.fitting, f"{problem.fitting:,} times")
        names = [key for key in ("prefix", "suffix") if getattr(annotation, key)]
        where = f" with its {' and '.join(f'`{key}`' for key in names)}" if names else ""
        told = f"only {times}{where}: there is no `occurrence: {annotation.occurrence}`"
        advice = "Take it out." if problem.fitting == 1 else f"It takes 1 to {problem.fitting:,}."
        return told, advice
    told = {
        ("prefix",): "not after its `prefix`",
        ("suffix",): "not before its `suffix`",
        ("prefix", "suffix"): "neither after its `prefix` nor before its `suffix`",
    }.get(failing, "not between its `prefix` and its `suffix`: it has each of them elsewhere")
    found = _beside(failing, annotation, prose, problem.offsets[0]) if problem.count == 1 else ""
    correct = "Correct it, or take it out." if len(failing) == 1 else "Correct these."
    return told, f"{found} {correct}".strip()


def _beside(failing: tuple[str, ...], annotation: Annotation, prose: Prose, at: int) -> str:
    """A sentence on what stands beside a quote, where its prefix or its suffix does not."""
    found = []
    if "prefix" in failing:
        before = prose.text[max(0, at - len(annotation.prefix or "") - _ROUND) : at]
        words = before.split() if len(before) == at else before.split()[1:]  # the first is cut
        found += [f"before it stands “{' '.join(words)}”"] if words else []
    end = at + len(annotation.quote)
    if "suffix" in failing and prose.text[at:end] == annotation.quote:  # else it is longer there
        after = prose.text[end : end + len(annotation.suffix or "") + _ROUND]
        behind = end + len(after)
        is_cut = prose.text[behind : behind + _ROUND].strip() != ""
        words = after.split()[:-1] if is_cut else after.split()
        found += [f"after it stands “{' '.join(words)}”"] if words else []
    told = " and ".join(found)
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _shortened(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _lines(prose: Prose, offsets: Sequence[int]) -> str:
    """The lines of the first few offsets, in words: "line 4", "lines 4, 9"."""
    lines = dict.fromkeys(str(prose.line_at(at)) for at in offsets[:_NAMED])
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"
