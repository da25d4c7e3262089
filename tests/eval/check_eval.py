"""Score `check` on a file of worked claims: accuracy, confusion, and what was wrongly called supported.

python -m tests.eval.check_eval FILE … [--misses] [--dossier FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.check import Finding, base_of, check_with
from knowledge.load import default_dossier_path, load_dossier
from knowledge.model import Claim, Verdict
from knowledge.understand.rank import Weights
from knowledge.understand.reader import Reader
from knowledge.understand.text import language


class Sample(Claim):
    """A claim with its verdict, and the other verdicts that a careful desk might give it."""

    also: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A claim, what was found, and how long it took in milliseconds."""

    claim: Sample
    finding: Finding
    lang: str
    took: float

    @property
    def right(self) -> bool:
        """Whether the verdict is the expected one, or another that is as good."""
        return self.finding.verdict in {self.claim.verdict, *self.claim.also}


def claims_in(path: Path) -> list[Sample]:
    """Claims of a file, checked against the model."""
    return [Sample.model_validate(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def score(reader: Reader, claims: Iterable[Sample]) -> list[Scored]:
    """Every claim checked; its first finding counts, and a worked claim is not its own evidence."""
    rows = []
    base = base_of(reader)
    for claim in claims:
        began = time.perf_counter()
        finding = check_with(base, claim.text, itself=False)[0]
        rows.append(Scored(claim, finding, language(claim.text), (time.perf_counter() - began) * 1000))
    return rows


def report(rows: Sequence[Scored]) -> str:
    """Figures as a reader would want them."""
    right = sum(row.right for row in rows)
    wrongly = [
        row for row in rows if row.finding.verdict is Verdict.SUPPORTED and row.claim.verdict is Verdict.CONTRADICTED
    ]
    took = sorted(row.took for row in rows)
    lines = [
        f"{len(rows)} claims, {right / len(rows):.3f} right; contradicted ones called supported: {len(wrongly)}",
        f"p50 {took[len(took) // 2]:.2f} ms, p99 {took[int(len(took) * 0.99)]:.2f} ms",
        *_by_lang(rows),
        *_confusion(rows),
    ]
    return "\n".join(lines)


def _by_lang(rows: Sequence[Scored]) -> list[str]:
    total = Counter(row.lang for row in rows)
    right = Counter(row.lang for row in rows if row.right)
    return [f"  {lang}: {right[lang]} of {total[lang]}" for lang in sorted(total)]


def _confusion(rows: Sequence[Scored]) -> list[str]:
    counts = Counter((row.claim.verdict, row.finding.verdict) for row in rows)
    header = "expected \\ given".ljust(16) + "".join(verdict.value.rjust(14) for verdict in Verdict)
    return [header, *(e.value.ljust(16) + "".join(str(counts[e, g]).rjust(14) for g in Verdict) for e in Verdict)]


def misses(rows: Sequence[Scored]) -> str:
    """The wrong ones, to read."""
    return "\n".join(
        f"{row.claim.verdict.value} -> {row.finding.verdict.value} | {row.claim.text} | "
        f"{row.claim.facts} {row.finding.facts} | "
        f"{[(gap.yours, gap.source) for gap in row.finding.differences]}"
        for row in rows
        if not row.right
    )


def main() -> None:
    """Print the figures of every file named, and its misses where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--dossier", type=Path, default=None)
    args = parser.parse_args()
    reader = Reader(load_dossier(args.dossier or default_dossier_path()), (), Weights({}, {}, {}))
    for path in args.files:
        rows = score(reader, claims_in(path))
        shown = [f"{path.name}: {report(rows)}", *([misses(rows)] if args.misses else [])]
        sys.stdout.write("\n".join(shown) + "\n")


if __name__ == "__main__":
    main()
