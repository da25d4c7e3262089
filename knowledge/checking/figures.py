"""Numbers with units, bounds, days, months and years of a claim held against a fact."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.stated import bears
from knowledge.checking.times import Stated, relative, within, written
from knowledge.model import Kind, Label, Verdict
from knowledge.names import Mention
from knowledge.understand.lexicon import stem
from knowledge.understand.quantities import Quantity
from knowledge.understand.structure import WEEKDAYS
from knowledge.understand.structure import written as quantity_written

_DURATIONS = {"day", "week", "month", "year"}
_IDLE = 2
_ORDERING = {"before", "after", "same_day"}
_SCALES = {"million", "billion", "thousand", "hundred"}


def quantities(base: Base, claimed: Claimed, known: Known, taken: frozenset[int]) -> list[Difference]:
    """Numbers of the claim that the fact gives otherwise, or does not give; `taken` are places of dates."""
    found = []
    for quantity in telling(claimed):
        if quantity.at in taken:
            continue
        rivals = [q for q in known.quantities if comparable(q, quantity)]
        yours = said(claimed, quantity)
        if not rivals:
            found.append(Difference("number", Verdict.NOT_IN_SOURCE, Gap(yours, "no such figure"), known.fact.id))
        elif not any(_equal(q, quantity) for q in rivals):
            found.append(
                Difference("quantity", Verdict.CONTRADICTED, Gap(yours, quantity_written(rivals[0])), known.fact.id)
            )
        elif strange := _strange_unit(claimed, known, quantity):
            gap = Gap(strange, quantity_written(rivals[0]))
            found.append(Difference("quantity", Verdict.CONTRADICTED, gap, known.fact.id))
        elif bound := _bound(base, claimed, known, quantity):
            found.append(bound)
    return found


def telling(claimed: Claimed) -> list[Quantity]:
    """Quantities that count something; «one of» and «the two» do not."""
    return [
        q
        for q in claimed.canonical.quantities
        if q.amount > _IDLE or not claimed.words[q.at].isalpha() or q.unit in _DURATIONS
    ]


def comparable(ours: Quantity, theirs: Quantity) -> bool:
    """Whether two quantities measure the same thing."""
    if ours.unit in _DURATIONS and theirs.unit in _DURATIONS:
        return True
    return ours.unit == theirs.unit or ours.unit is None or theirs.unit is None


def _equal(ours: Quantity, theirs: Quantity) -> bool:
    return ours.amount == theirs.amount and (ours.unit == theirs.unit or None in {ours.unit, theirs.unit})


def _bound(base: Base, claimed: Claimed, known: Known, quantity: Quantity) -> Difference | None:
    """«less than 13 years» of what is «more than 13 years», and a bound that the source does not set."""
    numbers = [n for n in known.fact.numbers if n.amount == quantity.amount]
    for cue in base.lexicon.bounds.find(claimed.words, claimed.lang):
        if abs(cue.last - quantity.at) > _IDLE or claimed.words[cue.last + 1 : cue.last + 2] == ["in"]:
            continue
        allowed = (
            any(n.upper is None and n.lower is not None for n in numbers)
            if cue.name == "over"
            else any(n.lower is None and n.upper is not None for n in numbers)
        )
        if not allowed and numbers:
            yours = claimed.said(min(cue.first, quantity.at), max(cue.last, quantity.at))
            return Difference("bound", Verdict.CONTRADICTED, Gap(yours, numbers[0].as_written), known.fact.id)
    return None


def _strange_unit(claimed: Claimed, known: Known, quantity: Quantity) -> str:
    """A figure with a unit that the fact's own figure does not have: the words, or nothing."""
    if quantity.unit or not all(q.unit for q in known.quantities) or claimed.lang != "en":
        return ""
    at = quantity.at + 1
    covered = {n for m in claimed.mentions for n in range(m.first, m.last + 1)}
    while at < len(claimed.tokens) and claimed.words[at] in _SCALES:
        at += 1
    if at >= len(claimed.tokens) or at in covered or {stem(claimed.words[at]), claimed.words[at]} & known.words:
        return ""
    return claimed.said(quantity.at, at) if claimed.words[at] in claimed.canonical.content else ""


def said(claimed: Claimed, quantity: Quantity) -> str:
    """The reader's own words for a quantity."""
    last = quantity.at + 1 if quantity.unit and quantity.at + 1 < len(claimed.tokens) else quantity.at
    return claimed.said(claimed.starts.get(quantity.at, quantity.at), last)


def counted_by(base: Base, claimed: Claimed, quantity: Quantity) -> Known | None:
    """The fact that gives just this figure for the side of which the claim tells it."""
    owner = owner_of(base, claimed, quantity)
    return owner if owner and any(_equal(q, quantity) for q in owner.quantities) else None


