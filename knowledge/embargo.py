"""The dossier as a reader may see it: without embargoed facts and whatever leans on them (R23)."""

from __future__ import annotations

from typing import TypeVar

from knowledge.model import Actor, Caution, Dossier, Fact, Question

Holder = TypeVar("Holder", Fact, Actor, Question)


def public(dossier: Dossier) -> Dossier:
    """The dossier without embargoed facts and everything that refers to them."""
    hidden = _hidden_facts(dossier)
    if not hidden:
        return dossier
    facts = tuple(_unlinked(fact, hidden) for fact in dossier.facts if fact.id not in hidden)
    actors = _public_actors(dossier, hidden)
    gone = hidden | ({actor.id for actor in dossier.actors} - {actor.id for actor in actors})
    questions = _public_questions(dossier.questions, gone)
    gone |= {question.id for question in dossier.questions} - {question.id for question in questions}
    return dossier.model_copy(
        update={
            "facts": facts,
            "actors": actors,
            "questions": questions,
            "timeline": tuple(point for point in dossier.timeline if hidden.isdisjoint(point.facts)),
            "cautions": _public_cautions(dossier, hidden),
            "wordings": tuple(wording for wording in dossier.wordings if wording.entry not in gone),
            "claims": tuple(claim for claim in dossier.claims if hidden.isdisjoint(claim.facts)),
        }
    )


def _hidden_facts(dossier: Dossier) -> set[str]:
    """Embargoed facts and, however long the chain, the facts derived from them."""
    hidden = {fact.id for fact in dossier.facts if fact.embargoed}
    while more := {fact.id for fact in dossier.facts if not hidden.isdisjoint(fact.derived_from)} - hidden:
        hidden |= more
    return hidden


def _unlinked(fact: Fact, hidden: set[str]) -> Fact:
    update = {key: None for key in ("supersedes", "retracts") if getattr(fact, key) in hidden}
    return fact.model_copy(update=update) if update else fact


def _names(fact: Fact) -> set[str]:
    quoted = {quote.speaker_actor for quote in fact.quotes}
    return {name for name in {*fact.actors, *fact.agent, *fact.patient, fact.speaker, *quoted} if name}


def _public_actors(dossier: Dossier, hidden: set[str]) -> tuple[Actor, ...]:
    """Every actor but those whom only hidden facts know."""
    secret = {name for fact in dossier.facts if fact.id in hidden for name in _names(fact)}
    secret -= {name for fact in dossier.facts if fact.id not in hidden for name in _names(fact)}
    kept = (actor for actor in dossier.actors if actor.id not in secret)
    return tuple(_without_confusions(actor, secret) for actor in kept)


def _without_confusions(actor: Actor, secret: set[str]) -> Actor:
    others = tuple(name for name in actor.not_to_confuse_with if name not in secret)
    return actor if others == actor.not_to_confuse_with else actor.model_copy(update={"not_to_confuse_with": others})


def _public_questions(questions: tuple[Question, ...], gone: set[str]) -> tuple[Question, ...]:
    """Questions that name nothing hidden, nor lead by a button to one that does."""
    gone = set(gone)
    while hit := {question.id for question in questions if not gone.isdisjoint(_refers(question))} - gone:
        gone |= hit
    return tuple(question for question in questions if question.id not in gone)


def _refers(question: Question) -> set[str]:
    return {*question.facts, *question.actors, *(option.entry for option in question.options)}


def _public_cautions(dossier: Dossier, hidden: set[str]) -> tuple[Caution, ...]:
    """Every caution but those that only hidden facts carry."""
    secret = {name for fact in dossier.facts if fact.id in hidden for name in fact.cautions}
    secret -= {name for fact in dossier.facts if fact.id not in hidden for name in fact.cautions}
    return tuple(caution for caution in dossier.cautions if caution.id not in secret)
