"""What one question costs: understand, handle, render. `python -m tests.bench.bench_understand [shipped|large|memory]`.

`shipped` asks the evaluation's questions of the shipped dossier, `large` a made-up dossier of 10,000 facts,
`memory` 100,000 distinct questions in one process. Status 1 when a figure is missed; `--profile` says where time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bot.render.message import Surface, message
from bot.serve import settle
from handlers.desk import Desk
from knowledge.load import default_dossier_path, load_dossier
from tests.eval.questions import load
from tests.support import synthetic

P50_MS, P99_MS, LARGE_P99_MS, LOAD_S = 0.7, 3.0, 15.0, 10.0
FLAT_MB, MEMORY_QUESTIONS, PASSES = 8.0, 100_000, 3
NOW = datetime(2025, 4, 14, 9, tzinfo=UTC)
MEGABYTE = 1024 * 1024


def ask(desk: Desk, text: str) -> None:
    """One question, from its words to the blocks that Slack would get."""
    message(desk.answer(text, now=NOW).answer, Surface.EPHEMERAL, asked=text)


def timed(desk: Desk, texts: Sequence[str]) -> tuple[float, float, float]:
    """p50 and p99 in milliseconds over those texts, each asked once, and the p99 of processor time alone."""
    spent, worked = [], []
    for text in texts:
        began, at = time.perf_counter(), time.thread_time()
        ask(desk, text)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.thread_time() - at) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=100)[98], statistics.quantiles(worked, n=100)[98]


def shipped_questions() -> list[str]:
    """Every distinct question of the evaluation, the turns of threads left out."""
    return list(dict.fromkeys(turns[0].q for turns in load() if len(turns) == 1))


def warmed(folder: Path) -> tuple[Desk, float]:
    """A desk as it serves, and the seconds that its load took."""
    began = time.perf_counter()
    desk = Desk.load(folder, loaded=NOW)
    took = time.perf_counter() - began
    for text in ("", "check it is so", "help", "what is this article about?"):
        ask(desk, text)
    settle()
    return desk, took


def bench_shipped(facts: int, asked: int) -> bool:
    """The shipped dossier, each pass on a desk that has not met the questions."""
    texts = shipped_questions()[: asked or None]
    passes = [timed(warmed(default_dossier_path())[0], texts) for _ in range(PASSES)]
    p50, p99, cpu = (statistics.median(column) for column in zip(*passes, strict=True))
    said = f"p50 {p50:.2f} ms, p99 {p99:.2f} ms ({cpu:.2f} of it work), {len(texts)} questions, median of {PASSES}"
    return report("shipped", said, p50 <= P50_MS and p99 <= P99_MS)


def bench_large(facts: int, asked: int) -> bool:
    """A made-up dossier, from its YAML."""
    with tempfile.TemporaryDirectory() as folder:
        written = synthetic.write(Path(folder) / "synthetic", facts)
        desk, took = warmed(written)
        dossier = load_dossier(written)
    texts = [text for text, _ in synthetic.questions(dossier, asked or 2000)]
    p50, p99, cpu = timed(desk, texts)
    used = psutil.Process().memory_info().rss / MEGABYTE
    said = f"{facts:,} facts in {took:.1f} s; p50 {p50:.2f} ms, p99 {p99:.2f} ms ({cpu:.2f} of it work); {used:.0f} MB"
    return report("large", said, took <= LOAD_S and p99 <= LARGE_P99_MS)


def bench_memory(facts: int, asked: int) -> bool:
    """Resident memory before and after many distinct questions."""
    desk, _ = warmed(default_dossier_path())
    texts, process = shipped_questions(), psutil.Process()
    count = asked or MEMORY_QUESTIONS
    marks = []
    for number in range(count):
        if number in {count // 10, count // 2}:
            marks.append(process.memory_info().rss / MEGABYTE)
        ask(desk, f"{texts[number % len(texts)]} {strange(number)}")
    marks.append(process.memory_info().rss / MEGABYTE)
    places = (count // 10, count // 2, count)
    said = ", ".join(f"{mark:.1f} MB after {at:,}" for mark, at in zip(marks, places, strict=True)) + " questions"
    return report("memory", said, marks[-1] - marks[0] <= FLAT_MB)


def strange(number: int) -> str:
    """A word that no question before held."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}")


def report(what: str, said: str, reached: bool) -> bool:
    """One line of the table."""
    sys.stdout.write(f"{what:8} {said:100} {'reached' if reached else 'MISSED'}\n")
    return reached


def profiled(bench: Callable[[int, int], bool], facts: int, asked: int) -> bool:
    """The same under the profiler, with the functions that cost most."""
    profile = cProfile.Profile()
    reached = profile.runcall(bench, facts, asked)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(25)
    return reached


BENCHES = {"shipped": bench_shipped, "large": bench_large, "memory": bench_memory}


def main() -> int:
    """Run what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("which", nargs="*", default=[], choices=[*BENCHES, []])
    arguments.add_argument("--facts", type=int, default=10_000)
    arguments.add_argument("--asked", type=int, default=0, help="questions to ask, where not all")
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    reached = []
    for which in given.which or BENCHES:
        run = functools.partial(profiled, BENCHES[which]) if given.profile else BENCHES[which]
        reached.append(run(given.facts, given.asked))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
