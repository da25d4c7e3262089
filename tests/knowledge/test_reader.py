"""What a reader's own words are understood to ask, on the ferry story and on the shipped one."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.desk import Desk
from handlers.intents import specs
from knowledge.load import load_dossier
from knowledge.model import Alias
from knowledge.understand.index import IntentSpec
from knowledge.understand.reader import OFFERS, Reader
from knowledge.understand.reading import Frame, Outcome
from tests.support.dossiers import copy_small, public_small_dossier, small_dossier

NOW = datetime(2031, 3, 14, 9, tzinfo=UTC)
SLOWEST_S = 2.0


def changed(**update) -> Reader:
    return Reader(public_small_dossier().model_copy(update=update), specs())


def with_example(fact_id: str, text: str) -> Reader:
    dossier = public_small_dossier()
    fact = next(fact for fact in dossier.facts if fact.id == fact_id)
    examples = fact.examples.model_copy(update={"en": (*fact.examples.en, text)})
    more = fact.model_copy(update={"examples": examples})
    return changed(facts=tuple(more if one.id == fact_id else one for one in dossier.facts))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("How much did the ship cost?", "F02"),
        ("so what did tidewatr actually pay for that vessel", "F02"),
        ("when does the night ferry start again pls", "F01"),
        ("is the quay fit for use", "F03"),
        ("how long were the repairs", "F04"),
        ("why did the line stop", "F05"),
        ("passengers per week on the line?", "D01"),
        ("시장은 여객선에 대해 뭐라고 했나요?", "F01"),
        ("배는 얼마에 샀나요?", "F02"),
        ("كم دفعت الشركة ثمنا للسفينة؟", "F02"),
        ("Gemi kaça alındı?", "F02"),
    ],
)
def test_a_question_in_the_reader_s_own_words_gets_its_fact(ferry, text, entry):
    reading = ferry.read(text)
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, entry)
    assert reading.facts[0] == entry
    assert not reading.follow_up


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Who is Cho Tae-yul?", "CHO"),
        ("How many UN members does Seoul have relations with?", "F21"),
        ("How long did the Assad family rule?", "F28"),
        ("아사드 가문은 얼마나 오래 통치했나요?", "F28"),
    ],
)
def test_the_shipped_story_answers_too(story, text, entry):
    reading = story.read(text)
    assert reading.outcome is Outcome.DIRECT
    assert reading.entry == entry or entry in reading.facts


@pytest.mark.parametrize(
    "text", ["What does a ticket cost?", "fares?", "표는 얼마인가요?", "كم سعر التذكرة؟", "Bilet kaç para?"]
)
def test_what_the_article_does_not_give_is_declined(ferry, text):
    reading = ferry.read(text)
    assert (reading.outcome, reading.entry) == (Outcome.DECLINE, "U01")


@pytest.mark.parametrize("text", ["xyzzy plugh", "What is the capital of France?", "how tall is the tower", "??", ""])
def test_what_has_nothing_to_do_with_the_story_is_never_answered(ferry, text):
    reading = ferry.decide(ferry.canonicaliser.read(text))
    assert reading.outcome in {Outcome.DECLINE, Outcome.SUGGEST}
    assert reading.reasons


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Why did Tidewater build a new ship?", "P01"),
        ("왜 새 배를 건조했나요?", "P01"),
        ("which yard built the new vessel", "P01"),
    ],
)
def test_a_false_premise_is_corrected(ferry, text, entry):
    reading = ferry.read(text)
    assert (reading.outcome, reading.entry) == (Outcome.CORRECT, entry)
    assert reading.facts == ("F02",)


def test_a_wrong_figure_turns_an_answer_into_a_correction(ferry):
    right = ferry.read("Did Tidewater buy a ship for 4.2 million crowns?")
    wrong = ferry.read("Did Tidewater buy a ship for 5 million crowns?")
    assert (right.outcome, right.entry) == (Outcome.DIRECT, "F02")
    assert (wrong.outcome, wrong.entry) == (Outcome.CORRECT, "F02")
    assert [(m.yours, m.source) for m in wrong.mismatches] == [("5 million", "4.2 million")]


def test_less_sure_readings_offer_at_most_three_and_decline_below_that(ferry):
    seen = set()
    for text in ("the ship", "harbour news", "the mayor on the ship price", "tickets and the quay", "Selm"):
        reading = ferry.read(text)
        seen.add(reading.outcome)
        assert len(reading.offers) <= OFFERS
        assert len(set(reading.offers)) == len(reading.offers)
        if reading.outcome is Outcome.SUGGEST:
            assert reading.offers
    assert Outcome.SUGGEST in seen


def test_what_is_offered_is_never_an_unknown_a_premise_or_a_command(ferry):
    for entry in ferry.index.entries:
        for text in entry.examples.en[:3]:
            for offer in ferry.read(text).offers:
                assert ferry.index.by_id[offer].kind.value in {"fact", "answer", "actor"}


@pytest.mark.parametrize("text", ["Halvorsen", "halvorsen?", "할보르센", "هالفورسن"])
def test_a_shared_name_alone_asks_which_of_the_two(ferry, text):
    reading = ferry.read(text)
    assert reading.outcome is Outcome.CLARIFY
    assert reading.people == ("MAYOR", "HARBOUR_MASTER") or reading.entry == "A01"


def test_a_shared_name_becomes_two_buttons():
    desk = Desk(small_dossier(), NOW)
    for text in ("Halvorsen", "What did Halvorsen say?"):
        answer = desk.answer(text, now=NOW).answer
        assert answer.status.value == "clarify"
        assert [s.id for s in answer.suggestions] == ["MAYOR", "HARBOUR_MASTER"]


@pytest.mark.parametrize(
    ("text", "intent", "argument"),
    [
        ("", "brief", ""),
        ("help", "help", ""),
        ("/help", "help", ""),
        ("도움말", "help", ""),
        ("check: the mayor promised a ferry", "check", "the mayor promised a ferry"),
        ("check the mayor promised a ferry", "check", "the mayor promised a ferry"),
        ("Check – it is so", "check", "– it is so"),
        ("source F03", "source", "F03"),
        ("source F03, F04", "source", "F03, F04"),
        ("cite [F03]", "cite", "[F03]"),
        ("timeline", "timeline", ""),
        ("who the mayor", "who", "the mayor"),
        ("who Halvorsen", "who", "Halvorsen"),
        ("누구 시장", "who", "시장"),
        ("timeline Tidewater", "timeline", "Tidewater"),
    ],
)
def test_a_command_s_word_opens_the_line(ferry, text, intent, argument):
    reading = ferry.read(text)
    assert (reading.outcome, reading.intent, reading.argument) == (Outcome.COMMAND, intent, argument)


def test_who_cho_is_a_card_in_the_shipped_story(story):
    reading = story.read("who cho")
    assert (reading.outcome, reading.intent, reading.argument) == (Outcome.COMMAND, "who", "cho")


@pytest.mark.parametrize(
    "text", ["who bought a ship", "source of the storm damage", "timeline of the repairs of the quay"]
)
def test_a_command_s_word_that_opens_a_question_is_no_command(ferry, text):
    reading = ferry.read(text)
    assert not (reading.outcome is Outcome.COMMAND and reading.argument)


@pytest.mark.parametrize(
    "text", ["show me the timeline", "list the events by date", "연표 보여줘", "zaman çizelgesini göster"]
)
def test_a_command_may_be_asked_for_in_other_words(ferry, text):
    reading = ferry.read(text)
    assert (reading.outcome, reading.intent) == (Outcome.COMMAND, "timeline")


@pytest.mark.parametrize(
    ("text", "entry", "outcome"),
    [
        ("F03", "F03", Outcome.DIRECT),
        ("f03", "F03", Outcome.DIRECT),
        ("MAYOR", "MAYOR", Outcome.DIRECT),
        ("P01", "P01", Outcome.CORRECT),
        ("U01", "U01", Outcome.DECLINE),
        ("A01", "A01", Outcome.CLARIFY),
    ],
)
def test_an_id_asks_for_its_entry(ferry, text, entry, outcome):
    reading = ferry.read(text)
    assert (reading.entry, reading.outcome, reading.confidence) == (entry, outcome, 1.0)


def test_an_id_that_is_none_is_read_as_words(ferry):
    assert ferry.read("F99").outcome is not Outcome.DIRECT


def test_a_preface_before_a_colon_is_set_aside(ferry):
    reading = ferry.read("on deadline: how much did the ship cost?")
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, "F02")


@pytest.mark.parametrize(
    "text", ["F08", "What is the ship called?", "Evening Star, what is that?", "which name has Tidewater in mind"]
)
def test_an_embargoed_fact_never_answers_and_is_never_offered(ferry, text):
    reading = ferry.read(text)
    assert reading.entry != "F08"
    assert "F08" not in (*reading.facts, *reading.offers, *(c.entry.id for c in reading.candidates))


def test_nothing_asked_in_any_language_reaches_an_embargoed_fact(ferry):
    hidden = next(fact for fact in small_dossier().facts if fact.id == "F08")
    for lang in ("en", "ko", "ar", "tr"):
        for text in getattr(hidden.examples, lang):
            reading = ferry.read(text)
            assert "F08" not in {reading.entry, *reading.facts, *reading.offers}


def test_an_example_added_to_the_data_changes_the_answer(ferry):
    text = "barnacle saga, latest"
    assert ferry.read(text).outcome is not Outcome.DIRECT
    reading = with_example("F04", text).read(text)
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, "F04")


def test_an_example_added_to_a_file_changes_the_answer(ferry, tmp_path):
    text = "Did the barnacle squad finish?"
    old = "      - How long did the repairs take?\n"
    edit = {"facts/line.yaml": lambda t: t.replace(old, f"{old}      - {text}\n")}
    told = Reader(load_dossier(copy_small(tmp_path, edit)), specs())
    assert ferry.read(text).entry != "F04"
    assert (told.read(text).outcome, told.read(text).entry) == (Outcome.DIRECT, "F04")


def test_an_alias_added_to_the_data_is_understood(ferry):
    mayor = public_small_dossier().actors[0]
    more = mayor.model_copy(update={"aliases": (*mayor.aliases, Alias(value="Lady Ironside", kind="nickname"))})
    told = changed(actors=(more, *public_small_dossier().actors[1:]))
    assert ferry.read("who Lady Ironside").outcome is not Outcome.COMMAND
    assert told.read("who Lady Ironside").argument == "Lady Ironside"
    assert told.read("what did Lady Ironside say about the ferry").entry == "F01"


def test_a_fact_added_to_the_data_answers(ferry):
    text = "How many lighthouse keepers live on the reef?"
    assert ferry.read(text).outcome is not Outcome.DIRECT
    model = next(fact for fact in public_small_dossier().facts if fact.id == "F06")
    examples = model.examples.model_copy(
        update={"en": ("How many lighthouse keepers are there?", "keepers on the reef?")}
    )
    fact = model.model_copy(
        update={
            "id": "F20",
            "title": "Two lighthouse keepers",
            "statement": "Two lighthouse keepers live on the reef.",
            "examples": examples,
            "numbers": (),
        }
    )
    reading = changed(facts=(*public_small_dossier().facts, fact)).read(text)
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, "F20")


def test_commands_are_data_too():
    spec = IntentSpec("regatta", ("regatta", "yarış"), {"en": ["line up the yachts"]}, "none")
    reader = Reader(public_small_dossier(), (spec,))
    assert reader.read("regatta").intent == "regatta"
    assert reader.read("Yarış").intent == "regatta"
    assert reader.read("regatta of the ferries").outcome is not Outcome.COMMAND


def test_a_reading_says_why(ferry):
    reading = ferry.read("How much did the ship cost?")
    assert reading.reasons
    assert reading.candidates[0].explain()
    assert reading.lang == "en"


@given(st.one_of(st.text(max_size=900), st.text(alphabet="who F03:'?$.,1 할은وبيş<@>[]\n", max_size=200)))
@example("who " * 200)
@example("check: " * 90)
@example(": : : a b c d")
@example("<@U1|x> F03")
@example("1,0.0,1 $1.2.3m 99999999999999999999999999999999")
@example("ا" * 3000)
@example("\ud800")
@settings(deadline=None)
def test_any_text_at_all_gets_a_reading_in_bounded_time(ferry, text):
    frame = Frame(question="Is the quay safe?", entry="F03", facts=("F03",), persons=("HARBOUR_MASTER",), at=NOW)
    began = time.monotonic()
    for reading in (ferry.read(text), ferry.read(text, frame, NOW)):
        assert reading.entry is None or reading.entry in ferry.index.by_id
        assert 0.0 <= reading.confidence <= 1.0
        assert set(reading.facts) <= set(ferry.facts)
    assert time.monotonic() - began < SLOWEST_S
