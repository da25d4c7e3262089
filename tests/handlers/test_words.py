"""Template words exist in four languages, with the same blanks, and every one is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot
import handlers
from bot.delivery.slack_errors import PERMANENT
from bot.render import words as edge
from handlers import words
from handlers.answer import Action
from handlers.words import Table, say, table
from knowledge.model import LANGUAGES, Label, Slot, Verdict

FOLDERS = (Path(handlers.__file__).parent, Path(bot.__file__).parent)
CODE = "\n".join(path.read_text("utf-8") for folder in FOLDERS for path in folder.rglob("*.py"))
SAID = set(re.findall(r"""["']([a-z_]+(?:-[a-z]+)?)["']""", CODE))
FAMILIES = set(re.findall(r'f"([a-z]+_)\{', CODE))
TABLES = [pytest.param(words.table(), id="answers"), pytest.param(edge.table(), id="edge")]
BLANK = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("found", TABLES)
def test_every_template_speaks_four_languages(found: Table) -> None:
    assert {key: set(row) for key, row in found.items()} == {key: set(LANGUAGES) for key in found}


@pytest.mark.parametrize("found", TABLES)
def test_a_template_has_the_same_blanks_in_every_language(found: Table) -> None:
    for key, row in found.items():
        assert {frozenset(BLANK.findall(said)) for said in row.values()} == {frozenset(BLANK.findall(row["en"]))}, key


@pytest.mark.parametrize("found", TABLES)
def test_every_template_is_used(found: Table) -> None:
    unused = {key for key in found if key not in SAID and not any(key.startswith(family) for family in FAMILIES)}

    assert unused == set()


def test_every_reason_of_slack_s_has_its_words() -> None:
    assert {f"reason_{code}" for code in PERMANENT} == {key for key in edge.table() if key.startswith("reason_")}


def test_a_template_has_one_home() -> None:
    homes = [key for path in (*words.FILES, *edge.FILES) for key in words.read_table(path)]

    assert sorted(homes) == sorted(set(homes))


def test_every_label_slot_verdict_and_button_has_its_words() -> None:
    wanted = {f"label_{label.value}" for label in Label} | {f"verdict_{verdict.value}" for verdict in Verdict}
    wanted |= {f"asked_{slot.value}" for slot in Slot}

    assert wanted <= set(table())
    assert {f"button_{action.value}" for action in Action} <= set(edge.table())


def test_not_in_the_article_stays_readable_for_every_desk() -> None:
    for key in ("not_in_article", "no_slot", "unknown_actor", "no_quote", "compare_none", "no_ties"):
        for lang in LANGUAGES:
            assert "Not in the article" in table()[key][lang], (key, lang)


def test_what_fills_a_blank_is_not_read_as_a_template() -> None:
    assert say("role", "en", name="{role}", role="mayor") == "{role}: mayor."
