"""A sentence as the check sees it: names, acts, hedges, attribution, quantities and the reader's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.checking.cues import CheckLexicon, Cue, CueTable
from knowledge.checking.denials import denials, outright
from knowledge.checking.spelled import spelled
from knowledge.model import Lang
from knowledge.names import Mention
from knowledge.understand.canonical import Canonical, Canonicaliser
from knowledge.understand.quantities import Quantity
from knowledge.understand.text import Token, tokens

_FILLER = "a"
_WILL, _REACH = {"expectation.sure", "commitment.certain"}, 3
_QUOTED = re.compile("[\"“”«»]([^\"“”«»]{3,})[\"“”«»]|(?<![^\\s(])['‘]([^'‘’]{3,}?)['’](?![^\\W_])")


@dataclass(frozen=True, slots=True)
class Claimed:
    """One sentence, parsed."""

    text: str
    lang: Lang
    canonical: Canonical
    tokens: tuple[Token, ...]
    acts: tuple[Cue, ...]
    rungs: tuple[Cue, ...]
    marks: tuple[Cue, ...]
    relative: tuple[Cue, ...]
    quoted: tuple[str, ...]
    starts: Mapping[int, int]
    denials: tuple[Cue, ...]
    outright: tuple[Cue, ...]

    @property
    def words(self) -> list[str]:
        """Folded words as the reader spelled them."""
        return [token.text for token in self.tokens]

    @property
    def mentions(self) -> list[Mention]:
        """Names in the order of the sentence."""
        return self.canonical.mentions

    def meaning(self, among: frozenset[str]) -> Claimed:
        """The same with a name of several holders read as the one of them that belongs to a set."""
        read = [
            replace(m, ids=fit) if len(m.ids) > 1 and len(fit := tuple(i for i in m.ids if i in among)) == 1 else m
            for m in self.canonical.mentions
        ]
        return replace(self, canonical=replace(self.canonical, mentions=read))

    def act_names(self) -> frozenset[str]:
        """Names of the acts."""
        return frozenset(cue.name for cue in self.acts)

    def rung(self, ladder: str, order: Sequence[str]) -> int:
        """The highest rung of a ladder that the sentence stands on; -1 for none."""
        found = [order.index(cue.name.partition(".")[2]) for cue in self.rungs if cue.name.startswith(ladder + ".")]
        return max(found, default=-1)

    def said(self, first: int, last: int) -> str:
        """The reader's own words for a stretch of tokens."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def parse(
    text: str, canonicaliser: Canonicaliser, lexicon: CheckLexicon, *, lang: Lang | None = None, correct: bool = True
) -> Claimed:
    """A sentence parsed; never fails, whatever the text."""
    canonical = canonicaliser.read(text, lang=lang, correct=correct)
    starts = numbers(canonical, canonicaliser, lexicon)
    raw = tuple(tokens(canonical.text))
    words = [token.text for token in raw]
    readings = [words, *([canonical.words] if canonical.corrected else [])]
    found = canonical.lang
    return Claimed(
        canonical.text,
        found,
        canonical,
        raw,
        acts=longest(_cues(lexicon.acts, readings, found)),
        rungs=_tempered(_outside(longest(_rungs(lexicon, readings, found)), canonical, starts)),
        marks=tuple(_cues(lexicon.marks, readings, found)),
        relative=tuple(_cues(lexicon.relative, readings, found)),
        quoted=tuple(a or b for a, b in _QUOTED.findall(canonical.text)),
        starts=starts,
        denials=longest(denials(words, found, {at for m in canonical.mentions for at in range(m.first, m.last + 1)})),
        outright=tuple(outright(words, found)),
    )


def _outside(cues: Sequence[Cue], canonical: Canonical, starts: Mapping[int, int]) -> tuple[Cue, ...]:
    """Cues that are no part of a number, nor, where a beginning is enough, of a name."""
    named = canonical.mentions if canonical.lang == "ar" else []
    taken = {at for m in named for at in range(m.first, m.last + 1)}
    taken |= {at for last, first in starts.items() for at in range(first, last + 1)}
    return tuple(cue for cue in cues if cue.first not in taken)


def _rungs(lexicon: CheckLexicon, readings: Sequence[Sequence[str]], lang: Lang) -> list[Cue]:
    """Cues of the ladders, but for words that only begin like one."""
    like, words = lexicon.not_future.get(lang, ()), readings[0]
    found = _cues(lexicon.rungs, readings, lang)
    return [cue for cue in found if not (like and cue.last < len(words) and words[cue.last].startswith(like))]


def _tempered(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues, those that another governs read as that other: «might take part», «hopes it will help»."""
    return tuple(next((replace(cue, name=other.name) for other in cues if _governs(other, cue)), cue) for cue in cues)


def _governs(one: Cue, other: Cue) -> bool:
    if one.name == "commitment.possible" and other.name == "commitment.certain":
        return other.first == one.last + 1
    return one.name == "expectation.hoped" and other.name in _WILL and 0 < other.first - one.last <= _REACH


def _cues(table: CueTable, readings: Sequence[Sequence[str]], lang: Lang) -> list[Cue]:
    """Cues in the words as the reader spelled them, and as corrected: a correction may help, never take away."""
    return list(dict.fromkeys(cue for words in readings for cue in table.find(words, lang)))


def numbers(canonical: Canonical, canonicaliser: Canonicaliser, lexicon: CheckLexicon) -> dict[int, int]:
    """Quantities in words or with counters that the general lexicon lacks; the first token of each by its last."""
    found = spelled(canonical.words, canonical.lang, lexicon.number_words.get(canonical.lang, {}))
    if found:
        line = list(canonical.words)
        for (first, last), digits in found.items():
            line[first : last + 1] = [*([_FILLER] * (last - first)), digits]
        canonical.quantities = canonicaliser.read(" ".join(line), lang=canonical.lang, correct=False).quantities
    canonical.quantities = [
        _counted(q, canonical.words, lexicon.counters.get(canonical.lang, {}))
        for q in canonical.quantities
        if canonical.words[q.at] not in lexicon.not_numbers.get(canonical.lang, ())
    ]
    return {last: first for first, last in found}


def _counted(quantity: Quantity, words: Sequence[str], counters: Mapping[str, str]) -> Quantity:
    if quantity.unit or not counters:
        return quantity
    rest = words[quantity.at].lstrip("0123456789.,$") or next(iter(words[quantity.at + 1 : quantity.at + 2]), "")
    unit = next((unit for form, unit in counters.items() if rest.startswith(form)), None)
    return Quantity(quantity.amount, unit, quantity.at)


def longest(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues that no longer cue covers, in the order of the sentence."""
    kept = [
        cue
        for cue in cues
        if not any(
            o.first <= cue.first and cue.last <= o.last and o.last - o.first > cue.last - cue.first for o in cues
        )
    ]
    return tuple(sorted(set(kept), key=lambda cue: (cue.first, cue.last, cue.name)))
