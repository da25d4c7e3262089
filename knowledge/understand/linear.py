"""A fitted linear model: how much each feature speaks for each entry; a text file that a dossier may have."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from knowledge.kept import keep, kept, key_of

FILE = "linear.txt"
_BIAS, _KEPT = "bias", "linear"
Pairs = Iterable[tuple[str, float]]
Row = tuple[tuple[int, ...], tuple[float, ...]]


class Linear:
    """Scores of entries for a feature vector; entries and features that the file does not name score nothing."""

    def __init__(self, rows: Mapping[str, Pairs]) -> None:
        self.places: dict[str, int] = {}
        self._weights: dict[float, float] = {}
        self._rows: dict[str, Row] = {feature: self._row(pairs) for feature, pairs in rows.items()}
        places, weights = self._rows.pop(_BIAS, ((), ()))
        self._biased = bool(places)
        self._bias = [0.0] * len(self.places)
        for place, weight in zip(places, weights, strict=True):
            self._bias[place] = weight

    def _row(self, pairs: Pairs) -> Row:
        """Places and weights apart, each different weight kept once: there are a few hundred of them."""
        places, weights = [], []
        for entry, weight in pairs:
            places.append(self.places.setdefault(entry, len(self.places)))
            weights.append(self._weights.setdefault(weight, weight))
        return tuple(places), tuple(weights)

    def __bool__(self) -> bool:
        return self._biased

    @classmethod
    def load(cls, folder: Path | None) -> Linear:
        """The model of a dossier folder: one feature a line, then entry and weight in turn."""
        path = folder / FILE if folder else None
        if folder is None or path is None or not path.is_file():
            return cls({})
        key = key_of(folder)
        if (body := kept(folder, _KEPT, key)) is not None:
            model = cls({})
            model._restore(marshal.loads(body))  # noqa: S302 - sealed with the digest of all that it was made of
            return model
        model = cls(dict(_parse(line) for line in path.read_text(encoding="utf-8").splitlines() if line))
        keep(folder, _KEPT, key, marshal.dumps((list(model.places), model._rows, model._bias, model._biased)))
        return model

    def _restore(self, tables: tuple[list[str], dict[str, Row], list[float], bool]) -> None:
        names, self._rows, self._bias, self._biased = tables
        self.places = {name: place for place, name in enumerate(names)}

    def row(self, vector: Mapping[str, float]) -> list[float]:
        """The score of every entry that the model knows, in the order of `places`."""
        scores, rows = self._bias.copy(), self._rows
        for feature, value in vector.items():
            if row := rows.get(feature):
                for place, weight in zip(*row):  # noqa: B905 - made of the same length, and asked for every question
                    scores[place] += value * weight
        return scores

    def scores(self, vector: Mapping[str, float]) -> dict[str, float]:
        """The score of every entry that the model knows, by id."""
        return dict(zip(self.places, self.row(vector), strict=True))

    def written(self) -> str:
        """The file's text, in a stable order."""
        names, bias = list(self.places), self._bias if self._biased else []
        rows = {_BIAS: list(zip(names, bias, strict=False))}
        for feature, (places, weights) in self._rows.items():
            rows[feature] = [(names[place], weight) for place, weight in zip(places, weights, strict=True)]
        lines = []
        for feature in sorted(rows):
            pairs = "\t".join(f"{entry}\t{weight:.2f}" for entry, weight in sorted(rows[feature]))
            lines.append(f"{feature}\t{pairs}")
        return "\n".join(lines) + "\n"


def _parse(line: str) -> tuple[str, Iterator[tuple[str, float]]]:
    feature, *pairs = line.split("\t")
    return sys.intern(feature), zip(pairs[::2], map(float, pairs[1::2]), strict=True)
