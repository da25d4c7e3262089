"""What every handler is given beside the reading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from knowledge.model import Dossier, Fact, Span
from knowledge.understand.reader import Reader

T = TypeVar("T")
_KEPT = 4096
RETENTION_DAYS = 30


@dataclass(frozen=True, slots=True)
class Context:
    """The reader, the time of loading and of asking, and the source's text where a verified copy is at hand.

    `retention_days` is how long questions are kept here, which only the edge knows.
    `memo` keeps parts of answers that are the same as long as the dossier is: see `once`.
    """

    reader: Reader
    loaded: datetime
    now: datetime
    text: str | None = None
    memo: dict[Hashable, Any] = field(default_factory=dict)
    retention_days: int = RETENTION_DAYS

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made at the first call with the key; it may lean on the dossier and the key alone."""
        if key in self.memo:
            kept: T = self.memo[key]
            return kept
        if len(self.memo) >= _KEPT:
            self.memo.clear()
        made = self.memo[key] = make()
        return made

    def passage(self, span: Span) -> str | None:
        """The source's own words at a span, where a verified copy is at hand."""
        return self.text[span.start : span.end] if self.text else None

    @property
    def dossier(self) -> Dossier:
        """The dossier that answers rest on."""
        return self.reader.dossier

    def facts(self, ids: Iterable[str]) -> list[Fact]:
        """Facts by id, in order, without the embargoed and unknown ones."""
        rows = (self.reader.facts.get(i) for i in dict.fromkeys(ids))
        return [fact for fact in rows if fact and not fact.embargoed]

    def every_fact(self) -> list[Fact]:
        """All facts that a reader may see, in the dossier's order."""
        return self.facts(self.reader.facts)

    def facts_with(self, actors: Iterable[str]) -> list[Fact]:
        """The same that name at least one of those actors."""
        facts, places = self.once("facts by actor", self._by_actor)
        return [facts[at] for at in sorted({at for actor in actors for at in places.get(actor, ())})]

    def _by_actor(self) -> tuple[list[Fact], dict[str, list[int]]]:
        facts, places = self.every_fact(), dict[str, list[int]]()
        for at, fact in enumerate(facts):
            for actor in fact.actors:
                places.setdefault(actor, []).append(at)
        return facts, places
