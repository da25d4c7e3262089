"""Bolt, with one way in for both transports: a payload that is already verified and shaped."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.edge import Edge
from bot.listeners import register
from bot.logs import log


class Dispatcher:
    """Gives each payload to its listener and never leaves one unanswered."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._bolt = AsyncApp(
            authorize=_OneWorkspace(edge),
            client=AsyncWebClient(base_url=edge.slack.base_url, session=edge.session),
            process_before_response=True,
            request_verification_enabled=False,
        )
        register(self._bolt)

    async def dispatch(self, body: dict[str, Any]) -> BoltResponse:
        """The listener's response; an unknown kind of payload gets 200, or Slack would send it again."""
        try:
            request = AsyncBoltRequest(body=body, mode="socket_mode", context={"edge": self._edge})
            response = await self._bolt.async_dispatch(request)
        except (KeyError, TypeError, AttributeError) as error:
            # Bolt reads some keys without looking whether they are there; listeners' own faults do not come this way.
            log().warning("malformed_payload", fault=f"{type(error).__name__}: {error}")
            return BoltResponse(status=400, body="malformed payload")
        if response.status == 404:
            log().info("unhandled", kind=body.get("type"))
            return BoltResponse(status=200, body="")
        return response


class _OneWorkspace(AsyncAuthorize):
    """One workspace, one token: no request waits for Slack to say who the bot is."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_: Any
    ) -> AuthorizeResult:
        known = self._edge.identity.known
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=known.team_id if known else team_id,
            bot_user_id=known.user_id if known else None,
            bot_id=known.bot_id if known else None,
            bot_token=self._edge.settings.bot_token,
            user_id=user_id,
        )
