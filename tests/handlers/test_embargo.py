"""A fact under embargo is nowhere: not by id, card, list, digest, count, question or suggestion."""

from __future__ import annotations

from handlers.answer import Answer
from handlers.desk import Desk
from tests.handlers.asking import LOADED, asked, text
from tests.support.dossiers import small_dossier

SECRET = "Evening Star"
PATHS = (
    "F08", "source F08", "cite F08", "who", "who Tidewater", "FERRIES", "timeline", "timeline tidewater", "quote",
    "quote tidewater", "compare Tidewater and Selm", "compare tidewater", "brief", "", "ties", "ties tidewater",
    "digest preview", "changes", "status", "evening star", "F02", "check The ship could be named Evening Star.",
)  # fmt: skip


def lines() -> list[str]:
    fact = next(fact for fact in small_dossier().facts if fact.id == "F08")
    return [*PATHS, *fact.examples.en, *fact.examples.ko, *fact.examples.ar, *fact.examples.tr]


def ids(answer: Answer) -> set[str]:
    shown = {line.id for line in (*answer.facts, *answer.near)} | {s.id for s in answer.suggestions}
    return shown | {line.id for line in answer.rests_on}


def test_it_is_on_no_path(ferry: Desk) -> None:
    for line in lines():
        answer = asked(ferry, line)
        assert "F08" not in ids(answer), line
        assert "F08" not in answer.lead
        if not line.startswith("check"):
            assert SECRET not in text(ferry, line), line


def test_its_id_is_like_one_that_does_not_exist(ferry: Desk) -> None:
    for command in ("", "source ", "cite "):
        assert text(ferry, f"{command}F08") == text(ferry, f"{command}F77")


def test_what_leans_on_it_is_gone_too() -> None:
    dossier = small_dossier()
    held = tuple(fact.model_copy(update={"embargoed": True}) if fact.id == "F02" else fact for fact in dossier.facts)
    desk = Desk(dossier.model_copy(update={"facts": held}), LOADED)

    assert "bought a ship" not in text(desk, "timeline")
    assert asked(desk, "P01").lead == asked(desk, "P77").lead
    assert "used ship" not in text(desk, "brief")


def test_it_is_there_once_the_embargo_is_lifted() -> None:
    dossier = small_dossier()
    freed = tuple(fact.model_copy(update={"embargoed": False}) for fact in dossier.facts)
    desk = Desk(dossier.model_copy(update={"facts": freed}), LOADED)

    assert SECRET in text(desk, "F08")
    assert "Facts: 9 " in text(desk, "status")
