"""Which actors and outsiders a text names: the longest alias, in any script, particles and clitics cut."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babel.localedata import resolve_locale_filename

from knowledge.model import LANGUAGES, Actor, Dossier, Lang
from knowledge.understand.lexicon import Lexicon, variants
from knowledge.understand.text import Token, clean, tokens

_CODE = 2
_US_IS_A_PRONOUN_AFTER = frozenset("tell give show let for help to with of remind send get among between".split())
# CLDR names that are everyday words in one of the four languages, or particles in Korean.
_NOT_PLACES = frozenset(
    "수단 가나 이란 말리 mali chad jersey guinea fas dunya 세계 العالم مالي world africa asia europe".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name found: whose it may be, the tokens it covers, and whether it can stand alone."""

    ids: tuple[str, ...]
    first: int
    last: int
    weak: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    ids: tuple[str, ...]
    weak: bool
    outside: bool


class Names:
    """Alias table of a dossier plus the world's country names and the dossier's list of outsiders."""

    def __init__(self, dossier: Dossier, lexicon: Lexicon) -> None:
        self._by_first: dict[str, list[_Alias]] = {}
        self.surface: dict[str, str] = {}
        aliases = _actor_aliases(dossier.actors)
        self._actors = {actor.id: actor for actor in dossier.actors}
        taken = set(aliases)
        for key, outsider in _outsiders(dossier, lexicon):
            if key not in taken:
                aliases[key] = _Alias(key, (outsider,), weak=False, outside=True)
        for alias in aliases.values():
            self._by_first.setdefault(alias.words[0], []).append(alias)
        for rows in self._by_first.values():
            rows.sort(key=lambda a: -len(a.words))

    def find(
        self, words: Sequence[Token], raw: str, lang: Lang, forms: Sequence[tuple[str, ...]] | None = None
    ) -> list[Mention]:
        """Non-overlapping mentions, left to right, the longest at each place; `forms` are the words' variants."""
        found: list[Mention] = []
        forms = [variants(t.text, lang) for t in words] if forms is None else forms
        openings = self._by_first.keys()
        at = 0
        while at < len(words):
            alias = None if openings.isdisjoint(forms[at]) else self._longest(forms, at)
            if alias is None or _is_pronoun(alias, words, at, raw):
                at += 1
                continue
            last = at + len(alias.words) - 1
            if alias.weak and self._outreached(forms, at, last):
                at += 1
                continue
            found.append(Mention(alias.ids, at, last, alias.weak, alias.outside))
            at = last + 1
        return self._owned(found, lang) if len(found) > 1 else found

    def _owned(self, found: list[Mention], lang: Lang) -> list[Mention]:
        """A ministry or a minister beside a country is that country's: "the Syrian foreign ministry" is not Seoul's."""
        kept = []
        for place, mention in enumerate(found):
            beside = _beside(found, place, lang) if mention.weak and self._held_by_a_country(mention) else None
            if beside is None:
                kept.append(mention)
            elif ids := self._of_country(mention, beside):
                kept.append(replace(mention, ids=ids))
        return kept

    def _held_by_a_country(self, mention: Mention) -> bool:
        bodies = all(self._actors[i].type in {"PublicBody", "Organization"} for i in mention.ids)
        countries = any(self._actors[i].type == "Country" for i in mention.ids)
        return bodies or (len(mention.ids) > 1 and not countries)

    def _of_country(self, mention: Mention, beside: Mention) -> tuple[str, ...]:
        if beside.outside:
            return ()
        owners = {self._actors[i].country for i in beside.ids if self._actors[i].type in {"Country", "Place"}}
        return tuple(i for i in mention.ids if not owners or self._actors[i].country in owners)

    def _outreached(self, forms: Sequence[tuple[str, ...]], at: int, last: int) -> bool:
        """Whether a strong name starts inside a weak one and reaches past it: "the [South Korean government]"."""
        for start in range(at + 1, last + 1):
            other = self._longest(forms, start)
            if other and not other.weak and start + len(other.words) - 1 > last:
                return True
        return False

    def _longest(self, forms: Sequence[tuple[str, ...]], at: int) -> _Alias | None:
        best: _Alias | None = None
        for form in forms[at]:
            for alias in self._by_first.get(form, ()):
                if best is not None and len(alias.words) <= len(best.words):
                    break
                if _fits(alias.words, forms, at):
                    best = alias
                    break
        return best

    def vocabulary(self) -> set[str]:
        """Every word of every alias."""
        return {word for rows in self._by_first.values() for alias in rows for word in alias.words}


