"""Template words exist in four languages, with the same blanks, and every one is used."""

from __future__ import annotations

import re
from pathlib import Path

import handlers
from handlers.words import say, table
from knowledge.model import LANGUAGES, Label, Slot, Verdict

CODE = "\n".join(path.read_text("utf-8") for path in Path(handlers.__file__).parent.glob("*.py"))
SAID = set(re.findall(r"""["']([a-z_]+(?:-[a-z]+)?)["']""", CODE))
FAMILIES = set(re.findall(r'f"([a-z]+_)\{', CODE))
BLANK = re.compile(r"\{\w+\}")


def test_every_template_speaks_four_languages() -> None:
    assert {key: set(row) for key, row in table().items()} == {key: set(LANGUAGES) for key in table()}


def test_a_template_has_the_same_blanks_in_every_language() -> None:
    for key, row in table().items():
        assert {frozenset(BLANK.findall(words)) for words in row.values()} == {frozenset(BLANK.findall(row["en"]))}, key


def test_every_template_is_used() -> None:
    unused = {key for key in table() if key not in SAID and not any(key.startswith(family) for family in FAMILIES)}

    assert unused == set()


def test_every_label_slot_and_verdict_has_its_words() -> None:
    wanted = {f"label_{label.value}" for label in Label} | {f"verdict_{verdict.value}" for verdict in Verdict}
    wanted |= {f"asked_{slot.value}" for slot in Slot}

    assert wanted <= set(table())


def test_not_in_the_article_stays_readable_for_every_desk() -> None:
    for key in ("not_in_article", "no_slot", "unknown_actor", "no_quote", "compare_none", "no_ties"):
        for lang in LANGUAGES:
            assert "Not in the article" in table()[key][lang], (key, lang)


def test_what_fills_a_blank_is_not_read_as_a_template() -> None:
    assert say("role", "en", name="{role}", role="mayor") == "{role}: mayor."
