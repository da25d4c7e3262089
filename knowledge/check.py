"""A sentence against the facts: supported, stronger, contradicted, not in the source, or undecidable."""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from knowledge.checking.base import Base
from knowledge.checking.claimed import Claimed
from knowledge.checking.clauses import clauses
from knowledge.checking.finding import Finding, Gap
from knowledge.checking.notes import note
from knowledge.checking.sentences import sentences
from knowledge.checking.verdict import Judged, combine, judge
from knowledge.model import Verdict
from knowledge.understand.reader import Reader

__all__ = ["Finding", "Gap", "check_text"]

_ASKS, _LEAST = ("?", "؟"), 2
_BUILDING = Lock()
_BASES: WeakKeyDictionary[Reader, Base] = WeakKeyDictionary()


def check_text(reader: Reader, text: str) -> list[Finding]:
    """Every sentence of a text with its verdict; one finding at least, at most twenty."""
    return check_with(base_of(reader), text)


def check_with(base: Base, text: str, *, itself: bool = True) -> list[Finding]:
    """As check_text; `itself=False` holds a worked claim against all the others but not against itself."""
    found = [_check(base, sentence, itself) for sentence in sentences(text)]
    return found or [Finding("", Verdict.CANNOT_TELL, (), (), "There is no sentence to check.")]


def base_of(reader: Reader) -> Base:
    """The reader's facts as a check needs them, built on first use; who comes while they are being built waits."""
    base = _BASES.get(reader)
    if base is not None:
        return base
    with _BUILDING:
        base = _BASES.get(reader)
        if base is None:
            base = _BASES[reader] = Base(reader)
        return base


def _check(base: Base, sentence: str, itself: bool) -> Finding:
    claimed = base.parse(sentence)
    if sentence.rstrip().endswith(_ASKS) or len(claimed.canonical.words) < _LEAST:
        return Finding(sentence, Verdict.CANNOT_TELL, (), (), "This is no statement that can be checked.")
    whole = judge(base, claimed, itself=itself)
    judged = combine(whole, _parts(base, claimed, whole, itself))
    return Finding(
        sentence, judged.verdict, judged.facts, judged.gaps, note(base, claimed, judged.verdict, judged.facts)
    )


def _parts(base: Base, claimed: Claimed, whole: Judged, itself: bool) -> list[Judged]:
    """The statements of a joined sentence judged, as far as they can still change the verdict on the whole."""
    found: list[Judged] = []
    if whole.verdict in {Verdict.STRONGER, Verdict.CANNOT_TELL}:
        return found
    for clause in clauses(claimed):
        found.append(judge(base, base.parse(clause), itself=itself))
        if Verdict.SUPPORTED not in {whole.verdict, found[-1].verdict}:
            return []
    return found
