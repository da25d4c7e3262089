"""What every handler is given beside the reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from knowledge.model import Dossier, Fact, Span
from knowledge.understand.reader import Reader


@dataclass(frozen=True, slots=True)
class Context:
    """The reader, the time of loading and of asking, and the source's text where a verified copy is at hand."""

    reader: Reader
    loaded: datetime
    now: datetime
    text: str | None = None

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
