"""What is wrong with an event of a treaty, in words for its author."""

from __future__ import annotations

import msgspec

from briefgen.model.dates import Day
from briefgen.model.treaty import Treaty
from briefgen.model.treaty_course import Step, is_surely_before


class EventFault(msgspec.Struct, frozen=True, array_like=True, order=True):
    """What is wrong with an event, and what to do about it."""

    index: int  # of the event in Treaty.events
    message: str
    help: str
    key: str = ""  # the key of the event that is wrong, where one alone is


def fault_at(step: Step, message: str, help: str) -> EventFault:
    """The fault of the event at a step; `message` goes on after its type and date."""
    return EventFault(step.index, f"`{step.event.type}` of {step.at}: {message}.", help)


def before_signature(treaty: Treaty, at: Day) -> tuple[str, str] | None:
    """What is wrong with an event that is surely before every signature of the treaty."""
    signed = [event.date for event in treaty.events if event.type == "signed"]
    if not signed or not all(is_surely_before(at, day) for day in signed):
        return None
    first = min(signed, key=lambda day: day.first())
    return f"the treaty was signed only later, on {first}", "Correct one of the dates."
