"""Fits the ranking and confidence weights from the dossier's own examples and labelled questions; build time only.

Needs numpy, scipy and scikit-learn, which the running bot never imports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from knowledge.model import LANGUAGES, Dossier
from knowledge.understand.confidence import CONFIDENCE_SIGNALS, GROUPS, judge, signals
from knowledge.understand.index import IntentSpec
from knowledge.understand.linear import FILE
from knowledge.understand.rank import SIGNALS
from knowledge.understand.rows import Labelled, Row, collect

PENALTY = 1.0
OWN_CONFIDENCE = 0.03
ENOUGH = 30
# Below LEAST nothing is offered; a limit that no question reaches is NEVER; no direct answer is less than SURE.
LEAST, SURE, NEVER = 0.12, 0.7, 0.95
TARGETS = {"direct": 0.975, "premise": 0.93, "unknown": 0.88, "mismatch": 0.8}
Array = NDArray[np.float64]


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
    *both, linear = collect(dossier, intents, labelled)
    (folder / FILE).write_text(linear.written(), encoding="utf-8")
    data = {}
    for name, rows in zip(("plain", "linear"), both, strict=True):
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
            "answer": max(SURE, limits["direct"]),
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
