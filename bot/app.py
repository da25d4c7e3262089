"""The bot as an aiohttp application: its routes, its parts, and what is wired to what."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import health
from bot.delivery.asker import zone_of
from bot.delivery.clock import Clock, SystemClock
from bot.delivery.digest_asked import digest_words
from bot.delivery.digest_commands import DigestDesk
from bot.delivery.digests import Digests
from bot.delivery.frames import Frames
from bot.delivery.inbox import Inbox, Question
from bot.delivery.once import Once
from bot.delivery.proposals import Proposals
from bot.delivery.subscriptions import Subscriptions
from bot.delivery.unanswered import Unanswered
from bot.delivery.wire import connector
from bot.delivery.worker import AnswerWorker, Outgoing
from bot.dispatch import Dispatcher
from bot.edge import EDGE, Edge, answer, digest_outgoing, outgoing
from bot.errors import StartError
from bot.gate import MAX_BODY, Gate
from bot.housekeeping import keep_tidy
from bot.metered import MeteredPoster
from bot.metrics import Metrics
from bot.settings import Settings
from bot.shelf import Shelf
from bot.slack import Identity, member_check, posting_client, reading_client
from bot.socket_mode import SOCKET, SocketMode
from bot.store.engine import SchemaError, StoreUnavailable, check_schema, create_engine, upgrade_engine
from bot.tasks import Tasks
from knowledge.understand.reading import Frame

GATE = web.AppKey("gate", Gate)
DISPATCH = web.AppKey("dispatch", Dispatcher)


def create_app(settings: Settings, *, clock: Clock | None = None, shelf: Shelf | None = None) -> web.Application:
    """The whole bot; it starts and stops its parts with the application. Raises StartError, SettingsError."""
    time = clock or SystemClock()
    app = web.Application(client_max_size=MAX_BODY)
    if not settings.socket_mode:
        app[GATE] = Gate(settings.signing_secret, time.now)
        app.router.add_post("/slack/events", events)
    app.router.add_get("/healthz", health.healthz)
    app.router.add_get("/readyz", health.readyz)
    app.router.add_get("/metrics", health.metrics)
    loaded = shelf or Shelf(settings.dossier, settings.sources, retention_days=settings.retention_days)

    async def parts(running: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await _start(running, stack, settings, time, loaded)
            yield

    app.cleanup_ctx.append(parts)
    return app


async def events(request: web.Request) -> web.Response:
    """Everything that Slack sends: commands, events, buttons, forms."""
    edge = request.app[EDGE]
    try:
        body = await request.app[GATE].admit(request)
    except web.HTTPException as refused:
        edge.metrics.requests.labels(str(refused.status)).inc()
        raise
    if "X-Slack-Retry-Num" in request.headers:
        edge.metrics.retries.inc()
    response = await request.app[DISPATCH].dispatch(body)
    edge.metrics.requests.labels(str(response.status)).inc()
    return await to_aiohttp_response(response)


async def _start(app: web.Application, stack: AsyncExitStack, settings: Settings, clock: Clock, shelf: Shelf) -> None:
    edge = await _edge(stack, settings, clock, shelf)
    app[EDGE] = edge
    app[DISPATCH] = Dispatcher(edge)
    edge.tasks.spawn(_warm(shelf), "warm")
    for loop in (edge.identity.keep_learning(), keep_tidy(edge)):
        stack.push_async_callback(_end, asyncio.create_task(loop))
    stack.push_async_callback(edge.tasks.drain, settings.drain_seconds)
    await edge.worker.start()
    stack.push_async_callback(edge.worker.stop, settings.drain_seconds)
    await edge.digests.start()
    stack.push_async_callback(edge.digests.stop, settings.drain_seconds)
    if settings.slack_app_token is not None:
        socket = SocketMode(settings.slack_app_token.get_secret_value(), edge.slack, app[DISPATCH].dispatch, clock)
        stack.push_async_callback(socket.stop)
        await socket.start()
        app[SOCKET] = socket


async def _warm(shelf: Shelf) -> None:
    """What only a check needs is made ready beside the first questions, and lives as long as the process."""
    await asyncio.to_thread(shelf.warm)
    gc.freeze()


async def _edge(stack: AsyncExitStack, settings: Settings, clock: Clock, shelf: Shelf) -> Edge:
    url = settings.database_url.get_secret_value()
    engine = create_engine(url)
    stack.push_async_callback(engine.dispose)
    await ready_database(engine)
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector()))
    reads = reading_client(settings.bot_token, settings.slack_api_url, session)
    posts = posting_client(settings.bot_token, settings.slack_api_url, session)
    metrics = Metrics()
    inbox, frames = Inbox(engine, clock), Frames(engine, clock, Frame)
    poster = MeteredPoster(posts, engine, clock, metrics)

    digests = Digests(engine, clock, poster, lambda: shelf.desk.dossier, lang=settings.language)
    digest = DigestDesk(Subscriptions(engine, clock), digests.route, clock, member_check(reads), zone_of(reads))

    async def reply(question: Question, frame: Frame | None) -> Outgoing:
        words = digest_words(question.text)
        if words is not None:
            return await digest_outgoing(words, question, digest)
        return outgoing(answer(shelf, metrics, clock, question.text, question.surface, frame), question)

    return Edge(
        settings=settings,
        shelf=shelf,
        clock=clock,
        metrics=metrics,
        session=session,
        slack=reads,
        identity=Identity(reads),
        inbox=inbox,
        frames=frames,
        poster=poster,
        worker=AnswerWorker(inbox, poster, frames, reply, clock),
        proposals=Proposals(engine, clock),
        unanswered=Unanswered(engine, clock),
        digest=digest,
        digests=digests,
        once=Once(engine, clock),
        tasks=Tasks(),
    )


async def ready_database(engine: AsyncEngine) -> None:
    """Make or bring up an SQLite file, or see that a server has the right schema; raises StartError."""
    try:
        await (_bring_up(engine) if engine.dialect.name == "sqlite" else check_schema(engine))
    except (StoreUnavailable, OSError) as error:
        raise StartError(f"the database is not reachable ({type(error).__name__}): check DATABASE_URL") from None


async def _bring_up(engine: AsyncEngine) -> None:
    """Migrate where there is something to migrate: a look is cheap, and the tool for it large."""
    try:
        await check_schema(engine)
    except SchemaError:
        await upgrade_engine(engine)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
