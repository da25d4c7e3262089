"""Fits the ranking and confidence weights from the dossier's own examples and labelled questions; build time only.

Needs numpy, scipy and scikit-learn, which the running bot never imports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from knowledge.model import LANGUAGES, Dossier, Lang
from knowledge.understand.canonical import Canonical, Canonicaliser
from knowledge.understand.confidence import CONFIDENCE_SIGNALS, GROUPS, group, judge, same_answer, signals
from knowledge.understand.index import Entry, EntryKind, Index, IntentSpec, entries_of, kin_of, people_of
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.linear import FILE, Linear
from knowledge.understand.rank import NO_LINEAR, SIGNALS, Candidate, rank, told
from knowledge.understand.structure import Shapes

FOLDS = 3
PENALTY = 1.0
OWN_WEIGHT, OWN_CONFIDENCE = 0.5, 0.03
ENOUGH = 30
LEAST, NEVER = 0.12, 0.95
LINEAR_C, LINEAR_KEPT = 0.5, 64000
TARGETS = {"direct": 0.972, "premise": 0.93, "unknown": 0.88, "mismatch": 0.85}
Array = NDArray[np.float64]
_FLAT = tuple(1.0 if name in {"best_example", "profile", "coverage"} else 0.0 for name in SIGNALS)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the outcomes that are right (direct, premise, unknown) and the facts that may answer first.

    Questions of weight 0 teach nothing: the thresholds are set by them.
    """

    text: str
    groups: tuple[str, ...]
    facts: tuple[str, ...] = ()
    lang: Lang | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A question put to an index that has not seen it: candidates, which are right, which contradict it."""

    found: Canonical
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    mismatch: tuple[bool, ...]
    weight: float
    outside: bool


@dataclass(frozen=True, slots=True)
class _Base:
    canonicaliser: Canonicaliser
    index: Index
    shapes: Shapes
    linear: Linear

    def held_row(self, entry: Entry, lang: Lang, text: str) -> Row | None:
        """A held-out example; a reader's own wording counts as much as a labelled question."""
        asked = text in entry.wordings
        row = self.row(text, lang, entry, 1.0 if asked else OWN_WEIGHT)
        return replace(row, outside=asked) if row else None

    def row(self, text: str, lang: Lang | None, label: Labelled | Entry, weight: float) -> Row | None:
        found = self.canonicaliser.read(text, lang=lang)
        candidates = tuple(rank(self.index, found, _FLAT, self.linear))
        if not candidates:
            return None
        clash = tuple(
            c.entry.kind is EntryKind.FACT and bool(self.shapes.mismatches(found, c.entry.facts[0])) for c in candidates
        )
        judged = tuple(_right(c.entry, label, clashes) for c, clashes in zip(candidates, clash, strict=True))
        return Row(found, candidates, judged, clash, weight, isinstance(label, Labelled))


def collect(
    dossier: Dossier, intents: Sequence[IntentSpec], labelled: Sequence[Labelled], linear: Linear
) -> tuple[list[Row], list[Row]]:
    """Every example asked of an index built without it, and every labelled question asked of the whole.

    The rows come twice: ranked without a linear model, and with one fitted to the same examples as the index.
    """
    lexicon = Lexicon(dossier.lexicon.concepts, dossier.lexicon.opposites)
    plain: list[Row | None] = []
    fitted: list[Row | None] = []
    for fold in range(FOLDS):
        asked, held = _split(dossier, intents, fold)
        base = _build(dossier, intents, lexicon, asked)
        both = (base, replace(base, linear=fit_linear(base.canonicaliser, base.index, asked)))
        for entry, lang, text in held:
            for rows, one in zip((plain, fitted), both, strict=True):
                rows.append(one.held_row(one.index.by_id[entry], lang, text))
    whole = _build(dossier, intents, lexicon, None)
    for rows, one in zip((plain, fitted), (whole, replace(whole, linear=linear)), strict=True):
        rows += [one.row(q.text, q.lang, q, q.weight) for q in labelled]
    return [row for row in plain if row], [row for row in fitted if row]


def whole_linear(dossier: Dossier, intents: Sequence[IntentSpec]) -> Linear:
    """The linear model of all examples."""
    lexicon = Lexicon(dossier.lexicon.concepts, dossier.lexicon.opposites)
    base = _build(dossier, intents, lexicon, None)
    asked = {e.id: {lang: getattr(e.examples, lang) for lang in LANGUAGES} for e in base.index.entries}
    return fit_linear(base.canonicaliser, base.index, asked)


