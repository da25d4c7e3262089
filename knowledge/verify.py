"""Whether the newsroom's copy of the source still says what the facts rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from knowledge.model import Dossier, Fact, Label, Passage, Span

OPENING, CLOSING = "\"'‘“«「", "\"'’”»」"
LEAST_STRETCH = 12  # characters; shorter gaps between spans are joints such as "and" or a comma
PARAGRAPH = re.compile(r"p(\d+)")


class SourceMissingError(Exception):
    """There is no copy of the document to verify against."""


@dataclass(frozen=True)
class Drift:
    """A passage or span whose text is no longer where the dossier has it; `moved_to` is where it is now."""

    fact: str | None
    place: str
    moved_to: int | None

    def __str__(self) -> str:
        now = "is no longer in the document" if self.moved_to is None else f"is now at character {self.moved_to}"
        who = f"{self.fact}: the passage in {self.place}" if self.fact else f"{self.place}: the passage"
        return f"{who} {now}"


@dataclass(frozen=True)
class Stretch:
    """Characters of a substantive sentence that no fact carries."""

    place: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.place}: characters {self.start} to {self.end} are carried by no fact"


@dataclass(frozen=True)
class Verification:
    """What a check of the dossier against the document found."""

    same_document: bool
    passages: int
    substantive: int
    spans: int
    changed: tuple[Drift, ...]
    uncarried: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    unquoted: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every fact rests on the document as it is."""
        return self.same_document and not (self.changed or self.uncarried or self.unquoted)

    @property
    def carried(self) -> int:
        """Substantive sentences that a fact carries."""
        return self.substantive - len(self.uncarried)

    def problems(self) -> Iterator[str]:
        """One line for each thing that does not hold."""
        if not self.same_document:
            yield "the document is not the one that was read: its SHA-256 differs"
        yield from map(str, self.changed)
        yield from (f"{place}: no fact carries this sentence" for place in self.uncarried)
        yield from self.unquoted


def source_text(dossier: Dossier, folder: Path) -> str | None:
    """The document, only if it is the very one that the dossier was made from."""
    file = _file(dossier, folder)
    data = file.read_bytes() if file.is_file() else b""
    return data.decode("utf-8") if sha256(data).hexdigest() == dossier.source.sha256 else None


def verify(dossier: Dossier, folder: Path) -> Verification:
    """Compare hashes of document, passages and spans, the coverage and the quotations."""
    file = _file(dossier, folder)
    if not file.is_file():
        raise SourceMissingError(f"no copy of {file.name} in {folder}")
    data = file.read_bytes()
    text, source = data.decode("utf-8", errors="replace"), dossier.source
    return Verification(
        same_document=sha256(data).hexdigest() == source.sha256,
        passages=len(source.passages),
        substantive=sum(passage.substantive for passage in source.passages),
        spans=sum(len(fact.spans) for fact in dossier.facts),
        changed=tuple(_drifts(dossier, text)),
        uncarried=tuple(_uncarried(dossier)),
        stretches=tuple(_stretches(dossier)),
        unquoted=tuple(line for fact in dossier.facts for line in _unquoted(fact, text)),
    )


def passages_at(dossier: Dossier, start: int, end: int) -> tuple[Passage, ...]:
    """The sentences of the source that [start, end) touches, in order."""
    return tuple(passage for passage in dossier.source.passages if passage.start < end and start < passage.end)


def passage_of(dossier: Dossier, span: Span | tuple[int, int]) -> str:
    """Where a span lies: 'headline', 'paragraph 1, sentence 3', 'paragraph 2, sentences 1 to 2'."""
    start, end = span if isinstance(span, tuple) else (span.start, span.end)
    passages = passages_at(dossier, start, end)
    if not passages:
        return f"characters {start} to {end}"
    first, last = passages[0], passages[-1]
    place = _paragraph(first)
    if not PARAGRAPH.fullmatch(first.paragraph):
        return place
    if first.paragraph == last.paragraph and first.sentence != last.sentence:
        return f"{place}, sentences {first.sentence} to {last.sentence}"
    return f"{place}, sentence {first.sentence}"


def _paragraph(passage: Passage) -> str:
    numbered = PARAGRAPH.fullmatch(passage.paragraph)
    if numbered:
        return f"paragraph {numbered[1]}"
    return re.sub(r"(?<=\w)(\d+)$", r" (\1)", passage.paragraph).replace("-", " ")


def _file(dossier: Dossier, folder: Path) -> Path:
    return folder / Path(dossier.source.file).name


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _drifts(dossier: Dossier, text: str) -> Iterator[Drift]:
    owned: list[tuple[str | None, Span]] = [(None, passage) for passage in dossier.source.passages]
    owned += [(fact.id, span) for fact in dossier.facts for span in fact.spans]
    changed = [(fact, span) for fact, span in owned if _digest(text[span.start : span.end]) != span.sha256]
    found = _find([span for _, span in changed], text)
    for fact, span in changed:
        yield Drift(fact, passage_of(dossier, span), found.get(span.sha256))


def _find(spans: Sequence[Span], text: str) -> dict[str, int]:
    """Where the texts of spans stand now, by hash: every window of a span's length is tried."""
    wanted: dict[int, set[str]] = {}
    for span in spans:
        wanted.setdefault(span.end - span.start, set()).add(span.sha256)
    found: dict[str, int] = {}
    for length, hashes in wanted.items():
        for start in range(len(text) - length + 1):
            digest = _digest(text[start : start + length])
            if digest in hashes:
                found.setdefault(digest, start)
    return found


def _carriers(dossier: Dossier) -> list[Span]:
    """Spans of facts that the source itself states."""
    facts = (fact for fact in dossier.facts if fact.label is not Label.DERIVED)
    return sorted((span for fact in facts for span in fact.spans), key=lambda span: span.start)


def _gaps(passage: Passage, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The parts of a passage outside all spans, which come sorted by start."""
    at = passage.start
    for span in spans:
        if span.start >= passage.end:
            break
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < passage.end:
        yield at, passage.end


def _uncarried(dossier: Dossier) -> Iterator[str]:
    spans = _carriers(dossier)
    for passage in dossier.source.passages:
        touched = any(span.start < passage.end and passage.start < span.end for span in spans)
        if passage.substantive and not touched:
            yield passage_of(dossier, passage)


def _stretches(dossier: Dossier) -> Iterator[Stretch]:
    spans, uncarried = _carriers(dossier), set(_uncarried(dossier))
    for passage in dossier.source.passages:
        place = passage_of(dossier, passage)
        if passage.substantive and place not in uncarried:
            gaps = _gaps(passage, spans)
            yield from (Stretch(place, start, end) for start, end in gaps if end - start >= LEAST_STRETCH)


def _unquoted(fact: Fact, text: str) -> Iterator[str]:
    """Quotations that the source does not itself put in quotation marks inside the fact's spans."""
    spans = [text[span.start : span.end] for span in fact.spans]
    intact = all(_digest(own) == span.sha256 for own, span in zip(spans, fact.spans, strict=True))
    for quote in fact.quotes:
        pattern = f"[{OPENING}]{re.escape(quote.text)}[.,!?]?[{CLOSING}]"
        if not any(re.search(pattern, place) for place in (spans if intact else [text])):
            yield f"{fact.id}: “{quote.text}” is not in quotation marks in the source"
