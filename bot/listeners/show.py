"""Ways to show something to one person: a modal, an ephemeral message."""

from __future__ import annotations

from bot.edge import Edge
from bot.listeners.click import Click
from bot.logs import log
from bot.render.asked import unpacked
from bot.render.blocks import Block
from bot.render.message import Message
from bot.render.words import tell
from bot.slack import FAULTS


async def whisper(edge: Edge, click: Click, shown: Message, *, replace: bool = False) -> None:
    """Say it to whoever pressed: beside the ephemeral answer, or in the thread for their eyes only."""
    if click.place == "ephemeral" or not click.channel_id:
        await edge.respond(
            click.response_url,
            {"response_type": "ephemeral", "replace_original": replace, "text": shown.text, "blocks": shown.blocks},
        )
        return
    in_thread = click.thread_ts if click.place == "thread" or click.thread_ts != click.message_ts else None
    try:
        await edge.slack.chat_postEphemeral(
            channel=click.channel_id, user=click.user_id, text=shown.text, blocks=shown.blocks, thread_ts=in_thread
        )
    except FAULTS as error:
        log().warning("ephemeral_failed", fault=str(error))
        edge.metrics.replies.labels("ephemeral", "failed").inc()
    else:
        edge.metrics.replies.labels("ephemeral", "sent").inc()


async def open_view(edge: Edge, click: Click, view: Block) -> None:
    """Open a modal, or change the one that is open; says so when Slack was too slow for it."""
    try:
        if click.view_type == "modal":
            await edge.slack.views_update(view_id=click.view_id, view=view)
        else:
            await edge.slack.views_open(trigger_id=click.trigger_id, view=view)
    except FAULTS as error:
        log().warning("view_failed", fault=str(error))
        edge.metrics.replies.labels("view", "failed").inc()
        if click.response_url:
            sorry = tell("fault_window", unpacked(click.value).lang)
            payload: dict[str, object] = {"response_type": "ephemeral", "replace_original": False, "text": sorry}
            await edge.respond(click.response_url, payload)
    else:
        edge.metrics.replies.labels("view", "opened").inc()
