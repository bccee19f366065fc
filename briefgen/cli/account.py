"""What a run did, in lines: quotes rewritten, pages asked about, counts and times.

In go values of the build and of `check --fix`; out come lines that are fit for a terminal.
Whether they are shown is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from briefgen.cli.frame import visible
from briefgen.cli.plain import INDENT, shown_place
from briefgen.cli.tally import plural
from briefgen.model.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from briefgen.build.result import BuildResult, BuildStats, Explanation, LeftOut
    from briefgen.cli.fix import Fix


_NAMED = 2  # causes
_ADDRESSES = 3


def fix_lines(fixes: Sequence[Fix], shown_path: Callable[[str], str]) -> Iterator[str]:
    """Yield the lines of each quote that was rewritten: where it stands, the old and the new."""
    for fix in fixes:
        place = shown_place(Place(fix.path, fix.line, fix.column), shown_path(fix.path))
        yield f"{place}: the quote is rewritten ({fix.likeness} % alike)"
        yield f"{INDENT}old: {visible(fix.old)}"
        yield f"{INDENT}new: {visible(fix.new)}"


def fix_summary(fixes: Sequence[Fix], left: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield what `--fix` came to in all; `left` are the findings of the second look."""
    files = len({fix.path for fix in fixes})
    yield (
        f"{plural(len(fixes), 'quote')} rewritten in {plural(files, 'file')}"
        if fixes
        else ("No quote was rewritten")
    )
    unclear = sum(one.code == "quote-not-found" for one in left)
    if unclear:
        what = f"{plural(unclear, 'quote')} {'is' if unclear == 1 else 'are'}"
        yield (
            f"{what} left: no one passage of the article is clearly meant, or it has other words"
        )


def following(findings: Sequence[Diagnostic], shown_path: Callable[[str], str]) -> str:
    """Return how many of the findings may only come of faults in a few files; or nothing."""
    causes = sorted({one.cause for one in findings if one.cause})
    if not causes:
        return ""
    count = sum(bool(one.cause) for one in findings)
    others = len(causes) - _NAMED
    named = ", ".join(visible(shown_path(cause)) for cause in causes[:_NAMED])
    named += f" and {plural(others, 'other file')}" if others > 0 else ""
    return f" ({count:,} may only follow from {named})"


def left_out_lines(left_out: LeftOut) -> Iterator[str]:
    """Yield a line on what is not on the site yet, where there is something."""
    waiting, drafts = left_out.waiting, left_out.drafts
    said = []
    if waiting:
        said.append(
            "1 briefing waits for its day"
            if waiting == 1
            else f"{waiting:,} briefings wait for their day"
        )
    if drafts:
        said.append(plural(drafts, "draft"))
    if said:
        yield ", ".join(said)


def gone_lines(gone: Sequence[str]) -> Iterator[str]:
    """Yield a line on addresses that lead nowhere since this build, and how they can again."""
    if not gone:
        return
    named = ", ".join(f"/{visible(address)}" for address in gone[:_ADDRESSES])
    more = f" and {len(gone) - _ADDRESSES:,} more" if len(gone) > _ADDRESSES else ""
    there = "has no page any more" if len(gone) == 1 else "have no pages any more"
    yield (
        f"{named}{more} {there}: one that has moved says `moved_from: [{visible(gone[0])}]` where "
        "it is now"
    )


def explanation_lines(
    result: BuildResult, asked: Sequence[str], shown_output: str
) -> Iterator[str]:
    """Yield a line for each page that was asked about."""
    if not result.ok:
        for path in asked:
            yield f"{visible(path)}: not rendered: no page was, because of what is said above"
    for one in result.stats.explained:
        yield f"{visible(_name(one, shown_output))}: {visible(said(one))}"


def _name(one: Explanation, shown_output: str) -> str:
    return f"{shown_output}/{one.file}" if one.file else one.asked


def said(one: Explanation) -> str:
    """For example "not rendered: its text and its template are as they were"."""
    if not one.file:
        return one.reason
    return f"{'rendered' if one.is_rendered else 'not rendered'}: {one.reason}"


def stats_lines(stats: BuildStats) -> Iterator[str]:
    """Yield the counts of a build, and the time of each of its stages."""
    yield (
        f"  {'pages':<10} {stats.pages_total:,} in all, {stats.rendered:,} rendered, "
        f"{stats.reused:,} reused"
    )
    yield f"  {'files':<10} {stats.written:,} written, {stats.removed:,} removed"
    yield (
        f"  {'briefings':<10} {stats.studies_made:,} read and annotated, "
        f"{stats.studies_reused:,} from the cache"
    )
    for stage, took in stats.seconds.items():
        yield f"  {stage:<10} {took:.3f} s"
