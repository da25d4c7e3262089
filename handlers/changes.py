"""What changed in the base: corrections, retractions, superseded facts."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """Facts that supersede or retract others in the loaded version."""
    rows = [fact for fact in context.facts(context.reader.facts) if fact.supersedes or fact.retracts]
    if not rows:
        lead = f"No fact has been corrected or retracted in version {context.dossier.source.version}."
        return answer(context, reading, Status.COMMAND, lead)
    lines = tuple(
        f"{f.id} {'supersedes ' + f.supersedes if f.supersedes else 'retracts ' + str(f.retracts)}: {f.statement}"
        for f in rows
    )
    lead = f"{len(rows)} corrected or retracted."
    return answer(context, reading, Status.COMMAND, lead, sections=(Section(title="Changes", lines=lines),))
