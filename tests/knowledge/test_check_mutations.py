"""True sentences turned false in every way that the table knows: none of them may be called supported."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import base_of
from knowledge.checking.base import Base
from knowledge.load import default_dossier_path, load_dossier
from knowledge.understand.rank import Weights
from knowledge.understand.reader import Reader
from tests.eval.check_eval import claims_in
from tests.eval.mutations import Mutant, mutants, wrongly_supported

CLAIMS = Path(__file__).resolve().parent.parent / "eval" / "claims"
FILES = ("abroad", "copy_desk", "fact_checkers")
KINDS = ("frame", "verb", "auxiliary", "ending", "turn", "number", "time", "name", "swap")
EACH = 45


@pytest.fixture(scope="module")
def base() -> Base:
    return base_of(Reader(load_dossier(default_dossier_path()), (), Weights({}, {}, {})))


@pytest.fixture(scope="module")
def made(base: Base) -> list[Mutant]:
    return mutants(base, [claim for name in FILES for claim in claims_in(CLAIMS / f"{name}.yaml")])


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_turned_false_is_called_supported(base: Base, made: list[Mutant], kind: str) -> None:
    found = [mutant for mutant in made if mutant.kind == kind]
    assert found
    wrong = wrongly_supported(base, found[:: max(1, len(found) // EACH)])
    assert [(mutant.text, mutant.origin) for mutant in wrong] == []


@pytest.mark.parametrize("lang", ["en", "ko", "ar", "tr"])
def test_every_language_has_sentences_turned_false(made: list[Mutant], lang: str) -> None:
    assert sum(mutant.lang == lang for mutant in made) > 10


def test_no_refuted_sentence_is_called_supported(base: Base) -> None:
    told = [Mutant("refuted", claim.text, "", "") for claim in claims_in(CLAIMS / "refuted.yaml")]
    assert [mutant.text for mutant in wrongly_supported(base, told)] == []
