"""Sharing an answer: one post in the channel that says who asked, and a private note that it is there."""

from __future__ import annotations

from hashlib import sha256

from bot.delivery.poster import Failed, Posted, PostRequest, Unknown
from bot.edge import Edge
from bot.intake import intake
from bot.listeners.click import Click
from bot.render.blocks import context
from bot.render.message import Message, Surface, message
from bot.render.words import tell, why_not

Outcome = Posted | Failed | Unknown
OUTSIDE = ("not_in_channel", "channel_not_found")
PATIENCE_SECONDS = 30.0


async def share_answer(edge: Edge, click: Click) -> None:
    """Post it as the bot where the bot is a member, through the response_url where it is not."""
    text = intake(click.value)
    answer = edge.ask(text, "shared").answer
    public = message(answer, Surface.SHARED, asked=text, asker=click.user_id)
    outcome = await _posted(
        edge,
        PostRequest(
            key=post_key("share", click.team_id, click.channel_id, *click.key),
            team_id=click.team_id,
            channel_id=click.channel_id,
            text=public.text,
            blocks=public.blocks,
        ),
    )
    why = why_not(outcome.reason, answer.lang) if isinstance(outcome, Failed) else ""
    note = "not_shared" if why else "shared" if isinstance(outcome, Posted) else "maybe_shared"
    if isinstance(outcome, Failed) and outcome.reason in OUTSIDE and await _through_response_url(edge, click, public):
        note = "shared"
    # Only a post that surely did not go out may be shared again.
    surface = Surface.EPHEMERAL if note == "not_shared" else Surface.THREAD
    await _tell(edge, click, message(answer, surface, asked=text), tell(note, answer.lang, reason=why))


async def _posted(edge: Edge, request: PostRequest) -> Outcome:
    """Post it; where Slack asks for a short wait, once more after it."""
    outcome = await edge.poster.post(request)
    if isinstance(outcome, Failed) and outcome.retry_at is not None:
        wait = outcome.retry_at - edge.clock.now()
        if wait <= PATIENCE_SECONDS:
            await edge.clock.sleep(max(0.0, wait))
            return await edge.poster.post(request)
    return outcome


def post_key(kind: str, *parts: str) -> str:
    """One key for one press, however often Slack sends it; at most 64 characters."""
    digest = sha256("|".join(parts).encode()).hexdigest()
    return f"{kind}:{digest[:40]}"


async def _through_response_url(edge: Edge, click: Click, public: Message) -> bool:
    payload: dict[str, object] = {"response_type": "in_channel", "replace_original": False, "text": public.text}
    return await edge.respond(
        click.response_url, {**payload, "blocks": public.blocks, "unfurl_links": False, "unfurl_media": False}
    )


async def _tell(edge: Edge, click: Click, private: Message, note: str) -> None:
    blocks = [*private.blocks, context(note)]
    await edge.respond(
        click.response_url,
        {"response_type": "ephemeral", "replace_original": True, "text": f"{note}\n{private.text}", "blocks": blocks},
    )
