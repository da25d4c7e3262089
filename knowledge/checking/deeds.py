"""What a claim says was done, held against what a fact says was done."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.model import Kind, Verdict


def deeds(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """Acts that contradict the fact's, acts stronger than the fact's, and acts that the fact does not hold."""
    found = []
    settled = {at for cue in claimed.acts if cue.name in known.told_acts for at in range(cue.first, cue.last + 1)}
    for cue in claimed.acts:
        if cue.name in known.told_acts or (cue.first in settled and cue.last in settled):
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


def _foreign(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    known_acts = known.told_acts if cue.name in base.lexicon.topics else known.near_acts
    if cue.name in known_acts or cue.name in base.lexicon.light:
        return None
    kind = "topic" if cue.name in base.lexicon.topics else "act"
    return Difference(
        kind, Verdict.NOT_IN_SOURCE, Gap(claimed.said(cue.first, cue.last), "not reported"), known.fact.id
    )


def source_words(known: Known, act: str) -> str:
    """The fact's words for an act; its title where the statement has none."""
    cue = next((cue for cue in known.statement.acts if cue.name == act), None)
    return known.statement.said(cue.first, cue.last) if cue else known.fact.title


def polarity(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """A plain denial of what the fact says, or a plain statement of what it denies."""
    fact, denied = known.fact, denies(claimed)
    negative = (
        fact.kind is Kind.NEGATIVE or known.statement.canonical.negated or bool(known.told_acts & base.lexicon.negative)
    )
    if negative and fact.kind is Kind.NEGATIVE and not denied and not claimed.act_names() & base.lexicon.negative:
        shared = sorted(claimed.act_names() & known.told_acts)
        return [_turned(claimed, known, shared[0])] if shared else []
    if negative or not denied or not claimed.act_names() & known.told_acts:
        return []
    at = next((n for n, word in enumerate(claimed.words) if word in base.reader.lexicon.negation[claimed.lang]), None)
    yours = claimed.text if at is None else claimed.said(at, min(at + 1, len(claimed.tokens) - 1))
    own = sorted(claimed.act_names() & known.told_acts)[0]
    return [Difference("polarity", Verdict.CONTRADICTED, Gap(yours, source_words(known, own)), fact.id)]


def denies(claimed: Claimed) -> bool:
    """Whether the sentence denies something."""
    return claimed.canonical.negated


def _turned(claimed: Claimed, known: Known, act: str) -> Difference:
    cue = next(cue for cue in claimed.acts if cue.name == act)
    gap = Gap(claimed.said(cue.first, cue.last), source_words(known, act))
    return Difference("polarity", Verdict.CONTRADICTED, gap, known.fact.id)
