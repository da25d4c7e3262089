"""Plans the digests that are due; any replica may, and however many do, each channel gets one a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, select, tuple_, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.schedule import Occurrence, kept_schedule, last_occurrence, next_occurrence, occurrences
from bot.store.engine import transaction
from bot.store.tables import delivery, subscription
from bot.store.upsert import insert_into

BATCH = 500
SET_BACK_SECONDS = 60.0
_ADVANCE = (
    update(subscription)
    .where(subscription.c.id == bindparam("row_id"), subscription.c.version == bindparam("row_version"))
    .values(next_date=bindparam("date"), next_due_utc=bindparam("due"))
)


@dataclass(frozen=True, slots=True)
class _Plan:
    row: RowMapping
    now_due: Occurrence
    then_due: Occurrence


class Planner:
    """Turns due subscriptions into deliveries and moves each on to its next time, in one transaction."""

    def __init__(self, engine: AsyncEngine, clock: Clock, batch: int = BATCH) -> None:
        self._engine = engine
        self._clock = clock
        self._batch = batch
        self._offset: float | None = None

    async def plan(self) -> int:
        """Plan all that is due now; how many deliveries are new."""
        if self._clock_was_set_back():
            await self.rewind()
        planned = 0
        while True:
            due, new = await self._plan_some()
            planned += new
            if due < self._batch:
                return planned

    async def rewind(self) -> int:
        """Move back every subscription that a clock running ahead has moved too far; how many."""
        now = self._moment()
        async with transaction(self._engine) as connection:
            rows = (
                await connection.execute(select(subscription).where(subscription.c.enabled).with_for_update())
            ).mappings()
            ahead = [(row, one) for row in rows if (one := self._sooner(row, now))]
            planned = await self._planned_dates(connection, [row for row, _ in ahead], now)
            moves = [_move(row, self._unplanned(row, one, planned)) for row, one in ahead]
            moves = [move for move in moves if move]
            if moves:
                await connection.execute(_ADVANCE, moves)
            return len(moves)

    def _clock_was_set_back(self) -> bool:
        offset = self._clock.now() - self._clock.monotonic()
        back = self._offset is None or offset < self._offset - SET_BACK_SECONDS
        self._offset = offset
        return back

    async def _plan_some(self) -> tuple[int, int]:
        now = self._moment()
        due = (
            select(subscription)
            .where(subscription.c.enabled, subscription.c.next_due_utc <= now.timestamp())
            .order_by(subscription.c.next_due_utc, subscription.c.id)
            .limit(self._batch)
            .with_for_update(skip_locked=True)
        )
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(due)).mappings().all()
            if not rows:
                return 0, 0
            plans = [_plan(row, now) for row in rows]
            insert = insert_into(connection, delivery).on_conflict_do_nothing().returning(delivery.c.id)
            new = await connection.execute(insert, [self._delivery(plan) for plan in plans])
            await connection.execute(_ADVANCE, [_move(plan.row, plan.then_due) for plan in plans])
            return len(rows), len(new.all())

    def _delivery(self, plan: _Plan) -> dict[str, Any]:
        return {
            "key": uuid4().hex,
            "team_id": plan.row["team_id"],
            "channel_id": plan.row["channel_id"],
            "subscription_id": plan.row["id"],
            "local_date": plan.now_due.local_date.isoformat(),
            "due_utc": plan.now_due.due.timestamp(),
            "not_before": 0.0,
            "created_at": self._clock.now(),
        }

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)

    def _sooner(self, row: RowMapping, now: datetime) -> Occurrence | None:
        coming = next_occurrence(kept_schedule(row["tz"], row["local_time"], row["days"]), now)
        return coming if coming.due.timestamp() < row["next_due_utc"] else None

    async def _planned_dates(
        self, connection: AsyncConnection, rows: list[RowMapping], now: datetime
    ) -> set[tuple[str, str, date]]:
        if not rows:
            return set()
        channels = [(row["team_id"], row["channel_id"]) for row in rows]
        found: set[tuple[str, str, date]] = set()
        recent = (now - timedelta(days=2)).date().isoformat()
        columns = (delivery.c.team_id, delivery.c.channel_id, delivery.c.local_date)
        for start in range(0, len(channels), BATCH):
            here = tuple_(delivery.c.team_id, delivery.c.channel_id).in_(channels[start : start + BATCH])
            for team, channel, day in await connection.execute(
                select(*columns).where(here, delivery.c.local_date >= recent)
            ):
                found.add((team, channel, date.fromisoformat(day)))
        return found

    def _unplanned(self, row: RowMapping, first: Occurrence, planned: set[tuple[str, str, date]]) -> Occurrence | None:
        schedule = kept_schedule(row["tz"], row["local_time"], row["days"])
        coming = occurrences(schedule, first.due - timedelta(seconds=1))
        free = (one for one in coming if (row["team_id"], row["channel_id"], one.local_date) not in planned)
        return next((one for one in free if one.due.timestamp() < row["next_due_utc"]), None)


def _plan(row: RowMapping, now: datetime) -> _Plan:
    schedule = kept_schedule(row["tz"], row["local_time"], row["days"])
    due = Occurrence(date.fromisoformat(row["next_date"]), datetime.fromtimestamp(row["next_due_utc"], UTC))
    then = next_occurrence(schedule, max(now, due.due))
    # After an outage the last of the missed ones stands for all of them.
    latest = last_occurrence(schedule, now)
    return _Plan(row, latest if latest.due > due.due else due, then)


def _move(row: RowMapping, to: Occurrence | None) -> dict[str, Any]:
    if to is None:
        return {}
    return {
        "row_id": row["id"],
        "row_version": row["version"],
        "date": to.local_date.isoformat(),
        "due": to.due.timestamp(),
    }
