"""How soon the desk is ready after its process starts, and what it then holds: `python -m tests.bench.bench_start`.

The first start works out the tables and migrates the database that the next ones find; `--cold` takes the tables away
before every start. Memory is read after the first check, for which the desk gets ready beside the first questions.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from knowledge.kept import FOLDER
from knowledge.load import default_dossier_path

READY_S, RESIDENT_MB = 2.0, 120.0
MEGABYTE = 1024 * 1024


def say(word: str) -> None:
    """One line to the process that waits."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def ready(folder: Path) -> None:
    """The desk with everything it needs to answer, until its input ends."""
    from aiohttp import web
    from pydantic import SecretStr

    from bot import logs
    from bot.app import create_app
    from bot.edge import EDGE
    from bot.serve import listen, settle
    from bot.settings import DEFAULT_DOSSIER, Settings

    logs.set_up("ERROR")
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr("xoxb-1-2-bench"),
        slack_signing_secret=SecretStr("8f3c1a5e0b7d4926a1c8e3f5072b9d64"),
        slack_api_url="http://127.0.0.1:9/api/",
        database_url=SecretStr(f"sqlite:///{folder / 'bench.db'}"),
        dossier=DEFAULT_DOSSIER,
    )
    runner = web.AppRunner(create_app(settings), access_log=None)
    await runner.setup()
    await listen(runner, "127.0.0.1", 0)
    settle()
    say("ready")
    await asyncio.to_thread(runner.app[EDGE].shelf.desk.answer, "check it is so", now=datetime.now(UTC))
    say("checked")
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


def once(folder: str, *, cold: bool) -> tuple[float, float, float, float]:
    """Seconds to ready, of processor time by then, to the first check, and megabytes resident, of one process."""
    if cold:
        shutil.rmtree(default_dossier_path() / FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "tests.bench.bench_start", "--serve", folder]
    began = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise SystemExit("the desk did not start")
        took, seen = time.perf_counter() - began, psutil.Process(process.pid)
        cpu = seen.cpu_times()
        if process.stdout.readline() != "checked\n":
            raise SystemExit("the desk did not check")
        checked, resident = time.perf_counter() - began, seen.memory_info().rss / MEGABYTE
        process.stdin.close()
    return took, cpu.user + cpu.system, checked, resident


def main() -> int:
    """Measure a few starts and print their medians; status 1 when a figure is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--serve", type=Path)
    options.add_argument("--starts", type=int, default=5)
    options.add_argument("--cold", action="store_true")
    given = options.parse_args()
    if given.serve:
        asyncio.run(ready(given.serve))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        once(folder, cold=False)
        starts = [once(folder, cold=given.cold) for _ in range(given.starts)]
    took, cpu, checked, resident = (statistics.median(column) for column in zip(*starts, strict=True))
    reached = took <= READY_S and resident <= RESIDENT_MB
    said = f"ready in {took:.2f} s ({cpu:.2f} s of processor time), first check at {checked:.2f} s, {resident:.0f} MB"
    sys.stdout.write(f"start    {said}, median of {len(starts)} {'reached' if reached else 'MISSED'}\n")
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
