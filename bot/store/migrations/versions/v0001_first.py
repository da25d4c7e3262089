"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    headline 1 Night ferry to Selm to return
    standfirst 1 The boat that the January storm stopped is to sail again, the mayor of Port Alder says.
    p1 1 Mayor Ines Halvorsen said on Monday that the night ferry from Port Alder to Selm could sail again in May.
    p1 2 The line was stopped after the storm of January.
    p1 3 Tidewater Ferries announced last month that it had bought a second-hand ship for 4.2 million crowns.
    p1 4 According to the town hall, harbour master Piet Halvorsen called the quay 'fit for use' after eleven weeks of repairs.
    p2 1 Before the storm the line carried about 31,000 passengers a year.
    p2 2 The ticket office on Selm reopened last week.


def downgrade() -> None:
    """Drop every table."""
    for table in ():
        op.drop_table(table)
