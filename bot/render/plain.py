"""An Answer as lines of plain text: what `ask` prints, what screen readers and phones read."""

from __future__ import annotations

from bot.render.clean import clean, clip, clip_markup, literal, one_line
from bot.render.limits import TEXT
from bot.render.words import tell
from handlers.answer import Answer, Check, Difference, FactLine, Section
from handlers.words import say

WIDEST = 1000
LEAD = 3000


def plain(answer: Answer) -> str:
    """The complete answer, nothing cut."""
    return "\n".join(lines(answer))


def lines(answer: Answer, widest: int | None = None) -> list[str]:
    """The answer line by line, from the lead to what may be asked next; a fact's wording is cut at `widest`."""
    out = [clean(answer.lead)]
    for check in answer.checks:
        out += check_lines(answer, check)
    out += [fact_line(fact, answer.lead, widest) for fact in answer.facts]
    for section in answer.sections:
        out += section_lines(section)
    if answer.near:
        out += [f"{tell('nearest', answer.lang)}:", *(fact_line(fact, "", widest) for fact in answer.near)]
    if answer.read_as:
        out.append(f"{tell('read_as', answer.lang)}: {one_line(answer.read_as)}")
    if answer.footer:
        out.append(one_line(answer.footer))
    if answer.suggestions:
        title = one_line(answer.suggestions_title or say("next", answer.lang)).rstrip(":")
        out.append(f"{title}: {' · '.join(one_line(item.label) for item in answer.suggestions)}")
    return out


def fact_line(fact: FactLine, lead: str, widest: int | None = None) -> str:
    """A fact with id, label and attribution; its wording is not repeated where the lead already is that wording."""
    text = one_line(fact.text) if widest is None else clip(one_line(fact.text), widest)
    wording = "" if said_in(fact, lead) else f" {text}"
    return f"[{one_line(fact.id)}]{wording} ({meta(fact, lead)})"


def meta(fact: FactLine, lead: str = "") -> str:
    """What must travel with a fact: label, who says so, the time and caution that the lead does not give."""
    notes = (note for note in (fact.time_note, fact.caution) if note and note not in lead)
    return " · ".join(one_line(part).removesuffix(".") for part in (fact.label_text, fact.attribution, *notes) if part)


def said_in(fact: FactLine, lead: str) -> bool:
    """Whether the lead already says this fact word for word."""
    return bool(fact.text.strip()) and one_line(fact.text) in one_line(lead)


def check_lines(answer: Answer, check: Check) -> list[str]:
    """A verdict with the checked sentence, then each difference that the lead does not name already."""
    verdict = verdict_of(answer, check)
    yours, source = tell("yours", answer.lang), tell("the_source", answer.lang)
    differences = (
        f"  {yours}: {one_line(item.yours)} → {source}: {one_line(item.source)}" for item in unnamed(answer, check)
    )
    beside = f" [{', '.join(check.facts)}]" if check.facts else ""
    return [f"{verdict}{': ' if verdict else ''}“{one_line(check.claim)}”{beside}", *differences]


def verdict_of(answer: Answer, check: Check) -> str:
    """The verdict in words; nothing where the lead opens with it, since there is only one sentence."""
    verdict = say(f"verdict_{check.verdict.value}", answer.lang)
    return "" if len(answer.checks) == 1 and answer.lead.startswith(verdict) else verdict


def unnamed(answer: Answer, check: Check) -> list[Difference]:
    """The differences that the lead does not name."""
    return [item for item in check.differences if item.yours not in answer.lead or item.source not in answer.lead]


def section_lines(section: Section) -> list[str]:
    """A list with its title."""
    return [one_line(section.title), *(f"- {one_line(line)}" for line in section.lines)]


def slack_text(answer: Answer, before: str = "") -> str:
    """The answer for Slack's top-level `text`: escaped, within the limit, whole lines only."""
    whole = lines(answer, WIDEST)
    return fit(
        [*filter(None, [before]), clip_markup(literal(clip(whole[0], 2 * WIDEST)), LEAD), *map(literal, whole[1:])],
        answer,
    )


def fit(escaped: list[str], answer: Answer, limit: int = TEXT) -> str:
    """As many whole lines as fit; what is left out is counted, never cut in half."""
    text = "\n".join(escaped)
    if len(text) <= limit:
        return text
    kept = list(escaped)
    note = ""
    while kept and len("\n".join(kept)) + len(note) + 1 > limit:
        kept.pop()
        note = tell("lines_left_out", answer.lang, count=len(escaped) - len(kept))
    return "\n".join([*kept, note])
