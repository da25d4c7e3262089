"""Questions that put a sentence to be checked: \"can I write that …?\". The openings are data in claim_frames.yaml."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.understand.lexicon import read_words
from knowledge.understand.text import fold

_QUOTED = re.compile("[\"\u201c\u2018\u00ab']{1}(.{12,}?)[\"\u201d\u2019\u00bb']{1}[\\s?.!]*$")
_LEAST = 3


def claim_in(line: str) -> str | None:
    """The sentence that a line asks to have checked; None where it asks something else."""
    words = line.split()
    folded = [fold(word.strip(".,:;?!\"'\u201c\u201d\u2018\u2019")) for word in words]
    openings, closings = _frames()
    opening = next((n for n in range(min(9, len(folded)), 1, -1) if tuple(folded[:n]) in openings), 0)
    closing = next((n for n in range(min(4, len(folded)), 1, -1) if tuple(folded[-n:]) in closings), 0)
    if not opening and not closing:
        return None
    rest = words[opening : len(words) - closing] if closing else words[opening:]
    claim = " ".join(rest).strip(" ?:,")
    quoted = _QUOTED.search(" ".join(words[opening:]))
    claim = quoted.group(1) if quoted else claim
    return claim if len(claim.split()) >= _LEAST else None


@lru_cache(maxsize=1)
def _frames() -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    data = read_words("claim_frames.yaml")
    closings = [phrase for phrase in data["closing"] if " " in phrase]
    openings = [phrase for lang, rows in data.items() if lang != "closing" for phrase in rows]
    return frozenset(map(_folded, openings)), frozenset(map(_folded, closings))


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in phrase.split())
