"""What a claim says was done, held against what a fact says was done."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.model import Verdict


def deeds(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """Acts that contradict the fact's, acts stronger than the fact's, and acts that the fact does not hold."""
    found = []
    for cue in claimed.acts:
        if cue.name in known.acts:
            continue
        difference = _opposite(base, claimed, known, cue) or _upgrade(base, claimed, known, cue) or _foreign(base, claimed, known, cue)
        if difference:
            found.append(difference)
    return found


def _opposite(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    own = next((act for act in sorted(known.acts) if frozenset({act, cue.name}) in base.lexicon.opposite), None)
    if own is None or own in claimed.act_names() and cue.name not in _always(base, own):
        return None
    return Difference("opposite", Verdict.CONTRADICTED, Gap(claimed.said(cue.first, cue.last), source_words(known, own)), known.fact.id)


def _always(base: Base, act: str) -> frozenset[str]:
    """Opposites that decide even where the claim also holds the fact's own act: «refused to sign», «denied having announced»."""
    return frozenset(other for pair in base.lexicon.opposite if act in pair for other in pair if other in base.lexicon.overrides)


def _upgrade(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    own = next((weak for weak, strong in sorted(base.lexicon.upgrade) if strong == cue.name and weak in known.acts), None)
    if own is None:
        return None
    return Difference("upgrade", Verdict.STRONGER, Gap(claimed.said(cue.first, cue.last), source_words(known, own)), known.fact.id)


def _foreign(base: Base, claimed: Claimed, known: Known, cue: Cue) -> Difference | None:
    if cue.name in known.near_acts or cue.name in base.lexicon.light:
        return None
    return Difference("act", Verdict.NOT_IN_SOURCE, Gap(claimed.said(cue.first, cue.last), "not reported"), known.fact.id)


def source_words(known: Known, act: str) -> str:
    """The fact's words for an act; its title where the statement has none."""
    cue = next((cue for cue in known.statement.acts if cue.name == act), None)
    return known.statement.said(cue.first, cue.last) if cue else known.fact.title


def polarity(claimed: Claimed, known: Known) -> list[Difference]:
    """A plain denial of what the fact says."""
    negated = claimed.canonical.negated
    if negated == known.statement.canonical.negated or not negated:
        return []
    shared = claimed.act_names() & known.acts
    if not shared:
        return []
    return [Difference("polarity", Verdict.CONTRADICTED, Gap(_negation(claimed), source_words(known, sorted(shared)[0])), known.fact.id)]


def _negation(claimed: Claimed) -> str:
    for at, word in enumerate(claimed.words):
        if word in {"not", "no", "never", "none", "neither", "nor", "nobody", "nothing", "without"}:
            return claimed.said(at, min(at + 1, len(claimed.tokens) - 1))
    return claimed.text
