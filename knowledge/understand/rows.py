"""Examples and labelled questions asked of indexes that have not seen them, for the fit of weights; build time only.

Needs numpy, scipy and scikit-learn, which the running bot never imports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.svm import LinearSVC

from knowledge.model import LANGUAGES, Dossier, Lang
from knowledge.understand.canonical import Canonical, Canonicaliser
from knowledge.understand.confidence import group, same_answer
from knowledge.understand.index import Entry, EntryKind, Index, IntentSpec, entries_of, kin_of, people_of
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.linear import Linear
from knowledge.understand.rank import NO_LINEAR, SIGNALS, Candidate, rank, told
from knowledge.understand.structure import Shapes

FOLDS = 3
# There are far more rows than numbers to fit: of an entry's wordings and examples every so manyth will do.
WORDINGS_EVERY, EXAMPLES_EVERY, MANY = 2, 3, 2000
OWN_WEIGHT = 0.5
LINEAR_C, LINEAR_KEPT = 0.5, 64000
_LINEAR = {"linear", "linear_gap"}
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
    dossier: Dossier, intents: Sequence[IntentSpec], labelled: Sequence[Labelled]
) -> tuple[list[Row], list[Row], Linear]:
    """Every example asked of an index built without it, and every labelled question asked of the whole.

    The rows come twice: ranked without a linear model, and with one fitted to the same examples as the index; with
    them the linear model of all examples. Folds are worked out side by side, one process each.
    """
    with ProcessPoolExecutor() as pool:
        whole = pool.submit(_asked_of_all, dossier, intents, labelled)
        folds = [pool.submit(_asked_of_fold, dossier, intents, fold) for fold in range(FOLDS)]
        fitted = [row for done in folds for row in done.result()]
        last, linear = whole.result()
    fitted += last
    return [_unaided(row) for row in fitted], fitted, linear


def _asked_of_fold(dossier: Dossier, intents: Sequence[IntentSpec], fold: int) -> list[Row]:
    asked, held = _split(dossier, intents, fold)
    base = _build(dossier, intents, asked)
    base = replace(base, linear=fit_linear(base.canonicaliser, base.index, asked))
    entries = base.index.by_id
    wordings = [one for one in held if one[2] in entries[one[0]].wordings]
    examples = [one for one in held if one[2] not in entries[one[0]].wordings]
    chosen = [*_some(wordings, WORDINGS_EVERY), *_some(examples, EXAMPLES_EVERY)]
    rows = [base.held_row(entries[entry], lang, text) for entry, lang, text in chosen]
    return [row for row in rows if row]


def _some(held: Sequence[tuple[str, Lang, str]], every: int) -> Sequence[tuple[str, Lang, str]]:
    return held[::every] if len(held) > MANY else held


def _asked_of_all(
    dossier: Dossier, intents: Sequence[IntentSpec], labelled: Sequence[Labelled]
) -> tuple[list[Row], Linear]:
    base = _build(dossier, intents, None)
    asked = {e.id: {lang: getattr(e.examples, lang) for lang in LANGUAGES} for e in base.index.entries}
    base = replace(base, linear=fit_linear(base.canonicaliser, base.index, asked))
    rows = [base.row(q.text, q.lang, q, q.weight) for q in labelled]
    return [row for row in rows if row], base.linear


def whole_linear(dossier: Dossier, intents: Sequence[IntentSpec]) -> Linear:
    """The linear model of all examples."""
    return _asked_of_all(dossier, intents, ())[1]


def _unaided(row: Row) -> Row:
    """The row as it is without a linear model, whose signals are then silent."""
    silent = tuple(0.0 if name in _LINEAR else 1.0 for name in SIGNALS)
    return replace(
        row,
        candidates=tuple(
            replace(c, signals=tuple(value * kept for value, kept in zip(c.signals, silent, strict=True)))
            for c in row.candidates
        ),
    )


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
    dossier: Dossier, intents: Sequence[IntentSpec], asked: Mapping[str, Mapping[Lang, Sequence[str]]] | None
) -> _Base:
    canonicaliser = Canonicaliser(dossier, Lexicon(dossier.lexicon.concepts, dossier.lexicon.opposites))
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
