"""Which of two events a claim puts first, held against the facts' dates and the order that they state themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.model import Label, Verdict

_COMMON = frozenset({"relations", "before", "after", "same_day", "describe", "count", "consider"})


@dataclass(frozen=True, slots=True)
class Event:
    """One side of «before» or «after»: what is done in it, and by or to whom."""

    acts: frozenset[str]
    actors: frozenset[str]


def out_of_order(base: Base, claimed: Claimed, facts: Sequence[Known]) -> Verdict | None:
    """What speaks against the order of a claim: that it is another, or that the source leaves it open."""
    for cue in base.lexicon.sequence.find(claimed.words, claimed.lang):
        earlier, later = _events(claimed, cue)
        if not (earlier.acts - _COMMON and later.acts - _COMMON):
            if _turned_span(claimed, cue, facts):
                return Verdict.CONTRADICTED
            continue
        stated = _stated(base, facts, earlier, later)
        if stated is not None:
            return None if stated else Verdict.CONTRADICTED
        dated = _dated(base, earlier, later)
        if dated is not True:
            return Verdict.CONTRADICTED if dated is False else Verdict.NOT_IN_SOURCE
    return None


def _events(claimed: Claimed, cue: Cue) -> tuple[Event, Event]:
    """The earlier and the later event around a cue; «back» puts the later one first."""
    size = len(claimed.tokens)
    before, behind = (0, cue.first - 1), (cue.last + 1, size - 1)
    if cue.first <= 1 and claimed.lang in {"en", "ar"} and (comma := _comma(claimed, cue.last)):
        before, behind = (comma, size - 1), (cue.last + 1, comma - 1)
    turned = claimed.words[cue.last + 1 : cue.last + 2] == ["by"] or _goes_back(claimed, cue)
    first, then = _event(claimed, *before, cue), _event(claimed, *behind, cue)
    return (first, then) if (cue.name == "forth") != turned else (then, first)


def _goes_back(claimed: Claimed, cue: Cue) -> bool:
    """«and after that the …»: the first event is what stands before the word."""
    after = claimed.words[cue.last + 1 : cue.last + 3]
    return cue.first > 1 and after[:1] == ["that"] and (cue.last + 2 in _opened(claimed) or after[1:] == ["the"])


def _opened(claimed: Claimed) -> set[int]:
    return {mention.first for mention in claimed.mentions}


def _comma(claimed: Claimed, after: int) -> int | None:
    """The token behind the first comma after a place."""
    for at in range(after, len(claimed.tokens) - 1):
        between = claimed.text[claimed.tokens[at].end : claimed.tokens[at + 1].start]
        if "," in between or "،" in between:
            return at + 1
    return None


def _event(claimed: Claimed, first: int, last: int, cue: Cue) -> Event:
    acts = (a for a in claimed.acts if first <= a.first and a.last <= last and not (a.first <= cue.first <= a.last))
    actors = (m.ids[0] for m in claimed.mentions if first <= m.first and m.last <= last and len(m.ids) == 1)
    return Event(frozenset(a.name for a in acts), frozenset(actors))


def _turned_span(claimed: Claimed, cue: Cue, facts: Sequence[Known]) -> bool:
    """«before 54 years» of what ended after them, «after» of a fact that has only «before»."""
    told = frozenset().union(*(known.told_acts for known in facts))
    mine = next((a.name for a in claimed.acts if a.first <= cue.last and cue.first <= a.last), "")
    spans = any(cue.last < q.at <= cue.last + 3 and q.unit for q in claimed.canonical.quantities)
    return mine == "before" and spans and "before" not in told


def _stated(base: Base, facts: Sequence[Known], earlier: Event, later: Event) -> bool | None:
    """Whether a fact states the order itself, the same or the other way round."""
    for known in facts:
        for cue in base.lexicon.sequence.find(known.statement.words, known.statement.lang):
            first, then = _events(known.statement, cue)
            if (first.acts & earlier.acts) - _COMMON and (then.acts & later.acts) - _COMMON:
                return True
            if (first.acts & later.acts) - _COMMON and (then.acts & earlier.acts) - _COMMON:
                return False
    return None


def _dated(base: Base, earlier: Event, later: Event) -> bool | None:
    """Whether the dates of the two events bear the order out; None where they leave it open."""
    one, other = _fact(base, earlier), _fact(base, later)
    if one is None or other is None or one is other:
        return None
    (one_from, one_to), (other_from, other_to) = _span(one), _span(other)
    if one_to < other_from:
        return True
    return False if other_to < one_from else None


def _fact(base: Base, event: Event) -> Known | None:
    rows = [
        (2 * len(event.acts & known.acts) + len(event.actors & known.named), known)
        for known in base.known.values()
        if known.points and known.fact.label is not Label.DERIVED and (event.acts & known.acts) - _COMMON
    ]
    best = max((score for score, _ in rows), default=0)
    found = [known for score, known in rows if score == best]
    return found[0] if len({_span(known) for known in found}) == 1 else None


def _span(known: Known) -> tuple[date, date]:
    days = [
        bound
        for point in known.points
        for bound in (
            date(point.year, point.month or 1, point.day or 1),
            date(point.year, point.month or 12, point.day or 28),
        )
    ]
    return min(days), max(days)
