"""Who acts, who is acted upon and who speaks in a sentence, from order, voice, particles and case endings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from knowledge.checking.claimed import Claimed
from knowledge.model import Actor, Dossier
from knowledge.names import Mention
from knowledge.understand.lexicon import FOLDER
from knowledge.understand.text import fold

_NEAR = 2


@dataclass(frozen=True, slots=True)
class Roles:
    """Actor ids by role, each with its mention."""

    agents: tuple[tuple[str, Mention], ...]
    by: bool
    patients: tuple[tuple[str, Mention], ...]
    speakers: tuple[tuple[str, Mention], ...]


@lru_cache(maxsize=1)
def role_words() -> Mapping[str, Any]:
    """The closed classes of check_roles.yaml."""
    with (FOLDER / "check_roles.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return data


def roles(claimed: Claimed, sides: Sides) -> Roles:
    """Roles of the names in a sentence; outsiders, documents and names with two holders are left out."""
    named = [m for m in claimed.mentions if not m.outside and len(m.ids) == 1 and not sides.note(m.ids[0])]
    named = [m for before, m in zip([None, *named], named, strict=False) if before is None or not _given_away(sides, before, m)]
    named = [m for m, after in zip(named, [*named[1:], None], strict=False) if after is None or not _seated_elsewhere(claimed, sides, m, after)]
    named = [m for m in named if not _qualifies(claimed, m)]
    speakers = [m for m in named if _speaks(claimed, m)]
    rest = [m for m in named if m not in speakers]
    by = [m for m in rest if _after_by(claimed, m)]
    agents = by or _agents(claimed, rest) or speakers
    patients = [m for m in rest if m not in agents]
    return Roles(*(_ids(claimed, sides, rows) for rows in (agents,)), bool(by), _ids(claimed, sides, patients), _ids(claimed, sides, speakers))


def _qualifies(claimed: Claimed, mention: Mention) -> bool:
    """«UN member»: the name only says which members."""
    words = role_words()["qualifies"]
    return any(word in words for word in claimed.words[mention.last : mention.last + 2])


def _given_away(sides: Sides, before: Mention, mention: Mention) -> bool:
    """«Syria's foreign ministry» where only South Korea's is known: the country is the party, not the body."""
    return mention.first == before.last + 1 and sides.clash(before.ids[0], mention.ids[0])


def _seated_elsewhere(claimed: Claimed, sides: Sides, mention: Mention, after: Mention) -> bool:
    """«state media in South Korea» where only the North's are known: the country is the party, not the body."""
    between = claimed.words[mention.last + 1 : after.first]
    return bool(between) and between[0] in ("in", "of") and len(between) <= 2 and sides.clash(after.ids[0], mention.ids[0])


def _ids(claimed: Claimed, sides: Sides, mentions: Sequence[Mention]) -> tuple[tuple[str, Mention], ...]:
    return tuple((_who(claimed, sides, m), m) for m in mentions)


def _who(claimed: Claimed, sides: Sides, mention: Mention) -> str:
    """The actor meant: «HTS chief» is whoever leads HTS."""
    beside = (*claimed.words[mention.last + 1 : mention.last + 2], *claimed.words[max(0, mention.first - 1) : mention.first])
    if any(word in role_words()["heads"] for word in beside):
        return sides.leader(mention.ids[0])
    return mention.ids[0]


def _speaks(claimed: Claimed, mention: Mention) -> bool:
    words, table = claimed.words, role_words()
    before = " ".join(words[max(0, mention.first - 4) : mention.first])
    if any(before.endswith(_folded(cue)) for cue in table["speaks_after"].get(claimed.lang, ())):
        return True
    after = " " + " ".join(words[mention.last + 1 : mention.last + 1 + _NEAR])
    own = words[mention.last]
    return any(f" {_folded(cue)}" in after or claimed.lang == "ko" and cue in own for cue in table["speaks_before"].get(claimed.lang, ()))


