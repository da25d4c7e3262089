"""`make fit`: refit the weights from the examples and the questions open to training; the held-out ones stay out."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.desk import Desk
from handlers.intents import specs
from knowledge.load import default_dossier_path, load_dossier
from knowledge.understand.fit import fit
from knowledge.understand.rank import WEIGHTS
from knowledge.understand.rows import Labelled
from tests.eval.questions import Item, load
from tests.eval.run import run, table

DEV_WEIGHT = 3.0
CALIBRATION = "calibration"
GROUP = {"answered": "direct", "corrected": "premise", "declined": "unknown"}


def labelled(items: list[Item]) -> list[Labelled]:
    """The training split as the fitter takes it; threads, commands and ambiguous names teach it nothing."""
    rows = []
    for item in items:
        groups = tuple(GROUP[status] for status in item.expect if status in GROUP)
        if groups and item.expect[0] in GROUP:
            weight = 0.0 if item.file.startswith(CALIBRATION) else DEV_WEIGHT
            rows.append(Labelled(item.q, groups, item.facts, None, weight))
    return rows


def main() -> None:
    """Fit, then show the training questions before and after."""
    path = default_dossier_path()
    conversations = [turns for turns in load() if not turns[0].held]
    singles = [turns[0] for turns in conversations if len(turns) == 1]
    before = table(run(Desk.load(path, loaded=datetime.now(UTC)), conversations)) if WEIGHTS.is_file() else []
    for line in fit(load_dossier(path), specs(), labelled(singles), WEIGHTS, path):
        print(line)  # noqa: T201 - a command's output
    after = table(run(Desk.load(path, loaded=datetime.now(UTC)), conversations))
    print("before:", *before, "after:", *after, sep="\n")  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
