"""The digest as it would read now: leading facts, what goes stale, one fact to know."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.brief import leading
from handlers.compose import Context, answer
from knowledge.understand.reading import Reading

_LEADING = 4


def handle(context: Context, reading: Reading) -> Answer:
    """A preview of today's digest for this dossier; other digest words belong to the delivery."""
    word = reading.argument.split(" ", 1)[0].lower() if reading.argument else "preview"
    if word != "preview":
        lead = f"I do not know “digest {reading.argument[:40]}”. Here you can preview; in Slack also subscribe, change, pause, stop."
        return answer(context, reading, Status.COMMAND, lead)
    facts = leading(context)
    sections = (
        Section(title="In the dossier", lines=tuple(f"{f.statement} [{f.id}]" for f in facts[:_LEADING])),
        Section(title="Check before use", lines=tuple(f"{f.statement} [{f.id}]" for f in facts if f.perishable)[:2]),
        Section(title="One fact to know", lines=(_of_the_day(context),)),
    )
    lead = f"Digest preview, {context.now:%Y-%m-%d}: dossier {context.dossier.source.version}, nothing new since it was loaded."
    return answer(context, reading, Status.COMMAND, lead, sections=tuple(s for s in sections if s.lines))


def _of_the_day(context: Context) -> str:
    facts = [fact for fact in leading(context) if not fact.perishable]
    fact = facts[context.now.toordinal() % len(facts)]
    return f"{fact.statement} [{fact.id}]"
