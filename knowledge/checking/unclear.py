"""Where the source itself is unclear: a time it does not fix, or a day that it only brackets."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.sides import role_words
from knowledge.checking.times import Stated
from knowledge.model import Label, Verdict


def unclear(base: Base, claimed: Claimed, known: Known, stated: list[Stated]) -> list[Difference]:
    """Differences that no reading of the source can settle."""
    return [*_unreliable_time(claimed, known, stated), *_effect(claimed, known, stated), *_open(claimed, known)]


def _open(claimed: Claimed, known: Known) -> list[Difference]:
    """Whether something is over, where the source says neither."""
    acts = role_words()["open_ended"].get(known.fact.predicate, ())
    counted = {q.at - 1 for q in claimed.canonical.quantities}
    cue = next((cue for cue in claimed.acts if cue.name in acts and cue.last not in counted), None)
    if cue is None or known.fact.predicate not in claimed.act_names():
        return []
    gap = Gap(claimed.said(cue.first, cue.last), known.fact.title)
    return [Difference("undecided", Verdict.CANNOT_TELL, gap, known.fact.id)]


def _unreliable_time(claimed: Claimed, known: Known, stated: list[Stated]) -> list[Difference]:
    if known.fact.label is not Label.TIME_UNRELIABLE:
        return []
    spans = [(time.first, time.last) for time in stated]
    spans += [(cue.first, cue.last) for cue in claimed.relative]
    spans += [(cue.first, cue.last) for cue in claimed.acts if cue.name in {"before", "after"}]
    return [
        Difference(
            "undecided", Verdict.CANNOT_TELL, Gap(claimed.said(*span), "timing unreliable, check"), known.fact.id
        )
        for span in spans[:1]
    ]


def _effect(claimed: Claimed, known: Known, stated: list[Stated]) -> list[Difference]:
    """A day on which something took effect, where the source only brackets it between two days."""
    cue = next((cue for cue in claimed.acts if cue.name == "effect"), None)
    if cue is None or len(known.points) < 2 or not stated:
        return []
    return [
        Difference(
            "undecided",
            Verdict.CANNOT_TELL,
            Gap(claimed.said(cue.first, cue.last), "the day is not stated"),
            known.fact.id,
        )
    ]
