"""The command line: what is printed, what is refused, and with which status."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.manifest import manifest
from bot.settings import variables
from bot.workspace import SlackApp, Workspace
from tests.support.dossiers import SMALL, copy_small

ROOT = Path(__file__).parents[2]

COMMAND = (sys.executable, "-m", "bot")
QUESTION = "who Ines Halvorsen"
CLAIM = "The mayor said the night ferry could return in May."
LINES = f'{QUESTION}\n\ntimeline\n\x00\u202e<!channel>\n{{"json": 1}}\n\n\n'


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """Nothing of the desk's settings but the ferry story and a database of the test's own."""
    known = set(variables())
    clean = {name: value for name, value in os.environ.items() if name not in known}
    own = {"DATABASE_URL": f"sqlite:///{folder / 'desk.db'}", "SYRIA_DESK_DOSSIER": str(SMALL), "PYTHONPATH": str(ROOT)}
    return {**clean, **own, **changes}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, in an empty folder."""

    def started(*arguments: str, **changes: str) -> Done:
        for name in variables():
            monkeypatch.delenv(name, raising=False)
        for name, value in environment(tmp_path, **changes).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["syria-desk", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return started


def one_line(done: Done) -> str:
    """The only line on standard error."""
    assert done.stderr.startswith("syria-desk: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_ask_prints_an_answer_with_its_fact(run: Run, tmp_path: Path) -> None:
    done = run("ask", QUESTION)

    assert done.returncode == 0
    assert "F01" in done.stdout
    assert done.stderr == ""


def test_ask_json_has_the_agreed_fields(run: Run, tmp_path: Path) -> None:
    record = json.loads(run("ask", QUESTION, "--json").stdout)

    assert list(record) == ["question", "status", "intent", "read_as", "text", "facts", "suggestions"]
    assert record["status"] == "answered"
    assert set(record["facts"][0]) == {"id", "spans", "label"}
    assert all(isinstance(start, int) and start < end for start, end in record["facts"][0]["spans"])
    assert all(set(item) == {"id", "label", "spans"} for item in record["suggestions"])


def test_batch_answers_line_for_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text(LINES, "utf-8")

    records = [json.loads(line) for line in run("ask", "--batch", "questions.txt", "--json").stdout.splitlines()]

    assert [record["question"] for record in records] == LINES.rstrip("\n").split("\n")
    assert all(record["text"] for record in records)


def test_batch_reads_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "ask", "--batch", "-", "--json"],
        input=b"timeline\r\n\xff\r\n",
        capture_output=True,
        timeout=60,
        cwd=tmp_path,
        env=environment(tmp_path),
    )

    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == ["timeline", "\ufffd"]


def test_a_thread_is_one_conversation(run: Run, tmp_path: Path) -> None:
    def second(*options: str) -> dict:
        (tmp_path / "talk.txt").write_text(f"{QUESTION}\nwhen?\n", "utf-8")
        done = run("ask", "--batch", "talk.txt", "--json", *options)
        return json.loads(done.stdout.splitlines()[1])

    assert second("--thread")["read_as"] != second()["read_as"]


def test_explain_says_how_a_question_was_read(run: Run, tmp_path: Path) -> None:
    done = run("ask", "--explain", "--json", QUESTION)

    assert json.loads(done.stdout)["intent"] == "explain"


def test_check_json_has_the_agreed_fields(run: Run, tmp_path: Path) -> None:
    record = json.loads(run("check", "--json", CLAIM).stdout)

    assert list(record) == ["claim", "verdict", "facts", "differences", "text"]
    assert record["verdict"] == "supported"
    assert record["facts"][0]["id"] == "F01"


def test_check_counts_the_worst_sentence(run: Run, tmp_path: Path) -> None:
    done = run("check", "--json", f"{CLAIM} The moon is made of cheese.")

    assert json.loads(done.stdout)["verdict"] != "supported"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "a question", "another"],
        ["ask", "a question", "--batch", "-"],
        ["ask", "--batch", "no such file"],
        ["nonsense"],
        ["kb"],
        ["--nonsense"],
        ["demo", "--port", "70000"],
        ["manifest", "--url", "http://host"],
    ],
)
def test_bad_usage_is_one_line_and_status_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    one_line(done)


def test_a_missing_token_is_named(run: Run, tmp_path: Path) -> None:
    done = run("run")

    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN" in one_line(done)


def test_a_missing_signing_secret_is_named(run: Run, tmp_path: Path) -> None:
    done = run("run", SLACK_BOT_TOKEN="xoxb-1")

    assert done.returncode == 1
    assert "SLACK_SIGNING_SECRET" in one_line(done)


def test_a_setting_that_cannot_be_right_is_named_without_its_value(run: Run, tmp_path: Path) -> None:
    done = run("run", SLACK_BOT_TOKEN="xoxb-1", PORT="not-a-port")

    assert done.returncode == 1
    assert "PORT" in one_line(done)
    assert "not-a-port" not in done.stderr


