"""Candidates for a question, each with its signals, ranked by fitted weights."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.understand.canonical import Canonical
from knowledge.understand.index import Entry, EntryKind, Index

WEIGHTS = Path(__file__).resolve().parent.parent / "lexicon" / "weights.json"
SIGNALS = (
    "best_example",
    "second_example",
    "profile",
    "coverage",
    "text_coverage",
    "explained",
    "actors_shared",
    "actors_missing",
    "outside_missing",
    "concepts_shared",
    "slot_agrees",
    "quantity_missing",
    "exact",
    "is_answer",
    "is_premise",
    "is_unknown",
    "is_actor",
    "is_intent",
    "is_ambiguous",
)
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
    def load(cls, path: Path = WEIGHTS) -> Weights:
        """Weights from their JSON file."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["rank"], data["confidence"], data["thresholds"])

    def row(self) -> tuple[float, ...]:
        """Ranking weights in the order of SIGNALS."""
        return tuple(float(self.rank.get(name, 0.0)) for name in SIGNALS)


def rank(index: Index, found: Canonical, row: tuple[float, ...], *, most: int = 14) -> list[Candidate]:
    """The likeliest entries, best first."""
    vector = index.vector(found.features)
    total = sum(vector.values()) or 1.0
    dots = {f: w * found.features[f] * index.idf.get(f, 0.0) for f, w in vector.items()}
    candidates = []
    for at, likeness in index.nearest(vector, most=most):
        entry = index.entries[at]
        signals = _signals(entry, found, vector, dots, total, likeness)
        score = sum(w * s for w, s in zip(row, signals, strict=True))
        candidates.append(Candidate(entry, score, signals))
    candidates.sort(key=lambda c: -c.score)
    return candidates


def _signals(
    entry: Entry,
    found: Canonical,
    vector: Mapping[str, float],
    dots: Mapping[str, float],
    total: float,
    likeness: float,
) -> tuple[float, ...]:
    best, second = _examples(entry, dots)
    profile, text = entry.profile, entry.text_features
    covered = sum(w for f, w in vector.items() if f in profile)
    in_text = sum(w for f, w in vector.items() if f in text)
    weight = sum(profile.get(f, 0.0) for f in vector)
    actors = found.actors
    missing = sum(a not in entry.known_actors for a in actors)
    concepts = found.concepts
    shared = sum(("~" + c) in profile for c in concepts)
    return (
        best,
        second,
        likeness,
        covered / total,
        in_text / total,
        min(1.0, weight / 3.0),
        (len(actors) - missing) / len(actors) if actors else 0.5,
        float(min(missing, 2)),
        float(any(o not in profile for o in found.outside)),
        shared / len(concepts) if concepts else 0.5,
        profile.get("?" + found.slot, -0.05) * 4 if found.slot else 0.0,
        float(any(f.startswith(_SPECIAL) and f not in profile for f in vector)),
        float(best > 0.97),
        float(entry.kind is EntryKind.ANSWER),
        float(entry.kind is EntryKind.PREMISE),
        float(entry.kind is EntryKind.UNKNOWN),
        float(entry.kind is EntryKind.ACTOR),
        float(entry.kind is EntryKind.INTENT),
        float(entry.kind is EntryKind.AMBIGUOUS),
    )


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
