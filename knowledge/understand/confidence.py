"""How sure the reader is that its first candidate is right; a model of its own, fitted beside the ranking."""

from __future__ import annotations

import math
from collections.abc import Sequence

from knowledge.understand.canonical import Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.rank import SIGNALS, Candidate, Weights, sigmoid

EXTRA = (
    "share",
    "unknown_share",
    "premise_share",
    "score",
    "margin",
    "linear_margin",
    "rival_unknown",
    "unknown_words",
    "few_words",
    "open_question",
    "length",
    "mismatch",
    "bias",
)
_LONG = 12
CONFIDENCE_SIGNALS = (*SIGNALS, *EXTRA)
GROUPS = ("direct", "premise", "unknown", "mismatch")


def group(kind: EntryKind) -> str:
    """What a candidate of this kind gives: a direct answer, a correction of a premise, or a refusal."""
    if kind is EntryKind.PREMISE:
        return "premise"
    return "unknown" if kind is EntryKind.UNKNOWN else "direct"


def judge(kind: EntryKind, *, mismatch: bool) -> str:
    """Which model judges a first candidate: a fact that the question departs from has one of its own."""
    return "mismatch" if mismatch and kind is EntryKind.FACT else group(kind)


def same_answer(one: Entry, other: Entry) -> bool:
    """Whether two entries end alike for a reader: same outcome, and the first fact of one among the other's."""
    if one.id == other.id:
        return True
    if group(one.kind) != group(other.kind):
        return False
    if one.kind is EntryKind.UNKNOWN:
        return True
    if not one.facts or not other.facts:
        return False
    return one.facts[0] in other.facts or other.facts[0] in one.facts


def signals(candidates: Sequence[Candidate], found: Canonical, *, mismatch: bool) -> tuple[float, ...]:
    """The first candidate's signals and how it stands among its rivals."""
    top = candidates[0]
    rival = next((c for c in candidates[1:] if not same_answer(c.entry, top.entry)), None)
    margin = top.score - rival.score if rival else 6.0
    content = max(1, len(found.content) + len(found.actors) + len(found.outside))
    unknown = len(found.unknown) / content
    return (
        *top.signals,
        *_shares(candidates),
        top.score,
        min(margin, 6.0),
        min(2.0, top.signals[0] - rival.signals[0]) if rival else 2.0,
        float(rival is not None and rival.entry.kind is EntryKind.UNKNOWN),
        unknown,
        float(content <= 2),
        float(any(token[0] == "?" for token in found.order)),
        min(1.0, len(found.order) / _LONG),
        float(mismatch),
        1.0,
    )


def _shares(candidates: Sequence[Candidate]) -> tuple[float, float, float]:
    """Of the candidates' softmax: what goes to the first one's answer, to unknowns and to premises of other answers."""
    top = candidates[0]
    mine = unknown = premise = total = 0.0
    for candidate in candidates:
        weight = math.exp(max(-30.0, candidate.score - top.score))
        total += weight
        if same_answer(candidate.entry, top.entry):
            mine += weight
        elif candidate.entry.kind is EntryKind.UNKNOWN:
            unknown += weight
        elif candidate.entry.kind is EntryKind.PREMISE:
            premise += weight
    return mine / total, unknown / total, premise / total


def confidence(weights: Weights, candidates: Sequence[Candidate], found: Canonical, *, mismatch: bool) -> float:
    """Probability, 0 to 1, that the first candidate answers the question."""
    model = weights.confidence[judge(candidates[0].entry.kind, mismatch=mismatch)]
    values = signals(candidates, found, mismatch=mismatch)
    return sigmoid(sum(model.get(name, 0.0) * value for name, value in zip(CONFIDENCE_SIGNALS, values, strict=True)))
