"""What is logged, and what never is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from bot import logs
from tests.support.running import Running


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    logs.set_up("INFO", stream)
    yield stream
    logs.set_up("ERROR")


async def test_neither_questions_nor_tokens_are_logged(bot: Running, lines: io.StringIO) -> None:
    await bot.slash("who Cho Tae-yul pineapple")
    await bot.replies(bot.mention("timeline pineapple"))
    logged = lines.getvalue()

    assert "question_kept" in logged
    assert "pineapple" not in logged
    assert bot.workspace.credentials.bot_token not in logged
    assert bot.workspace.credentials.signing_secret not in logged


def test_every_line_is_json_without_secrets(lines: io.StringIO) -> None:
    fault = RuntimeError("postgresql://desk:hunter2@host/db refused xoxb-1-2-secret")
    logs.log().error("failed", exc_info=fault, url="https://hooks.slack.com/commands/T1/2/secret")
    line = lines.getvalue()

    assert json.loads(line)["event"] == "failed"
    assert not any(secret in line for secret in ("hunter2", "xoxb-1-2", "T1/2/secret"))


async def test_a_fault_is_shown_with_a_reference_that_is_in_the_log(
    bot: Running, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.edge.shelf, "_desk", None)
    shown = await bot.slash("timeline")
    faults = [json.loads(line) for line in lines.getvalue().splitlines() if "listener_failed" in line]

    assert faults[0]["ref"] in shown["text"]
    assert "Traceback" not in shown["text"]
