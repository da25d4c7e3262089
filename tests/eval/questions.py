"""Evaluation questions: their files, their split, and how one is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handlers.answer import Answer
from handlers.desk import Reply

FOLDER = Path(__file__).with_name("questions")
HELD = "_held"
DIRECT = {"answered", "corrected"}


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or one turn of a thread, and what a strict editor accepts as its answer."""

    q: str
    lang: str
    kind: str
    expect: tuple[str, ...]
    facts: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    file: str
    held: bool

    @property
    def answerable(self) -> bool:
        """A direct answer that rests on facts is what this question should get."""
        return self.expect[0] == "answered" and bool(self.facts)

    @property
    def unanswerable(self) -> bool:
        """No direct answer is acceptable."""
        return not DIRECT & set(self.expect) and "command" not in self.expect and "clarify" not in self.expect

    @property
    def premise(self) -> bool:
        """The question rests on something false."""
        return self.expect[0] == "corrected"


def load(folder: Path = FOLDER) -> list[list[Item]]:
    """Conversations of every file; a single question is a conversation of one turn."""
    return [turns for path in sorted(folder.glob("*.yaml")) for turns in _conversations(path)]


def _conversations(path: Path) -> Iterator[list[Item]]:
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        turns = row.get("thread") or [row]
        yield [_item(turn, row, path) for turn in turns]


def _item(turn: dict[str, Any], row: dict[str, Any], path: Path) -> Item:
    return Item(
        q=str(turn["q"]),
        lang=turn.get("lang", row.get("lang", "en")),
        kind=turn.get("kind", row.get("kind", "fact")),
        expect=tuple(turn["expect"]),
        facts=tuple(turn.get("facts") or ()),
        must=tuple(map(str, turn.get("must") or ())),
        must_not=tuple(map(str, turn.get("must_not") or ())),
        file=path.stem,
        held=path.stem.endswith(HELD),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what the desk did."""

    item: Item
    status: str
    first: bool
    third: bool
    right: bool
    direct: bool
    entry: str
    lead: str


def judge(item: Item, reply: Reply, shown: str) -> Judged:
    """Compare a reply with what the item accepts; `shown` is the answer as a reader sees it."""
    answer = reply.answer
    wanted = set(item.facts)
    offered = [set(c.entry.facts[:2]) for c in reply.reading.candidates[:3]] or [_facts(answer)]
    first = bool(wanted & (_facts(answer) if answer.facts else offered[0]))
    third = first or any(wanted & facts for facts in offered)
    status_ok = answer.status.value in item.expect
    facts_ok = not wanted or answer.status.value not in DIRECT or bool(wanted & _facts(answer))
    words_ok = all(any(w.lower() in shown.lower() for w in m.split("|")) for m in item.must)
    words_ok = words_ok and not any(m.lower() in shown.lower() for m in item.must_not)
    return Judged(
        item, answer.status.value, first, third, status_ok and facts_ok and words_ok, answer.status.value in DIRECT,
        reply.reading.entry or reply.reading.intent, answer.lead,
    )  # fmt: skip


def _facts(answer: Answer) -> set[str]:
    return {line.id for line in (*answer.facts, *answer.near)[:2]}
