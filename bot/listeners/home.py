"""App Home: the page when its tab is opened, prompts when the Messages tab is."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.edge import Edge
from bot.logs import log
from bot.render.blocks import Block
from bot.render.clean import clip, one_line
from bot.render.home import HomePage, home
from bot.render.words import tell
from bot.slack import FAULTS
from handlers.answer import Suggestion
from handlers.desk import Desk
from knowledge.model import QuestionKind


def register(app: AsyncApp) -> None:
    """One event tells of both tabs."""
    app.event("app_home_opened")(opened)


async def opened(event: dict[str, Any], edge: Edge) -> None:
    """Publish the page if it changed since this reader saw it, or offer prompts."""
    user, tab = event.get("user"), event.get("tab")
    if not isinstance(user, str):
        return
    if tab == "messages" and isinstance(event.get("channel"), str):
        edge.tasks.spawn(_prompt(edge, event["channel"]), "suggested prompts")
    elif tab == "home":
        view = page(edge)
        if (event.get("view") or {}).get("private_metadata") != view["private_metadata"]:
            edge.tasks.spawn(_publish(edge, user, view), "publish home")


def page(edge: Edge) -> Block:
    """The page for the dossier that is served now; built once for each."""
    desk = edge.shelf.desk
    if edge.home is None or edge.home[0] is not desk:
        edge.home = (desk, home(_contents(edge, desk)))
    return edge.home[1]


def _contents(edge: Edge, desk: Desk) -> HomePage:
    now, lang = edge.now(), edge.settings.language
    brief, timeline, source = (desk.command(name, lang, now=now) for name in ("brief", "timeline", "source"))
    return HomePage(
        brief=brief,
        timeline=timeline,
        source=source,
        tries=tries(edge),
        facts=sum(1 for fact in desk.dossier.facts if not fact.embargoed),
        unknowns=sum(1 for question in desk.dossier.questions if question.kind is QuestionKind.UNKNOWN),
        version=desk.version,
        retention_days=edge.settings.retention_days,
        lang=lang,
    )


def tries(edge: Edge) -> tuple[Suggestion, ...]:
    """Questions to begin with, as the desk itself suggests them."""
    return edge.shelf.desk.command("brief", edge.settings.language, now=edge.now()).suggestions


async def _publish(edge: Edge, user: str, view: Block) -> None:
    try:
        await edge.slack.views_publish(user_id=user, view=view)
    except FAULTS as error:
        log().warning("home_not_published", fault=str(error))


async def _prompt(edge: Edge, channel: str) -> None:
    title = tell("home_prompts", edge.settings.language)
    prompts = [{"title": clip(one_line(item.label), 75), "message": item.query} for item in tries(edge)[:4]]
    if not prompts:
        return
    try:
        await edge.slack.assistant_threads_setSuggestedPrompts(channel_id=channel, title=title, prompts=prompts)
    except FAULTS as error:
        log().info("prompts_not_set", fault=str(error))
