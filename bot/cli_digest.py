"""`digest preview`: on a terminal, the digest that a channel would get today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from bot.delivery.digest_content import DigestContent, Line, Seen, compose_digest
from bot.render.clean import clean, one_line
from knowledge.model import Dossier, Lang

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"title": "bold", "heading": "bold cyan", "foot": "dim"}


def preview(dossier: Dossier, today: date, lang: Lang) -> DigestContent:
    """The digest of a channel that had one yesterday, with nothing asked since."""
    seen = Seen(on=date.fromordinal(today.toordinal() - 1), count=today.toordinal())
    return compose_digest(dossier, today, seen, lang=lang)


def show(content: DigestContent, console: Console) -> None:
    """Print it, every string literal."""
    from rich.padding import Padding
    from rich.text import Text

    for kind, words in _lines(content):
        line = Text(clean(words), style=_STYLES.get(kind, "default"))
        console.print(Padding(line, (0, 0, 0, 2)) if kind == "line" else line)


def _lines(content: DigestContent) -> Iterator[tuple[str, str]]:
    yield "title", content.title
    if content.quiet:
        yield "plain", content.quiet
    for part, lines in content.parts.items():
        yield "heading", part.heading(content.lang)
        yield from (("line", _line(line)) for line in lines)
    yield "foot", content.footer


def _line(line: Line) -> str:
    tail = " · ".join(text for text in (", ".join(line.fact_ids), line.label) if text)
    return one_line(f"• {line.text}{f' [{tail}]' if tail else ''} {line.caution}").strip()
