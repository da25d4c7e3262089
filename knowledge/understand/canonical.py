"""Text -> Canonical: names, concepts, slot, quantities and times, in one token whatever the language or spelling."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from knowledge.model import Dossier, Lang, Slot
from knowledge.names import Mention, Names
from knowledge.understand.lexicon import Lexicon, Word, script, stem, variants
from knowledge.understand.quantities import Quantity, quantity
from knowledge.understand.text import Token, clean, language, tokens

ENTITY_WEIGHT, CONCEPT_WEIGHT, WORD_WEIGHT, GRAM_WEIGHT, SLOT_WEIGHT = 1.2, 1.0, 0.7, 0.25, 0.5
# How far into a text pairs of what it says are made: a question is shorter, a paragraph longer.
_ORDERED = 16
_SPELLED = 5000
# "may" and "march" are months only where a preposition of time stands before them.
_BEFORE_MONTH = frozenset("in since until till by last early late mid during before after from of".split())
_DOUBTFUL_MONTHS = {"may": "5", "march": "3"}
OUTSIDER = "!"
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(slots=True)
class Canonical:
    """What a text says, in the base's own terms."""

    text: str
    lang: Lang
    words: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, ...]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    concepts: set[str] = field(default_factory=set)
    slot: Slot | None = None
    quantities: list[Quantity] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    negated: bool = False
    content: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)

    def pairs(self) -> list[str]:
        """What follows what: who does what to whom, for the linear model."""
        return [_pair(one, other) for one, other in pairwise(("^", *self.order[:_ORDERED], "$"))]

    def summary(self) -> str:
        """The canonical form in one line, for a curator."""
        return " ".join(sorted(self.features, key=lambda f: -self.features[f]))


