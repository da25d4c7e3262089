"""Evidence -> verdict: what the differences between a claim and its facts make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.checking.account import leftover
from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.comparison import Compared, Held, compare
from knowledge.checking.doubt import doubts
from knowledge.checking.evidence import Difference
from knowledge.checking.figures import counted_by, said, telling
from knowledge.checking.finding import Gap
from knowledge.checking.seats import misplaced
from knowledge.checking.stated import bears
from knowledge.checking.times import Stated
from knowledge.model import Label, Verdict
from knowledge.understand.lexicon import stem

_CLEARED = {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_IN_SOURCE}
_WORST = (Verdict.CONTRADICTED,)
_SHARED = 2
_COMMON = {"relations"}
_NEAR = 2.5
_TRIED, _SLACK = 3, 0.5
_PARTIES = {"wrong_agent", "wrong_party", "swapped", "other_person"}
# What a sentence of two statements shows when it is held against one fact.
_MIXED = {"quantity", "time", "place", *_PARTIES}
# What a second fact may give that the first leaves open.
_FILLED = {"number", "no_time", "finer_time", "loose_time"}
_JOINABLE = {"loose_time", "act", "number", "no_time", "finer_time", "wrong_party", "other_person"}
_TIMES = {"loose_time", "no_time", "finer_time"}
# Differences of what is said itself, which no other fact sets right.
_FIRM = {"opposite", "polarity", "undecided", "upgrade", "share", "order", "misnamed", "label", "hedge"}
_ORDER = (Verdict.CONTRADICTED, Verdict.NOT_IN_SOURCE, Verdict.STRONGER, Verdict.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a statement, the facts it rests on and the words that differ."""

    verdict: Verdict
    facts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    firm: bool = False


def judge(base: Base, claimed: Claimed, *, itself: bool = True) -> Judged:
    """One statement judged."""
    compared = compare(base, claimed, itself=itself)
    verdict, held, gaps, firm = decide(base, compared)
    facts = dict.fromkeys(known.fact.id for h in held for known in (h.known, *h.beside))
    return Judged(verdict, tuple(facts), gaps or _fallback(claimed, verdict, held), firm)


def _fallback(claimed: Claimed, verdict: Verdict, held: Sequence[Held]) -> tuple[Gap, ...]:
    """The whole sentence beside the fact, where a verdict rests on likeness and no single word stands out."""
    if not held or verdict in {Verdict.SUPPORTED, Verdict.CANNOT_TELL}:
        return ()
    return (Gap(claimed.text, held[0].known.fact.title),)


def combine(whole: Judged, parts: Sequence[Judged]) -> Judged:
    """A joined sentence: its worst statement where the whole hides it, all its facts where each holds."""
    if not parts:
        return whole
    facts = tuple(dict.fromkeys(fact for judged in (*parts, whole) for fact in judged.facts))
    if all(part.verdict is Verdict.SUPPORTED for part in parts):
        cleared = whole.verdict in _CLEARED and not (whole.firm and whole.verdict is Verdict.CONTRADICTED)
        return Judged(Verdict.SUPPORTED if cleared else whole.verdict, facts, () if cleared else whole.gaps)
    worst = next((part for verdict in _WORST for part in parts if part.verdict is verdict), None)
    return Judged(worst.verdict, facts, worst.gaps) if worst and whole.verdict is Verdict.SUPPORTED else whole


def decide(base: Base, compared: Compared) -> tuple[Verdict, tuple[Held, ...], tuple[Gap, ...], bool]:
    """The verdict, the facts it rests on, the words that differ, and whether a second look found it."""
    if compared.outside:
        return Verdict.NOT_IN_SOURCE, compared.held[:1], compared.outside, False
    if not compared.held or not _touches(compared):
        return Verdict.NOT_IN_SOURCE, (), (), False
    verdict, held, gaps = _by_structure(base, compared)
    if doubt := doubts(base, compared, verdict, held[0]):
        seated = misplaced(base, compared.claimed, held[0].roles, (held[0].known, *held[0].beside))
        return doubt[0], held, doubt[1], doubt != seated
    return verdict, held, gaps, any(d.kind not in _MIXED for d in held[0].speaking(Verdict.CONTRADICTED))


