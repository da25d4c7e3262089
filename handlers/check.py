"""A sentence, or a paragraph sentence by sentence, checked against the facts."""

from __future__ import annotations

from collections import Counter

from handlers.answer import Action, Answer, Check, Difference, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import said, say, slug
from knowledge.check import Finding, Gap, check_text
from knowledge.model import Lang, Verdict
from knowledge.understand.reading import Reading

_SHOWN = 3
_QUOTES = "'\"“”‘’«» "


def handle(context: Context, reading: Reading) -> Answer:
    """One verdict a sentence, with the differing words and the facts beside them."""
    text = reading.argument.strip(_QUOTES)
    if not text:
        return answer(context, reading, Status.COMMAND, say("check_how", reading.lang))
    findings = check_text(context.reader, text)
    facts = tuple(dict.fromkeys(fact for finding in findings for fact in finding.facts[:_SHOWN]))
    return answer(
        context,
        reading,
        _status(findings),
        lead(findings, reading.lang),
        facts,
        checks=tuple(_check(finding, reading.lang) for finding in findings),
        actions=(Action.SHOW_SOURCE, Action.CITE, Action.SHARE, Action.WRONG),
    )


def _status(findings: list[Finding]) -> Status:
    """Corrected where a sentence departs from the source, declined where none of it is in the source."""
    found = {finding.verdict for finding in findings}
    if found & {Verdict.CONTRADICTED, Verdict.STRONGER}:
        return Status.CORRECTED
    return Status.DECLINED if found == {Verdict.NOT_IN_SOURCE} else Status.ANSWERED


def lead(findings: list[Finding], lang: Lang) -> str:
    """The verdict in words with what the source has; for a paragraph, how many sentences got which."""
    if len(findings) == 1:
        return verdict_line(findings[0], lang)
    counted = Counter(say(f"verdict_{finding.verdict.value}", lang) for finding in findings)
    verdicts = "; ".join(f"{word}: {count}" for word, count in counted.most_common())
    return say("check_count", lang, count=len(findings), verdicts=verdicts)


def verdict_line(finding: Finding, lang: Lang) -> str:
    """«Stronger than the source: you wrote …, the source has …»; a word that replaces one is not also missing."""
    replacing = {gap.source for gap in finding.differences if gap.yours}
    gaps = [gap for gap in finding.differences if gap.yours or gap.source not in replacing]
    told = list(dict.fromkeys(_differs(gap, gaps, lang) for gap in gaps))
    verdict = say(f"verdict_{finding.verdict.value}", lang)
    first = f"{verdict}: {'; '.join(told)}." if told else f"{verdict}."
    return " ".join(filter(None, (first, said(f"note_{slug(finding.note)}", lang, finding.note))))


def _differs(gap: Gap, gaps: list[Gap], lang: Lang) -> str:
    """One difference; what the source lacks is said plainly, and never as if it were the source's words."""
    if not gap.yours:
        return say("missing", lang, source=gap.source)
    absent = said(f"absent_{slug(gap.source)}", lang, "")
    if absent:
        return say("differs_absent", lang, yours=gap.yours, source=absent)
    same = dict.fromkeys(other.source for other in gaps if other.yours == gap.yours)
    return say("differs", lang, yours=gap.yours, source=", ".join(same))


def _check(finding: Finding, lang: Lang) -> Check:
    differences = tuple(
        Difference(yours=gap.yours, source=said(f"absent_{slug(gap.source)}", lang, gap.source))
        for gap in finding.differences
    )
    facts = finding.facts[:_SHOWN]
    return Check(claim=finding.claim, verdict=finding.verdict, differences=differences, facts=facts)
