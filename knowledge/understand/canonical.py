"""Text -> Canonical: names, concepts, slot, quantities and times, in one token whatever the language or spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.model import Dossier, Lang, Slot
from knowledge.names import Mention, Names
from knowledge.understand.lexicon import Lexicon, script, stem, variants
from knowledge.understand.text import Token, clean, language, tokens

ENTITY_WEIGHT, CONCEPT_WEIGHT, WORD_WEIGHT, GRAM_WEIGHT, SLOT_WEIGHT = 1.2, 1.0, 0.7, 0.25, 0.5
_NUMBER = re.compile(r"^(\$?)(\d+(?:[.,]\d+)*)(m|mn|bn|k)?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_ATTACHED = re.compile(r"^(\d+)([^\W\d_]+)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as compared: 10 million dollars is (10000000, USD)."""

    amount: float
    unit: str | None
    at: int


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
    features: dict[str, float] = field(default_factory=dict)

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
        for word in set(words) - self._vocabulary:
            if not word.isdigit():
                self._vocabulary.add(word)
                self._buckets.setdefault((word[0], len(word)), []).append(word)
        self._spelled.clear()

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
        found.mentions = self.names.find(found.tokens, text, found.lang)
        found.slot = self.lexicon.slot(found.words, found.lang)
        self._names(found)
        self._words(found)
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
        if lang == "tr" or self.lexicon.knows(word, lang):
            return word
        known = self._spelled.get(word)
        if known is None:
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

    def _words(self, found: Canonical) -> None:
        covered = {i for m in found.mentions for i in range(m.first, m.last + 1)}
        stems = [stem(w) if script(w) == "la" and found.lang != "tr" else w for w in found.words]
        at = 0
        while at < len(found.words):
            phrase = self.lexicon.phrase(stems, at)
            if phrase:
                found.concepts.update(phrase[1])
            if at not in covered:
                self._word(found, at)
            at += 1

    def _word(self, found: Canonical, at: int) -> None:
        word = found.words[at]
        lexicon = self.lexicon
        if word in lexicon.negation[found.lang] or word.endswith("nt") and word in lexicon.negation["en"]:
            found.negated = True
        if number := _number(found.words, at, lexicon):
            if _YEAR.match(word):
                found.years.append(word)
            else:
                found.quantities.append(number)
            return
        for form in variants(word, found.lang):
            if form in lexicon.months:
                found.months.append(lexicon.months[form])
                return
            if form in lexicon.weekdays:
                found.weekdays.append(lexicon.weekdays[form])
                return
        self._content(found, word)

    def _content(self, found: Canonical, word: str) -> None:
        lexicon, lang = self.lexicon, found.lang
        stopped = any(form in lexicon.stop[lang] for form in variants(word, lang))
        concepts = lexicon.concepts(word, lang)
        found.concepts.update(concepts)
        if stopped or len(word) < 2:
            return
        if word in lexicon.question_words[lang]:
            return
        found.content.append(word)
        if not concepts and word not in lexicon.units and not any(form in self._vocabulary for form in variants(word, lang)):
            found.unknown.append(word)

    def _features(self, found: Canonical) -> dict[str, float]:
        features: dict[str, float] = {}
        for actor in found.actors:
            features["@" + actor] = ENTITY_WEIGHT
        for ids in found.ambiguous:
            for actor in ids:
                features.setdefault("@" + actor, ENTITY_WEIGHT / len(ids))
        for outsider in found.outside:
            features[outsider] = features["!"] = ENTITY_WEIGHT
        for concept in found.concepts:
            features["~" + concept] = CONCEPT_WEIGHT
        if found.slot:
            features["?" + found.slot] = SLOT_WEIGHT
        for quantity in found.quantities:
            features[f"#{quantity.amount:g}"] = CONCEPT_WEIGHT
        for kind, values in (("m", found.months), ("d", found.weekdays), ("y", found.years)):
            for value in values:
                features[f"{kind}:{value}"] = CONCEPT_WEIGHT
        for word in found.content:
            for feature, weight in _word_features(word, found.lang):
                features[feature] = max(features.get(feature, 0.0), weight)
        return features


@lru_cache(maxsize=32768)
def _word_features(word: str, lang: Lang) -> tuple[tuple[str, float], ...]:
    kind = script(word)
    rows = []
    if kind == "la" and lang != "tr":
        rows.append(("w:" + stem(word), WORD_WEIGHT))
        return tuple(rows)
    shortest = variants(word, lang)[-1] if kind == "ko" else word
    size = 2 if kind == "ko" else 4
    rows.append(("w:" + shortest, WORD_WEIGHT))
    rows += [("g:" + gram, GRAM_WEIGHT) for gram in _grams(word, size)]
    return tuple(rows)


def _grams(word: str, size: int) -> list[str]:
    return [word[i : i + size] for i in range(max(1, len(word) - size + 1))]


def _number(words: Sequence[str], at: int, lexicon: Lexicon) -> Quantity | None:
    word = words[at]
    match = _NUMBER.match(word)
    following = words[at + 1 : at + 4]
    if match:
        amount, unit = _amount(match.group(2)), "USD" if match.group(1) else None
        if match.group(3):
            amount *= lexicon.scales[match.group(3)]
    elif word in lexicon.numbers:
        amount, unit = lexicon.numbers[word], None
    elif attached := _ATTACHED.match(word):
        amount, unit = float(attached.group(1)), None
        following = [attached.group(2), *following]
    else:
        return None
    return Quantity(*_unit(amount, unit, following, lexicon), at)


def _unit(amount: float, unit: str | None, following: Sequence[str], lexicon: Lexicon) -> tuple[float, str | None]:
    for word in following:
        beginnings = [word[:size] for size in range(len(word), 0, -1)]
        scale = next((b for b in beginnings if b in lexicon.scales), None)
        if scale and len(scale) > (0 if script(word) != "la" else 1) and amount < lexicon.scales[scale]:
            amount *= lexicon.scales[scale]
            unit = unit or lexicon.units.get(word[len(scale) :])
            continue
        closed = beginnings if script(word) == "ko" else variants(word, "tr")
        unit = unit or next((lexicon.units[b] for b in closed if b in lexicon.units), None)
        if unit:
            break
    return amount, unit


def _amount(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))
