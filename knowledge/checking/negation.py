"""Denials in a sentence, and whether a fact bears each of them out."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.denials import denial_words
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.stated import bears, stated_times
from knowledge.model import Kind, Lang, Verdict

_REACH = 2


def unlicensed(base: Base, claimed: Claimed, known: Known) -> tuple[Cue, ...]:
    """Denials that the fact itself does not make."""
    return tuple(cue for cue in claimed.denials if not _licensed(base, claimed, known, cue)) or claimed.outright


def _licensed(base: Base, claimed: Claimed, known: Known, cue: Cue) -> bool:
    slack = 0 if claimed.lang == "en" else 1
    for act in claimed.acts:
        if act.name in base.lexicon.negative and act.name in known.told_acts and _meets(act, cue, slack):
            return True
        if act.first <= cue.first and cue.last <= act.last and _weighed(base, known, act.name, claimed.lang):
            return True
    if _another_time(base, claimed, known, cue):
        return True
    ahead = [a for a in claimed.acts if -1 <= _distance(a, cue, claimed.lang) <= _REACH]
    if any(a.name in own_denials(known) for a in ahead):
        return True
    if {"included_too", "exclude"} <= claimed.act_names():
        return False
    pairs = denial_words().stands_for | (denial_words().ceased_for if _ceased(claimed, cue) else frozenset())
    return any((a.name, own) in pairs for a in ahead for own in known.acts)


def own_denials(known: Known) -> frozenset[str]:
    """Acts that the fact's own statement denies."""
    return frozenset(
        act.name
        for cue in known.statement.denials
        for act in known.statement.acts
        if -1 <= _distance(act, cue, known.statement.lang) <= _REACH
    )


def _another_time(base: Base, claimed: Claimed, known: Known, cue: Cue) -> bool:
    """«on Thursday, not on Friday»: another time than the fact's is denied, beside the fact's own."""
    stated = stated_times(claimed, base.reader.lexicon)
    denied = [time for time in stated if 0 < time.first - cue.last <= _REACH]
    return any(bears(known, t) for t in stated) and bool(denied) and not any(bears(known, t) for t in denied)


def _ceased(claimed: Claimed, cue: Cue) -> bool:
    """Whether a denial belongs to «no longer»."""
    found = denial_words().ceased.find(claimed.words, claimed.lang)
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
    if fact.kind is Kind.NEGATIVE and not claimed.denials and not claimed.act_names() & base.lexicon.negative:
        return [_turned(claimed, known, shared[0])] if shared else []
    if not turned or not (shared or claimed.outright):
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
