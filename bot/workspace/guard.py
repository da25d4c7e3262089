"""Who may talk to the workspace: nobody but this machine's own pages and programs."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _host(request: web.Request) -> str:
    name = request.headers.get("Host", "")
    return name.rsplit(":", 1)[0] if not name.endswith("]") else name


def guard(allowed_hosts: frozenset[str]) -> Middleware:
    """A middleware that turns away foreign Host and Origin headers, and hardens every answer."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if _host(request) not in allowed_hosts:
            return web.Response(status=403, text="This workspace answers on its loopback address only.")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"{request.scheme}://{request.headers['Host']}":
            return web.Response(status=403, text="Requests from other sites are refused.")
        acting = request.path.startswith("/page/") and request.method == "POST"
        if acting and (origin is None or request.content_type != "application/json"):
            return web.Response(status=403, text="Only the workspace's own page may do this.")
        return await handler(request)

    return middleware


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers to what a browser may show."""
    if not request.path.startswith("/api/"):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
