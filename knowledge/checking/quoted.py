"""The source's quotations: of what they are said, and which words may stand in quotation marks."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles
from knowledge.model import Verdict
from knowledge.understand.lexicon import stem

_LEAD = 2


def quotations(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A quotation said of something else than in the source."""
    found = _another_name(base, claimed, known)
    spoken = {stem(word) for word in claimed.words}
    named = [actor for actor, _ in (*roles.agents, *roles.patients)]
    for words, objects in known.objects:
        own = [a for a in objects if a not in {*known.fact.agent, *known.fact.patient}]
        if not own or not (words & spoken or _shares(claimed, known)) or any(base.sides.among(a, named) for a in own):
            continue
        other = next(
            (row for row in roles.patients if not base.sides.among(row[0], (*known.fact.agent, *known.fact.patient))),
            None,
        )
        if other:
            gap = Gap(claimed.said(other[1].first, other[1].last), base.sides.names(own))
            found.append(Difference("quote_object", Verdict.CONTRADICTED, gap, known.fact.id))
    return found


def _another_name(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """The words of a quotation with another name in the place of the quotation's own."""
    for quote in known.fact.quotes:
        parsed = base.parse(quote.text)
        for own in parsed.mentions:
            lead = parsed.words[max(0, own.first - _LEAD) : own.first]
            for mention in claimed.mentions:
                if len(lead) < _LEAD or claimed.words[max(0, mention.first - _LEAD) : mention.first] != lead:
                    continue
                if not base.sides.among(mention.ids[0], own.ids):
                    gap = Gap(claimed.said(mention.first, mention.last), quote.text)
                    return [Difference("quote_name", Verdict.CONTRADICTED, gap, known.fact.id)]
    return []


def _shares(claimed: Claimed, known: Known) -> bool:
    return bool(claimed.act_names() & known.acts)


def unquotable(base: Base, claimed: Claimed) -> Gap | None:
    """Words in quotation marks that the source does not put in quotation marks."""
    for quoted in claimed.quoted:
        parsed = base.parse(quoted)
        words = tuple(parsed.words)
        covered = sum(m.last - m.first + 1 for m in parsed.mentions)
        if words and covered < len(words) and not any(_within(words, own) for own in base.quotable):
            if claimed.lang != "en" and _rendered(base, parsed):
                continue
            return Gap(quoted, "not a quotation in the article")
    return None


def _rendered(base: Base, parsed: Claimed) -> bool:
    """Whether quoted words of another language say what a quotation of the source says."""
    acts = parsed.act_names()
    return any(acts and acts <= known.acts for known in base.known.values() if known.fact.quotes)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))
