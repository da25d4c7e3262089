"""`make eval`: how well questions and follow-ups are understood, with 95 % intervals and the misses to read."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.render.plain import plain
from handlers.desk import Desk
from knowledge.load import default_dossier_path
from knowledge.model import LANGUAGES
from tests.eval.questions import FOLDER, Item, Judged, judge, load

Test = Callable[[Judged], bool]
MEASURES: tuple[tuple[str, Test, Test], ...] = (
    ("answer@1", lambda j: j.item.answerable, lambda j: j.first),
    ("answer@3", lambda j: j.item.answerable, lambda j: j.third),
    ("direct share of answerable", lambda j: j.item.answerable, lambda j: j.direct),
    ("direct-answer precision", lambda j: j.direct and not j.item.premise, lambda j: j.right),
    ("unanswerable answered directly", lambda j: j.item.unanswerable, lambda j: j.direct),
    ("false premises corrected", lambda j: j.item.premise, lambda j: j.status == "corrected"),
    ("false premises handled rightly", lambda j: j.item.premise, lambda j: j.right),
    ("false premises answered as true", lambda j: j.item.premise, lambda j: j.status == "answered" and not j.right),
    ("follow-ups right", lambda j: j.item.kind == "follow_up", lambda j: j.right),
    ("right status, facts and words", lambda _: True, lambda j: j.right),
)


def run(desk: Desk, conversations: Sequence[Sequence[Item]]) -> list[Judged]:
    """Ask every question; the turns of a conversation share a frame."""
    now = datetime.now(UTC)
    judged = []
    for turns in conversations:
        frame = None
        for item in turns:
            reply = desk.answer(item.q, frame=frame, now=now)
            frame = reply.frame
            judged.append(judge(item, reply, plain(reply.answer)))
    return judged


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def table(judged: Sequence[Judged]) -> list[str]:
    """One line a measure."""
    lines = []
    for name, wanted, good in MEASURES:
        chosen = [j for j in judged if wanted(j)]
        hits = sum(map(good, chosen))
        low, high = wilson(hits, len(chosen))
        share = hits / len(chosen) if chosen else 0.0
        lines.append(f"{name:32} {share:5.3f}  [{low:.3f}, {high:.3f}]  {hits}/{len(chosen)}")
    return lines


def by(judged: Sequence[Judged], key: Callable[[Judged], str]) -> list[str]:
    """By a key: all judged right, answer@1 of the answerable, and unanswerable ones answered directly."""
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(key(one), []).append(one)
    return [_row(name, rows) for name, rows in sorted(groups.items())]


def _row(name: str, rows: Sequence[Judged]) -> str:
    answerable = [j.first for j in rows if j.item.answerable]
    unanswerable = [j.direct for j in rows if j.item.unanswerable]
    cells = (("right", [j.right for j in rows]), ("answer@1", answerable), ("unanswerable direct", unanswerable))
    return f"  {name:26}" + "".join(f" {title} {_share(hits)}" for title, hits in cells if hits)


def _share(hits: Sequence[bool]) -> str:
    low, high = wilson(sum(hits), len(hits))
    return f"{sum(hits) / len(hits):.3f} [{low:.2f}, {high:.2f}] of {len(hits):<4}"


def misses(judged: Sequence[Judged], most: int) -> list[str]:
    """Questions that did not get what they should, to read."""
    wrong = [j for j in judged if not j.right]
    wrong.sort(key=lambda j: (not (j.direct and j.item.unanswerable), not j.direct))
    return [_miss(j) for j in wrong[:most]]


def _miss(j: Judged) -> str:
    wanted = f"wanted {'/'.join(j.item.expect)} {','.join(j.item.facts)}"
    return f"  {j.item.file}: {j.item.q} | {wanted} | got {j.status} {j.entry} | {j.lead[:90]}"


def _known(desk: Desk, judged: Sequence[Judged]) -> int:
    """How many questions also stand among the examples, by chance or because they are plain."""
    entries = desk.reader.index.entries
    known = {_plain(text) for entry in entries for lang in LANGUAGES for text in getattr(entry.examples, lang)}
    return sum(_plain(j.item.q) in known for j in judged)


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def main() -> None:
    """Print the tables for the held-out split, then for all files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, default=FOLDER)
    parser.add_argument("--dossier", type=Path, default=default_dossier_path())
    parser.add_argument("--split", choices=("held", "dev", "all"), default="held")
    parser.add_argument("--misses", type=int, default=40)
    parser.add_argument("--clinc", type=Path, help="CLINC150-shaped JSON: compare the router with published tables")
    args = parser.parse_args()
    if args.clinc:
        from tests.eval.clinc import report

        print("\n".join(report(args.clinc)))  # noqa: T201 - a command's output
        return
    desk = Desk.load(args.dossier, loaded=datetime.now(UTC))
    judged = [
        j for j in run(desk, load(args.questions)) if args.split == "all" or j.item.held == (args.split == "held")
    ]
    lines = [
        f"split {args.split}: {len(judged)} questions, {_known(desk, judged)} of them word for word among the examples"
    ]
    lines += table(judged)
    for title, key in (
        ("language", lambda j: j.item.lang),
        ("kind", lambda j: j.item.kind),
        ("file", lambda j: j.item.file),
    ):
        lines += [f"by {title}:", *by(judged, key)]
    print("\n".join([*lines, "misses:", *misses(judged, args.misses)]))  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
