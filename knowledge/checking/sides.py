"""Which names may stand for which side of an event, from the dossier's actors and offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from knowledge.model import Actor, Dossier
from knowledge.understand.lexicon import FOLDER


@lru_cache(maxsize=1)
def role_words() -> Mapping[str, Any]:
    """The closed classes of check_roles.yaml."""
    with (FOLDER / "check_roles.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    return data


class Sides:
    """Which names may stand for which: a state for its bodies and ministers, never one person for another."""

    def __init__(self, dossier: Dossier) -> None:
        self._actors: dict[str, Actor] = {actor.id: actor for actor in dossier.actors}
        offices = set(role_words()["offices"])
        self._leaders = {
            org: fact.agent[0]
            for fact in dossier.facts
            if fact.predicate == "lead" and fact.agent
            for org in fact.patient
        }
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
        """A group listed apart from its own country: it acts for the country, yet is not the country."""
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
        return (
            a is not None
            and b is not None
            and a.type == "Country"
            and b.type in {"PublicBody", "Person", "Organization"}
            and b.country is not None
            and a.country != b.country
        )


def _class(actor: Actor | None) -> str:
    if actor is None:
        return ""
    if actor.type in {"Person", "Group", "Organization"}:
        return "party"
    return "state" if actor.type in {"Country", "PublicBody"} else actor.type
