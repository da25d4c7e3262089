"""Words that carry acts, hedges and attribution, found in a sentence of any of the four languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from knowledge.model import LANGUAGES, Lang
from knowledge.understand.lexicon import FOLDER
from knowledge.understand.rank import SIGNALS
from knowledge.understand.text import fold

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CLITICS = "(?:وال|فال|بال|كال|ال|لل|و|ف|ب|ل|ك|س|ي|ت)?"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: its name and the tokens it covers."""

    name: str
    first: int
    last: int


class CueTable:
    """Named groups of forms by language."""

    def __init__(self, patterns: Mapping[str, list[tuple[str, re.Pattern[str]]]]) -> None:
        self._patterns = patterns

    @classmethod
    def of(cls, groups: Mapping[str, Mapping[str, Sequence[str]]]) -> CueTable:
        """The table of a word list."""
        return cls(
            {
                lang: [
                    (name, re.compile(_alternatives(forms[lang], lang)))
                    for name, forms in groups.items()
                    if forms.get(lang)
                ]
                for lang in LANGUAGES
            }
        )

    def within(self, rows: Sequence[Sequence[str]], lang: Lang) -> CueTable:
        """The part of the table that has any cue in the sentences of a language: quicker where they are many."""
        lines = f" {'  '.join(' '.join(words) for words in rows)} "
        return CueTable({lang: [row for row in self._patterns[lang] if row[1].search(lines)]})

    def find(self, words: Sequence[str], lang: Lang) -> list[Cue]:
        """Every cue in the words, in the order of the table."""
        line = f" {' '.join(words)} "
        starts = _starts(words)
        found = []
        for name, pattern in self._patterns[lang]:
            for match in pattern.finditer(line):
                first = starts[match.start() + 1 if line[match.start()] == " " else match.start()]
                found.append(Cue(name, first, max(first, starts[match.end() - 1])))
        return found


def _starts(words: Sequence[str]) -> list[int]:
    """For every character of the joined line, the token it belongs to."""
    owners = [0]
    for number, word in enumerate(words):
        owners += [number] * (len(word) + 1)
    return [*owners, max(0, len(words) - 1)]


def _alternatives(forms: Sequence[str], lang: str) -> str:
    return "|".join(_pattern(form, lang) for form in sorted(forms, key=len, reverse=True))


def _pattern(form: str, lang: str) -> str:
    if lang == "en":
        return _english(form)
    folded = [re.escape(fold(word)) for word in form.split()]
    if lang == "ko":
        return r"[^ ]* ".join(folded)
    if lang == "ar":
        return " " + _CLITICS + r"[^ ]* ".join(folded)
    return " " + r"[^ ]* ".join(folded)


def _english(form: str) -> str:
    parts = []
    for word in form.split():
        if word == "*":
            parts.append("[^ ]+")
        elif word.endswith("*"):
            parts.append(re.escape(fold(word[:-1])) + "[^ ]*")
        else:
            parts.append(re.escape(fold(word)))
    return " " + " ".join(parts) + "(?= )"


@dataclass(frozen=True, slots=True)
class CheckLexicon:
    """All that a check knows of words, beyond the concepts of the questions."""

    acts: CueTable
    opposite: frozenset[frozenset[str]]
    upgrade: frozenset[tuple[str, str]]
    light: frozenset[str]
    names: frozenset[str]
    overrides: frozenset[str]
    negative: frozenset[str]
    topics: frozenset[str]
    charged: frozenset[str]
    offices: frozenset[str]
    weighty: frozenset[str]
    voided: frozenset[tuple[str, str]]
    number_words: Mapping[str, Mapping[str, float]]
    counters: Mapping[str, Mapping[str, str]]
    not_numbers: Mapping[str, frozenset[str]]
    not_future: Mapping[str, tuple[str, ...]]
    row: tuple[float, ...]
    doubt: Mapping[str, float]
    ladders: Mapping[str, tuple[str, ...]]
    rungs: CueTable
    marks: CueTable
    relative: CueTable
    bounds: CueTable
    sequence: CueTable
    before_month: frozenset[str]


@lru_cache(maxsize=1)
def check_lexicon() -> CheckLexicon:
    """The check's word lists, read once."""
    acts, hedges = read_table("check_acts.yaml"), read_table("hedges.yaml")
    align, times = read_table("check_align.yaml"), read_table("check_times.yaml")
    ladders = {name: tuple(row["name"] for row in rows) for name, rows in hedges["ladders"].items()}
    rungs = {f"{ladder}.{row['name']}": row for ladder, rows in hedges["ladders"].items() for row in rows}
    return CheckLexicon(
        acts=CueTable.of(acts["acts"]),
        opposite=frozenset(frozenset(pair) for pair in acts["opposite"]),
        upgrade=frozenset((weak, strong) for weak, strong in acts["upgrade"]),
        light=frozenset(acts["light"]),
        names=frozenset(acts["acts"]),
        overrides=frozenset(acts["overrides"]),
        negative=frozenset(acts["negative"]),
        topics=frozenset(acts["topics"]),
        charged=frozenset(acts["charged"]),
        offices=frozenset(acts["offices"]),
        weighty=frozenset(acts["weighty"]),
        voided=frozenset((act, other) for act, other in acts["voided"]),
        number_words={
            lang: {fold(w): float(n) for w, n in rows.items()} for lang, rows in times["number_words"].items()
        },
        counters=times["counters"],
        not_future={lang: tuple(rows) for lang, rows in times["not_future"].items()},
        not_numbers={lang: frozenset(rows) for lang, rows in times["not_numbers"].items()},
        row=tuple(float(align["signals"].get(name, 0.0)) for name in SIGNALS),
        doubt=align["doubt"],
        ladders=ladders,
        rungs=CueTable.of(rungs),
        relative=CueTable.of(times["relative"]),
        bounds=CueTable.of(times["bounds"]),
        sequence=CueTable.of(times["sequence"]),
        before_month=frozenset(times["before_month"]),
        marks=CueTable.of({name: hedges[name] for name in hedges if name != "ladders"}),
    )


def read_table(name: str) -> Any:
    """A word list of the check, as it stands in its file."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)  # noqa: S506 - a safe loader, C or Python
