"""`doctor`: everything that has to be right before the bot runs, a line each."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from bot.errors import DeskError, SettingsError
from bot.manifest import HISTORY, SCOPES
from bot.settings import Settings
from bot.shelf import Shelf
from bot.slack import Identity, reading_client
from bot.store.engine import check_schema, create_engine


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is right, and what was found or is to be done."""

    name: str
    right: bool
    said: str


def examine(settings: Settings) -> bool:
    """Print one line a check; True when all are right."""
    findings = asyncio.run(findings_of(settings))
    for finding in findings:
        sys.stdout.write(f"{'ok  ' if finding.right else 'FAIL'} {finding.name}: {finding.said}\n")
    return all(finding.right for finding in findings)


async def findings_of(settings: Settings) -> list[Finding]:
    """Every check, in the order in which a person would mend them."""
    findings = [
        await _try("settings", lambda: _settings(settings)),
        await _try("dossier", lambda: _dossier(settings)),
        await _try("database", lambda: _database(settings)),
    ]
    if settings.slack_bot_token is None:
        return findings
    return [*findings, *await _slack(settings)]


async def _try(name: str, look: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(name, True, await look())
    except DeskError as error:
        return Finding(name, False, str(error))


async def _settings(settings: Settings) -> str:
    settings.bot_token.encode()
    if settings.socket_mode:
        return "Socket Mode"
    settings.signing_secret.encode()
    return f"HTTP on port {settings.port}"


async def _dossier(settings: Settings) -> str:
    desk = await asyncio.to_thread(lambda: Shelf(settings.dossier, settings.sources).desk)
    return f"{len(desk.dossier.facts)} facts, version {desk.version}"


async def _database(settings: Settings) -> str:
    engine = create_engine(settings.database_url.get_secret_value())
    try:
        if engine.dialect.name == "sqlite" and not _exists(engine.url.database):
            return "an SQLite file that is made at the first start"
        async with asyncio.timeout(10):
            await check_schema(engine)
    except (TimeoutError, OSError):
        raise SettingsError("the database is not reachable: check DATABASE_URL") from None
    finally:
        await engine.dispose()
    return f"{engine.dialect.name}, schema up to date"


def _exists(path: str | None) -> bool:
    from pathlib import Path

    return path is not None and Path(path).exists()


async def _slack(settings: Settings) -> list[Finding]:
    async with aiohttp.ClientSession() as session:
        identity = Identity(reading_client(settings.bot_token, settings.slack_api_url, session))
        try:
            who = await identity.learn()
        except DeskError as error:
            return [Finding("slack", False, f"{error}: check SLACK_BOT_TOKEN and SLACK_API_URL")]
    missing = sorted(set(SCOPES) - who.scopes)
    scopes = Finding("scopes", True, _optional(who.scopes))
    if missing:
        todo = f"missing {', '.join(missing)}: add them under OAuth & Permissions, then reinstall the app"
        scopes = Finding("scopes", False, todo)
    return [Finding("slack", True, f"{who.team or who.team_id}, as {who.user_id}"), scopes]


def _optional(scopes: frozenset[str]) -> str:
    absent = sorted(set(HISTORY) - scopes)
    return f"all there; without {', '.join(absent)} no follow-ups in channels" if absent else "all there"
