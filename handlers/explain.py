"""How a question was read: canonical form, names found, candidates with their signals, and why it ended as it did."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from knowledge.understand.reading import Reading

_SHOWN = 4


def handle(context: Context, reading: Reading) -> Answer:
    """The explanation of the question that follows the word `explain`."""
    if not reading.argument:
        return answer(context, reading, Status.COMMAND, "Type a question after explain to see how it is read.")
    asked = context.reader.read(reading.argument)
    return answer(
        context,
        reading,
        Status.COMMAND,
        f"“{asked.canonical.text}” ends as: {asked.outcome.value}.",
        sections=sections(asked),
    )


def sections(asked: Reading) -> tuple[Section, ...]:
    """The explanation as titled lists, in words a curator can act on."""
    found = asked.canonical
    seen = (
        f"language {found.lang}; slot {found.slot.value.replace('_', ' ') if found.slot else 'none'}",
        f"actors: {', '.join(found.actors) or 'none'}",
        f"names outside the base: {', '.join(o.lstrip('!') for o in found.outside) or 'none'}",
        f"concepts: {', '.join(sorted(found.concepts)) or 'none'}",
        f"words outside the base: {', '.join(found.unknown) or 'none'}",
        f"spelling: {', '.join(f'{a} read as {b}' for a, b in found.corrected.items()) or 'as typed'}",
        f"canonical form: {found.summary() or 'nothing left'}",
    )
    rows = tuple(
        f"{c.entry.id} “{c.entry.title}” score {c.score:.2f}: "
        + ", ".join(f"{k} {v:g}" for k, v in c.explain().items())
        for c in asked.candidates[:_SHOWN]
    )
    why = (f"{'; '.join(asked.reasons)} (confidence {asked.confidence:.2f})", *_advice(asked))
    return tuple(
        Section(title=title, lines=lines)
        for title, lines in (("Read", seen), ("Candidates", rows), ("Why", why))
        if lines
    )


def _advice(asked: Reading) -> tuple[str, ...]:
    found = asked.canonical
    rows = [f"{m.dimension}: the question has {m.yours}, {m.fact} has {m.source}" for m in asked.mismatches]
    if found.unknown:
        rows.append(
            f"to teach it: add {', '.join(found.unknown)} to the lexicon, or this wording to an entry's examples"
        )
    return tuple(rows)
