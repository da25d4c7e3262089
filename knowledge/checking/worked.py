"""Worked claims of the dossier as nearest-neighbour evidence: a signal beside structure, never instead of it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.checking.claimed import Claimed, parse
from knowledge.checking.cues import CheckLexicon
from knowledge.model import Claim, Verdict
from knowledge.understand.reader import Reader

_ALIKE = 0.6
_ACT, _RUNG, _MARK, _FIRST, _PAIR = 1.3, 0.9, 0.6, 1.0, 0.8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A worked claim and how like it the sentence is, 0 to 1."""

    claim: Claim
    likeness: float
    key: frozenset[str]


class Worked:
    """The dossier's worked claims, indexed."""

    def __init__(self, reader: Reader, lexicon: CheckLexicon) -> None:
        self.claims = reader.dossier.claims
        parsed = [parse(claim.text, reader.canonicaliser, lexicon, correct=False) for claim in self.claims]
        rows = [features(found) for found in parsed]
        self._acts = [found.act_names() for found in parsed]
        self._marks = [claim_key(found) for found in parsed]
        self._keys = [tuple(found.words) for found in parsed]
        seen = Counter(feature for row in rows for feature in row)
        total = len(rows)
        self._idf = {feature: math.log((total + 1) / (times + 0.5)) for feature, times in seen.items()}
        self._unseen = math.log(total + 2)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, row in enumerate(rows):
            for feature, weight in self._unit(row).items():
                self._postings.setdefault(feature, []).append((number, weight))

    def nearest(self, claimed: Claimed, *, most: int = 6, itself: bool = True) -> list[Neighbour]:
        """The likest worked claims; `itself=False` leaves out one with the same words."""
        likeness: dict[int, float] = {}
        for feature, weight in self._unit(features(claimed)).items():
            for number, other in self._postings.get(feature, ()):
                likeness[number] = likeness.get(number, 0.0) + weight * other
        key = tuple(claimed.words)
        best = sorted(likeness, key=lambda n: -likeness[n])[: most + 2]
        return [Neighbour(self.claims[n], likeness[n], self._marks[n]) for n in best if itself or self._keys[n] != key][
            :most
        ]

    def undecided(self, claimed: Claimed, *, itself: bool = True) -> bool:
        """Whether worked claims about just these names, figures and acts can none of them be settled."""
        key, words, acts = claim_key(claimed), tuple(claimed.words), claimed.act_names()
        if not key:
            return False
        alike = [
            (len(acts & other) / max(1, len(acts | other)), claim.verdict)
            for claim, mark, own, other in zip(self.claims, self._marks, self._keys, self._acts, strict=True)
            if mark == key and (itself or own != words)
        ]
        open_ = max((share for share, verdict in alike if verdict is Verdict.CANNOT_TELL), default=-1.0)
        other = max((share for share, verdict in alike if verdict is not Verdict.CANNOT_TELL), default=-1.0)
        return open_ >= 0 and ((other < 0 and len(key) > 1) or (open_ >= _ALIKE and open_ > other))

    def same(self, claimed: Claimed) -> Claim | None:
        """A worked claim with exactly these words."""
        key = tuple(claimed.words)
        return next((claim for claim, own in zip(self.claims, self._keys, strict=True) if own == key), None)

    def _unit(self, row: Mapping[str, float]) -> dict[str, float]:
        weights = {feature: value * self._idf.get(feature, self._unseen) for feature, value in row.items()}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {feature: w / norm for feature, w in weights.items()}


def claim_key(claimed: Claimed) -> frozenset[str]:
    """Who, when and how much: what two claims must share before one may decide the other."""
    canonical = claimed.canonical
    amounts = [f"#{q.amount:g}" for q in canonical.quantities]
    times = [
        f"{kind}{value}"
        for kind, values in (("m", canonical.months), ("d", canonical.weekdays), ("y", canonical.years))
        for value in values
    ]
    times += [cue.name for cue in claimed.relative]
    names = ["/".join(ids) for ids in canonical.ambiguous]
    return frozenset((*canonical.actors, *canonical.outside, *names, *amounts, *times))


def features(claimed: Claimed) -> dict[str, float]:
    """What two claims are compared on: words and concepts, acts, hedges, attribution and the order of names."""
    row = dict(claimed.canonical.features)
    for cue in claimed.acts:
        row["a:" + cue.name] = _ACT
    for cue in claimed.rungs:
        row["r:" + cue.name] = _RUNG
    for mark in claimed.marks:
        row["k:" + mark.name] = _MARK
    names = claimed.mentions
    if names:
        row["first:" + names[0].ids[0]] = _FIRST
    for one, other in itertools.pairwise(names):
        row[f"order:{one.ids[0]}>{other.ids[0]}"] = _PAIR
    return row
