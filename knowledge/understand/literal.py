"""Texts that stand in the data word for word, and what that settles."""

from __future__ import annotations

from functools import lru_cache

from knowledge.understand.canonical import Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.rank import SIGNALS, Candidate

EXACT = SIGNALS.index("exact")


def needless(entry: Entry, found: Canonical) -> bool:
    """Whether an entry would ask which name is meant although every name in the text is clear."""
    clear = entry.kind is EntryKind.AMBIGUOUS and bool(found.actors) and not found.ambiguous
    return clear and not verbatim(entry, found)


def asks_back(candidate: Candidate, found: Canonical) -> bool:
    """Whether the text is one that the curator holds for unclear, word for word."""
    entry = candidate.entry
    return entry.kind is EntryKind.AMBIGUOUS and bool(candidate.signals[EXACT]) and verbatim(entry, found)


def verbatim(entry: Entry, found: Canonical) -> bool:
    """Whether the text is one of the entry's examples, case and punctuation apart."""
    return _letters(found.text) in _spelled(getattr(entry.examples, found.lang))


@lru_cache(maxsize=256)
def _spelled(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_letters, texts))


def _letters(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