def owner_of(base: Base, claimed: Claimed, quantity: Quantity) -> Known | None:
    """Of the facts with such a figure the one of whose side the claim tells it: by turns, or the nearest name."""
    stated = [k for k in base.known.values() if k.fact.agent and k.fact.label is not Label.DERIVED]
    rivals = [k for k in stated if any(_rival(q, quantity) for q in k.quantities)]
    if not any(_equal(q, quantity) for k in rivals for q in k.quantities):
        return None
    sides = [(m, k) for m in claimed.mentions for k in rivals if m.ids[0] in k.fact.agent]
    counted = [q for q in telling(claimed) if any(_equal(own, q) for k in rivals for own in k.quantities)]
    if not sides or quantity not in counted:
        return None
    if len(sides) == len(counted):
        return sides[counted.index(quantity)][1]
    return min(sides, key=lambda row: _distance(row[0], quantity))[1]


def _distance(mention: Mention, quantity: Quantity) -> int:
    return mention.first - quantity.at if mention.first > quantity.at else quantity.at - mention.last


def _rival(ours: Quantity, theirs: Quantity) -> bool:
    return ours.unit == theirs.unit and ours.unit in _DURATIONS


def times(base: Base, claimed: Claimed, known: Known, stated: list[Stated]) -> list[Difference]:
    """Days, months and years of the claim that the fact's time does not bear out."""
    found = []
    source = written(known.points)
    denied = [cue.last for cue in claimed.denials]
    for time in stated:
        if any(0 < time.first - at <= _IDLE for at in denied) and not bears(known, time):
            continue
        gap = Gap(claimed.said(time.first, time.last), source or "no time given")
        fits = [point.fits(time) for point in known.points]
        if True in fits and _open(known):
            found.append(Difference("loose_time", Verdict.CANNOT_TELL, gap, known.fact.id))
        elif other := _another_day(claimed, known, time):
            found.append(Difference("time", Verdict.CONTRADICTED, Gap(gap.yours, other), known.fact.id))
        elif (
            True in fits
            or (time.weekday in known.weekdays and time.weekday is not None)
            or (time.year in known.years and time.month is None)
        ):
            continue
        elif not fits or _as_of(base, known):
            found.append(Difference("no_time", Verdict.NOT_IN_SOURCE, gap, known.fact.id))
        elif None in fits or _open(known):
            found.append(Difference("finer_time", Verdict.NOT_IN_SOURCE, gap, known.fact.id))
        else:
            found.append(Difference("time", Verdict.CONTRADICTED, gap, known.fact.id))
    return found


def _another_day(claimed: Claimed, known: Known, time: Stated) -> str:
    """The day that a fact of several days gives for what a claim puts on another of them; empty where they agree."""
    if time.weekday is None or len(known.weekdays) < 2:
        return ""
    done = [act.name for act in claimed.acts if act.last < time.first]
    days = dict(_days(known))
    day = next((days[name] for name in reversed(done) if name in days), time.weekday)
    return "" if day == time.weekday else WEEKDAYS[day - 1]


def _days(known: Known) -> list[tuple[str, int]]:
    """What the fact's statement puts on which day of the week: the nearest thing done before each day."""
    statement = known.statement
    rows = []
    for day, at in _weekday_places(statement):
        before = [act for act in statement.acts if act.last < at and act.name not in _ORDERING]
        rows += [(before[-1].name, day)] if before else []
    return rows


def _weekday_places(statement: Claimed) -> list[tuple[int, int]]:
    return [
        (number, at)
        for at, word in enumerate(statement.words)
        for number, name in enumerate(WEEKDAYS, start=1)
        if word == name.lower()
    ]


def _as_of(base: Base, known: Known) -> bool:
    """Whether the fact's only date is the article's own, as of which it holds."""
    day = base.anchor
    states = known.fact.kind in {Kind.STATE, Kind.BACKGROUND}
    return states and [(p.year, p.month, p.day) for p in known.points] == [(day.year, day.month, day.day)]


def _open(known: Known) -> bool:
    """Whether the fact's time is open at an end, so that another time cannot be refuted."""
    return known.fact.time is not None and ".." in (known.fact.time.resolved or "")


def relative_times(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """«last year», «this year» and the like, counted from the document's date."""
    found = []
    for cue in claimed.relative:
        span = relative(cue.name, base.anchor)
        if span is None:
            continue
        gap = Gap(claimed.said(cue.first, cue.last), written(known.points) or "no time given")
        fits = [within(point, span) for point in known.points]
        if not fits:
            found.append(Difference("no_time", Verdict.NOT_IN_SOURCE, gap, known.fact.id))
        elif all(fit is False for fit in fits):
            found.append(Difference("time", Verdict.CONTRADICTED, gap, known.fact.id))
    return found
