"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.listeners.shortcuts import check_message
from bot.manifest import CHECK_MESSAGE, HISTORY, SCOPES, manifest

ROOT = Path(__file__).parents[2]


def test_the_kept_manifest_is_the_printed_one() -> None:
    assert json.loads((ROOT / "manifest.json").read_text("utf-8")) == manifest()


def test_every_address_is_the_one_path() -> None:
    made = manifest("https://desk.example.org/")
    addresses = [
        made["features"]["slash_commands"][0]["url"],
        made["settings"]["event_subscriptions"]["request_url"],
        made["settings"]["interactivity"]["request_url"],
    ]

    assert set(addresses) == {"https://desk.example.org/slack/events"}


def test_socket_mode_needs_no_address() -> None:
    made = manifest(socket=True)

    assert made["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(made)


def test_history_is_asked_for_only_where_follow_ups_are_wanted() -> None:
    plain, listening = manifest(), manifest(follow_ups=True)

    assert not set(HISTORY) & set(plain["oauth_config"]["scopes"]["bot"])
    assert set(HISTORY) <= set(listening["oauth_config"]["scopes"]["bot"])
    assert "message.channels" not in plain["settings"]["event_subscriptions"]["bot_events"]


def test_the_shortcut_is_the_one_that_is_listened_to() -> None:
    assert manifest()["features"]["shortcuts"][0]["callback_id"] == CHECK_MESSAGE
    assert check_message.__name__ == CHECK_MESSAGE


def test_scopes_are_sorted_and_single() -> None:
    assert list(SCOPES) == sorted(set(SCOPES))


def test_slack_calls_https_only() -> None:
    with pytest.raises(UsageError, match="https://"):
        manifest("http://desk.example.org")
