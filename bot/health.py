"""What a load balancer and a monitor ask."""

from __future__ import annotations

from aiohttp import web

from bot.edge import EDGE, Edge
from bot.socket_mode import SOCKET
from bot.store.engine import StoreUnavailable
from bot.tasks import within

DATABASE_SECONDS = 2.0


async def healthz(_request: web.Request) -> web.Response:
    """The process is alive."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """Dossier loaded, database reachable, Slack connected; 503 and the reason when one is not."""
    edge = request.app[EDGE]
    socket = request.app.get(SOCKET)
    checks = {
        "dossier": edge.shelf.desk.version,
        "database": await _database(edge),
        "slack": "ok" if edge.identity.known else edge.identity.fault,
    }
    if edge.settings.socket_mode:
        checks["socket"] = "ok" if socket is not None and await socket.alive() else "not connected"
    ready = all(value == "ok" for name, value in checks.items() if name != "dossier")
    return web.json_response({"ready": ready, **checks}, status=200 if ready else 503)


async def metrics(request: web.Request) -> web.Response:
    """Prometheus."""
    edge = request.app[EDGE]
    if await _database(edge) == "ok":
        edge.metrics.waiting.set(await edge.inbox.depth())
    return web.Response(body=edge.metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


async def _database(edge: Edge) -> str:
    try:
        await within(DATABASE_SECONDS, edge.inbox.depth())
    except (StoreUnavailable, TimeoutError) as error:
        return f"not reachable ({type(error).__name__})"
    return "ok"
