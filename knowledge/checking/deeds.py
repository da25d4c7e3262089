"""What a claim says was done, held against what a fact says was done."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.negation import source_words
from knowledge.checking.sides import role_words
from knowledge.model import Verdict


def deeds(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """Acts that contradict the fact's, acts stronger than the fact's, and acts that the fact does not hold."""
    found = []
    settled = {at for cue in claimed.acts if cue.name in known.told_acts for at in range(cue.first, cue.last + 1)}
    voided = {act for act, other in base.lexicon.voided if other in claimed.act_names()}
    for cue in claimed.acts:
        if cue.name in voided or cue.name in known.told_acts or (cue.first in settled and cue.last in settled):
            continue
        difference = (
            _opposite(base, claimed, known, cue)
            or _upgrade(base, claimed, known, cue)
            or _foreign(base, claimed, known, cue)
        )
        if difference:
            found.append(difference)
    return found


def _opposite(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    own = next((act for act in sorted(known.acts) if frozenset({act, cue.name}) in base.lexicon.opposite), None)
    if cue.name in role_words()["open_ended"].get(known.fact.predicate, ()):
        return None
    if own is None or (own in claimed.act_names() and cue.name not in _always(base, own)):
        return None
    return Difference(
        "opposite",
        Verdict.CONTRADICTED,
        Gap(claimed.said(cue.first, cue.last), source_words(known, own)),
        known.fact.id,
        cue.name,
    )


def _always(base: Base, act: str) -> frozenset[str]:
    """Opposites that decide even beside the fact's own act: «refused to sign», «denied having announced»."""
    return frozenset(
        other for pair in base.lexicon.opposite if act in pair for other in pair if other in base.lexicon.overrides
    )


def _upgrade(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    own = next(
        (weak for weak, strong in sorted(base.lexicon.upgrade) if strong == cue.name and weak in known.acts), None
    )
    if own is None:
        return None
    return Difference(
        "upgrade",
        Verdict.STRONGER,
        Gap(claimed.said(cue.first, cue.last), source_words(known, own)),
        known.fact.id,
        cue.name,
    )


def _in_office(claimed: Claimed, known: Known, cue: Cue) -> bool:
    """Another office where the fact's own party does just this: «the president visited», «overthrown by the army»."""
    if not known.needed or not known.needed <= claimed.act_names() or known.fact.predicate == "hold_office":
        return False
    before = claimed.words[max(0, cue.first - 3) : cue.first]
    named = {actor for m in claimed.mentions for actor in m.ids}
    return (cue.first <= 3 or "by" in before) and not named & {*known.fact.agent}


def _foreign(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    known_acts = known.told_acts if cue.name in base.lexicon.topics else known.near_acts
    if cue.name in known_acts or cue.name in base.lexicon.light or cue.name in base.lexicon.charged:
        return None
    if cue.name in base.lexicon.offices and _in_office(claimed, known, cue):
        gap = Gap(claimed.said(cue.first, cue.last), base.sides.names(known.fact.agent) or known.fact.title)
        return Difference("title", Verdict.CONTRADICTED, gap, known.fact.id)
    kind = "topic" if cue.name in base.lexicon.topics else "act"
    return Difference(
        kind, Verdict.NOT_IN_SOURCE, Gap(claimed.said(cue.first, cue.last), "not reported"), known.fact.id
    )
