"""How a question was read: canonical form, names found, candidates with their signals, and why it ended as it did."""

from __future__ import annotations

from handlers.answer import Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.model import Lang
from knowledge.understand.reading import Outcome, Reading

_SHOWN = 4


def handle(context: Context, reading: Reading) -> Answer:
    """The explanation of the question that follows the word `explain`; its lists are a curator's, in English."""
    if not reading.argument:
        return answer(context, reading, Status.COMMAND, say("explain_how", reading.lang))
    asked = context.reader.read(reading.argument)
    lead = say("explain_lead", reading.lang, outcome=asked.outcome.value)
    return answer(context, reading, Status.COMMAND, lead, sections=sections(asked, reading.lang))


def sections(asked: Reading, lang: Lang) -> tuple[Section, ...]:
    """The explanation as titled lists, in words a curator can act on."""
    rows = (("explain_read", _seen(asked)), ("explain_candidates", _candidates(asked)), ("explain_why", _why(asked)))
    return tuple(Section(title=say(title, lang), lines=lines) for title, lines in rows if lines)


def _seen(asked: Reading) -> tuple[str, ...]:
    found = asked.canonical
    spelled = ", ".join(f"{typed} read as {known}" for typed, known in found.corrected.items())
    return (
        f"canonical form: {found.summary() or 'nothing left'}",
        f"language: {found.lang}; slot: {found.slot.value.replace('_', ' ') if found.slot else 'none'}",
        f"actors: {', '.join(found.actors) or 'none'}",
        f"names with two holders: {'; '.join(' or '.join(ids) for ids in found.ambiguous) or 'none'}",
        f"names outside the base: {', '.join(name.lstrip('!') for name in found.outside) or 'none'}",
        f"concepts: {', '.join(sorted(found.concepts)) or 'none'}",
        f"words outside the base: {', '.join(found.unknown) or 'none'}",
        f"spelling: {spelled or 'as typed'}",
    )


def _candidates(asked: Reading) -> tuple[str, ...]:
    return tuple(
        f"{c.entry.id} “{c.entry.title}”, score {c.score:.2f}: "
        + ", ".join(f"{signal} {value:g}" for signal, value in c.explain().items())
        for c in asked.candidates[:_SHOWN]
    )


def _why(asked: Reading) -> tuple[str, ...]:
    reasons = "; ".join(asked.reasons) or f"the line is the command {asked.intent}"
    sure = "" if asked.outcome is Outcome.COMMAND else f" (confidence {asked.confidence:.2f})"
    rows = [f"{m.dimension}: the question has {m.yours}, {m.fact} has {m.source}" for m in asked.mismatches]
    if asked.canonical.unknown:
        words = ", ".join(asked.canonical.unknown)
        rows.append(f"to teach it: add {words} to the lexicon, or this wording to an entry's examples")
    return (f"{reasons}{sure}", *rows)