def _beside(found: Sequence[Mention], place: int, lang: Lang) -> Mention | None:
    """The name right before a mention, or in Arabic right after it."""
    other = found[place + 1 : place + 2] if lang == "ar" else found[max(0, place - 1) : place]
    gap = _apart(found[place], other[0]) if other else None
    return other[0] if gap == 1 else None


def _apart(one: Mention, other: Mention) -> int:
    """How many words on the nearer ends of two mentions lie apart; 1 for neighbours."""
    return max(other.first - one.last, one.first - other.last)


def _fits(alias: tuple[str, ...], forms: Sequence[tuple[str, ...]], at: int) -> bool:
    if at + len(alias) > len(forms):
        return False
    return len(alias) == 1 or all(word in forms[at + offset] for offset, word in enumerate(alias) if offset)


def _is_pronoun(alias: _Alias, words: Sequence[Token], at: int, raw: str) -> bool:
    if alias.words != ("us",) or raw[words[at].start : words[at].end] != "us":
        return False
    return at > 0 and words[at - 1].text in _US_IS_A_PRONOUN_AFTER


def alias_words(value: str) -> tuple[str, ...]:
    """An alias as the folded tokens that a text would show."""
    return tuple(t.text for t in tokens(clean(value)))


def _actor_aliases(actors: Iterable[Actor]) -> dict[tuple[str, ...], _Alias]:
    holders: dict[tuple[str, ...], dict[str, bool]] = {}
    for actor in actors:
        strong = [actor.name, actor.source_spelling, *actor.names.values()]
        for value in strong:
            holders.setdefault(alias_words(value), {}).setdefault(actor.id, False)
        for alias in actor.aliases:
            rows = holders.setdefault(alias_words(alias.value), {})
            rows[actor.id] = rows.get(actor.id, True) and alias.weak
    return {key: _resolve(key, rows) for key, rows in holders.items() if key}


def _resolve(key: tuple[str, ...], rows: dict[str, bool]) -> _Alias:
    strong = tuple(actor for actor, weak in rows.items() if not weak)
    if len(strong) == 1:
        return _Alias(key, strong, weak=False, outside=False)
    return _Alias(key, tuple(rows), weak=True, outside=False)


def _outsiders(dossier: Dossier, lexicon: Lexicon) -> Iterable[tuple[tuple[str, ...], str]]:
    own = {actor.country for actor in dossier.actors if actor.type == "Country"}
    for code, name in _territories():
        key = alias_words(name)
        if code not in own and key and " ".join(key) not in _NOT_PLACES:
            yield key, f"!{code}"
    for groups in (lexicon.outside, dossier.lexicon.outside):
        for group, names in groups.items():
            for name in names:
                if key := alias_words(name):
                    yield key, f"!{group if len(group) == _CODE else name}"


@lru_cache(maxsize=1)
def _territories() -> tuple[tuple[str, str], ...]:
    rows = []
    for lang in LANGUAGES:
        # read without babel's cache, which would keep all of a locale's data for the sake of this one table
        data = pickle.loads(Path(resolve_locale_filename(lang)).read_bytes())  # noqa: S301 - a file of the package
        for code, name in data["territories"].items():
            if len(code) == 2 and code.isalpha():
                rows.append((code, str(name)))
    return tuple(rows)