def test_an_unreachable_slack_stops_the_start(run: Run, tmp_path: Path) -> None:
    done = run(
        "run",
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_SIGNING_SECRET="s",
        SLACK_API_URL="http://127.0.0.1:9/api/",
        PORT="0",
        SYRIA_DESK_LOG_LEVEL="ERROR",
    )

    assert done.returncode == 1
    assert "not reachable" in one_line(done)


@pytest.mark.parametrize("url", ["postgresql://desk:pw@127.0.0.1:9/desk", "mysql://x/y", "no address"])
def test_an_unreachable_database_stops_the_start(run: Run, url: str) -> None:
    keys = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "PORT": "0"}
    done = run("run", **keys, DATABASE_URL=url, SYRIA_DESK_LOG_LEVEL="ERROR")

    assert done.returncode == 1
    assert "pw" not in one_line(done)
    assert "DATABASE_URL" in done.stderr


def test_a_broken_dossier_is_named_with_file_and_line(run: Run, tmp_path: Path) -> None:
    broken = copy_small(tmp_path, {"actors.yaml": lambda text: text.replace("type:", "typo:", 1)})
    done = run("ask", "who", SYRIA_DESK_DOSSIER=str(broken))

    assert done.returncode == 1
    assert "actors.yaml:" in one_line(done)


def test_a_port_in_use_is_one_line(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("demo", "--no-browser", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "--port" in one_line(done)


def test_demo_serves_a_page_and_stops_on_sigterm(run: Run, tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [*COMMAND, "demo", "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path),
    )
    assert demo.stdout is not None
    line = demo.stdout.readline()
    demo.send_signal(signal.SIGTERM)
    _, said = demo.communicate(timeout=20)

    assert "http://127.0.0.1:" in line
    assert (demo.returncode, said) == (0, "")


def test_digest_preview_prints_the_digest(run: Run, tmp_path: Path) -> None:
    told = run("digest", "preview").stdout

    assert told.startswith("Syria Desk, ")
    assert "One fact to know" in told


def test_digest_preview_speaks_the_language_that_is_set(run: Run) -> None:
    assert "알아 둘 사실" in run("digest", "preview", SYRIA_DESK_LANGUAGE="ko").stdout


def test_db_upgrade_makes_the_database(run: Run, tmp_path: Path) -> None:
    done = run("db", "upgrade")

    assert done.returncode == 0
    assert (tmp_path / "desk.db").exists()


def test_doctor_names_what_is_missing(run: Run, tmp_path: Path) -> None:
    done = run("doctor")

    assert done.returncode == 1
    assert "FAIL settings: SLACK_BOT_TOKEN" in done.stdout
    assert "ok   dossier" in done.stdout


async def test_run_answers_slack_reloads_on_sighup_and_stops_on_sigterm(run: Run, tmp_path: Path) -> None:
    async with Workspace(SlackApp.from_manifest(manifest())) as workspace:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        shared = workspace.credentials
        process = await asyncio.to_thread(
            subprocess.Popen,
            [*COMMAND, "run"],
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=environment(
                tmp_path,
                SLACK_BOT_TOKEN=shared.bot_token,
                SLACK_SIGNING_SECRET=shared.signing_secret,
                SLACK_API_URL=workspace.api_url,
                SYRIA_DESK_HOST="127.0.0.1",
                PORT=str(port),
            ),
        )
        try:
            assert "ready" in await said(process, "ready")
            workspace.set_request_url(f"http://127.0.0.1:{port}/slack/events")
            shown = await workspace.slash(
                "U0REPORT01", workspace.channel("newsroom").id, "/syria", "who Ines Halvorsen"
            )
            process.send_signal(signal.SIGHUP)
            reloaded = await said(process, "reloaded")
            process.send_signal(signal.SIGTERM)
            assert "stopping" in await said(process, "stopping")
        finally:
            process.terminate()
            status = process.wait(20)

    assert shown.ok
    assert "version" in reloaded
    assert status == 0
    assert shared.bot_token not in reloaded


async def said(process: subprocess.Popen[str], event: str) -> str:
    """The log line for an event; fails when the process ends before it."""
    assert process.stderr is not None
    while line := await asyncio.to_thread(process.stderr.readline):
        if json.loads(line).get("event") == event:
            return line
    raise AssertionError(f"the process ended without saying {event}")


def test_the_version_is_the_package_s(run: Run) -> None:
    done = run("--version")

    assert (done.returncode, done.stdout) == (0, f"syria-desk {version('syria-desk')}\n")


def test_the_privacy_promise_names_the_days_that_are_set(run: Run) -> None:
    assert "for 7 days at most" in run("ask", "help", SYRIA_DESK_RETENTION_DAYS="7").stdout