class Canonicaliser:
    """Turns texts into Canonical form for one dossier."""

    def __init__(self, dossier: Dossier, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = Names(dossier, lexicon)
        self._vocabulary: set[str] = set()
        self._buckets: dict[tuple[str, int], list[str]] = {}
        self._spelled: dict[str, str] = {}
        self.learn(self.names.vocabulary() | lexicon.vocabulary())

    def learn(self, words: Iterable[str]) -> None:
        """Add words of the base, towards which spelling is corrected."""
        for word in sorted(set(words) - self._vocabulary):
            if not word.isdigit():
                self._vocabulary.add(word)
                self._buckets.setdefault((word[0], len(word)), []).append(word)
                self._spelled.clear()

    def forget(self) -> None:
        """Drop what was kept of single words: after a whole base was read, more than questions will ask for."""
        self.lexicon.forget()
        _word_features.cache_clear()

    def knows(self, word: str) -> bool:
        """Whether a folded word is in the base's vocabulary."""
        return word in self._vocabulary

    def read(self, raw: str, *, lang: Lang | None = None, correct: bool = True) -> Canonical:
        """Canonical form of any text; never fails, whatever the text."""
        text = clean(raw)
        found = Canonical(text, lang or language(text))
        found.tokens = tokens(text)
        if correct:
            self._correct(found)
        found.words = [t.text for t in found.tokens]
        infos = self.lexicon.words(found.words, found.lang)
        found.mentions = self.names.find(found.tokens, text, found.lang, [info.forms for info in infos])
        found.slot = self.lexicon.slot(found.words, found.lang)
        self._names(found)
        self._words(found, infos)
        found.features = self._features(found)
        return found

    def _correct(self, found: Canonical) -> None:
        for at, token in enumerate(found.tokens):
            spelled = self._spelling(token.text, found.lang)
            if spelled != token.text:
                found.corrected[token.text] = spelled
                found.tokens[at] = Token(spelled, token.start, token.end)

    def _spelling(self, word: str, lang: Lang) -> str:
        if len(word) < 4 or word in self._vocabulary or not word.isalpha() or script(word) != "la":
            return word
        if lang == "tr" or word in self.lexicon.everyday or self.lexicon.knows(word, lang):
            return word
        known = self._spelled.get(word)
        if known is None:
            if len(self._spelled) >= _SPELLED:
                self._spelled.clear()
            known = self._spelled[word] = self._nearest(word)
        return known

    def _nearest(self, word: str) -> str:
        allowed = 1 if len(word) < 7 else 2
        best, least = word, allowed + 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate in self._buckets.get((word[0], length), ()):
                distance = OSA.distance(word, candidate, score_cutoff=least - 1)
                if distance < least:
                    best, least = candidate, distance
        return best

    def _names(self, found: Canonical) -> None:
        for mention in found.mentions:
            if mention.outside:
                found.outside.append(mention.ids[0])
            elif len(mention.ids) > 1:
                found.ambiguous.append(mention.ids)
            elif mention.ids[0] not in found.actors:
                found.actors.append(mention.ids[0])

    def _words(self, found: Canonical, infos: Sequence[Word]) -> None:
        covered = {i: m for m in found.mentions for i in range(m.first, m.last + 1)}
        stems = [info.stem for info in infos]
        in_phrase = in_number = -1
        for at, info in enumerate(infos):
            if at <= in_number:
                continue
            if at > in_phrase and (phrase := self.lexicon.phrase(stems, at)):
                found.concepts.update(phrase[1])
                in_phrase = at + phrase[0] - 1
                if at not in covered:
                    found.order.append(_joined("~", tuple(phrase[1])))
            if mention := covered.get(at):
                if at == mention.first:
                    found.order.append(OUTSIDER if mention.outside else _joined("@", mention.ids))
            else:
                in_number = self._word(found, at, info, in_phrase=at <= in_phrase)

    def _word(self, found: Canonical, at: int, info: Word, *, in_phrase: bool) -> int:
        """Take in one word, or a number of several; where it ends."""
        found.negated = found.negated or info.negates
        if info.month:
            found.months.append(info.month)
            found.order.append("m")
        elif info.text in _DOUBTFUL_MONTHS and at and found.words[at - 1] in _BEFORE_MONTH:
            found.months.append(_DOUBTFUL_MONTHS[info.text])
            found.order.append("m")
        elif info.weekday:
            found.weekdays.append(info.weekday)
            found.order.append("d")
        elif info.numeric and (number := quantity(found.words, at, self.lexicon, found.lang)):
            if _YEAR.match(info.text):
                found.years.append(info.text)
            else:
                found.quantities.append(number)
            found.order.append("#")
            return at + number.length - 1
        else:
            self._content(found, info, in_phrase=in_phrase)
        return at

    def _content(self, found: Canonical, info: Word, *, in_phrase: bool) -> None:
        if not in_phrase:
            found.concepts.update(info.concepts)
            self._place(found, info)
        if info.empty:
            return
        found.content.append(info.text)
        if not info.concepts and not info.unit and self._vocabulary.isdisjoint(info.forms):
            found.unknown.append(info.text)

    def _place(self, found: Canonical, info: Word) -> None:
        """The word's place in the order of what is said; a filler has none."""
        if info.concepts:
            found.order.append(_joined("~", info.concepts))
        elif info.text in self.lexicon.question_words[found.lang]:
            found.order.append(_marked("?", info.text))
        elif info.negates:
            found.order.append("not")
        elif info.text in self.lexicon.relations[found.lang]:
            found.order.append(info.text)
        elif not info.empty:
            found.order.append(_marked("w:", info.stem if found.lang == "en" else min(info.forms, key=len)))

    def _features(self, found: Canonical) -> dict[str, float]:
        features = dict.fromkeys([_marked("@", actor) for actor in found.actors], ENTITY_WEIGHT)
        for ids in found.ambiguous:
            for actor in ids:
                features.setdefault(_marked("@", actor), ENTITY_WEIGHT / len(ids))
        if found.outside:
            features |= dict.fromkeys((*found.outside, "!"), ENTITY_WEIGHT)
        features |= dict.fromkeys([_marked("~", concept) for concept in found.concepts], CONCEPT_WEIGHT)
        if found.slot:
            features[_marked("?", found.slot)] = SLOT_WEIGHT
        features |= dict.fromkeys(_special(found), CONCEPT_WEIGHT)
        for word in found.content:
            for feature, weight in _word_features(word, found.lang):
                features[feature] = weight
        return features


@lru_cache(maxsize=4096)
def _marked(kind: str, name: str) -> str:
    """A feature's name; always the same object, which is found faster in the base's tables."""
    return sys.intern(kind + name)


@lru_cache(maxsize=4096)
def _joined(kind: str, names: tuple[str, ...]) -> str:
    return sys.intern(kind + "/".join(names))


@lru_cache(maxsize=65536)
def _pair(one: str, other: str) -> str:
    return sys.intern(f"{one}>{other}")


def _special(found: Canonical) -> list[str]:
    """Quantities, months, weekdays and years as features."""
    rows = [sys.intern(f"#{quantity.amount:g}") for quantity in found.quantities]
    for kind, values in (("m", found.months), ("d", found.weekdays), ("y", found.years)):
        rows += [_marked(f"{kind}:", value) for value in values]
    return rows


@lru_cache(maxsize=32768)
def _word_features(word: str, lang: Lang) -> tuple[tuple[str, float], ...]:
    kind = script(word)
    if kind == "la" and lang != "tr":
        return ((sys.intern("w:" + stem(word)), WORD_WEIGHT),)
    shortest = min(variants(word, lang), key=len)
    size = 2 if kind == "ko" else 4
    grams = [(sys.intern("g:" + gram), GRAM_WEIGHT) for gram in _grams(word, size)]
    return ((sys.intern("w:" + shortest), WORD_WEIGHT), *grams)


def _grams(word: str, size: int) -> list[str]:
    return [word[i : i + size] for i in range(max(1, len(word) - size + 1))]
