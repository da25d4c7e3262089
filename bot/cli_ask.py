"""`ask` and `check`: the desk on a terminal, a line at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import UsageError
from bot.intake import typed
from bot.render.plain import plain
from handlers.answer import Answer, FactLine, Suggestion
from knowledge.model import Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from handlers.desk import Desk
    from knowledge.understand.reading import Frame

_WORST_FIRST = (
    Verdict.CONTRADICTED,
    Verdict.STRONGER,
    Verdict.CANNOT_TELL,
    Verdict.NOT_IN_SOURCE,
    Verdict.SUPPORTED,
)


def questions(given: str | None, batch: Path | None, what: str) -> list[str]:
    """What was asked: the argument, or every line of a file (`-` is standard input); raises UsageError."""
    if (given is None) == (batch is None):
        raise UsageError(f"give either {what} or --batch FILE")
    return [given] if given is not None else _lines(batch or Path("-"))


def _lines(batch: Path) -> list[str]:
    try:
        raw = sys.stdin.buffer.read() if str(batch) == "-" else batch.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {batch}: {error.strerror}") from None
    lines = raw.decode("utf-8-sig", "replace").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def answers(
    desk: Desk, asked: Iterable[str], *, thread: bool = False, before: str = "", explain: bool = False
) -> Iterator[tuple[str, Answer]]:
    """Each question with its answer, or its explanation; in a thread each is understood after the ones before it."""
    frame: Frame | None = None
    for question in asked:
        line, now = f"{before}{typed(question)}", datetime.now(UTC)
        reply = desk.answer(line, frame=frame, now=now)
        yield question, desk.explain(line, frame=frame, now=now) if explain else reply.answer
        frame = reply.frame if thread else None


def ask_record(question: str, answer: Answer) -> dict[str, Any]:
    """The fields of `ask --json`."""
    return {
        "question": _printable(question),
        "status": answer.status.value,
        "intent": answer.intent,
        "read_as": answer.read_as,
        "text": plain(answer),
        "facts": [_fact(fact) for fact in (*answer.facts, *answer.rests_on, *answer.near)],
        "suggestions": [_suggestion(item) for item in answer.suggestions],
    }


def check_record(claim: str, answer: Answer) -> dict[str, Any]:
    """The fields of `check --json`; of several sentences the worst verdict counts."""
    found = {check.verdict for check in answer.checks}
    return {
        "claim": _printable(claim),
        "verdict": next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.CANNOT_TELL).value,
        "facts": [_fact(fact) for fact in answer.facts],
        "differences": [
            {"yours": difference.yours, "source": difference.source}
            for check in answer.checks
            for difference in check.differences
        ],
        "text": plain(answer),
    }


def show(record: dict[str, Any]) -> None:
    """One JSON object on one line."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def show_answers(found: Iterable[tuple[str, Answer]], *, titled: bool) -> None:
    """Answers for a person: coloured on a terminal, plain in a pipe."""
    from bot.render.terminal import show as show_one

    out = console()
    for question, answer in found:
        if titled:
            out.print(f"> {_printable(question)}", style="dim")
        show_one(answer, out)
        if titled:
            out.print()


def console() -> Console:
    """Where answers go: as wide as the terminal, or 100 columns in a pipe; nothing in them is markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 100)


def _fact(fact: FactLine) -> dict[str, Any]:
    return {"id": fact.id, "spans": [list(span) for span in fact.spans], "label": fact.label.value}


def _suggestion(item: Suggestion) -> dict[str, Any]:
    return {"id": item.id, "label": item.label, "spans": [list(span) for span in item.spans]}


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
