"""What was asked, durably: a question is in the table before Slack hears 200, and stays there until it is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.batch import Batch
from bot.delivery.clock import Clock
from bot.delivery.ledger import LEASE_SECONDS, OPEN, SENT, SETTLE_SECONDS, Claim, Ledger
from bot.delivery.outgoing import Outgoing, Question
from bot.store.engine import StoreUnavailable, transaction
from bot.store.tables import inbox
from bot.store.upsert import insert_into

__all__ = ["Inbox", "Outgoing", "Question", "question_of"]

PUT_TRIES = 4
PUT_BACKOFF = 0.1
EVENT_MEMORY_SECONDS = 25 * 3600.0


class Inbox:
    """Questions in order of arrival, each kept once however often Slack delivers it."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        *,
        lease_seconds: float = LEASE_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        self.ledger = Ledger(engine, inbox, clock, lease_seconds=lease_seconds, settle_seconds=settle_seconds)
        self._engine = engine
        self._clock = clock
        self._listeners: list[Callable[[], None]] = []
        self._puts: Batch[Question, bool] = Batch(self._put_all)

    def on_new(self, listener: Callable[[], None]) -> None:
        """Call this whenever a question has been kept by this process."""
        self._listeners.append(listener)

    async def put(self, question: Question) -> bool:
        """Keep it; True when new, False when known by event id or by message. StoreUnavailable when it was not kept."""
        new = await self._put_patiently(question)
        for listener in self._listeners:
            listener()
        return new

    async def depth(self) -> int:
        """How many questions wait for their answer."""
        return await self.ledger.depth()

    async def answered_in(self, team_id: str, channel_id: str, thread_ts: str) -> bool:
        """Whether the bot has answered, or is about to, in this thread."""
        here = select(inbox.c.id).where(
            inbox.c.team_id == team_id,
            inbox.c.channel_id == channel_id,
            or_(inbox.c.thread_ts == thread_ts, inbox.c.message_ts == thread_ts),
            inbox.c.state.in_((*OPEN, SENT)),
        )
        async with transaction(self._engine) as connection:
            return (await connection.scalar(here.limit(1))) is not None

    async def forget(self, retention_seconds: float) -> int:
        """Delete settled questions older than that (never younger than Slack may redeliver); returns how many."""
        horizon = self._clock.now() - max(retention_seconds, EVENT_MEMORY_SECONDS)
        old = delete(inbox).where(inbox.c.created_at < horizon, inbox.c.state.not_in(OPEN))
        async with transaction(self._engine) as connection:
            return (await connection.execute(old)).rowcount

    async def _put_patiently(self, question: Question) -> bool:
        for attempt in range(1, PUT_TRIES):
            try:
                return await self._put(question)
            except StoreUnavailable:
                await self._clock.sleep(PUT_BACKOFF * 2**attempt)
        return await self._put(question)

    async def _put(self, question: Question) -> bool:
        return await self._puts.submit(question)

    async def _put_all(self, questions: Sequence[Question]) -> list[bool]:
        rows = [self._row(question) for question in questions]
        async with transaction(self._engine) as connection:
            insert = insert_into(connection, inbox).on_conflict_do_nothing().returning(inbox.c.key)
            kept = set((await connection.scalars(insert, rows)).all())
        return [row["key"] in kept for row in rows]

    def _row(self, question: Question) -> dict[str, Any]:
        return {
            "key": uuid4().hex,
            "team_id": question.team_id,
            "event_id": question.event_id,
            "channel_id": question.channel_id,
            "message_ts": question.message_ts,
            "thread_ts": question.thread_ts,
            "user_id": question.user_id,
            "surface": question.surface,
            "question": question.text.replace("\x00", ""),
            "created_at": self._clock.now(),
        }


def question_of(claim: Claim) -> Question:
    """The question a claim holds."""
    row = claim.row
    return Question(
        team_id=row["team_id"],
        event_id=row["event_id"],
        channel_id=row["channel_id"],
        message_ts=row["message_ts"],
        thread_ts=row["thread_ts"],
        user_id=row["user_id"],
        text=row["question"],
        surface=row["surface"],
    )
