"""A detail put to the last answer, "so on Friday?", "12 weeks?", "all of them?": confirmed, or corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.model import Fact, Slot
from knowledge.understand import thread
from knowledge.understand.canonical import Canonical
from knowledge.understand.quantities import Quantity
from knowledge.understand.reading import Frame, Mismatch, Outcome, Reading
from knowledge.understand.structure import FactShape, times, written

if TYPE_CHECKING:
    from knowledge.understand.reader import Reader

_MOST_WORDS = 3


def detail(reader: Reader, found: Canonical, frame: Frame) -> Reading | None:
    """The reading of a message that only puts a day, a year, a figure or "all" to what was just answered."""
    if found.slot or found.outside or found.ambiguous or found.unknown or len(found.content) > _MOST_WORDS:
        return None
    for fact in thread.facts(reader, frame):
        compared = _all(reader, found, fact)
        if compared is None and _speaks_of(reader, found, fact):
            compared = _compared(found, reader.shapes.by_id[fact.id])
        if compared == [] and (false := _false(reader, found)):
            return false
        if compared is not None:
            return _put(reader, found, fact, compared)
    return None


def _put(reader: Reader, found: Canonical, fact: Fact, wrong: list[Mismatch]) -> Reading:
    timed = found.weekdays or found.months or found.years
    slot = Slot.WHEN if timed else Slot.HOW_LONG if Slot.HOW_LONG in fact.slots else Slot.HOW_MANY
    reading = reader.of_entry(found, reader.index.by_id[fact.id], slot if slot in fact.slots else None)
    reasons = ("puts a detail to the last answer",)
    if wrong:
        return replace(reading, outcome=Outcome.CORRECT, mismatches=tuple(wrong), follow_up=True, reasons=reasons)
    return replace(reading, follow_up=True, reasons=reasons)


def _false(reader: Reader, found: Canonical) -> Reading | None:
    """The correction that a detail which agrees calls for all the same, by what else the message says."""
    alone = reader.decide(found) if found.actors and found.concepts else None
    return replace(alone, follow_up=True) if alone and alone.outcome is Outcome.CORRECT else None


def _speaks_of(reader: Reader, found: Canonical, fact: Fact) -> bool:
    """Whether all that the message names is the fact's own."""
    entry = reader.index.by_id[fact.id]
    own = {*entry.text_features, *entry.profile} if found.actors else entry.text_features
    return set(found.actors) <= entry.known_actors and all("~" + concept in own for concept in found.concepts)


def _compared(found: Canonical, shape: FactShape) -> list[Mismatch] | None:
    """What of the message's times and figures the fact contradicts; None where it has nothing beside them."""
    timed = found.weekdays or found.months or found.years
    if timed:
        whole = shape.whole
        beside = (found.weekdays and whole.weekdays) or (found.months and whole.months) or (found.years and whole.years)
        return times(found, shape) if beside else None
    if not found.quantities or not shape.statement.quantities:
        return None
    return _figures(found.quantities, shape)


def _figures(asked: list[Quantity], shape: FactShape) -> list[Mismatch] | None:
    told = shape.statement.quantities
    if all(any(one.amount == other.amount and _alike(one, other) for other in told) for one in asked):
        return []
    rivals = [other for other in told if any(one.amount == other.amount or _alike(one, other) for one in asked)]
    return [Mismatch("quantity", written(asked[0]), written(rivals[0]), shape.fact.id)] if rivals else None


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or one.unit is None or other.unit is None


def _all(reader: Reader, found: Canonical, fact: Fact) -> list[Mismatch] | None:
    """ "All of them?" of a fact that speaks of some."""
    if not thread.only(reader, found, "all"):
        return None
    part = next((word for word in thread.every_word("part") if f" {word} " in f" {fact.statement.casefold()} "), None)
    yours = next(word for word in found.words if thread.is_one(reader, word, found.lang, "all"))
    return [Mismatch("quantity", yours, part, fact.id)] if part else None
