"""Who gets the digest, where and when: one subscription for a channel or for a person's direct messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.schedule import Schedule, kept_schedule, next_occurrence
from bot.store.engine import transaction
from bot.store.tables import subscription
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription as kept; `channel_id` is a user id when it is for a person."""

    id: int
    team_id: str
    channel_id: str
    owner: str
    schedule: Schedule
    enabled: bool
    paused_reason: str | None
    version: int
    next_due_utc: float
    sent_count: int
    seen_edition: str | None
    seen_date: str | None
    seen_at: float | None
    created_at: float

    @property
    def for_person(self) -> bool:
        """Whether it goes to somebody's direct messages."""
        return self.channel_id.startswith(("U", "W"))


class Subscriptions:
    """Sets up, changes, pauses and stops digests."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def subscribe(self, team_id: str, channel_id: str, owner: str, schedule: Schedule) -> Subscription:
        """Set up the digest here, or give the one that is here this time and owner; a paused one runs again."""
        timing = self._timing(schedule)
        row = {"team_id": team_id, "channel_id": channel_id, "created_at": self._clock.now()}
        again = {"enabled": True, "paused_reason": None, "owner": owner, **timing}
        async with transaction(self._engine) as connection:
            insert = insert_into(connection, subscription).values(**row, owner=owner, **timing)
            kept = await connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["team_id", "channel_id"],
                    set_={**again, "version": subscription.c.version + 1},
                ).returning(subscription)
            )
            return subscription_of(kept.mappings().one())

    async def change(self, team_id: str, channel_id: str, schedule: Schedule) -> Subscription | None:
        """Give it another time; None when there is none here."""
        return await self._update(team_id, channel_id, **self._timing(schedule))

    async def pause(self, team_id: str, channel_id: str, reason: str | None = None) -> Subscription | None:
        """Keep it, send nothing."""
        return await self._update(team_id, channel_id, enabled=False, paused_reason=reason)

    async def resume(self, team_id: str, channel_id: str) -> Subscription | None:
        """Run it again from its next time on."""
        here = await self.get(team_id, channel_id)
        if here is None:
            return None
        timing = self._timing(here.schedule)
        return await self._update(team_id, channel_id, enabled=True, paused_reason=None, **timing)

    async def stop(self, team_id: str, channel_id: str) -> bool:
        """Delete it; False when there was none."""
        gone = delete(subscription).where(_here(team_id, channel_id))
        async with transaction(self._engine) as connection:
            return (await connection.execute(gone)).rowcount > 0

    async def stop_all(self, team_id: str) -> int:
        """Delete every subscription of a workspace (the app was uninstalled)."""
        gone = delete(subscription).where(subscription.c.team_id == team_id)
        async with transaction(self._engine) as connection:
            return (await connection.execute(gone)).rowcount

    async def get(self, team_id: str, channel_id: str) -> Subscription | None:
        """The one here, if any."""
        return await self._one(select(subscription).where(_here(team_id, channel_id)))

    async def by_id(self, subscription_id: int) -> Subscription | None:
        """The one with that number, if it was not stopped."""
        return await self._one(select(subscription).where(subscription.c.id == subscription_id))

    async def list(self, team_id: str) -> list[Subscription]:
        """Every subscription of a workspace, channels first."""
        rows = select(subscription).where(subscription.c.team_id == team_id).order_by(subscription.c.channel_id)
        async with transaction(self._engine) as connection:
            return [subscription_of(row) for row in (await connection.execute(rows)).mappings()]

    def _timing(self, schedule: Schedule) -> dict[str, Any]:
        coming = next_occurrence(schedule, datetime.fromtimestamp(self._clock.now(), UTC))
        return {
            "tz": schedule.tz,
            "local_time": schedule.local_time,
            "days": schedule.day_numbers,
            "next_date": coming.local_date.isoformat(),
            "next_due_utc": coming.due.timestamp(),
        }

    async def _update(self, team_id: str, channel_id: str, **values: Any) -> Subscription | None:
        changed = (
            update(subscription).where(_here(team_id, channel_id)).values(version=subscription.c.version + 1, **values)
        )
        return await self._one(changed.returning(subscription))

    async def _one(self, statement: Any) -> Subscription | None:
        async with transaction(self._engine) as connection:
            return await one_subscription(connection, statement)


async def one_subscription(connection: AsyncConnection, statement: Any) -> Subscription | None:
    """The subscription a statement returns, if any."""
    row = (await connection.execute(statement)).mappings().first()
    return None if row is None else subscription_of(row)


def subscription_of(row: RowMapping) -> Subscription:
    """A kept row as a subscription."""
    kept = {name: row[name] for name in Subscription.__dataclass_fields__ if name != "schedule"}
    return Subscription(schedule=kept_schedule(row["tz"], row["local_time"], row["days"]), **kept)


def _here(team_id: str, channel_id: str) -> Any:
    return (subscription.c.team_id == team_id) & (subscription.c.channel_id == channel_id)
