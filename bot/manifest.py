"""The app manifest: what to paste into Slack's *Create an app*."""

from __future__ import annotations

from typing import Any

from bot.errors import UsageError

CHECK_MESSAGE = "check_message"
EXAMPLE_URL = "https://syria-desk.example.org"
EVENTS = ("app_mention", "message.im", "app_home_opened", "app_uninstalled", "tokens_revoked")
FOLLOW_UP_EVENTS = ("message.channels", "message.groups")
HISTORY = ("channels:history", "groups:history")
SCOPES = ("app_mentions:read", "assistant:write", "chat:write", "commands", "im:history", "im:write")
PROMPTS = (
    ("The story in brief", "brief"),
    ("What happened when", "timeline"),
    ("Where this comes from", "source"),
    ("What can I ask?", "help"),
)
LONG = (
    "Syria Desk answers a newsroom's questions about South Korea's ties with Syria's new government from one article. "
    "Every sentence of an answer names its fact, who says so and how far it can be trusted; what the article does not "
    "say, the desk does not say. Ask with /syria, mention it in a thread, write to it directly, or check a message."
)


def manifest(url: str = EXAMPLE_URL, *, socket: bool = False, follow_ups: bool = False) -> dict[str, Any]:
    """The manifest for a desk at `url`; `follow_ups` lets it hear questions in its threads that do not name it."""
    if not socket and not url.startswith("https://"):
        raise UsageError("--url must start with https:// (Slack calls nothing else); --socket needs no address")
    address = {} if socket else {"url": f"{url.rstrip('/')}/slack/events"}
    events = [*EVENTS, *(FOLLOW_UP_EVENTS if follow_ups else ())]
    scopes: dict[str, list[str]] = {"bot": sorted([*SCOPES, *(HISTORY if follow_ups else ())])}
    if not follow_ups:
        scopes["bot_optional"] = list(HISTORY)
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Syria Desk",
            "description": "Sourced facts about South Korea and Syria's new government",
            "background_color": "#1A3C34",
            "long_description": LONG,
        },
        "features": _features(address),
        "oauth_config": {"scopes": scopes},
        "settings": {
            "event_subscriptions": {**_request(address), "bot_events": events},
            "interactivity": {"is_enabled": True, **_request(address)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _features(address: dict[str, str]) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Syria Desk", "always_online": True},
        "agent_view": {
            "agent_description": "Answers from sourced facts about South Korea's ties with Syria's new government.",
            "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
        },
        "slash_commands": [
            {
                "command": "/syria",
                **address,
                "description": "Ask the desk",
                "usage_hint": "[question] | brief | timeline | check [sentence] | help",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {
                "name": "Check with Syria Desk",
                "type": "message",
                "callback_id": CHECK_MESSAGE,
                "description": "Compare a message with the article",
            }
        ],
    }


def _request(address: dict[str, str]) -> dict[str, str]:
    return {"request_url": address["url"]} if address else {}
