"""The router's technique on CLINC150-shaped data, to compare it with published tables; build time only.

    make eval ARGS="--clinc data_full.json"       (or: python -m tests.eval.run --clinc data_full.json)

`data_full.json` is the full split of CLINC150 as its authors publish it: {"train": [[text, intent], …], "val", "test",
"oos_train", "oos_val", "oos_test"}. It is not shipped here, and nothing fetches it: name a copy of your own. No figure
of it is claimed anywhere until somebody has run this on it. What runs is what the desk does with a question: folded
words, stems, concepts and the question's slot, weighted by how telling they are, one linear model, and a confidence
fitted on examples that the model has not seen. Characters within words and pairs of words stand in for the names, times
and figures that a dossier would add.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from knowledge.understand.lexicon import Lexicon
from knowledge.understand.text import clean, tokens
from tests.eval.run import wilson

SPLITS = ("train", "val", "test", "oos_train", "oos_val", "oos_test")
FOLDS, C, NEAREST_BATCH = 4, 1.0, 512
CONCEPT, WORD, PAIR, SLOT, GRAM = 0.5, 1.0, 0.8, 0.5, 0.35
IN_SCOPE, RECALL = 0.92, 0.85
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Data:
    """Questions with their intents; those of no intent apart."""

    train: list[tuple[str, str]]
    val: list[tuple[str, str]]
    test: list[tuple[str, str]]
    none: dict[str, list[str]]

    @classmethod
    def load(cls, path: Path) -> Data:
        """The six splits of a file; raises ValueError where one is missing or empty."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        if lacking := [name for name in SPLITS if not raw.get(name)]:
            raise ValueError(f"{path.name} is not CLINC150-shaped: no {', '.join(lacking)}")
        known = {name: [(str(text), str(intent)) for text, intent in raw[name]] for name in SPLITS}
        none = {name[4:]: [text for text, _ in known[name]] for name in SPLITS[3:]}
        return cls(known["train"], known["val"], known["test"], none)


def features(text: str, lexicon: Lexicon) -> dict[str, float]:
    """Canonical features of a question: words, pairs, concepts, slot, and characters within words."""
    words = [token.text for token in tokens(clean(text))]
    infos = [lexicon.word(word, "en") for word in words]
    found = dict.fromkeys((f"~{concept}" for info in infos for concept in info.concepts), CONCEPT)
    found |= dict.fromkeys((f"w:{info.stem}" for info in infos), WORD)
    found |= dict.fromkeys((f"p:{a.stem} {b.stem}" for a, b in pairwise(infos)), PAIR)
    if slot := lexicon.slot(words, "en"):
        found[f"?{slot}"] = SLOT
    return found | dict.fromkeys((f"g:{gram}" for word in words for gram in _grams(word)), GRAM)


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in range(2, 6):
        yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


class Vectors:
    """Texts as unit vectors, weighted by how telling each feature is."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lexicon = Lexicon()
        self._table, self._idf = DictVectorizer(), TfidfTransformer()
        rows = [features(text, self._lexicon) for text in texts]
        self._held = Counter(name for row in rows for name in row if name.startswith("w:"))
        self._idf.fit(self._table.fit_transform(rows))

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text."""
        return csr_matrix(self._idf.transform(self._table.transform([features(t, self._lexicon) for t in texts])))

    def unseen(self, texts: Sequence[str], *, own: bool = False) -> Array:
        """The share of each text's words that no training question holds; for one's `own`, no other one."""
        return np.array([self._unseen(text, int(own)) for text in texts])

    def _unseen(self, text: str, held: int) -> float:
        words = [name for name in features(text, self._lexicon) if name.startswith("w:")]
        return sum(self._held[name] <= held for name in words) / max(1, len(words))


@dataclass(frozen=True, slots=True)
class Router:
    """A linear model over vectors, with the questions it was trained on and those of no intent."""

    model: LinearSVC
    seen: csr_matrix
    none: csr_matrix

    @classmethod
    def fit(cls, rows: csr_matrix, intents: Sequence[str], none: csr_matrix) -> Router:
        """One against the rest."""
        return cls(LinearSVC(C=C, random_state=0).fit(rows, intents), rows, none)

    def route(self, rows: csr_matrix, unseen: Array) -> tuple[NDArray[np.str_], Array]:
        """The likeliest intent of each row, and the signals from which its confidence is judged."""
        scores = self.model.decision_function(rows)
        scores = scores if scores.ndim == 2 else np.column_stack([-scores, scores])
        ordered = np.sort(scores, axis=1)
        best, second = ordered[:, -1], ordered[:, -2]
        share = 1.0 / np.exp(3.0 * (scores - best[:, None])).sum(axis=1)
        likest, none = _likest(rows, self.seen), _likest(rows, self.none)
        signals = np.column_stack([best, best - second, share, likest, none, likest - none, unseen])
        return self.model.classes_[scores.argmax(axis=1)], signals


