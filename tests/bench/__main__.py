"""Run the benchmarks one after another: `python -m tests.bench [name …]`, where a name is that of bench_<name>.py."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def names() -> list[str]:
    """Every benchmark of this folder."""
    return sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def main() -> int:
    """Each in a process of its own; status 1 when one fails or misses a figure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("name", nargs="*", help=", ".join(names()))
    chosen = arguments.parse_args().name or names()
    if strangers := set(chosen) - set(names()):
        arguments.error(f"no such benchmark: {', '.join(sorted(strangers))} (there are {', '.join(names())})")
    missed = []
    for name in chosen:
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        if subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False).returncode:
            missed.append(name)
    sys.stdout.write(f"\nmissed or failed: {', '.join(missed) or 'none'}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
