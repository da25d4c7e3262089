"""Rows that are carried to Slack: who holds one, for how long, how it ended. One for questions, digests and notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, Table, and_, bindparam, func, not_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.batch import Batch
from bot.delivery.clock import Clock
from bot.store.engine import transaction
from bot.store.tables import rate_gate
from bot.store.upsert import insert_into

READY, SENDING, SENT, FAILED, UNKNOWN = "ready", "sending", "sent", "failed", "unknown"
OPEN = (READY, SENDING)
POST_METHOD = "chat.postMessage"
LEASE_SECONDS = 30.0
SETTLE_SECONDS = 30.0
# Two replicas' clocks differ by less; a moment further ahead was written before the clock was set back.
SKEW_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A row this process holds until its lease ends; the fence tells it from earlier and later holders."""

    id: int
    key: str
    fence: int
    attempts: int
    first_try_at: float | None
    uncertain: bool
    created_at: float
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """Rows to write in the transaction that settles a claim; a row that exists already is replaced."""

    table: Table
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Values for one row that exists, by its `id`."""

    table: Table
    id: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim that was posted, with what else is to be written with it."""

    claim: Claim
    ts: str
    writes: Sequence[Write | Change] = field(default_factory=tuple)


class Ledger:
    """Claims, begins and settles the rows of one table for one process."""

    def __init__(
        self,
        engine: AsyncEngine,
        table: Table,
        clock: Clock,
        *,
        lease_seconds: float = LEASE_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        self.table = table
        self.lease_seconds = lease_seconds
        self.settle_seconds = settle_seconds
        self._engine = engine
        self._clock = clock
        self._owner = uuid4().hex
        self._begins: Batch[Claim, bool] = Batch(self._begin_all)
        self._sents: Batch[Sent, None] = Batch(self._sent_all)

    async def claim(self, limit: int) -> list[Claim]:
        """Up to `limit` rows that are due and free, now held by this process."""
        now = self._clock.now()
        async with transaction(self._engine) as connection:
            due = select(self.table.c.id).where(self._due(now)).order_by(self.table.c.not_before, self.table.c.id)
            ids = (await connection.scalars(due.limit(limit).with_for_update(skip_locked=True))).all()
            if not ids:
                return []
            taken = await connection.execute(
                update(self.table)
                .where(self.table.c.id.in_(ids))
                .values(
                    lease_owner=self._owner,
                    lease_until=now + self.lease_seconds,
                    touched_at=now,
                    fence=self.table.c.fence + 1,
                    # Whoever began and did not settle may have posted.
                    uncertain=self.table.c.state == SENDING,
                )
                .returning(self.table)
            )
            return sorted((_claim(row) for row in taken.mappings()), key=lambda claim: claim.id)

    async def begin(self, claim: Claim) -> bool:
        """Record that the bytes are about to leave and renew the lease; False when another process has the row."""
        return await self._begins.submit(claim)

    async def sent(self, claim: Claim, ts: str, writes: Sequence[Write | Change] = ()) -> None:
        """Record the post. Success is a fact whoever brings it, so a later holder does not forbid it."""
        await self._sents.submit(Sent(claim, ts, writes))

    async def finish(self, claim: Claim, state: str, reason: str) -> bool:
        """End a row that was not posted (failed) or may have been (unknown); False when another process has it."""
        return await self._settle(claim, state=state, error=reason, settled_at=self._clock.now(), lease_until=0.0)

    async def release(self, claim: Claim, not_before: float, reason: str, *, uncertain: bool) -> bool:
        """Give the row back for a later try; `uncertain` when the post may have happened."""
        state = SENDING if uncertain else READY
        return await self._settle(
            claim,
            state=state,
            error=reason,
            uncertain=uncertain,
            not_before=not_before,
            lease_owner=None,
            lease_until=0.0,
            touched_at=self._clock.now(),
        )

    async def renew(self, claims: Sequence[Claim]) -> None:
        """Lengthen the leases of rows that are still being carried, unless another process has them."""
        now, held = self._clock.now(), [(claim.id, claim.fence) for claim in claims]
        mine = tuple_(self.table.c.id, self.table.c.fence).in_(held)
        longer = update(self.table).where(mine, self.table.c.state.in_(OPEN), self.table.c.lease_until > 0)
        async with transaction(self._engine) as connection:
            await connection.execute(longer.values(lease_until=now + self.lease_seconds, touched_at=now))

    async def let_go(self) -> None:
        """End every lease of this process, so that another carries on at once; it looks before it posts."""
        held = update(self.table).where(self.table.c.lease_owner == self._owner, self.table.c.state.in_(OPEN))
        async with transaction(self._engine) as connection:
            await connection.execute(held.values(lease_owner=None, lease_until=0.0))

    async def depth(self) -> int:
        """How many rows are open."""
        async with transaction(self._engine) as connection:
            count = select(func.count()).select_from(self.table).where(self.table.c.state.in_(OPEN))
            return (await connection.scalar(count)) or 0

    def _due(self, now: float) -> ColumnElement[bool]:
        table = self.table
        blocked = select(rate_gate.c.team_id).where(
            rate_gate.c.team_id == table.c.team_id,
            rate_gate.c.method == POST_METHOD,
            rate_gate.c.channel_id == "",
            rate_gate.c.blocked_until > now,
            rate_gate.c.blocked_at <= now + SKEW_SECONDS,
        )
        free = and_(table.c.not_before <= now, table.c.lease_until <= now)
        # Neither a wait nor a lease outlasts its length because the clock was set back in the middle.
        set_back = table.c.touched_at > now + SKEW_SECONDS
        return and_(table.c.state.in_(OPEN), or_(free, set_back), not_(blocked.exists()))

    async def _begin_all(self, claims: Sequence[Claim]) -> list[bool]:
        now, table = self._clock.now(), self.table
        held = [(claim.id, claim.fence) for claim in claims]
        async with transaction(self._engine) as connection:
            begun = await connection.execute(
                update(table)
                .where(tuple_(table.c.id, table.c.fence).in_(held), table.c.state.in_(OPEN))
                .values(
                    state=SENDING,
                    uncertain=False,
                    attempts=table.c.attempts + 1,
                    first_try_at=func.coalesce(table.c.first_try_at, now),
                    lease_until=now + self.lease_seconds,
                    touched_at=now,
                )
                .returning(table.c.id, table.c.fence)
            )
            # With the fence: after a clock jump one process may hold a row twice, under an old claim and a new one.
            mine = {(row.id, row.fence) for row in begun}
        return [pair in mine for pair in held]

    async def _sent_all(self, batch: Sequence[Sent]) -> list[None]:
        now, table = self._clock.now(), self.table
        settle = (
            update(table)
            .where(table.c.id == bindparam("row_id"), table.c.state != SENT)
            .values(state=SENT, ts=bindparam("posted_ts"), settled_at=now, error=None, uncertain=False, lease_until=0.0)
        )
        async with transaction(self._engine) as connection:
            await connection.execute(settle, [{"row_id": one.claim.id, "posted_ts": one.ts} for one in batch])
            await write_all(connection, [write for one in batch for write in one.writes])
        return [None] * len(batch)

    async def _settle(self, claim: Claim, **values: Any) -> bool:
        table = self.table
        async with transaction(self._engine) as connection:
            done = await connection.execute(
                update(table)
                .where(table.c.id == claim.id, table.c.fence == claim.fence, table.c.state.in_(OPEN))
                .values(**values)
            )
            return done.rowcount == 1


async def write_all(connection: AsyncConnection, writes: Sequence[Write | Change]) -> None:
    """Insert, replace or change the rows, one statement for all of a kind."""
    kinds: dict[tuple[type, str, tuple[str, ...]], list[Write | Change]] = {}
    for write in writes:
        kinds.setdefault((type(write), write.table.name, tuple(write.values)), []).append(write)
    for same in kinds.values():
        first, table, names = same[0], same[0].table, list(same[0].values)
        if isinstance(first, Change):
            change = update(table).where(table.c.id == bindparam("row_id"))
            rows = [{"row_id": one.id, **_prefixed(one.values)} for one in same if isinstance(one, Change)]
            await connection.execute(change.values({name: bindparam(f"new_{name}") for name in names}), rows)
            continue
        keys = [column.name for column in table.primary_key]
        insert = insert_into(connection, table).values({name: bindparam(name) for name in names})
        rest = {name: insert.excluded[name] for name in names if name not in keys}
        once = {tuple(one.values[key] for key in keys): one.values for one in same}
        await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), list(once.values()))


def _prefixed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


def _claim(row: RowMapping) -> Claim:
    return Claim(
        id=row["id"],
        key=row["key"],
        fence=row["fence"],
        attempts=row["attempts"],
        first_try_at=row["first_try_at"],
        uncertain=row["uncertain"],
        created_at=row["created_at"],
        row={str(name): value for name, value in row.items()},
    )
