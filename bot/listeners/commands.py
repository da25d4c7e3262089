"""`/syria …`: answered in the HTTP response itself, for the asker's eyes only."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.delivery.digest_asked import digest_words
from bot.edge import Edge
from bot.intake import intake
from bot.listeners.digest import commanded
from bot.render.message import Surface


def register(app: AsyncApp) -> None:
    """Whatever name the command was installed under."""
    app.command(re.compile(r"^/"))(syria)


async def syria(ack: AsyncAck, command: dict[str, Any], edge: Edge) -> None:
    """Answer a slash command."""
    bot = edge.identity.known
    text = intake(command.get("text") or "", bot.user_id if bot else None)
    words = digest_words(text)
    if words is not None:
        await commanded(ack, command, words, edge)
        return
    _, shown = edge.message(text, Surface.EPHEMERAL)
    await ack({"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks})
