"""Every table. Instants are seconds since the epoch; rows that are carried to Slack share the columns of `_work`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

SCHEMA_VERSION = "0002"
metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)
_Id = BigInteger().with_variant(Integer, "sqlite")


def _work() -> list[Column[Any]]:
    return [
        Column("id", _Id, primary_key=True, autoincrement=True),
        Column("key", String(64), nullable=False, unique=True),
        Column("team_id", String(32), nullable=False),
        Column("channel_id", String(32), nullable=False),
        Column("state", String(12), nullable=False, server_default="ready"),
        Column("not_before", Double, nullable=False, server_default="0"),
        Column("lease_owner", String(64)),
        Column("lease_until", Double, nullable=False, server_default="0"),
        Column("touched_at", Double, nullable=False, server_default="0"),
        Column("fence", BigInteger, nullable=False, server_default="0"),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("first_try_at", Double),
        Column("uncertain", Boolean, nullable=False, server_default=false()),
        Column("ts", String(32)),
        Column("error", Text),
        Column("created_at", Double, nullable=False),
        Column("settled_at", Double),
    ]


inbox = Table(
    "inbox",
    metadata,
    *_work(),
    Column("event_id", String(64), nullable=False),
    Column("message_ts", String(32), nullable=False),
    Column("thread_ts", String(32)),
    Column("user_id", String(32), nullable=False),
    Column("surface", String(12), nullable=False),
    Column("question", Text, nullable=False),
    UniqueConstraint("team_id", "event_id"),
    UniqueConstraint("team_id", "channel_id", "message_ts"),
    Index(None, "state", "not_before"),
    Index(None, "team_id", "channel_id", "thread_ts"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("team_id", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("tz", String(64), nullable=False),
    Column("local_time", String(5), nullable=False),
    Column("days", String(32), nullable=False),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    Column("paused_reason", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("next_date", String(10), nullable=False),
    Column("next_due_utc", Double, nullable=False),
    Column("sent_count", Integer, nullable=False, server_default="0"),
    Column("seen_edition", String(64)),
    Column("seen_date", String(10)),
    Column("seen_at", Double),
    Column("posts_to", String(32)),
    Column("created_at", Double, nullable=False),
    UniqueConstraint("team_id", "channel_id"),
    Index(None, "enabled", "next_due_utc"),
)

delivery = Table(
    "delivery",
    metadata,
    *_work(),
    Column("subscription_id", BigInteger, nullable=False),
    Column("local_date", String(10), nullable=False),
    Column("due_utc", Double, nullable=False),
    UniqueConstraint("team_id", "channel_id", "local_date"),
    Index(None, "state", "not_before"),
    Index(None, "subscription_id", "local_date"),
)

outbox = Table(
    "outbox",
    metadata,
    *_work(),
    Column("thread_ts", String(32)),
    Column("text", Text, nullable=False),
    Column("blocks", JSON),
    Column("fact_ids", JSON),
    Index(None, "state", "not_before"),
)

rate_gate = Table(
    "rate_gate",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("method", String(40), primary_key=True),
    Column("channel_id", String(32), primary_key=True, server_default=""),
    Column("blocked_until", Double, nullable=False, server_default="0"),
    Column("next_slot", Double, nullable=False, server_default="0"),
    Column("blocked_at", Double, nullable=False, server_default="0"),
    Column("slot_at", Double, nullable=False, server_default="0"),
)

done_once = Table(
    "done_once",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("done_at", Double, nullable=False, index=True),
)

frame = Table(
    "frame",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("channel_id", String(32), primary_key=True),
    Column("thread_key", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("frame", JSON, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
)

shown_facts = Table(
    "shown_facts",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("channel_id", String(32), primary_key=True),
    Column("message_ts", String(32), primary_key=True),
    Column("fact_id", String(16), primary_key=True, index=True),
    Column("thread_ts", String(32)),
    Column("shown_at", Double, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("dossier", String(80), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("first_seen_at", Double, nullable=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("team_id", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", Double, nullable=False),
    Index(None, "team_id", "channel_id", "asked_at"),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("team_id", String(32), nullable=False),
    Column("user_id", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("fact_ids", JSON, nullable=False),
    Column("about_message", String(32)),
    Column("state", String(12), nullable=False, server_default="open"),
    Column("created_at", Double, nullable=False),
)
