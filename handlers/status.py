"""What the desk rests on: dossier, counts, age, what is missing."""

from __future__ import annotations

from collections import Counter

from handlers.answer import Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.model import Lang, QuestionKind
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Version and counts of the loaded dossier."""
    lang, dossier = reading.lang, context.dossier
    loaded = f"{context.loaded:%Y-%m-%d %H:%M}"
    lead = say("status_lead", lang, name=dossier.name, version=dossier.source.version, loaded=loaded)
    section = Section(title=say("status_title", lang), lines=_lines(context, lang))
    return answer(context, reading, Status.COMMAND, lead, sections=(section,))


def _lines(context: Context, lang: Lang) -> tuple[str, ...]:
    dossier, facts = context.dossier, context.every_fact()
    labels = Counter(say(f"label_{fact.label.value}", lang) for fact in facts)
    kinds = Counter(question.kind for question in dossier.questions)
    return (
        say(
            "status_facts",
            lang,
            count=len(facts),
            labels=", ".join(f"{label} {n}" for label, n in labels.most_common()),
        ),
        say(
            "status_parts",
            lang,
            actors=len(dossier.actors),
            points=len(dossier.timeline),
            cautions=len(dossier.cautions),
        ),
        say(
            "status_questions",
            lang,
            answers=kinds[QuestionKind.ANSWER],
            premises=kinds[QuestionKind.PREMISE],
            unknowns=kinds[QuestionKind.UNKNOWN],
        ),
        say("status_stale", lang, count=sum(fact.perishable for fact in facts)),
        say("copy_here" if context.text else "copy_absent", lang),
    )
