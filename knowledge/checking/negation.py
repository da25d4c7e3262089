"""Denials in a sentence, and whether a fact bears each of them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed, longest
from knowledge.checking.cues import Cue, CueTable, read_table
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.model import Kind, Lang, Verdict
from knowledge.understand.text import fold

_REACH = 2


@dataclass(frozen=True, slots=True)
class _Words:
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
def _words() -> _Words:
    data = read_table("check_negation.yaml")
    forms = data["negators"]
    return _Words(
        phrases=CueTable.of({"not": {lang: forms[lang] for lang in ("en", "ko")}}),
        harmless=CueTable.of({"harmless": data["harmless"]}),
        outright=CueTable.of({"not": data["outright"]}),
        whole={"ar": frozenset(tuple(fold(word) for word in form.split()) for form in forms["ar"])},
        inside={"tr": tuple(form for form in forms["tr"] if not form.startswith(" "))},
        beginnings={"tr": tuple(form.strip() for form in forms["tr"] if form.startswith(" "))},
        spared={lang: tuple(forms) for lang, forms in data["spared"].items()},
        stands_for=frozenset((denied, own) for denied, own in data["stands_for"]),
        ceased=CueTable.of({"ceased": data["ceased"]["words"]}),
        ceased_for=frozenset((denied, own) for denied, own in data["ceased"]["stands_for"]),
    )


def denials(claimed: Claimed) -> tuple[Cue, ...]:
    """Every word that denies, but for what the sentence says of its own source."""
    words, table = claimed.words, _words()
    harmless = [cue for cue in table.harmless.find(words, claimed.lang)]
    found = [*table.phrases.find(words, claimed.lang), *_whole(words, claimed.lang), *_inside(words, claimed.lang)]
    named = {at for m in claimed.mentions for at in range(m.first, m.last + 1)}
    spared = table.spared.get(claimed.lang, ())
    return longest(
        [
            cue
            for cue in found
            if cue.first not in named
            and not any(h.first <= cue.first and cue.last <= h.last for h in harmless)
            and not words[cue.first].startswith(spared)
        ]
    )


def _whole(words: Sequence[str], lang: Lang) -> list[Cue]:
    rows = _words().whole.get(lang, frozenset())
    return [
        Cue("not", at, at + size - 1)
        for at in range(len(words))
        for size in (1, 2)
        if tuple(words[at : at + size]) in rows and at + size <= len(words)
    ]


def _inside(words: Sequence[str], lang: Lang) -> list[Cue]:
    table = _words()
    inside, beginnings = table.inside.get(lang, ()), table.beginnings.get(lang, ())
    if not inside:
        return []
    return [
        Cue("not", at, at)
        for at, word in enumerate(words)
        if (word.startswith(beginnings) or any(part in word[2:] for part in inside if f"{part}r" not in word))
    ]


def unlicensed(base: Base, claimed: Claimed, known: Known) -> tuple[Cue, ...]:
    """Denials that the fact itself does not make."""
    return tuple(cue for cue in denials(claimed) if not _licensed(base, claimed, known, cue)) or outright(claimed)


def outright(claimed: Claimed) -> tuple[Cue, ...]:
    """Denials of the whole statement."""
    return tuple(_words().outright.find(claimed.words, claimed.lang))


def _licensed(base: Base, claimed: Claimed, known: Known, cue: Cue) -> bool:
    slack = 0 if claimed.lang == "en" else 1
    for act in claimed.acts:
        if act.name in base.lexicon.negative and act.name in known.told_acts and _meets(act, cue, slack):
            return True
        if act.first <= cue.first and cue.last <= act.last and _weighed(base, known, act.name, claimed.lang):
            return True
    ahead = [a for a in claimed.acts if -1 <= _distance(a, cue, claimed.lang) <= _REACH]
    pairs = _words().stands_for | (_words().ceased_for if _ceased(claimed, cue) else frozenset())
    return any((a.name, own) in pairs for a in ahead for own in known.acts)


def _ceased(claimed: Claimed, cue: Cue) -> bool:
    """Whether a denial belongs to «no longer»."""
    found = _words().ceased.find(claimed.words, claimed.lang)
    return any(c.first - 1 <= cue.last and cue.first <= c.last + 2 * _REACH for c in found)


def _weighed(base: Base, known: Known, act: str, lang: Lang) -> bool:
    """Whether an act that holds a denial in itself is the fact's own, or one that its acts are weighed against."""
    return (lang == "en" and act in known.told_acts) or any((own, act) in base.lexicon.upgrade for own in known.acts)


def _meets(act: Cue, cue: Cue, slack: int) -> bool:
    return act.first - slack <= cue.last and cue.first <= act.last + slack


def _distance(act: Cue, cue: Cue, lang: Lang) -> int:
    """How many words lie between a denial and the act it denies; verb-final languages deny behind."""
    return cue.first - act.last if lang in {"ko", "tr"} else act.first - cue.last


def polarity(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """A denial of what the fact says, or a plain statement of what it denies."""
    fact, turned = known.fact, unlicensed(base, claimed, known)
    shared = sorted(claimed.act_names() & known.told_acts)
    if fact.kind is Kind.NEGATIVE and not denials(claimed) and not claimed.act_names() & base.lexicon.negative:
        return [_turned(claimed, known, shared[0])] if shared else []
    if not turned or not (shared or outright(claimed)):
        return []
    cue = turned[0]
    yours = claimed.said(cue.first, min(cue.last + 1, len(claimed.tokens) - 1))
    gap = Gap(yours, source_words(known, shared[0]) if shared else fact.title)
    return [Difference("polarity", Verdict.CONTRADICTED, gap, fact.id)]


def _turned(claimed: Claimed, known: Known, act: str) -> Difference:
    cue = next(cue for cue in claimed.acts if cue.name == act)
    gap = Gap(claimed.said(cue.first, cue.last), source_words(known, act))
    return Difference("polarity", Verdict.CONTRADICTED, gap, known.fact.id)


def source_words(known: Known, act: str) -> str:
    """The fact's words for an act; its title where the statement has none."""
    cue = next((cue for cue in known.statement.acts if cue.name == act), None)
    return known.statement.said(cue.first, cue.last) if cue else known.fact.title
