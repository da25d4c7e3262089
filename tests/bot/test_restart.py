"""What a desk that was stopped and started again still knows of a thread: what its database holds."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from bot.manifest import manifest
from bot.shelf import Shelf
from bot.workspace import SlackApp, Workspace
from tests.support.running import REPORTER, settings_for, started


async def test_a_follow_up_after_a_restart_leans_on_what_was_answered_before(tmp_path: Path, shelf: Shelf) -> None:
    slack_app = SlackApp.from_manifest(manifest(socket=False, follow_ups=True))
    async with Workspace(slack_app) as workspace, aiohttp.ClientSession() as session:
        settings = settings_for(workspace, tmp_path)
        async with started(workspace, session, settings, shelf) as before:
            asked = before.mention("Who signed the joint statement?")
            await before.replies(asked)
        async with started(workspace, session, settings, shelf) as after:
            after.workspace.say(REPORTER, after.room(), "with whom?", asked["ts"])
            replies = await after.replies(asked, 2)

    assert after.app is not before.app
    assert "Shaibani" in replies[1]["text"]


async def test_what_was_answered_in_another_database_is_forgotten(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    slack_app = SlackApp.from_manifest(manifest(socket=False, follow_ups=True))
    async with Workspace(slack_app) as workspace, aiohttp.ClientSession() as session:
        async with started(workspace, session, settings_for(workspace, tmp_path / "one"), shelf) as before:
            asked = before.mention("Who signed the joint statement?")
            await before.replies(asked)
        async with started(workspace, session, settings_for(workspace, tmp_path / "two"), shelf) as after:
            after.workspace.say(REPORTER, after.room(), "with whom?", asked["ts"])
            await after.workspace.settled()
            later = after.mention("timeline")
            await after.replies(later)
            replies = await after.replies(asked)

    assert not any("Shaibani" in reply["text"] for reply in replies[1:])