def _agents(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    if not rest:
        return []
    if claimed.lang in {"ko", "tr"}:
        return _by_ending(claimed, rest) or list(rest[:1])
    if claimed.lang == "ar":
        return _by_preposition(claimed, rest) or list(rest[:1])
    free = [m for m in rest if not _behind_preposition(claimed, m)]
    if not free or _passive(claimed, free[0]):
        return []
    return list(_leading(claimed, free))


def _behind_preposition(claimed: Claimed, mention: Mention) -> bool:
    table = role_words()
    at = mention.first - 1
    while at >= 0 and claimed.words[at] in table["determiners"]:
        at -= 1
    return at >= 0 and claimed.words[at] in table["prepositions"]


def _passive(claimed: Claimed, first: Mention) -> bool:
    """Whether what is done is done to the first name."""
    words = role_words()["passive"]["en"]
    starts = {cue.first for cue in claimed.acts}
    for at in range(first.last + 1, min(first.last + 5, len(claimed.tokens) - 1)):
        if claimed.words[at] in words:
            ahead = range(at + 1, min(at + 3, len(claimed.tokens)))
            return any(n in starts and claimed.words[n].endswith(("ed", "en", "own", "set", "cut")) for n in ahead)
    return False


def _leading(claimed: Claimed, rest: Sequence[Mention]) -> Sequence[Mention]:
    """The first name and those coordinated with it."""
    last = 1
    while last < len(rest) and claimed.words[rest[last - 1].last + 1 : rest[last].first] in (["and"], ["and", "the"], []):
        last += 1
    return rest[:last]


def _after_by(claimed: Claimed, mention: Mention) -> bool:
    words = role_words()["by"].get(claimed.lang, ())
    if claimed.lang in {"en", "ar"}:
        ahead = claimed.words[max(0, mention.first - 4) : mention.first]
        while ahead and ahead[-1] in role_words()["determiners"]:
            ahead.pop()
        before = " ".join(ahead)
        return any(f" {before} ".endswith(f" {cue} ") or f" {before} ".endswith(f" {cue} groups ") for cue in words)
    after = " ".join(claimed.words[mention.last : mention.last + 3])
    return any(cue in after for cue in words)


def _by_ending(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    table = role_words()
    if claimed.lang == "ko":
        return [m for m in rest if claimed.words[m.last].endswith(tuple(table["subject_endings"]["ko"]))][:1]
    return [m for m in rest if "'" not in _raw(claimed, m) and "’" not in _raw(claimed, m)][:1]


def _raw(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)


def _by_preposition(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    words = set(role_words()["object_words"]["ar"])
    free = [m for m in rest if m.first == 0 or claimed.words[m.first - 1] not in words]
    return [m for m in free if not claimed.words[m.first].startswith(("لل", "بال"))][:1]


def _folded(cue: str) -> str:
    return fold(cue)


class Sides:
    """Which names may stand for which: a state for its bodies and ministers, never one person for another."""

    def __init__(self, dossier: Dossier) -> None:
        self._actors: dict[str, Actor] = {actor.id: actor for actor in dossier.actors}
        offices = set(role_words()["offices"])
        self._leaders = {org: fact.agent[0] for fact in dossier.facts if fact.predicate == "lead" and fact.agent for org in fact.patient}
        self._holders = {agent for fact in dossier.facts if fact.predicate in offices for agent in fact.agent}

    def same(self, one: str, other: str) -> bool:
        """Whether the two names may mean the same side of an event."""
        if one == other:
            return True
        a, b = self._actors.get(one), self._actors.get(other)
        if a is None or b is None or not a.country or a.country != b.country:
            return False
        return self._stands(a) and self._stands(b) and not (a.type == b.type == "Person")

    def _stands(self, actor: Actor) -> bool:
        return actor.type in {"Country", "Place", "PublicBody"} or actor.id in self._holders or self._officials(actor)

    def _officials(self, actor: Actor) -> bool:
        """A group or organisation that its own country is listed against: it speaks for the country, yet is not the country."""
        return actor.type in {"Group", "Organization"} and any(
            actor.id in other.not_to_confuse_with or other.id in actor.not_to_confuse_with
            for other in self._actors.values()
            if other.type == "Country" and other.country == actor.country
        )

    def among(self, one: str, others: Sequence[str]) -> bool:
        """Whether a name may mean one of the others."""
        return any(self.same(one, other) for other in others)

    def leader(self, actor: str) -> str:
        """Who leads the actor, where a fact says so."""
        return self._leaders.get(actor, actor)

    def names(self, actors: Sequence[str]) -> str:
        """House names, two at most."""
        return ", ".join(self._actors[actor].name for actor in actors[:2] if actor in self._actors)

    def person(self, actor: str) -> bool:
        """Whether the actor is a person."""
        return actor in self._actors and self._actors[actor].type == "Person"

    def note(self, actor: str) -> bool:
        """Whether the name is a document's, which does nothing itself."""
        return actor in self._actors and self._actors[actor].type == "Note"

    def country(self, actor: str) -> bool:
        """Whether the actor is a country."""
        return actor in self._actors and self._actors[actor].type == "Country"

    def place(self, actor: str) -> bool:
        """Whether the actor is a place."""
        return actor in self._actors and self._actors[actor].type == "Place"

    def nameless(self, actor: str) -> bool:
        """Whether the actor is a group that the source leaves without a country."""
        found = self._actors.get(actor)
        return found is not None and found.type == "Group" and found.country is None

    def compatriots(self, one: str, other: str) -> bool:
        """Whether both belong to one country."""
        a, b = self._actors.get(one), self._actors.get(other)
        return a is not None and b is not None and a.country is not None and a.country == b.country

    def confusable(self, one: str, other: str) -> bool:
        """Whether the curator lists the second as not to be confused with the first."""
        found = self._actors.get(one)
        return found is not None and other in found.not_to_confuse_with

    def alike(self, one: str, other: str) -> bool:
        """Whether one could be mistaken for the other: person for person, state for state, group for group."""
        return _class(self._actors.get(one)) == _class(self._actors.get(other))

    def clash(self, one: str, other: str) -> bool:
        """Whether a country's name before a body's or person's name gives it to another country."""
        a, b = self._actors.get(one), self._actors.get(other)
        return a is not None and b is not None and a.type == "Country" and b.type in {"PublicBody", "Person", "Organization"} and a.country != b.country


def _class(actor: Actor | None) -> str:
    if actor is None:
        return ""
    if actor.type in {"Person", "Group", "Organization"}:
        return "party"
    return "state" if actor.type in {"Country", "PublicBody"} else actor.type
