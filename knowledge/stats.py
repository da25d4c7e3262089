"""What a dossier holds, in figures: for a curator who wonders where it is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from knowledge.embargo import public
from knowledge.model import LANGUAGES, Actor, Dossier, Fact, Kind, Question, Slot

CLAIMS = {Kind.CLAIM, Kind.OPINION}


class Stats(BaseModel):
    """Counts of a dossier as readers may see it, and the ids of entries that lack something."""

    model_config = ConfigDict(frozen=True)

    dossier: str
    version: str
    passages: int
    totals: dict[str, int]
    facts_by_kind: dict[str, int]
    facts_by_label: dict[str, int]
    facts_by_attribution: dict[str, int]
    questions_by_kind: dict[str, int]
    actors_by_type: dict[str, int]
    aliases_by_language: dict[str, int]
    examples: dict[str, dict[str, int]]
    lacking: dict[str, tuple[str, ...]]


def stats(dossier: Dossier) -> Stats:
    """Figures of the dossier without what is under embargo."""
    seen = public(dossier)
    return Stats(
        dossier=seen.name,
        version=seen.source.version,
        passages=len(seen.source.passages),
        totals=_totals(seen),
        facts_by_kind=_count(fact.kind.value for fact in seen.facts),
        facts_by_label=_count(fact.label.value for fact in seen.facts),
        facts_by_attribution=_count(fact.attribution.value for fact in seen.facts),
        questions_by_kind=_count(question.kind.value for question in seen.questions),
        actors_by_type=_count(actor.type for actor in seen.actors),
        aliases_by_language=_count(alias.lang for actor in seen.actors for alias in actor.aliases),
        examples={
            "facts": _examples(seen.facts),
            "questions": _examples(seen.questions),
            "actors": _examples(seen.actors),
        },
        lacking={what: ids for what, ids in _lacking(seen).items() if ids},
    )


def _totals(dossier: Dossier) -> dict[str, int]:
    return {
        "facts": len(dossier.facts),
        "questions": len(dossier.questions),
        "actors": len(dossier.actors),
        "aliases": sum(len(actor.aliases) for actor in dossier.actors),
        "timeline": len(dossier.timeline),
        "cautions": len(dossier.cautions),
        "claims": len(dossier.claims),
        "wordings": len(dossier.wordings),
        "spans": sum(len(fact.spans) for fact in dossier.facts),
        "quotes": sum(len(fact.quotes) for fact in dossier.facts),
    }


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _examples(entries: Iterable[Fact | Question | Actor]) -> dict[str, int]:
    counts: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    for entry in entries:
        for lang, texts in entry.examples:
            counts[lang] += len(texts)
    return counts


def _lacking(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """Ids of entries without what most have; a reason to look, not a fault."""
    facts = dossier.facts
    named = {name for fact in facts for name in (*fact.actors, fact.speaker)}
    warned = {name for fact in facts for name in fact.cautions}
    timed = {name for point in dossier.timeline for name in point.facts}
    return {
        "facts without a span": tuple(fact.id for fact in facts if not fact.spans),
        "facts without actors": tuple(fact.id for fact in facts if not fact.actors),
        "facts without slots": tuple(fact.id for fact in facts if not fact.slots),
        "facts that do not say who says so": tuple(fact.id for fact in facts if Slot.SAYS_WHO not in fact.slots),
        "claims without a speaker": tuple(fact.id for fact in facts if fact.kind in CLAIMS and not fact.speaker),
        "facts with a time, not in the timeline": tuple(f.id for f in facts if f.time and f.id not in timed),
        "actors in no fact": tuple(actor.id for actor in dossier.actors if actor.id not in named),
        "cautions on no fact": tuple(caution.id for caution in dossier.cautions if caution.id not in warned),
    }