def _touches(compared: Compared) -> bool:
    """Whether the claim names anybody or anything done of which a near fact speaks."""
    acts = compared.claimed.act_names()
    known = compared.held[0].known
    if len({stem(word) for word in compared.claimed.canonical.content} & known.words) >= _SHARED:
        return True
    if any(d.kind in {"upgrade", "opposite"} for d in compared.held[0].differences):
        return True
    return bool(compared.claimed.mentions) or any(acts & held.known.told_acts for held in compared.held)


def _by_structure(base: Base, compared: Compared) -> tuple[Verdict, tuple[Held, ...], tuple[Gap, ...]]:
    compared = replace(compared, held=_eligible(base, compared) or compared.held)
    if (whole := _whole(base, compared)) and not _outdone(compared.held):
        return Verdict.SUPPORTED, (whole,), ()
    if refuted := _refuted(compared.held):
        held, differences = refuted
        return Verdict.CONTRADICTED, (held,), _gaps(differences)
    top = _joined(base, compared)
    if other := _resting(base, compared, top):
        return Verdict.SUPPORTED, (other,), ()
    foreign = [d for d in top.differences if d.kind == "topic"]
    if foreign:
        return Verdict.NOT_IN_SOURCE, (top,), tuple(d.gap for d in foreign)
    for verdict in (Verdict.CANNOT_TELL,):
        gaps = _gaps([d for d in top.speaking(verdict) if d.kind == "undecided"])
        if gaps:
            return verdict, (top,), gaps
    for verdict in _ORDER:
        gaps = _gaps(top.speaking(verdict))
        if gaps:
            return verdict, (top,), gaps
    if stronger := _outdone(compared.held):
        held, differences = stronger
        return Verdict.STRONGER, (held,), _gaps(differences)
    return Verdict.SUPPORTED, (top,), ()


def _whole(base: Base, compared: Compared) -> Held | None:
    """A near fact that alone accounts for every word, where a nearer one does not."""
    claimed, best = compared.claimed, compared.held[0]
    near = [held for held in compared.held if best.score - held.score <= _NEAR]
    if any(d.kind in _FIRM for held in near for d in held.differences):
        return None
    for held in compared.held:
        acts = (claimed.act_names() & held.known.acts) - _COMMON
        if held.differences or held not in near or not (acts & held.known.needed or len(acts) >= _SHARED):
            continue
        known = (held.known,)
        if leftover(base, claimed, known) is None and misplaced(base, claimed, held.roles, known) is None:
            return held
    return None


def _resting(base: Base, compared: Compared, top: Held) -> Held | None:
    """A near fact that accounts for every word with a second one beside it, where the nearest fact does not."""
    if not top.differences or any(d.verdict is Verdict.CONTRADICTED or d.kind in _FIRM for d in top.differences):
        return None
    claimed, first = compared.claimed, compared.held[0]
    for held in compared.held[1:_TRIED]:
        if first.score - held.score > _NEAR + _SLACK or not held.known.needed & claimed.act_names():
            continue
        rest = tuple(other for other in compared.held if other is not held)
        found = _joined(base, replace(compared, held=(held, *rest)))
        known = (found.known, *found.beside)
        if found.differences or leftover(base, claimed, known) or misplaced(base, claimed, found.roles, known):
            continue
        return found
    return None


def _eligible(base: Base, compared: Compared) -> tuple[Held, ...]:
    """Facts that may decide: an inference only where the claim names all its parties and draws the same inference."""
    named = [actor for rows in (compared.roles.agents, compared.roles.patients) for actor, _ in rows]
    acts = compared.claimed.act_names() - _COMMON
    return tuple(
        held
        for held in compared.held
        if held.known.fact.label is not Label.DERIVED
        or (acts & held.known.told_acts and all(base.sides.among(a, named) for a in held.known.parties))
    )


def _refuted(held: Sequence[Held]) -> tuple[Held, list[Difference]] | None:
    """A near fact with the same parties whose act is the opposite, where the nearest fact is silent on it."""
    top = held[0]
    for other in held:
        opposite = [d for d in other.differences if d.kind == "opposite"]
        parties_fit = not any(d.kind in _PARTIES for d in other.differences)
        if opposite and parties_fit and top.score - other.score <= _NEAR and not _holds(top.known, opposite):
            return other, opposite
    return None


