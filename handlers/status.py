"""What the desk rests on: dossier, counts, age, what is missing."""

from __future__ import annotations

from collections import Counter

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from knowledge.model import QuestionKind
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Version and counts of the loaded dossier."""
    dossier = context.dossier
    labels = Counter(fact.label.value for fact in dossier.facts if not fact.embargoed)
    kinds = Counter(question.kind for question in dossier.questions)
    lead = f"Dossier {dossier.name}, version {dossier.source.version}, loaded {context.loaded:%Y-%m-%d %H:%M} UTC."
    lines = (
        f"{sum(labels.values())} facts: " + ", ".join(f"{n} {label}" for label, n in labels.most_common()),
        f"{len(dossier.actors)} actors, {len(dossier.timeline)} timeline points, {len(dossier.cautions)} cautions",
        f"{kinds[QuestionKind.ANSWER]} composite answers, {kinds[QuestionKind.PREMISE]} false premises, "
        f"{kinds[QuestionKind.UNKNOWN]} topics known to be not in the article",
        f"Facts that go stale with time: {sum(fact.perishable for fact in dossier.facts)}",
        "Copy of the article: " + ("at hand and verified" if context.text else "not at hand"),
    )
    return answer(context, reading, Status.COMMAND, lead, sections=(Section(title="Loaded", lines=lines),))
