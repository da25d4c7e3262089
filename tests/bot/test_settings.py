"""Settings: what is read, what is refused, and that nothing secret shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings, variables

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in variables():
        monkeypatch.delenv(name, raising=False)


def test_the_example_file_names_every_variable_once_with_a_line_each() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = [line.split("=", 1)[0] for line in lines if not line.startswith("#")]

    assert sorted(named) == sorted(variables())
    assert all(lines[2 * place].startswith("# ") for place in range(len(named)))


def test_the_example_file_as_it_is_gives_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Settings(_env_file=ROOT / ".env.example")

    assert example == Settings(_env_file=None)


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api")
    monkeypatch.setenv("SYRIA_DESK_EDITORS", "U1, U2,,")
    monkeypatch.setenv("SYRIA_DESK_LOG_LEVEL", "debug")
    found = load_settings()

    assert found.bot_token == "xoxb-1"
    assert found.slack_api_url == "http://127.0.0.1:1/api/"
    assert found.editors == ("U1", "U2")
    assert found.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "secret-port"),
        ("SLACK_API_URL", "ftp://slack"),
        ("SYRIA_DESK_RETENTION_DAYS", "0"),
        ("SYRIA_DESK_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name) as fault:
        load_settings()
    assert value not in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"])
def test_a_missing_secret_says_which_variable_to_set(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        getattr(load_settings(), {"SLACK_BOT_TOKEN": "bot_token"}.get(name, "signing_secret"))


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "DATABASE_URL"):
        monkeypatch.setenv(name, "xoxb-verysecret")

    assert "verysecret" not in repr(load_settings())


def test_nothing_else_reads_the_environment() -> None:
    reading = re.compile(r"os\.environ|getenv\(")
    found = [
        path.name
        for package in ("bot", "handlers", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text("utf-8"))
    ]

    assert found == []
