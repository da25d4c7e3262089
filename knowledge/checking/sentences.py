"""A pasted paragraph -> sentences in the reader's own words; nothing is executed, echoed as format or unbounded."""

from __future__ import annotations

import re

from knowledge.understand.text import clean

MAX_SENTENCES = 20
_MAX_CHARS = 12_000
_END = re.compile(r"(?<=[.!?。؟…])[\"'”’)\]]*\s+|[\r\n]+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|Gen|Col|Lt|Sen|Rep|Gov|Jr|Sr|U\.S|U\.N|U\.K|[ap]\.m|e\.g|i\.e)\.$"
)
_WORD = re.compile(r"[^\W_]")
_EDGES = "\"'“”‘’«»*_>•-– \t"


def sentences(text: str) -> list[str]:
    """At most MAX_SENTENCES sentences that hold a word, each tidied to one line."""
    found: list[str] = []
    for part in _parts(text[:_MAX_CHARS]):
        line = clean(part)
        if _WORD.search(line):
            found.append(_trim(line))
        if len(found) == MAX_SENTENCES:
            break
    return found


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    at = 0
    for match in _END.finditer(text):
        if "\n" in match.group() or not _ABBREVIATED.search(text[at : match.start()]):
            parts.append(text[at : match.end()])
            at = match.end()
    return [*parts, text[at:]]


def _trim(line: str) -> str:
    """Quotation marks that enclose the whole sentence, and list marks before it, are not the reader's words."""
    stripped = line.strip(_EDGES)
    if line.count('"') == 1 or line[:1] in "“«\"'‘*_>•-–":
        return stripped or line
    return line
