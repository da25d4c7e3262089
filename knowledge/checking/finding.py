"""What a check finds: the verdict on one sentence, the facts it was held against, and the words that differ."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Verdict


@dataclass(frozen=True, slots=True)
class Gap:
    """Differing words: the reader's own, and the source's. `yours` is empty for something that is missing."""

    yours: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one sentence."""

    claim: str
    verdict: Verdict
    facts: tuple[str, ...]
    differences: tuple[Gap, ...]
    note: str