def fit_linear(canonicaliser: Canonicaliser, index: Index, asked: Mapping[str, Mapping[Lang, Sequence[str]]]) -> Linear:
    """One-against-the-rest support vectors over the examples' feature vectors; only the telling weights are kept."""
    values, labels, weights = [], [], []
    for entry, by_lang in asked.items():
        for lang, texts in by_lang.items():
            for text in texts:
                found = canonicaliser.read(text, lang=lang, correct=False)
                values.append(told(index.vector(found.features), found))
                labels.append(entry)
                weights.append(2.0 if text in index.by_id[entry].wordings else 1.0)
    table = DictVectorizer()
    matrix = csr_matrix(table.fit_transform(values))
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LinearSVC(C=LINEAR_C, random_state=0).fit(matrix, labels, sample_weight=weights)
    least = np.quantile(np.abs(model.coef_), 1 - min(1.0, LINEAR_KEPT / model.coef_.size))
    kept: dict[str, list[tuple[str, float]]] = {
        "bias": [(str(c), round(float(b), 2)) for c, b in zip(model.classes_, model.intercept_, strict=True)]
    }
    names = table.get_feature_names_out()
    for place, column in zip(*np.nonzero(np.abs(model.coef_) >= least), strict=True):
        weight = round(float(model.coef_[place, column]), 2)
        if not weight:
            continue
        kept.setdefault(str(names[column]), []).append((str(model.classes_[place]), weight))
    return Linear({feature: tuple(pairs) for feature, pairs in kept.items()})


def _build(
    dossier: Dossier,
    intents: Sequence[IntentSpec],
    lexicon: Lexicon,
    asked: Mapping[str, Mapping[Lang, Sequence[str]]] | None,
) -> _Base:
    canonicaliser = Canonicaliser(dossier, lexicon)
    index = Index(entries_of(dossier, intents), canonicaliser, kin_of(dossier), people_of(dossier), asked)
    return _Base(canonicaliser, index, Shapes(dossier, canonicaliser), NO_LINEAR)


def _split(
    dossier: Dossier, intents: Sequence[IntentSpec], fold: int
) -> tuple[dict[str, dict[Lang, list[str]]], list[tuple[str, Lang, str]]]:
    asked: dict[str, dict[Lang, list[str]]] = {}
    held: list[tuple[str, Lang, str]] = []
    for number, entry in enumerate(entries_of(dossier, intents)):
        kept = asked.setdefault(entry.id, {})
        for lang in LANGUAGES:
            texts = getattr(entry.examples, lang)
            for at, text in enumerate(texts):
                if (at + number) % FOLDS == fold and len(texts) > 1:
                    held.append((entry.id, lang, text))
                else:
                    kept.setdefault(lang, []).append(text)
    return asked, held


def _right(entry: Entry, label: Labelled | Entry, clashes: bool = False) -> bool:
    """Whether an entry ends as it should: a fact that the question departs from corrects, as a premise does."""
    outcome = "premise" if clashes else group(entry.kind)
    if isinstance(label, Entry):
        corrects = clashes and label.kind is EntryKind.PREMISE and entry.facts[0] in label.facts
        return corrects or (not clashes and same_answer(entry, label))
    if outcome not in label.groups:
        return False
    return outcome == "unknown" or not label.facts or bool(set(entry.facts[:2]) & set(label.facts))


def fit_rank(rows: Sequence[Row]) -> Array:
    """Weights of SIGNALS under which a right candidate comes first, by a listwise softmax."""
    usable = [row for row in rows if row.weight and any(row.right) and not all(row.right)]
    width = max(len(row.candidates) for row in usable)
    values = np.zeros((len(usable), width, len(SIGNALS)))
    mask = np.full((len(usable), width), -1e9)
    right = np.full((len(usable), width), -1e9)
    for at, row in enumerate(usable):
        for place, candidate in enumerate(row.candidates):
            values[at, place] = candidate.signals
            mask[at, place] = 0.0
            right[at, place] = 0.0 if row.right[place] else -1e9
    weights = np.array([row.weight for row in usable])

    def loss(w: Array) -> tuple[float, Array]:
        scores = values @ w
        every, good = _softmax(scores + mask), _softmax(scores + right)
        gap = _logsum(scores + mask) - _logsum(scores + right)
        slope = np.einsum("n,np,npf->f", weights, every - good, values)
        return float(weights @ gap + PENALTY * w @ w), slope + 2 * PENALTY * w

    return np.asarray(minimize(loss, np.zeros(len(SIGNALS)), jac=True, method="L-BFGS-B").x)


