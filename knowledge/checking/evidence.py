"""One difference between a claim and a fact."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.checking.finding import Gap
from knowledge.model import Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """Its kind, the verdict it speaks for, the words on both sides, and the fact."""

    kind: str
    verdict: Verdict
    gap: Gap
    fact: str
    act: str = ""
