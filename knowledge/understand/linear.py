"""A fitted linear model: how much each feature speaks for each entry; a text file that a dossier may have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILE = "linear.txt"
_BIAS = "bias"


class Linear:
    """Scores of entries for a feature vector; entries and features that the file does not name score nothing."""

    def __init__(self, rows: Mapping[str, tuple[tuple[str, float], ...]]) -> None:
        self._rows = dict(rows)
        self._bias = dict(self._rows.pop(_BIAS, ()))

    def __bool__(self) -> bool:
        return bool(self._bias)

    @classmethod
    def load(cls, folder: Path | None) -> Linear:
        """The model of a dossier folder: one feature a line, then entry and weight in turn."""
        path = folder / FILE if folder else None
        if path is None or not path.is_file():
            return cls({})
        return cls(dict(_parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line))

    def scores(self, vector: Mapping[str, float]) -> dict[str, float]:
        """The score of every entry that the model knows."""
        scores = dict(self._bias)
        rows = self._rows
        for feature, value in vector.items():
            for entry, weight in rows.get(feature, ()):
                scores[entry] = scores.get(entry, 0.0) + value * weight
        return scores

    def written(self) -> str:
        """The file's text, in a stable order."""
        rows = {**self._rows, _BIAS: tuple(self._bias.items())}
        lines = []
        for feature in sorted(rows):
            pairs = "\t".join(f"{entry}\t{weight:.2f}" for entry, weight in sorted(rows[feature]))
            lines.append(f"{feature}\t{pairs}")
        return "\n".join(lines) + "\n"


def _parse(line: str) -> tuple[str, tuple[tuple[str, float], ...]]:
    feature, *pairs = line.split("\t")
    return feature, tuple((entry, float(weight)) for entry, weight in zip(pairs[::2], pairs[1::2], strict=True))
