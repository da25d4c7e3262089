"""Words that deny, found in a sentence of any of the four languages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.checking.cues import Cue, CueTable, read_table
from knowledge.model import Lang
from knowledge.understand.text import fold


@dataclass(frozen=True, slots=True)
class DenialWords:
    """The word list check_negation.yaml."""

    phrases: CueTable
    harmless: CueTable
    outright: CueTable
    whole: dict[Lang, frozenset[tuple[str, ...]]]
    inside: dict[Lang, tuple[str, ...]]
    beginnings: dict[Lang, tuple[str, ...]]
    spared: dict[Lang, tuple[str, ...]]
    stands_for: frozenset[tuple[str, str]]
    ceased: CueTable
    ceased_for: frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def denial_words() -> DenialWords:
    """The words that deny, read once."""
    data = read_table("check_negation.yaml")
    forms = data["negators"]
    return DenialWords(
        phrases=CueTable.of({"not": {lang: forms[lang] for lang in ("en", "ko")}}),
        harmless=CueTable.of({"harmless": data["harmless"]}),
        outright=CueTable.of({"not": data["outright"]}),
        whole={
            "ar": frozenset(tuple(fold(word) for word in form.split()) for form in forms["ar"]),
            "ko": frozenset((word,) for word in data["small"]["ko"]),
        },
        inside={"tr": tuple(form for form in forms["tr"] if not form.startswith(" "))},
        beginnings={"tr": tuple(form.strip() for form in forms["tr"] if form.startswith(" "))},
        spared={lang: tuple(forms) for lang, forms in data["spared"].items()},
        stands_for=frozenset((denied, own) for denied, own in data["stands_for"]),
        ceased=CueTable.of({"ceased": data["ceased"]["words"]}),
        ceased_for=frozenset((denied, own) for denied, own in data["ceased"]["stands_for"]),
    )


def denials(words: Sequence[str], lang: Lang, named: Collection[int]) -> list[Cue]:
    """Every word that denies, but for names and for what a sentence says of its own source."""
    table = denial_words()
    found = [*table.phrases.find(words, lang), *_whole(words, lang), *_inside(words, lang)]
    if not found:
        return []
    harmless = table.harmless.find(words, lang)
    spared = table.spared.get(lang, ())
    return [
        cue
        for cue in found
        if cue.first not in named
        and not any(h.first <= cue.first and cue.last <= h.last for h in harmless)
        and not words[cue.first].startswith(spared)
    ]


def outright(words: Sequence[str], lang: Lang) -> list[Cue]:
    """Denials of a whole statement."""
    return denial_words().outright.find(words, lang)


def _whole(words: Sequence[str], lang: Lang) -> list[Cue]:
    rows = denial_words().whole.get(lang, frozenset())
    return [
        Cue("not", at, at + size - 1)
        for at in range(len(words) if rows else 0)
        for size in (1, 2)
        if tuple(words[at : at + size]) in rows and at + size <= len(words)
    ]


def _inside(words: Sequence[str], lang: Lang) -> list[Cue]:
    """Endings that deny a verb, and words that deny by their beginning."""
    table = denial_words()
    inside, beginnings = table.inside.get(lang, ()), table.beginnings.get(lang, ())
    return [
        Cue("not", at, at)
        for at, word in enumerate(words if inside else ())
        if word.startswith(beginnings) or any(part in word[2:] for part in inside if f"{part}r" not in word)
    ]
