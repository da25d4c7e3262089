"""Start a local workspace for a demonstration."""

from collections.abc import Mapping
from typing import Any

from bot.workspace.app import Credentials, SlackApp
from bot.workspace.server import Workspace


async def start_workspace(
    port: int = 0, manifest: Mapping[str, Any] | None = None, *, control: bool = False
) -> Workspace:
    """A running workspace with fresh secrets and, where a manifest is given, the app it declares.

    The bot gets `workspace.api_url` as SLACK_API_URL and `workspace.credentials`; once it listens, call
    `workspace.set_request_url(url)`, or let it connect in Socket Mode. Stop with `await workspace.stop()`.
    """
    app = SlackApp.from_manifest(manifest) if manifest else None
    workspace = Workspace(app, Credentials.fresh(), control=control)
    await workspace.start(port)
    return workspace