def _outdone(held: Sequence[Held]) -> tuple[Held, list[Difference]] | None:
    """A near fact with the same parties that the claim words more strongly, where the nearest is silent on it."""
    top = held[0]
    for other in held[1:]:
        upgrade = [d for d in other.differences if d.kind == "upgrade"]
        fits = not any(d.kind in _PARTIES for d in other.differences)
        if upgrade and fits and top.score - other.score <= _NEAR and not _holds(top.known, upgrade):
            return other, upgrade
    return None


def _holds(known: Known, opposite: Sequence[Difference]) -> bool:
    return any(d.act in known.told_acts for d in opposite)


def _joined(base: Base, compared: Compared) -> Held:
    """The nearest fact, less what a second fact with one of its parties bears out."""
    top = _counted_elsewhere(base, compared, compared.held[0])
    top = _dated_elsewhere(base, compared, top)
    for other in compared.held[1:]:
        adds = (other.known.acts - top.known.acts) & compared.claimed.act_names()
        if not adds and not any(d.kind in _FILLED for d in top.differences):
            continue
        if (
            top.score - other.score > _NEAR
            or any(d.kind != "wrong_party" for d in other.speaking(Verdict.CONTRADICTED))
            or not _kin(top.known, other.known)
            or not other.known.acts & compared.claimed.act_names()
            or not (adds or _met(base, compared.claimed, other.known))
        ):
            continue
        theirs = {d.gap.yours for d in other.differences}
        open_ = _JOINABLE if _met(base, compared.claimed, other.known) else _JOINABLE - _TIMES
        left = tuple(d for d in top.differences if d.kind not in open_ or d.gap.yours in theirs)
        top = replace(
            top, differences=left, beside=(*top.beside, other.known) if len(left) < len(top.differences) else top.beside
        )
    return top


def _counted_elsewhere(base: Base, compared: Compared, top: Held) -> Held:
    """The fact, less figures that another fact gives for the side nearest to them in the sentence."""
    for difference in [d for d in top.differences if d.kind == "quantity"]:
        quantity = next(
            (q for q in telling(compared.claimed) if said(compared.claimed, q) == difference.gap.yours), None
        )
        owner = quantity and counted_by(base, compared.claimed, quantity)
        if owner and owner is not top.known and _kin(top.known, owner):
            left = tuple(d for d in top.differences if d is not difference)
            top = replace(top, differences=left, beside=(*top.beside, owner))
    return top


def _dated_elsewhere(base: Base, compared: Compared, top: Held) -> Held:
    """The fact, less times that belong to what is done beside them, where a kindred fact has both."""
    claimed = compared.claimed
    for time in compared.stated:
        yours = claimed.said(time.first, time.last)
        if not any(d.kind in _TIMES and d.gap.yours == yours for d in top.differences):
            continue
        beside = _done_at(claimed, time)
        owner = next(
            (
                held.known
                for held in compared.held
                if held.known.needed & beside and bears(held.known, time) and _kin(top.known, held.known)
            ),
            None,
        )
        if owner and owner is not top.known:
            left = tuple(d for d in top.differences if d.gap.yours != yours)
            top = replace(top, differences=left, beside=(*top.beside, owner))
    return top


def _done_at(claimed: Claimed, time: Stated) -> set[str]:
    """What a time belongs to: the thing done that it follows, or the one that it stands before."""
    before = [cue for cue in claimed.acts if cue.last < time.first]
    nearest = max((cue.last for cue in before), default=-1)
    behind = {cue.name for cue in claimed.acts if cue.first == time.last + 1}
    return behind or {cue.name for cue in before if cue.last == nearest}


def _met(base: Base, claimed: Claimed, known: Known) -> bool:
    """Whether the claim names whom the fact is about."""
    return any(base.sides.among(actor, claimed.canonical.actors) for actor in known.fact.patient)


def _kin(one: Known, other: Known) -> bool:
    """Whether two facts share a party."""
    return bool({*one.fact.agent, *one.fact.patient} & {*other.fact.agent, *other.fact.patient})


def _gaps(differences: Sequence[Difference]) -> tuple[Gap, ...]:
    return tuple(dict.fromkeys(d.gap for d in differences))