def _logsum(scores: Array) -> Array:
    top = scores.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0])


def _softmax(scores: Array) -> Array:
    return np.asarray(np.exp(scores - _logsum(scores)[:, None]))


def ranked(row: Row, weights: Array) -> Row:
    """The row with its candidates in the order that the weights give."""
    scores = [float(np.dot(weights, candidate.signals)) for candidate in row.candidates]
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    return replace(
        row,
        candidates=tuple(replace(row.candidates[at], score=scores[at]) for at in order),
        right=tuple(row.right[at] for at in order),
        mismatch=tuple(row.mismatch[at] for at in order),
    )


def fit_confidence(rows: Sequence[Row]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """One logistic model a group of outcomes, and the least confidence at which each reaches its target precision.

    The base's own examples were made to differ from each other, so they are harder than what readers ask: they
    weigh little here, and the limits come from the labelled questions alone where there are enough of them.
    """
    models: dict[str, dict[str, float]] = {}
    limits: dict[str, float] = {}
    for name in GROUPS:
        chosen = [row for row in rows if judge(row.candidates[0].entry.kind, mismatch=row.mismatch[0]) == name]
        right = np.array([row.right[0] for row in chosen])
        if name == "mismatch" and (len(chosen) < ENOUGH or right.all() or not right.any()):
            models[name], limits[name] = models["direct"], limits["direct"]
            continue
        values = np.array([signals(row.candidates, row.found, mismatch=row.mismatch[0]) for row in chosen])
        outside = np.array([row.outside for row in chosen])
        weight = np.array([row.weight if row.outside else OWN_CONFIDENCE for row in chosen])
        model = LogisticRegression(C=0.3, fit_intercept=False, max_iter=3000).fit(values, right, sample_weight=weight)
        models[name] = {key: round(float(w), 3) for key, w in zip(CONFIDENCE_SIGNALS, model.coef_[0], strict=True)}
        judged = np.array([row.weight == 0.0 for row in chosen])
        judged = judged if judged.sum() >= ENOUGH else outside if outside.sum() >= ENOUGH else np.ones_like(outside)
        sure = model.predict_proba(values)[:, 1]
        limits[name] = _threshold(sure[judged], right[judged], TARGETS[name])
    return models, limits


def _threshold(sure: Array, right: NDArray[np.bool_], target: float) -> float:
    """The least confidence at which those that are as sure or surer are right often enough."""
    order = np.argsort(-sure)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(precision >= target)[0]
    return round(float(sure[order][enough[-1]]), 3) if len(enough) else NEVER


def fit(
    dossier: Dossier, intents: Sequence[IntentSpec], labelled: Sequence[Labelled], weights: Path, folder: Path
) -> Iterator[str]:
    """Fit and write the linear model to the dossier's folder and the weights to their file, reporting line by line."""
    linear = whole_linear(dossier, intents)
    (folder / FILE).write_text(linear.written(), encoding="utf-8")
    data = {}
    for name, rows in zip(("plain", "linear"), collect(dossier, intents, labelled, linear), strict=True):
        row = fit_rank(rows)
        best = [ranked(one, row) for one in rows]
        data[name] = _section(row, *fit_confidence(best))
        yield from _report(name, best, data[name]["thresholds"])
    weights.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _section(row: Array, models: dict[str, dict[str, float]], limits: dict[str, float]) -> dict[str, Any]:
    return {
        "rank": {name: round(float(w), 3) for name, w in zip(SIGNALS, row, strict=True)},
        "confidence": models,
        "thresholds": {
            "answer": limits["direct"],
            "correct": limits["premise"],
            "decline": limits["unknown"],
            "mismatch": limits["mismatch"],
            "suggest": LEAST,
        },
    }


def _report(name: str, rows: Sequence[Row], limits: Mapping[str, float]) -> Iterator[str]:
    yield f"{name}: thresholds {dict(limits)}"
    for lang in (None, *LANGUAGES):
        for title, outside in (("examples", False), ("readers", True)):
            chosen = [row for row in rows if row.outside is outside and lang in {None, row.found.lang}]
            first = sum(row.right[0] for row in chosen) / max(1, len(chosen))
            third = sum(any(row.right[:3]) for row in chosen) / max(1, len(chosen))
            yield f"  {lang or 'all':4} {title:8} {len(chosen):5}: right first {first:.3f}, among three {third:.3f}"
