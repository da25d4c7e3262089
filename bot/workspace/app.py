"""The app as Slack knows it: what its manifest asks for, and the secrets it shares with Slack."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SCOPES = frozenset(
    {
        *("commands", "chat:write", "app_mentions:read", "im:history", "im:write", "im:read", "users:read"),
        *("assistant:write", "usergroups:read", "reactions:write", "team:read", "channels:join"),
        *("channels:history", "groups:history", "channels:read", "groups:read"),
    }
)
DEFAULT_EVENTS = frozenset(
    {
        *("app_mention", "message.im", "app_home_opened", "member_joined_channel"),
        *("app_uninstalled", "tokens_revoked", "agent_session_stopped"),
    }
)


@dataclass(frozen=True)
class Command:
    """A slash command a person can type."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True


@dataclass(frozen=True)
class Shortcut:
    """An entry of the message menu or of the global shortcut menu."""

    name: str
    callback_id: str
    type: str = "message"
    description: str = ""


@dataclass(frozen=True)
class SlackApp:
    """What an app manifest declares, as far as the workspace acts on it."""

    name: str = "Syria Desk"
    description: str = "Answers from sourced facts"
    commands: tuple[Command, ...] = (Command("/syria", "Ask the desk", "[question] | brief | timeline | help"),)
    shortcuts: tuple[Shortcut, ...] = (Shortcut("Check with Syria Desk", "check_message"),)
    events: frozenset[str] = DEFAULT_EVENTS
    scopes: frozenset[str] = DEFAULT_SCOPES
    home_tab: bool = True

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any], *, optional_scopes: bool = True) -> "SlackApp":
        """The app that this manifest installs, with or without its optional scopes."""
        features = manifest.get("features", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        granted = set(scopes.get("bot", [])) | (set(scopes.get("bot_optional", [])) if optional_scopes else set())
        return cls(
            name=features.get("bot_user", {}).get("display_name", manifest["display_information"]["name"]),
            description=manifest["display_information"].get("description", ""),
            commands=tuple(_picked(Command, item) for item in features.get("slash_commands", [])),
            shortcuts=tuple(_picked(Shortcut, item) for item in features.get("shortcuts", [])),
            events=frozenset(manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])),
            scopes=frozenset(granted),
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
        )


def _picked(kind: type[Any], item: Mapping[str, Any]) -> Any:
    return kind(**{key: value for key, value in item.items() if key in kind.__dataclass_fields__})


@dataclass(frozen=True)
class Credentials:
    """The ids and secrets that Slack and the app share; the defaults are for demonstrations only."""

    bot_token: str = field(default="xoxb-100000000001-200000000002-localdeskdemotoken", repr=False)
    app_token: str = field(default="xapp-1-A0DESK0001-300000000003-localdeskdemotoken", repr=False)
    signing_secret: str = field(default="8f3c1a5e0b7d4926a1c8e3f5072b9d64", repr=False)
    verification_token: str = field(default="localdeskverification", repr=False)
    team_id: str = "T0NEWSROOM"
    team_domain: str = "newsroom-local"
    team_name: str = "The Newsroom"
    app_id: str = "A0DESK0001"
    bot_id: str = "B0DESK0001"
    bot_user_id: str = "U0DESK0001"

    @classmethod
    def fresh(cls) -> "Credentials":
        """Credentials with secrets nobody else knows."""
        return cls(
            bot_token=f"xoxb-100000000001-200000000002-{secrets.token_urlsafe(18)}",
            app_token=f"xapp-1-A0DESK0001-300000000003-{secrets.token_hex(24)}",
            signing_secret=secrets.token_hex(16),
            verification_token=secrets.token_urlsafe(18),
        )
