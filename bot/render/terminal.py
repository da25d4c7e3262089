"""An Answer for a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.render.clean import clean, one_line
from bot.render.plain import check_lines, meta, said_in
from bot.render.words import tell
from handlers.answer import Answer, FactLine
from handlers.words import say


def show(answer: Answer, console: Console) -> None:
    """Print the answer; every string is literal, nothing of it is read as markup."""
    console.print(Group(*_parts(answer)), soft_wrap=False)


def _parts(answer: Answer) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(clean(answer.lead), style="bold")]
    parts += [Text(line) for check in answer.checks for line in check_lines(answer, check)]
    parts += [_fact(fact, answer.lead) for fact in answer.facts]
    for section in answer.sections:
        parts.append(Text(one_line(section.title), style="bold cyan"))
        parts += [Padding(Text(f"• {one_line(line)}"), (0, 0, 0, 2)) for line in section.lines]
    if answer.near:
        parts.append(Text(tell("nearest", answer.lang), style="bold cyan"))
        parts += [_fact(fact, "") for fact in answer.near]
    parts += [Text(line, style="dim") for line in _small_print(answer)]
    return parts


def _fact(fact: FactLine, lead: str) -> RenderableType:
    line = Text(f"{one_line(fact.id)}  ", style="cyan")
    if not said_in(fact, lead):
        line.append(one_line(fact.text) + "  ", style="default")
    line.append(meta(fact, lead), style="dim")
    return Padding(line, (0, 0, 0, 2))


def _small_print(answer: Answer) -> list[str]:
    lines = [f"{tell('read_as', answer.lang)}: {one_line(answer.read_as)}"] if answer.read_as else []
    lines += [one_line(answer.footer)] if answer.footer else []
    title = one_line(answer.suggestions_title or say("next", answer.lang)).rstrip(":")
    lines += [f"{title}: {' · '.join(item.label for item in answer.suggestions)}"] if answer.suggestions else []
    return lines
