"""What is wrong with an event of a treaty, in words for its author."""

from __future__ import annotations

import msgspec

from briefgen.model.treaty_course import Step


class EventFault(msgspec.Struct, frozen=True, array_like=True, order=True):
    """What is wrong with an event, and what to do about it."""

    index: int  # of the event in Treaty.events
    message: str
    help: str
    key: str = ""  # the key of the event that is wrong, where one alone is


def fault_at(step: Step, message: str, help: str) -> EventFault:
    """The fault of the event at a step; `message` goes on after its type and date."""
    return EventFault(step.index, f"`{step.event.type}` of {step.at}: {message}.", help)
