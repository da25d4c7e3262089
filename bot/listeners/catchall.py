"""Everything else that Slack may send gets a 200: an unmatched request counts as a failure and is sent again."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

_ANY = re.compile(r"")


def register(app: AsyncApp) -> None:
    """Match every kind that has a listener of its own in Bolt."""
    for kind in (app.event, app.shortcut, app.action, app.view, app.options):
        kind(_ANY)(taken)


async def taken(ack: AsyncAck) -> None:
    """Acknowledge and do nothing."""
    await ack()
