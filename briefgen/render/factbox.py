"""A treaty's facts as pages show them: the box, the statuses, the parties, the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from briefgen.model.answers import TreatyAnswer
from briefgen.model.dates import Day
from briefgen.model.questions import Questions
from briefgen.model.treaty import Treaty, TreatyEvent
from briefgen.model.treaty_course import dates_of_steps
from briefgen.model.treaty_status import PartyRow, TreatyStatus, status_on
from briefgen.render.pictures.axis import per_cent
from briefgen.render.pictures.life import LifeMaterial, life_material, life_picture
from briefgen.render.pictures.naming import anchor, room
from briefgen.render.view import (
    DepartureView,
    EventView,
    FactBox,
    Life,
    Link,
    NoticeView,
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

    def __init__(
        self, ask: Questions, href: Href, cite: Cite = uncited, language: str = ""
    ) -> None:
        """`language` is the page's, where it is not the site's."""
        self.ask, self.href, self.cite, self.language = ask, href, cite, language

    def name(self, id_: str, name: str) -> str:
        """What is called `name` in the site's language, in the page's."""
        return (self.ask.name(id_, self.language) or name) if self.language else name

    def link(self, party: str) -> Link:
        """An entity by its id, or a name that has no page."""
        card = self.ask.entity(party)
        if card is None:
            return Link(text=party)
        return Link(text=self.name(party, card.name), href=self.href(card.route))

    def _now(self, answer: TreatyAnswer) -> StatusView:
        """The present status, with what is to come: of its ends the nearest counts.

        One after the present term presupposes an extension that has not come, so the term stands.
        """
        treaty, to_come = answer.value, answer.foreseen
        status = self._status(answer.now, None)
        told = list(to_come.events)
        if to_come.end is not None and status.state == "in-force":
            until = treaty.events[to_come.end].date
            if status.until is None or until.first() <= status.until.last():
                told.remove(to_come.end)
                status = replace(status, until=until, ends=to_come.ends_in, is_indefinite=False)
        events = (treaty.events[index] for index in told)
        return replace(status, foreseen=tuple(self._foreseen(event) for event in events))

    def _foreseen(self, event: TreatyEvent) -> EventView:
        """As much of an event to come as a status says."""
        parties = tuple(Link(text=self.link(party).text) for party in event.parties)
        return EventView(
            date=event.date, type=event.type, until=event.until, parties=parties, is_ahead=True
        )

    def _status(self, status: TreatyStatus, shown: Day | None) -> StatusView:
        count = status.party_count
        return StatusView(
            state=status.state,
            on=shown,
            since=status.since,
            until=status.until,
            ends=status.lapses_to,
            pauses_until=status.pauses_until,
            is_indefinite=status.is_indefinite,
            is_certain=status.is_certain,
            suspended=tuple(
                SuspensionView(
                    party=self.link(one.party).text,
                    since=one.since,
                    contested_by=tuple(self.link(party).text for party in one.contested_by),
                    is_certain=one.is_certain,
                    until=one.until,
                )
                for one in status.suspended
            ),
            left=tuple(
                DepartureView(
                    party=self.link(one.party).text, since=one.since, is_certain=one.is_certain
                )
                for one in status.left
            ),
            count=(count.count, count.since) if count else None,
            is_count_current=count is None or count.is_current,
            notices=tuple(
                NoticeView(
                    party=None if one.party is None else self.link(one.party).text,
                    since=one.since,
                    leaves=one.leaves,
                    is_certain=one.is_certain,
                )
                for one in status.notices
            ),
        )

    def event(
        self, event: TreatyEvent, treaty: Link | None = None, *, is_ahead: bool = False
    ) -> EventView:
        """An event, with its footnotes; `is_ahead` where it has not come as of the build's date."""
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
            is_ahead=is_ahead,
        )

    def events(self, answer: TreatyAnswer, indexes: Iterable[int]) -> dict[int, EventView]:
        """Events of a treaty by their indexes, in this order."""
        events = answer.value.events
        return {
            index: self.event(events[index], is_ahead=events[index].date in answer.ahead)
            for index in indexes
        }

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
            resumed=row.resumed,
            notice=row.notice if row.is_leaving or row.left is None else None,
            leaves=row.leaves,
            left=row.left,
            ratification_withdrawn=row.ratification_withdrawn,
            may_be=row.may_be,
        )

    def provisions(self, treaty: Treaty) -> tuple[ProvisionView, ...]:
        """The provisions of a treaty, with their footnotes."""
        return tuple(
            ProvisionView(
                name=one.name,
                limit=one.limit,
                unit=one.unit,
                note=one.note,
                refs=self.cite(one.sources),
            )
            for one in treaty.provisions
        )

    def box(self, id_: str, answer: TreatyAnswer, written: Day | None = None) -> FactBox:
        """The fact box; with `written`, also the status when the briefing was written.

        Footnotes are numbered in the order in which the box shows what they are of.
        """
        treaty = answer.value
        shown = _Shown(treaty, answer.now.in_force_event)
        made = self.events(answer, shown)
        provisions = self.provisions(treaty)
        return self.box_of(id_, answer, made, provisions, self.cite(treaty.sources), written)

    def box_of(
        self,
        id_: str,
        answer: TreatyAnswer,
        made: Mapping[int, EventView],
        provisions: tuple[ProvisionView, ...],
        refs: tuple[Ref, ...],
        written: Day | None = None,
    ) -> FactBox:
        """The fact box, of views that are there already: `made` are those of events, by index."""
        treaty, now = answer.value, answer.now
        shown = _Shown(treaty, now.in_force_event)
        depositary = treaty.depositary or ()
        life, at = self._life(id_, answer, written) if written else (None, None)
        depositaries = (depositary,) if isinstance(depositary, str) else depositary
        return FactBox(
            id=id_,
            name=self.name(id_, treaty.name),
            href=self.href(answer.route),
            formal_name=treaty.formal_name,
            now=self._now(answer),
            then=self._status(self._status_on(id_, treaty, written), written) if written else None,
            parties=tuple(self.party(row) for row in answer.parties),
            signed=tuple(made[index] for index in shown.signed),
            in_force=None if shown.in_force is None else made[shown.in_force],
            ends=tuple(made[index] for index in shown.ends),
            provisions=provisions,
            verification=treaty.verification,
            depositary=tuple(self.link(one) for one in depositaries),
            refs=refs,
            life=life,
            written=None if at is None else per_cent(at),
            written_anchor=anchor(at or 0),
            written_room=room(at or 0),
        )

    def _status_on(self, id_: str, treaty: Treaty, day: Day) -> TreatyStatus:
        """The status on a day, made once for all days by which the same dates have come."""
        dates = self.ask.derived("dates", ("treaty", id_), lambda: dates_of_steps(treaty))
        reached = [date.reached(day) for date in dates]
        return self.ask.derived(
            f"status {reached}", ("treaty", id_), lambda: status_on(treaty, day)
        )

    def _life(self, id_: str, answer: TreatyAnswer, written: Day) -> tuple[Life | None, int | None]:
        """The picture of its life, and where the briefing's date is on it.

        It is made once for all briefings whose date needs no longer axis.
        """
        material = life_of(self.ask, id_, answer)
        if material is None:
            return None, None
        names = [self.link(key).text for key in material.parties]  # asked, hence noted, each time
        axis = material.axis.wider(written)
        picture = self.ask.derived(
            f"life {self.language} {axis.first}-{axis.last}",
            ("treaty", id_),
            lambda: life_picture(material, names, answer.ahead, axis, is_named=True),
        )
        return picture, axis.place(written)


