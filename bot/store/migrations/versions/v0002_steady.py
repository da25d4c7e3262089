"""When a row was last written, so that a clock set back delays nothing; keys of what is done once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the moments and the table of keys."""
    for table in ("inbox", "delivery", "outbox"):
        op.add_column(table, sa.Column("touched_at", sa.Double(), server_default="0", nullable=False))
    for moment in ("blocked_at", "slot_at"):
        op.add_column("rate_gate", sa.Column(moment, sa.Double(), server_default="0", nullable=False))
    op.create_table(
        "done_once",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_done_once_done_at"), "done_once", ["done_at"], unique=False)
