"""Structure before statistics: where a question's quantities, times and predicates depart from a fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.model import Dossier, Fact, Label, Slot
from knowledge.understand.canonical import Canonical, Canonicaliser
from knowledge.understand.quantities import Quantity
from knowledge.understand.reading import Mismatch

MONTHS = ("January February March April May June July August September October November December").split()
# Units in which people round, and the least bare number that is taken for a figure.
_ROUND, _COUNTED = frozenset({"decade"}), 10
_TURNING = frozenset({"by", "from"})
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class FactShape:
    """A fact's statement and slots in canonical form, with the times and quantities it holds."""

    fact: Fact
    statement: Canonical
    whole: Canonical


class Shapes:
    """The facts of a dossier in the form in which questions are compared with them."""

    def __init__(self, dossier: Dossier, canonicaliser: Canonicaliser) -> None:
        self._lexicon = canonicaliser.lexicon
        self._countries = {actor.id: actor.country for actor in dossier.actors}
        self._names = {actor.id: actor.name for actor in dossier.actors}
        self.by_id = {
            fact.id: FactShape(
                fact,
                canonicaliser.read(fact.statement, lang="en", correct=False),
                canonicaliser.read(_all_text(fact), lang="en", correct=False),
            )
            for fact in dossier.facts
        }

    def mismatches(self, asked: Canonical, fact_id: str) -> list[Mismatch]:
        """What the question presupposes that the fact contradicts: figures, times, predicates, who did it to whom."""
        shape = self.by_id[fact_id]
        if shape.fact.label is Label.DERIVED:
            return []
        found = [*_quantities(asked, shape), *times(asked, shape), *self._opposites(asked, shape)]
        return list(dict.fromkeys([*found, *self._turned(asked, shape)]))

    def _turned(self, asked: Canonical, shape: FactShape) -> list[Mismatch]:
        """Doer and receiver changed about: "Syria offered to support South Korea"; by word order, so in English."""
        fact = shape.fact
        doers = self._sides((*fact.agent, fact.speaker or ""))
        receivers = self._sides(fact.patient) - doers
        directed = self._lexicon.directed & shape.statement.concepts
        if asked.lang != "en" or not receivers or not directed & asked.concepts:
            return []
        for doer, receiver in _who_to_whom(asked.order, directed):
            if self._countries.get(doer) in receivers and self._countries.get(receiver) in doers:
                yours, source = f"{self._names[doer]} … {self._names[receiver]}", fact.title
                return [Mismatch("roles", yours, source, fact.id)]
        return []

    def _choosing(self, asked: Canonical) -> bool:
        """Whether the question puts two things side by side rather than taking one for granted."""
        return not self._lexicon.choice[asked.lang].isdisjoint(asked.words)

    def _sides(self, actors: Sequence[str]) -> set[str | None]:
        return {self._countries.get(actor) for actor in actors} - {None}

    def _opposites(self, asked: Canonical, shape: FactShape) -> list[Mismatch]:
        own = shape.statement.concepts
        found: list[Mismatch] = []
        if asked.slot is Slot.HOW_LONG or self._choosing(asked):
            return found
        for pair in self._lexicon.opposites:
            theirs = pair & asked.concepts
            ours = pair & own
            if len(pair) == 2 and len(theirs) == 1 and len(ours) == 1 and theirs != ours:
                found.append(Mismatch("predicate", next(iter(theirs)), next(iter(ours)), shape.fact.id))
        return found


def _who_to_whom(order: Sequence[str], directed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """For every directed predicate the name before it and the one after; "by" and "from" turn them round."""
    for at, token in enumerate(order):
        if token[0] != "~" or directed.isdisjoint(token[1:].split("/")):
            continue
        before = next((t for t in reversed(order[:at]) if t[0] == "@"), None)
        later = next((n for n, t in enumerate(order[at + 1 :], at + 1) if t[0] == "@"), None)
        if before is None or later is None or token in order[later:]:
            continue
        pair = (before[1:], order[later][1:])
        turned = order[at + 1] == "of" or not _TURNING.isdisjoint(order[at:later])
        yield pair[::-1] if turned else pair


def _all_text(fact: Fact) -> str:
    time = fact.time
    written = f"{time.as_written or ''} " if time else ""
    return f"{fact.statement} {written}{' '.join(fact.slots.values())} {' '.join(n.as_written for n in fact.numbers)}"


def _quantities(asked: Canonical, shape: FactShape) -> list[Mismatch]:
    found: list[Mismatch] = []
    told = {q.amount for q in shape.whole.quantities}
    if any(quantity.amount in told for quantity in asked.quantities):
        return found
    for quantity in asked.quantities:
        rivals = [q for q in shape.statement.quantities if _comparable(q, quantity)]
        counts = quantity.unit not in _ROUND and (quantity.unit or quantity.amount >= _COUNTED)
        if rivals and counts:
            found.append(Mismatch("quantity", written(quantity), written(rivals[0]), shape.fact.id))
    return found


def _comparable(ours: Quantity, theirs: Quantity) -> bool:
    return ours.unit == theirs.unit or ours.unit is None or theirs.unit is None


def written(quantity: Quantity) -> str:
    """A quantity as a reader would write it: 12 days, $10 million, 191."""
    amount = quantity.amount
    scale = " million" if amount >= 1e6 and amount < 1e9 else " billion" if amount >= 1e9 else ""
    amount /= 1e6 if scale == " million" else 1e9 if scale else 1
    number = f"{f'{amount:,.0f}' if amount == int(amount) else f'{amount:g}'}{scale}"
    if quantity.unit == "USD":
        return f"${number}"
    if quantity.unit in {"year", "day", "month", "week"}:
        return f"{number} {quantity.unit}{'' if quantity.amount == 1 else 's'}"
    return number


def times(asked: Canonical, shape: FactShape) -> list[Mismatch]:
    """Weekdays, months and years of a text that are not the fact's."""
    found = []
    for theirs, ours, names, dimension in (
        (asked.weekdays, shape.whole.weekdays, WEEKDAYS, "weekday"),
        (asked.months, shape.whole.months, MONTHS, "month"),
        (asked.years, shape.whole.years, None, "year"),
    ):
        wrong = [value for value in theirs if value not in ours]
        if wrong and ours and len(wrong) == len(theirs):
            found.append(Mismatch(dimension, _named(wrong[0], names), _named(ours[0], names), shape.fact.id))
    return found


def _named(value: str, names: Sequence[str] | None) -> str:
    return names[int(value) - 1] if names else value
