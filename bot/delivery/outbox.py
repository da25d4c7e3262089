"""Messages that must reach someone once: what an owner has to know, corrections, shared answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.courier import Drop, Parcel
from bot.delivery.ledger import LEASE_SECONDS, SETTLE_SECONDS, Change, Claim, Ledger, Write
from bot.delivery.poster import Posted, PostRequest
from bot.delivery.shown import shown_writes
from bot.store.engine import transaction
from bot.store.tables import outbox
from bot.store.upsert import insert_into


class Outbox:
    """Keeps messages until they are posted; the same key is posted once, however often it is put."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        *,
        lease_seconds: float = LEASE_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        self.ledger = Ledger(engine, outbox, clock, lease_seconds=lease_seconds, settle_seconds=settle_seconds)
        self._engine = engine
        self._clock = clock

    async def put(
        self,
        key: str,
        team_id: str,
        channel_id: str,
        text: str,
        *,
        blocks: Sequence[Mapping[str, Any]] | None = None,
        thread_ts: str | None = None,
        fact_ids: Sequence[str] = (),
    ) -> bool:
        """Keep the message; True when its key (at most 64 characters) is new. A user id as channel: a DM."""
        row = {"team_id": team_id, "channel_id": channel_id, "text": text, "thread_ts": thread_ts}
        async with transaction(self._engine) as connection:
            return await self.put_with(
                connection, key, **row, blocks=list(blocks) if blocks else None, fact_ids=list(fact_ids)
            )

    async def put_with(self, connection: AsyncConnection, key: str, **row: Any) -> bool:
        """The same inside a transaction that does more."""
        insert = insert_into(connection, outbox).values(key=key, created_at=self._clock.now(), **row)
        kept = await connection.execute(insert.on_conflict_do_nothing().returning(outbox.c.id))
        return kept.first() is not None


class OutboxRoute:
    """From a kept message to its place."""

    give_up_seconds = 7 * 86_400.0
    when_blind: Literal["resend_once", "unknown"] = "resend_once"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def compose(self, claim: Claim) -> Parcel | Drop:
        """The message as it was kept."""
        row = claim.row
        return Parcel(
            PostRequest(
                key=claim.key,
                team_id=row["team_id"],
                channel_id=row["channel_id"],
                text=row["text"],
                blocks=row["blocks"],
                thread_ts=row["thread_ts"],
                metadata={"kind": "notice"},
            )
        )

    def on_sent(self, claim: Claim, parcel: Parcel, posted: Posted) -> Sequence[Write | Change]:
        """The facts it shows."""
        row = claim.row
        facts = row["fact_ids"] or ()
        return shown_writes(row["team_id"], posted.channel_id, posted.ts, row["thread_ts"], facts, self._clock.now())

    async def on_ended(self, claim: Claim, state: str, reason: str, *, permanent: bool) -> None:
        """The row keeps the reason."""
