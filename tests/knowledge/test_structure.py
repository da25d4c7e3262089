"""Where a question presupposes what a fact contradicts: numbers, times, and a verb turned round."""

from __future__ import annotations

import pytest

from knowledge.understand.quantities import Quantity
from knowledge.understand.reader import Reader
from knowledge.understand.structure import written
from tests.support.dossiers import public_small_dossier


def clashes(reader: Reader, text: str, fact: str) -> list[tuple[str, str, str]]:
    found = reader.shapes.mismatches(reader.canonicaliser.read(text), fact)
    assert all(mismatch.fact == fact for mismatch in found)
    return [(m.dimension, m.yours, m.source) for m in found]


@pytest.mark.parametrize(
    ("text", "fact", "clash"),
    [
        ("Did the ship cost 5 million crowns?", "F02", ("quantity", "5 million", "4.2 million")),
        ("Were the repairs finished in nine weeks?", "F04", ("quantity", "9 weeks", "11 weeks")),
        ("배는 500만에 샀나요?", "F02", ("quantity", "5 million", "4.2 million")),
        ("Onarım dokuz değil 9 hafta sürdü mü?", "F04", ("quantity", "9 weeks", "11 weeks")),
        ("Was it a storm in February?", "F05", ("month", "February", "January")),
        ("هل كانت العاصفة في فبراير؟", "F05", ("month", "February", "January")),
        ("Did the line stop in January 2019?", "F05", ("year", "2019", "2031")),
    ],
)
def test_a_wrong_figure_or_time_is_named_with_the_source_s(ferry, text, fact, clash):
    assert clashes(ferry, text, fact) == [clash]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Did the ship cost 4.2 million crowns?", "F02"),
        ("Did the ship cost $4.2m?", "F02"),
        ("Did the repairs take eleven weeks?", "F04"),
        ("Did the repairs take 12 days?", "F04"),
        ("How many weeks did it take?", "F04"),
        ("Was there a storm in January?", "F05"),
        ("Did 5 people sail on Monday?", "F03"),
    ],
)
def test_right_figures_other_units_and_open_questions_do_not_clash(ferry, text, fact):
    assert clashes(ferry, text, fact) == []


@pytest.mark.parametrize(
    ("text", "fact", "dimension"),
    [
        ("Was the joint statement signed on Monday?", "F03", "weekday"),
        ("Did Assad's family rule for 40 years?", "F28", "quantity"),
        ("Did Assad fall in November?", "F11", "month"),
    ],
)
def test_the_shipped_facts_are_held_against_a_question_too(story, text, fact, dimension):
    assert [kind for kind, *_ in clashes(story, text, fact)] == [dimension]


@pytest.mark.parametrize(
    ("text", "fact", "dimensions"),
    [
        ("Did Syria offer to support South Korea?", "F14", ["roles"]),
        ("Did South Korea offer to support Syria?", "F14", []),
        ("Will Syria get support from South Korea?", "F14", []),
        ("Seoul was ready to support the reconstruction of Syria", "F14", []),
        ("When was the Damascus visit of the South Korean minister?", "F03", []),
        ("Did Seoul and Havana take up ties this year?", "F23", ["predicate"]),
        ("Küba ile ilişkiler bu yıl mı kuruldu?", "F23", ["predicate"]),
        ("Did Seoul and Havana take up ties last year?", "F23", []),
    ],
)
def test_roles_turned_round_and_another_year_clash(story, text, fact, dimensions):
    found = story.shapes.mismatches(story.canonicaliser.read(text), fact)
    assert [mismatch.dimension for mismatch in found] == dimensions


def test_a_verb_turned_round_is_a_mismatch_by_the_dossier_s_own_opposites():
    dossier = public_small_dossier()
    concepts = {"acquire": {"en": ("bought", "buy", "purchase")}, "divest": {"en": ("sold", "dispose")}}
    lexicon = dossier.lexicon.model_copy(update={"concepts": concepts, "opposites": (("acquire", "divest"),)})
    told = Reader(dossier.model_copy(update={"lexicon": lexicon}), ())
    assert clashes(told, "When was the ship sold?", "F02") == [("predicate", "divest", "acquire")]
    assert clashes(told, "When was the ship bought?", "F02") == []
    without = lexicon.model_copy(update={"opposites": ()})
    assert clashes(Reader(dossier.model_copy(update={"lexicon": without}), ()), "When was the ship sold?", "F02") == []


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity(4_200_000, None, 0), "4.2 million"),
        (Quantity(10_000_000, "USD", 0), "$10 million"),
        (Quantity(1, "week", 0), "1 week"),
        (Quantity(12, "day", 0), "12 days"),
        (Quantity(191, "country", 0), "191"),
    ],
)
def test_a_quantity_is_written_as_a_reader_would(quantity, shown):
    assert written(quantity) == shown
