"""Candidates for a question, each with its signals, ranked by fitted weights."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.understand.canonical import Canonical
from knowledge.understand.index import CANDIDATES, Entry, EntryKind, Index
from knowledge.understand.linear import Linear

WEIGHTS = Path(__file__).resolve().parent.parent / "lexicon" / "weights.json"
SIGNALS = (
    "linear",
    "linear_gap",
    "best_example",
    "second_example",
    "profile",
    "coverage",
    "text_coverage",
    "explained",
    "worst_gap",
    "actors_shared",
    "actors_missing",
    "people_missing",
    "outside_missing",
    "concepts_shared",
    "slot_agrees",
    "quantity_missing",
    "quantity_shared",
    "exact",
    "bare_name",
    "ambiguous_named",
    "is_answer",
    "is_premise",
    "is_unknown",
    "is_actor",
    "is_intent",
    "is_ambiguous",
)
_KINDS = (
    EntryKind.ANSWER,
    EntryKind.PREMISE,
    EntryKind.UNKNOWN,
    EntryKind.ACTOR,
    EntryKind.INTENT,
    EntryKind.AMBIGUOUS,
)
_KIN_MISSING, _SAME, _NO_SCORE = 0.3, 0.97, -1.0
NO_LINEAR = Linear({})
_SPECIAL = ("#", "m:", "d:", "y:")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant, its score and the signals behind it."""

    entry: Entry
    score: float
    signals: tuple[float, ...]

    def explain(self) -> dict[str, float]:
        """The signals by name, the silent ones left out."""
        return {name: round(value, 3) for name, value in zip(SIGNALS, self.signals, strict=True) if value}


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted numbers: how much each signal counts for ranking and for confidence."""

    rank: Mapping[str, float]
    confidence: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = WEIGHTS, *, linear: bool = False) -> Weights:
        """Weights from their JSON file: those fitted with a linear model beside them, or without."""
        data = json.loads(path.read_text(encoding="utf-8"))["linear" if linear else "plain"]
        return cls(data["rank"], data["confidence"], data["thresholds"])

    def row(self) -> tuple[float, ...]:
        """Ranking weights in the order of SIGNALS."""
        return tuple(float(self.rank.get(name, 0.0)) for name in SIGNALS)


def rank(
    index: Index, found: Canonical, row: tuple[float, ...], linear: Linear = NO_LINEAR, *, most: int = CANDIDATES
) -> list[Candidate]:
    """The likeliest entries, best first."""
    asked = _Asked.of(index, found, linear)
    candidates = []
    for at, likeness in index.nearest(asked.vector, most=most):
        entry = index.entries[at]
        signals = _signals(entry, asked, likeness)
        score = sum(w * s for w, s in zip(row, signals, strict=True))
        candidates.append(Candidate(entry, score, signals))
    candidates.sort(key=lambda c: -c.score)
    return candidates


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what every candidate is compared against, worked out once."""

    found: Canonical
    vector: Mapping[str, float]
    dots: Mapping[str, float]
    total: float
    special: tuple[str, ...]
    people: frozenset[str]
    kin: Mapping[str, str]
    bare: bool
    linear: Mapping[str, float]
    linear_best: float

    @classmethod
    def of(cls, index: Index, found: Canonical, linear: Linear) -> _Asked:
        vector = index.vector(found.features)
        scores = linear.scores(vector) if linear else {}
        return cls(
            found=found,
            vector=vector,
            dots={f: w * found.features[f] * index.idf.get(f, 0.0) for f, w in vector.items()},
            total=sum(vector.values()) or 1.0,
            special=tuple(f for f in vector if f.startswith(_SPECIAL)),
            people=frozenset(a for a in found.actors if a in index.people),
            kin=index.kin,
            bare=len(found.actors) == 1 and not found.content and not found.concepts,
            linear=scores,
            linear_best=max(scores.values(), default=0.0),
        )


def _signals(entry: Entry, asked: _Asked, likeness: float) -> tuple[float, ...]:
    profile, found, vector = entry.profile, asked.found, asked.vector
    best, second = _examples(entry, asked.dots)
    covered = in_text = weight = worst = 0.0
    for feature, value in vector.items():
        own = profile.get(feature)
        if own is not None:
            covered += value
            weight += own
            if feature in entry.text_features:
                in_text += value
        elif value > worst:
            worst = value
    missing, people = _missing(entry, asked)
    shared = sum(("~" + c) in profile for c in found.concepts)
    held = sum(f in profile for f in asked.special)
    linear = asked.linear.get(entry.id, _NO_SCORE) if asked.linear else 0.0
    return (
        linear,
        linear - asked.linear_best if asked.linear else 0.0,
        best,
        second,
        likeness,
        covered / asked.total,
        in_text / asked.total,
        min(1.0, weight / 3.0),
        worst,
        (len(found.actors) - missing) / len(found.actors) if found.actors else 0.5,
        min(missing, 2.0),
        float(people),
        float(any(o not in profile for o in found.outside)),
        shared / len(found.concepts) if found.concepts else 0.5,
        profile.get("?" + found.slot, -0.05) * 4 if found.slot else 0.0,
        float(held < len(asked.special)),
        float(held > 0),
        float(best > _SAME),
        float(asked.bare and entry.kind is EntryKind.ACTOR),
        float(bool(found.ambiguous) and entry.kind is EntryKind.AMBIGUOUS),
        *(float(entry.kind is kind) for kind in _KINDS),
    )


def _missing(entry: Entry, asked: _Asked) -> tuple[float, bool]:
    """How many actors asked about an entry lacks (a state's other bodies count a little); is a person among them."""
    missing = 0.0
    for actor in asked.found.actors:
        if actor not in entry.known_actors:
            missing += _KIN_MISSING if asked.kin.get(actor) in entry.kin else 1.0
    return missing, bool(asked.people - entry.known_actors)


def _examples(entry: Entry, dots: Mapping[str, float]) -> tuple[float, float]:
    """Cosines with the two likest examples, from each feature's share of a dot product."""
    asked = entry.asked
    likeness: dict[int, float] = {}
    for feature, weight in dots.items():
        for number in asked.get(feature, ()):
            likeness[number] = likeness.get(number, 0.0) + weight
    if not likeness:
        return 0.0, 0.0
    lengths = entry.lengths
    first = second = 0.0
    for number, dot in likeness.items():
        value = dot / lengths[number]
        if value > first:
            first, second = value, first
        elif value > second:
            second = value
    return first, second


def sigmoid(x: float) -> float:
    """Logistic function, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, x))))
