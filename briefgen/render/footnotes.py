"""The footnotes of one page: one numbered list, one footnote for each source."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from string import ascii_lowercase

from markupsafe import Markup

from briefgen.model.questions import Questions
from briefgen.render.view import Back, Footnote, Ref, SourceView

_number = attrgetter("number")


def letters(index: int) -> str:
    """The letter of the way back with this 0-based index: a to z, then aa, ab ..."""
    if index < len(ascii_lowercase):
        return ascii_lowercase[index]
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(ascii_lowercase))
        text = ascii_lowercase[rest] + text
    return text


def in_style(
    ask: Questions, language: str | None, source: str, briefing: str = ""
) -> Markup | None:
    """A source, of the site or a briefing's own, in the citation style of a site that has one."""
    html = ask.cited(language or ask.settings().language, source, briefing)
    return Markup(html) if html else None  # noqa: S704 - made by Pandoc of words alone


class Footnotes:
    """Numbers the sources of one page in the order of their first use; filled, then read once."""

    def __init__(self) -> None:
        self._uses: dict[str, list[Ref]] = {}

    def use(self, label: str, locator: str = "") -> Ref:
        """Note one use of a source or of the author's own footnote, and number it."""
        uses = self._uses.setdefault(label, [])
        number = uses[0].number if uses else len(self._uses)
        ref = Ref(
            number=number,
            href=f"#fn-{number}",
            id=f"fnref-{number}-{len(uses) + 1}",
            locator=locator,
        )
        uses.append(ref)
        return ref

    def use_all(self, labels: Sequence[str]) -> tuple[Ref, ...]:
        """Note one use of each of several sources; they are named by number, the lowest first."""
        return tuple(sorted(map(self.use, labels), key=_number))

    @property
    def labels(self) -> tuple[str, ...]:
        """What has been used, in order."""
        return tuple(self._uses)

    def listed(
        self, sources: dict[str, SourceView], notes: dict[str, Markup]
    ) -> tuple[Footnote, ...]:
        """The list, each entry with its ways back; an author's own note comes before a source."""
        return tuple(
            Footnote(
                number=uses[0].number,
                id=f"fn-{uses[0].number}",
                backs=tuple(
                    Back(href=f"#{use.id}", letter=letters(index), locator=use.locator)
                    for index, use in enumerate(uses)
                ),
                source=None if label in notes else sources.get(label),
                html=notes.get(label),
            )
            for label, uses in self._uses.items()
        )


def marks(refs: Sequence[Ref], id_: str = "", *, is_followed: bool = False) -> str:
    """The HTML of footnote numbers in the text, all of them under the fragment `id_` if given.

    A comma ends them where another citation follows.
    """
    shown = ", ".join(
        f'<a href="{ref.href}" id="{ref.id}" aria-label="Source {ref.number}">{ref.number}</a>'
        for ref in refs
    )
    fragment = f' id="{id_}"' if id_ else ""
    comma = ", " if is_followed else ""
    return f'<sup class="fn"{fragment} data-aside>{shown}{comma}</sup>' if refs else ""
