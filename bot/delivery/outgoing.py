"""What the edge hands over to be posted as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["mention", "dm", "thread"]


@dataclass(frozen=True, slots=True)
class Question:
    """A mention or message as Slack delivered it."""

    team_id: str
    event_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    user_id: str
    text: str
    surface: Surface


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered answer: complete text, blocks, the thread's new frame, the facts shown; `unanswered` if none."""

    text: str
    blocks: Sequence[Mapping[str, Any]] | None = None
    frame: Any = None
    fact_ids: Sequence[str] = field(default_factory=tuple)
    unanswered: bool = False
