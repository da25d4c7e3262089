"""A sentence against the facts: supported, stronger than the source, contradicted, not in the source, or undecidable."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from knowledge.checking.base import Base
from knowledge.checking.comparison import compare
from knowledge.checking.finding import Finding, Gap
from knowledge.checking.sentences import sentences
from knowledge.checking.verdict import decide
from knowledge.model import Verdict
from knowledge.understand.reader import Reader

__all__ = ["Finding", "Gap", "check_text"]

_BASES: WeakKeyDictionary[Reader, Base] = WeakKeyDictionary()


def check_text(reader: Reader, text: str) -> list[Finding]:
    """Every sentence of a text with its verdict; one finding at least, at most twenty."""
    return check_with(base_of(reader), text)


def check_with(base: Base, text: str, *, itself: bool = True) -> list[Finding]:
    """As check_text; `itself=False` holds a worked claim against all the others but not against itself."""
    found = [_check(base, sentence, itself) for sentence in sentences(text)]
    return found or [Finding("", Verdict.CANNOT_TELL, (), (), "There is no sentence to check.")]


def base_of(reader: Reader) -> Base:
    """The reader's facts as a check needs them, built on first use."""
    base = _BASES.get(reader)
    if base is None:
        base = _BASES[reader] = Base(reader)
    return base


def _check(base: Base, sentence: str, itself: bool) -> Finding:
    compared = compare(base, base.parse(sentence), itself=itself)
    verdict, held, gaps = decide(base, compared)
    facts = dict.fromkeys(known.fact.id for h in held for known in (h.known, *h.beside))
    return Finding(sentence, verdict, tuple(facts), gaps, "")