def _likest(rows: csr_matrix, others: csr_matrix) -> Array:
    """The cosine of each row with the most like of the others."""
    table = normalize(others).T.tocsc()
    batches = range(0, rows.shape[0], NEAREST_BATCH)
    return np.concatenate([(rows[at : at + NEAREST_BATCH] @ table).max(axis=1).toarray()[:, 0] for at in batches])


def fit_confidence(rows: csr_matrix, intents: NDArray[np.str_], unseen: Array, none: csr_matrix, none_unseen: Array):
    """A logistic model of "has an intent at all", over signals of questions held out in turn."""
    signals, labels = [], []
    for fold in range(FOLDS):
        held, away = np.arange(rows.shape[0]) % FOLDS == fold, np.arange(none.shape[0]) % FOLDS == fold
        if not away.any() or away.all() or len(set(intents[~held])) < 2:
            continue
        router = Router.fit(rows[~held], intents[~held], none[~away])
        asked = vstack([rows[held], none[away]]).tocsr()
        signals.append(router.route(asked, np.concatenate([unseen[held], none_unseen[away]]))[1])
        labels += [1] * int(held.sum()) + [0] * int(away.sum())
    return LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000).fit(np.vstack(signals), labels)


def balanced(right: Array, sure: Array, none_sure: Array) -> float:
    """The limit at which in-scope accuracy and out-of-scope recall are both as high as they can be together."""
    limits = np.unique(np.concatenate([sure, none_sure]))
    return float(max(limits, key=lambda limit: min(np.mean(right * (sure >= limit)), np.mean(none_sure < limit))))


def report(path: Path) -> Iterable[str]:
    """Train on train, choose the limit on val, print what test gives, line by line."""
    data = Data.load(path)
    texts, intents = [text for text, _ in data.train], np.array([intent for _, intent in data.train])
    vectors = Vectors(texts)
    rows, none = vectors.of(texts), vectors.of(data.none["train"])
    router = Router.fit(rows, intents, none)
    sure = fit_confidence(rows, intents, vectors.unseen(texts, own=True), none, vectors.unseen(data.none["train"]))
    yield f"{len(texts)} training questions of {len(set(intents))} intents, {none.shape[0]} of none"
    limit = balanced(*_judged(vectors, router, sure, data.val), _judged(vectors, router, sure, _none(data, "val"))[1])
    right, certain = _judged(vectors, router, sure, data.test)
    outside = _judged(vectors, router, sure, _none(data, "test"))[1]
    yield _line("in-scope accuracy, no threshold", right, IN_SCOPE)
    yield f"threshold {limit:.3f}, chosen on val and oos_val"
    yield _line("in-scope accuracy, thresholded", right * (certain >= limit), None)
    yield _line("out-of-scope recall", (outside < limit).astype(float), RECALL)
    yield _latency(vectors, router, sure, [text for text, _ in data.test][:300])


def _none(data: Data, split: str) -> list[tuple[str, str]]:
    return [(text, "") for text in data.none[split]]


def _judged(vectors: Vectors, router: Router, sure: LogisticRegression, asked: Sequence[tuple[str, str]]):
    texts = [text for text, _ in asked]
    intents, signals = router.route(vectors.of(texts), vectors.unseen(texts))
    right = np.array([intent == wanted for intent, (_, wanted) in zip(intents, asked, strict=True)], dtype=float)
    return right, sure.predict_proba(signals)[:, 1]


def _line(name: str, hits: Array, target: float | None) -> str:
    low, high = wilson(int(hits.sum()), len(hits))
    wanted = f"  target {target:.2f}" if target else ""
    return f"{name:34} {hits.mean():5.3f}  [{low:.3f}, {high:.3f}]  {int(hits.sum())}/{len(hits)}{wanted}"


def _latency(vectors: Vectors, router: Router, sure: LogisticRegression, texts: Sequence[str]) -> str:
    spent = []
    for text in texts:
        began = time.perf_counter()
        _judged(vectors, router, sure, [(text, "")])
        spent.append((time.perf_counter() - began) * 1000)
    return (
        f"one question at a time: p50 {np.median(spent):.2f} ms, p99 {np.quantile(spent, 0.99):.2f} ms (scikit-learn)"
    )
