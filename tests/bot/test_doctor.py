"""`doctor` against a real database and a workspace that speaks Slack."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from bot.doctor import Finding, findings_of
from bot.manifest import manifest
from bot.settings import Settings
from bot.workspace import SlackApp, Workspace
from tests.support.dossiers import SMALL
from tests.support.running import settings_for


def named(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def ours(workspace: Workspace, folder: Path) -> Settings:
    return settings_for(workspace, folder, dossier=SMALL)


async def test_all_is_well(tmp_path: Path) -> None:
    async with Workspace(SlackApp.from_manifest(manifest())) as workspace:
        findings = await findings_of(ours(workspace, tmp_path))

    assert [finding.name for finding in findings] == ["settings", "dossier", "database", "slack", "scopes"]
    assert all(finding.right for finding in findings), findings


async def test_missing_scopes_are_listed_with_the_remedy(tmp_path: Path) -> None:
    async with Workspace(SlackApp(scopes=frozenset({"commands", "chat:write"}))) as workspace:
        scopes = named(await findings_of(ours(workspace, tmp_path)))["scopes"]

    assert not scopes.right
    assert "app_mentions:read" in scopes.said
    assert "reinstall" in scopes.said


async def test_a_wrong_token_is_told_from_an_unreachable_slack(tmp_path: Path) -> None:
    async with Workspace() as workspace:
        good = ours(workspace, tmp_path)
        refused = good.model_copy(update={"slack_bot_token": SecretStr("xoxb-wrong")})
        away = good.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
        first = named(await findings_of(refused))["slack"]
        second = named(await findings_of(away))["slack"]

    assert "invalid_auth" in first.said
    assert "not reachable" in second.said


async def test_a_database_without_a_schema_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    async with Workspace() as workspace:
        database = named(await findings_of(ours(workspace, tmp_path)))["database"]

    assert not database.right
    assert "syria-desk db upgrade" in database.said
