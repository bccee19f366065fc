"""A treaty's facts as pages show them: the box, the statuses, the parties, the events."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.model.dates import Day
from briefgen.model.questions import Questions, TreatyAnswer
from briefgen.model.treaty import TreatyEvent
from briefgen.model.treaty_status import PartyRow, TreatyStatus, status_on
from briefgen.render.view import (
    EventView,
    FactBox,
    Link,
    PartyView,
    ProvisionView,
    Ref,
    StatusView,
    SuspensionView,
)

Href = Callable[[str], str]
"""From a path from the site's root to an address, as seen from the page."""
Cite = Callable[[Sequence[str]], tuple[Ref, ...]]


def uncited(_: Sequence[str]) -> tuple[Ref, ...]:
    """The footnotes of facts on a page that has no list of footnotes: none."""
    return ()


class TreatyFacts:
    """Makes the views of treaties for one page: `href` leads from it, `cite` numbers on it."""

    def __init__(self, ask: Questions, href: Href, cite: Cite = uncited) -> None:
        self.ask, self.href, self.cite = ask, href, cite

    def link(self, party: str) -> Link:
        """An entity by its id, or a name that has no page."""
        card = self.ask.entity(party)
        if card is None:
            return Link(text=party)
        return Link(text=card.name, href=self.href(card.route))

    def _status(self, status: TreatyStatus, shown: Day | None) -> StatusView:
        count = status.party_count
        return StatusView(
            state=status.state,
            on=shown,
            since=status.since,
            until=status.until,
            is_indefinite=status.is_indefinite,
            is_certain=status.is_certain,
            suspended=tuple(
                SuspensionView(
                    party=self.link(one.party).text,
                    since=one.since,
                    contested_by=tuple(self.link(party).text for party in one.contested_by),
                )
                for one in status.suspended
            ),
            left=tuple((self.link(one.party).text, one.since) for one in status.left),
            count=(count.count, count.since) if count else None,
        )

    def event(self, event: TreatyEvent, treaty: Link | None = None) -> EventView:
        """An event, with its footnotes."""
        return EventView(
            date=event.date,
            type=event.type,
            treaty=treaty,
            until=event.until,
            parties=tuple(self.link(party) for party in event.parties),
            contested_by=tuple(self.link(party) for party in event.contested_by),
            count=event.count,
            place=event.place,
            signatories=tuple(self.link(one) for one in event.signatories),
            note=event.note,
            refs=self.cite(event.sources),
        )

    def party(self, row: PartyRow) -> PartyView:
        """A row of the party table."""
        link = self.link(row.party)
        return PartyView(
            name=link.text,
            href=link.href,
            standing=row.standing,
            signed=row.signed,
            ratified=row.ratified,
            acceded=row.acceded,
            suspended=row.suspended,
            left=row.left,
            ratification_withdrawn=row.ratification_withdrawn,
        )

    def box(self, id_: str, answer: TreatyAnswer, written: Day | None = None) -> FactBox:
        """The fact box; with `written`, also the status when the briefing was written."""
        treaty, now = answer.value, answer.now
        events = treaty.events
        force = events[now.in_force_event] if now.in_force_event is not None else None
        depositary = treaty.depositary or ()
        depositaries = (depositary,) if isinstance(depositary, str) else depositary
        return FactBox(
            id=id_,
            name=treaty.name,
            href=self.href(answer.route),
            formal_name=treaty.formal_name,
            now=self._status(now, None),
            then=self._status(status_on(treaty, written), written) if written else None,
            parties=tuple(self.party(row) for row in answer.parties),
            signed=tuple(self.event(e) for e in events if e.type == "signed" and not e.party),
            in_force=self.event(force) if force else None,
            ends=tuple(self.event(e) for e in events if _moves_the_end(e, force)),
            provisions=tuple(
                ProvisionView(
                    name=one.name,
                    limit=one.limit,
                    unit=one.unit,
                    note=one.note,
                    refs=self.cite(one.sources),
                )
                for one in treaty.provisions
            ),
            verification=treaty.verification,
            depositary=tuple(self.link(one).text for one in depositaries),
            refs=self.cite(treaty.sources),
        )


def _moves_the_end(event: TreatyEvent, force: TreatyEvent | None) -> bool:
    """Whether an event sets another end than the treaty's entry into force (`force`) did."""
    if event.party or event is force:
        return False
    ended = event.type in ("terminated", "superseded") and force is not None
    return ended or event.type == "extended" or event.until is not None
