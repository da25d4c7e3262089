"""What of a sentence the facts do not account for: with a word left over, a claim is not supported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue, read_table
from knowledge.checking.figures import owner_of, said, telling
from knowledge.checking.finding import Gap
from knowledge.checking.negation import own_denials, unlicensed
from knowledge.model import Lang
from knowledge.understand.lexicon import stem, variants
from knowledge.understand.text import fold

_SMALL = ("two", "second", "couple")
_KO, _LETTERS = 2, 5


@lru_cache(maxsize=1)
def _neutral() -> dict[str, dict[Lang, frozenset[str]]]:
    data = read_table("check_neutral.yaml")
    return {
        kind: {lang: frozenset(fold(str(word)) for word in rows) for lang, rows in data[kind].items()} for kind in data
    }


def leftover(base: Base, claimed: Claimed, knowns: Iterable[Known]) -> Gap | None:
    """The first word of a claim that none of the facts holds, or a name that is no party of them."""
    facts = tuple(knowns)
    if denial := _denial(base, claimed, facts):
        return Gap(claimed.said(denial.first, denial.last), "not denied in the article")
    if owned := misowned(base, claimed):
        return owned
    if unmet := _unmet(base, claimed, facts):
        return unmet
    held = _held(base, claimed, facts)
    for at in _open(claimed, held):
        if not _said_of(base, claimed, facts, at):
            return Gap(claimed.said(at, at), "not in the article")
    return None


def _open(claimed: Claimed, held: frozenset[int]) -> Iterator[int]:
    return (at for at, _ in enumerate(claimed.tokens) if at not in held)


def _held(base: Base, claimed: Claimed, facts: tuple[Known, ...]) -> frozenset[int]:
    """Tokens that names, acts, times, figures and turns of phrase of the facts cover."""
    acts = frozenset().union(*(known.told_acts for known in facts))
    acts -= base.lexicon.negative - frozenset().union(*(known.acts for known in facts))
    spans = [*claimed.relative, *(act for act in claimed.acts if act.name in acts)]
    spans += [mark for mark in claimed.marks if mark.name == "attribution"]
    spans += [Cue("", m.first, m.last) for m in claimed.mentions]
    spans += [Cue("", claimed.starts.get(q.at, q.at), q.at) for q in telling(claimed)]
    spans += claimed.denials
    spans += base.lexicon.sequence.find(claimed.words, claimed.lang)
    spans += [cue for cue in claimed.rungs if _rung_held(base, cue, facts)]
    return frozenset(at for cue in spans for at in range(cue.first, cue.last + 1))


def _denial(base: Base, claimed: Claimed, facts: tuple[Known, ...]) -> Cue | None:
    """A denial that no fact makes, or one more than the one that it makes."""
    found, left_out = claimed.denials, [act for act in claimed.acts if act.name == "exclude"]
    if "included_too" in claimed.act_names() and left_out[1:]:
        return left_out[1]
    turned = [cue for cue in found if all(cue in unlicensed(base, claimed, known) for known in facts)]
    return next(iter((*turned, *claimed.outright, *found[1:])), None)


def _unmet(base: Base, claimed: Claimed, facts: tuple[Known, ...]) -> Gap | None:
    """A fact that leaves somebody out, told without leaving out; or a leaving out of nobody that is named."""
    acts = claimed.act_names()
    for known in facts[:1]:
        if _undenied(base, claimed, known):
            return Gap(claimed.text, known.fact.title)
        needed = known.needed & base.lexicon.negative
        if needed and not needed & acts and not claimed.denials:
            return Gap(claimed.text, known.fact.title)
        if "exclude" in acts and not any(_left_out(base, claimed, other) for other in base.known.values()):
            return Gap(claimed.text, known.fact.title)
    return None


def misowned(base: Base, claimed: Claimed) -> Gap | None:
    """A figure told of one side that the facts give for another."""
    for quantity in telling(claimed):
        owner = owner_of(base, claimed, quantity)
        if owner is not None and not any(q.amount == quantity.amount for q in owner.quantities):
            return Gap(said(claimed, quantity), owner.fact.title)
    return None


def _undenied(base: Base, claimed: Claimed, known: Known) -> bool:
    """Whether a claim states plainly what the fact's own statement denies."""
    if claimed.act_names() & known.acts & base.lexicon.negative:
        return False
    shared = own_denials(known) & claimed.act_names()
    return bool(shared) and not claimed.denials


def _left_out(base: Base, claimed: Claimed, known: Known) -> bool:
    named = [a for a in known.fact.patient if base.sides.among(a, claimed.canonical.actors)]
    return "exclude" in known.needed and bool(named) and len(named) == len(known.fact.patient)


def _rung_held(base: Base, cue: Cue, facts: tuple[Known, ...]) -> bool:
    ladder = cue.name.partition(".")[0]
    return any(known.statement.rung(ladder, base.lexicon.ladders[ladder]) >= 0 for known in facts)


def _said_of(base: Base, claimed: Claimed, facts: tuple[Known, ...], at: int) -> bool:
    """Whether a token is empty, neutral, or a word by which one of the facts is known."""
    word, lang, corrected = claimed.words[at], claimed.lang, claimed.canonical.words[at]
    if corrected == word and word not in claimed.canonical.content:
        return not _counts(claimed, at)
    forms = {form for one in {word, corrected} for form in (one, *variants(one, lang))}
    if lang == "en":
        forms |= {stem(form) for form in forms}
    done = any(act.first <= at <= act.last and act.name in base.lexicon.weighty for act in claimed.acts)
    neutral = _neutral()["words"].get(lang, frozenset())
    if not done and (forms & neutral or (lang == "ko" and any(word.startswith(n) for n in neutral if len(n) >= _KO))):
        return True
    return any(forms & words or _begins(word, lang, words) for words in ((k.core if done else k.words) for k in facts))


def _counts(claimed: Claimed, at: int) -> bool:
    """Whether a small number counts something that a fact would have to hold: «two more members»."""
    if claimed.lang != "en" or claimed.words[at] not in _SMALL:
        return False
    pairs = _neutral()["pairs"]["en"]
    return not set(claimed.words[at + 1 : at + 2]) & pairs


def _begins(word: str, lang: Lang, known: frozenset[str]) -> bool:
    """Whether a word of a fact begins alike, in languages that bend the ends of words."""
    if lang == "en":
        return False
    size = _KO if lang == "ko" else _LETTERS
    bare = variants(word, lang)[-1] if lang == "ar" else word
    return len(bare) >= size and any(other.startswith(bare[:size]) for other in known)
