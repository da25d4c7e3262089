"""The general lexicon: word -> concepts, slots, closed classes. Data lives in knowledge/lexicon/*.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import snowballstemmer
import yaml

from knowledge.model import LANGUAGES, Lang, Slot
from knowledge.understand.text import fold

FOLDER = Path(__file__).resolve().parent.parent / "lexicon"
_STEMMER = snowballstemmer.stemmer("english")
# The stemmer works on itself: two threads in it at once, one of them reloading, would give each other's stems.
_STEMMING = Lock()
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PREFIX = 2
_CACHED = 5000
_HEADER, _TO_THE = 2, 3


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """English stem of a folded word."""
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    with (FOLDER / "words.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_Loader)  # noqa: S506 - BaseLoader builds strings only
    return data


def read_words(name: str) -> Any:
    """A file of the general lexicon, every scalar a string; empty where there is none."""
    path = FOLDER / name
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader) or {}  # noqa: S506 - BaseLoader builds strings only


@lru_cache(maxsize=1)
def _particles() -> Mapping[str, tuple[str, ...]]:
    rows = _words()["particles"]
    return {lang: tuple(sorted(set(rows[lang]), key=len, reverse=True)) for lang in rows}


def script(word: str) -> str:
    """ko, ar or la (Latin and digits) by the first letter."""
    first = word[0]
    if "\uac00" <= first <= "\ud7a3":
        return "ko"
    return "ar" if "\u0600" <= first <= "\u06ff" else "la"


@lru_cache(maxsize=16384)
def variants(word: str, lang: Lang) -> tuple[str, ...]:
    """The word and what is left of it without Korean particles, Arabic clitics or Turkish endings."""
    kind = script(word)
    if kind == "ko":
        return _cut(word, _particles()["ko"], 1, from_end=True)
    if script(word[-1]) == "ko":
        plain = next(at for at, letter in enumerate(word) if script(letter) == "ko")
        return (*_cut(word, _particles()["ko"], 1, from_end=True), word[:plain])
    if kind == "ar":
        cut = _cut(word, _particles()["ar"], 2, from_end=False)
        # "to the" is written into the article: للشرع is ل and الشرع
        return (*cut, "ال" + word[2:]) if word.startswith("لل") and len(word) > _TO_THE else cut
    return _cut(word, _particles()["tr"], 3, from_end=True) if lang == "tr" else (word,)


def _cut(word: str, affixes: Sequence[str], least: int, *, from_end: bool) -> tuple[str, ...]:
    found = [word]
    for affix in affixes:
        if len(word) - len(affix) < least:
            continue
        if from_end and word.endswith(affix):
            found.append(word[: -len(affix)])
        elif not from_end and word.startswith(affix):
            found.append(word[len(affix) :])
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Word:
    """All that the lexicon knows of one folded word, worked out once."""

    text: str
    stem: str
    forms: tuple[str, ...]
    concepts: tuple[str, ...]
    negates: bool
    numeric: bool
    unit: bool
    empty: bool
    month: str | None
    weekday: str | None


class Lexicon:
    """Concepts, slots and closed classes, with a dossier's own concepts on top."""

    def __init__(
        self, extra: Mapping[str, Mapping[Lang, Sequence[str]]] | None = None, opposites: Iterable[tuple[str, str]] = ()
    ) -> None:
        words = _words()
        self._stems: dict[str, list[str]] = {}
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._prefixes: dict[str, list[tuple[str, str]]] = {}
        general = read_words("concepts.yaml")
        self._english = {fold(p) for c in general.values() for form in c.get("en", "").split() for p in form.split("_")}
        for concepts in (general, extra or {}):
            for concept, by_lang in concepts.items():
                for lang, value in by_lang.items():
                    self._add(concept, lang, value.split() if isinstance(value, str) else value)
        pairs = [*(read_words("opposites.yaml") or []), *opposites]
        self.opposites = frozenset(frozenset(pair) for pair in pairs)
        self.choice = {lang: frozenset(map(fold, words["choice"][lang])) for lang in LANGUAGES}
        self.directed = frozenset(words["directed"])
        self.outside: dict[str, list[str]] = read_words("outside.yaml")
        self.stop = {lang: frozenset(fold(w.rstrip("_")) for w in words["stop"][lang]) for lang in LANGUAGES}
        self.negation = {lang: frozenset(words["negation"][lang]) for lang in LANGUAGES}
        self.relations = {lang: frozenset(map(fold, words["relations"][lang])) for lang in LANGUAGES}
        self._slots = {lang: _slot_phrases(words["slots"], lang) for lang in LANGUAGES}
        self._exact = {phrase: slot for rows in self._slots["en"].values() for phrase, slot, _ in rows}
        self._openings: dict[str, set[int]] = {}
        for phrase in self._exact:
            self._openings.setdefault(phrase[0], set()).add(len(phrase))
        self.question_words = {
            lang: frozenset(fold(p.lstrip("^")) for rows in words["slots"].values() for p in rows[lang] if " " not in p)
            for lang in LANGUAGES
        }
        self.months = _closed(words["months"])
        self.weekdays = _closed(words["weekdays"])
        self.units = _closed(words["units"])
        self.numbers = {
            lang: {fold(w.rstrip("_")): float(n) for w, n in words["numbers"][lang].items()} for lang in LANGUAGES
        }
        self.joined = {lang: frozenset(map(fold, words["joined"][lang])) for lang in LANGUAGES}
        self.everyday = frozenset((FOLDER / "everyday_en.txt").read_text(encoding="utf-8").split("\n")[_HEADER:])
        self.scales = {w: float(n) for lang in LANGUAGES for w, n in words["scales"][lang].items()}
        self.pronouns = {
            kind: {lang: frozenset(w.rstrip("_") for w in words["pronouns"][kind][lang]) for lang in LANGUAGES}
            for kind in ("person", "thing")
        }
        self._cache: dict[Lang, dict[str, Word]] = {lang: {} for lang in LANGUAGES}
        self._phrase_openings = frozenset(phrase[0] for phrase in self._phrases)

    def _add(self, concept: str, lang: str, forms: Iterable[str]) -> None:
        for form in forms:
            parts = tuple(fold(p) for p in form.rstrip("*").replace("-", "_").replace(" ", "_").split("_") if p)
            if not parts:
                continue
            if lang != "en":
                self._prefixes.setdefault(lang + parts[0][:_PREFIX], []).append(
                    (parts[0] if len(parts) == 1 else "", concept)
                )
                if len(parts) > 1:
                    self._phrases.setdefault(parts, []).append(concept)
            elif len(parts) == 1:
                self._stems.setdefault(stem(parts[0]), []).append(concept)
            else:
                self._phrases.setdefault(tuple(stem(p) for p in parts), []).append(concept)

    def word(self, text: str, lang: Lang) -> Word:
        """What the lexicon knows of a folded word in a language."""
        cache = self._cache[lang]
        found = cache.get(text)
        if found is None:
            if len(cache) > _CACHED:
                cache.clear()
            found = cache[text] = self._describe(text, lang)
        return found

    def words(self, texts: Sequence[str], lang: Lang) -> list[Word]:
        """The same of every word of a text."""
        cache = self._cache[lang]
        return [cache.get(text) or self.word(text, lang) for text in texts]

    def forget(self) -> None:
        """Drop what was worked out of single words."""
        for cache in self._cache.values():
            cache.clear()
        variants.cache_clear()

    def concepts(self, word: str, lang: Lang) -> tuple[str, ...]:
        """Concepts that a single folded word may stand for."""
        return self.word(word, lang).concepts

    def _describe(self, text: str, lang: Lang) -> Word:
        forms = variants(text, lang)
        stopped = not self.stop[lang].isdisjoint(forms) or text in self.question_words[lang]
        return Word(
            text=text,
            stem=stem(text) if script(text) == "la" and lang != "tr" else text,
            forms=forms,
            concepts=tuple(dict.fromkeys(self._lookup(text, lang))),
            negates=text in self.negation[lang] or text in self.negation["en"],
            numeric=text[0].isdigit() or text[0] == "$" or not self.numbers[lang].keys().isdisjoint(forms),
            unit=text in self.units,
            empty=stopped or len(text) < 2,
            month=_first(self.months, forms),
            weekday=_first(self.weekdays, forms),
        )

    def _lookup(self, word: str, lang: Lang) -> Iterable[str]:
        kind = script(word)
        by_prefix = kind if kind != "la" else ("tr" if lang == "tr" else None)
        if by_prefix:
            for form in variants(word, lang):
                for prefix, concept in self._prefixes.get(by_prefix + form[:_PREFIX], ()):
                    if prefix and form.startswith(prefix):
                        yield concept
                for prefix, concept in self._prefixes.get(by_prefix + form[:1], ()):
                    if prefix:
                        yield concept
        if kind == "la" and (lang != "tr"):
            yield from self._stems.get(stem(word), ())

    def phrase(self, stems: Sequence[str], at: int) -> tuple[int, list[str]] | None:
        """The longest phrase of the lexicon that starts at `at`: its length and concepts."""
        if stems[at] not in self._phrase_openings:
            return None
        for length in (3, 2):
            found = self._phrases.get(tuple(stems[at : at + length]))
            if found and at + length <= len(stems):
                return length, found
        return None

    def knows(self, word: str, lang: Lang) -> bool:
        """Whether the word belongs to the lexicon, its closed classes included."""
        closed = word in self.months or word in self.weekdays or word in self.units or word in self.numbers[lang]
        return closed or word in self.stop[lang] or bool(self.concepts(word, lang))

    def slot(self, words: Sequence[str], lang: Lang) -> Slot | None:
        """The part of a fact that is asked: the longest question phrase, the earliest of equals."""
        phrases = self._slots[lang]
        if lang == "ar":
            words = [w[1:] if w[0] in "وف" and w[1:] in self.question_words["ar"] else w for w in words]
        if lang == "en":
            return self._exact_slot(words)
        best: tuple[int, int, Slot] | None = None
        for at, word in enumerate(words):
            for phrase, slot, opening in phrases.get(word[:_PREFIX], ()):
                if (not opening or at == 0) and _starts(words, at, phrase):
                    rank = (0 if slot is Slot.WHAT else len(phrase) + 1, -at, slot)
                    if best is None or rank[:2] > best[:2]:
                        best = rank
        return best[2] if best else None

    def _exact_slot(self, words: Sequence[str]) -> Slot | None:
        best: tuple[int, int, Slot] | None = None
        for at, word in enumerate(words):
            for length in self._openings.get(word, ()):
                slot = self._exact.get(tuple(words[at : at + length]))
                if slot is not None and at + length <= len(words):
                    rank = (0 if slot is Slot.WHAT else length + 1, -at, slot)
                    if best is None or rank[:2] > best[:2]:
                        best = rank
        return best[2] if best else None

    def vocabulary(self) -> set[str]:
        """Words of the English lexicon, to correct spelling towards."""
        return self._english | set(self.months) | set(self.weekdays) | set(self.stop["en"])


def _first(table: Mapping[str, str], forms: Sequence[str]) -> str | None:
    return None if table.keys().isdisjoint(forms) else next(table[form] for form in forms if form in table)


def _starts(words: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(words[at + i].startswith(p) if len(p) > 2 else words[at + i] == p for i, p in enumerate(phrase))


_SlotPhrase = tuple[tuple[str, ...], Slot, bool]


def _slot_phrases(table: Mapping[str, Mapping[str, Sequence[str]]], lang: str) -> dict[str, list[_SlotPhrase]]:
    """Phrases by their first word; a leading ^ in the data means: only where the question opens with it."""
    found: dict[str, list[_SlotPhrase]] = {}
    for slot, by_lang in table.items():
        for phrase in by_lang[lang]:
            parts = tuple(fold(p) for p in phrase.lstrip("^").split())
            row = (parts, Slot(slot), phrase.startswith("^"))
            found.setdefault(parts[0] if lang == "en" else parts[0][:_PREFIX], []).append(row)
    return found


def _closed(table: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    return {fold(w.rstrip("_")): key for key, by_lang in table.items() for forms in by_lang.values() for w in forms}