def life_of(ask: Questions, id_: str, answer: TreatyAnswer) -> LifeMaterial | None:
    """What pictures and lists of a treaty's life are made of, made once for all pages."""
    return ask.derived("life", ("treaty", id_), lambda: life_material(answer.value))


class _Shown:
    """Which events a fact box shows, as indexes of `Treaty.events`, by date; iterated as shown."""

    def __init__(self, treaty: Treaty, in_force: int | None) -> None:
        """`in_force` is the first entry into force that has come."""
        events = sorted(enumerate(treaty.events), key=lambda item: item[1].date.first())
        signed = [(index, event) for index, event in events if event.type == "signed"]
        common = [index for index, event in signed if not event.parties]
        self.signed = common or [index for index, _ in signed]  # else each party's own
        self.in_force = in_force
        has_force = in_force is not None
        self.ends = [
            index
            for index, event in events
            if index != in_force and _moves_the_end(event, has_force=has_force)
        ]

    def __iter__(self) -> Iterator[int]:
        yield from self.signed
        if self.in_force is not None:
            yield self.in_force
        yield from self.ends


def _moves_the_end(event: TreatyEvent, *, has_force: bool) -> bool:
    """Whether an event sets another end than the treaty's first entry into force did."""
    if event.parties:
        return False
    if event.type in ("terminated", "superseded"):
        return has_force
    sets_term = event.type in ("in-force", "denounced") and event.until is not None
    return event.type == "extended" or sets_term
