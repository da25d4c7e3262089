"""A sentence, or a paragraph sentence by sentence, checked against the facts."""

from __future__ import annotations

from handlers.answer import Action, Answer, Check, Difference, Status
from handlers.compose import Context, answer
from knowledge.check import Finding, check_text
from knowledge.model import Verdict
from knowledge.understand.reading import Reading

WORDS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.STRONGER: "Stronger than the source",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.NOT_IN_SOURCE: "Not in the article",
    Verdict.CANNOT_TELL: "Cannot tell",
}
_SHOWN = 3


def handle(context: Context, reading: Reading) -> Answer:
    """One verdict a sentence, with the differing words and the facts beside them."""
    text = reading.argument.strip().strip("'\"“”‘’")
    if not text:
        return answer(
            context, reading, Status.COMMAND, "Type a sentence after check, or use Check with Syria Desk on a message."
        )
    findings = check_text(context.reader, text)
    facts = tuple(dict.fromkeys(fact for finding in findings for fact in finding.facts[:_SHOWN]))
    return answer(
        context,
        reading,
        Status.ANSWERED,
        lead(context, findings),
        facts,
        checks=tuple(_check(finding) for finding in findings),
        actions=(Action.SHOW_SOURCE, Action.CITE, Action.SHARE, Action.WRONG),
    )


def lead(context: Context, findings: list[Finding]) -> str:
    """The verdict in words with what the source has; a count for a paragraph."""
    if len(findings) == 1:
        return verdict_line(context, findings[0])
    return "\n".join(f"{number}. {verdict_line(context, finding)}" for number, finding in enumerate(findings, 1))


def verdict_line(context: Context, finding: Finding) -> str:
    """«Stronger than the source: you wrote … ; the source has … .»"""
    word = WORDS[finding.verdict]
    differences = "; ".join(
        f"you wrote “{d.yours}”, the source has “{d.source}”" if d.yours else f"missing: {d.source}"
        for d in finding.differences
    )
    parts = [f"{word}: {differences}." if differences else f"{word}.", finding.note]
    return " ".join(part for part in parts if part)


def _check(finding: Finding) -> Check:
    differences = tuple(Difference(yours=d.yours, source=d.source) for d in finding.differences)
    return Check(claim=finding.claim, verdict=finding.verdict, differences=differences)
