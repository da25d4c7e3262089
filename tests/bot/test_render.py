"""Any answer at all renders within Slack's limits, complete and harmless."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.asked import VALUE, Asked
from bot.render.asked import unpacked as asked_of
from bot.render.clean import clean, clip, clip_markup, isolate, literal
from bot.render.message import Surface, message
from bot.render.modals import answer as answer_modal
from bot.render.modals import checked, metadata, report, unpacked
from bot.render.plain import plain
from bot.workspace.validate.message import check_content
from bot.workspace.validate.views import check_view
from handlers.answer import Action, Answer, Check, Difference, FactLine, Section, Status, Suggestion
from knowledge.model import LANGUAGES, Label, Verdict
from knowledge.understand.reading import Frame

MARKUP = ["<!channel>", "<@U0EDITOR01>", "*b*", "`c`", "~s~", "_i_", "> q", ":tada:", "&amp;"]
NASTY = [*MARKUP, "\u202e", "\u200b", "\n", "متى", "한국"]
part = st.one_of(st.text(max_size=60), st.sampled_from(NASTY), st.text(string.ascii_letters, max_size=2500))
words = st.lists(part, max_size=4).map(" ".join)
said = words.map(lambda found: f"{found} x")
facts = st.builds(
    FactLine,
    id=st.from_regex(r"[A-Z]{1,3}[0-9]{2,6}", fullmatch=True),
    text=said,
    attribution=said.map(lambda found: found[:300]),
    label=st.sampled_from(Label),
    label_text=st.sampled_from(["Stated", "One side's account"]),
    time_note=st.none() | said.map(lambda found: found[:200]),
    caution=st.none() | said.map(lambda found: found[:300]),
)
suggestions = st.builds(Suggestion, id=st.just("F01"), label=said, query=said)
answers = st.builds(
    Answer,
    status=st.sampled_from(Status),
    intent=st.just("ask"),
    lang=st.sampled_from(LANGUAGES),
    lead=words,
    facts=st.lists(facts, max_size=14).map(tuple),
    near=st.lists(facts, max_size=4).map(tuple),
    sections=st.lists(st.builds(Section, title=said, lines=st.lists(said, max_size=30).map(tuple)), max_size=4).map(
        tuple
    ),
    checks=st.lists(
        st.builds(
            Check,
            claim=said,
            verdict=st.sampled_from(Verdict),
            differences=st.lists(st.builds(Difference, yours=words, source=said), max_size=3).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
    read_as=st.none() | words,
    footer=st.none() | words,
    suggestions=st.lists(suggestions, max_size=7).map(tuple),
    suggestions_title=st.none() | said,
    actions=st.lists(st.sampled_from(Action), unique=True).map(tuple),
)
LIVE = re.compile(r"<(?!@U0ASKER01>)|[\u202a-\u202e\u2066\u2067\u200b-\u200f\ufeff]|(?<!\w):[a-z0-9_+'-]+:")


def strings(node: Any) -> list[str]:
    """Every string that Slack would format."""
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == "mrkdwn" else []
        return own + [found for value in node.values() for found in strings(value)]
    return [found for item in node for found in strings(item)] if isinstance(node, list) else []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(answers, st.sampled_from(Surface), words)
def test_every_answer_is_a_valid_and_harmless_message(answer: Answer, surface: Surface, asked: str) -> None:
    shown = message(answer, surface, asked=asked, asker="U0ASKER01")

    check_content({"channel": "C1", "text": shown.text, "blocks": shown.blocks})
    assert len(shown.text) <= 4000
    for formatted in [shown.text, *strings(shown.blocks)]:
        assert not LIVE.search(formatted), formatted


@settings(max_examples=40, deadline=None, derandomize=True)
@given(answers, words)
def test_every_answer_is_a_valid_modal(answer: Answer, asked: str) -> None:
    check_view(answer_modal(answer, asked), "modal")
    check_view(checked(answer, asked, "C1", "1.1"), "modal")
    check_view(report("something_wrong", Asked.under(answer, asked), "C1"), "modal")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(facts, min_size=1, max_size=12, unique_by=lambda fact: fact.id))
def test_no_fact_is_shown_without_who_says_so(found: list[FactLine]) -> None:
    told = tuple(fact.model_copy(update={"attribution": f"speaker {number} says"}) for number, fact in enumerate(found))
    shown = message(small(facts=told), Surface.THREAD)
    lines = shown.text.split("\n")

    for fact in told:
        attribution = fact.attribution
        assert all(attribution in line for line in lines if line.startswith(f"[{fact.id}]"))
        small_print = [line for block in strings(shown.blocks) for line in block.split("\n") if f"*{fact.id}*" in line]
        assert all(attribution in line for line in small_print)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(answers)
def test_plain_text_holds_the_whole_answer(answer: Answer) -> None:
    whole = " ".join(plain(answer).split())

    for part in (answer.lead, *(fact.attribution for fact in (*answer.facts, *answer.near))):
        assert " ".join(clean(part).split()) in whole
    for section in answer.sections:
        for line in section.lines:
            assert " ".join(clean(line).split()) in whole


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_clipping_keeps_to_the_limit(given_text: str, limit: int) -> None:
    assert len(clip(given_text, limit)) <= limit
    assert len(clip_markup(literal(given_text), max(limit, 4))) <= max(limit, 4)


def small(**changes: Any) -> Answer:
    """An answer with one fact."""
    fact = FactLine(
        id="F03",
        text="Ties were established in Damascus.",
        attribution="the article says",
        label=Label.UNATTRIBUTED,
        label_text="Unattributed",
        time_note='"on Thursday" (10 April 2025)',
    )
    given_parts: dict[str, Any] = {
        "status": Status.ANSWERED,
        "intent": "ask",
        "lead": "In Damascus.",
        "facts": (fact,),
        "read_as": "where · ties",
        "footer": "Dossier 1",
        "suggestions": (Suggestion(id="F04", label="Who was there?", query="who met in Damascus"),),
        "actions": tuple(Action),
    }
    return Answer(**{**given_parts, **changes})


def test_a_message_reads_lead_fact_small_print_buttons() -> None:
    shown = message(small(), Surface.EPHEMERAL, asked="where?")

    kinds = [block["type"] for block in shown.blocks]
    assert kinds == ["section", "section", "context", "context", "actions", "actions"]
    assert shown.blocks[0]["text"]["text"] == "*In Damascus.*"
    assert shown.text.split("\n")[:2] == [
        "In Damascus.",
        '[F03] Ties were established in Damascus. (Unattributed · the article says · "on Thursday" (10 April 2025))',
    ]


def test_wording_that_the_lead_already_has_is_not_repeated() -> None:
    shown = message(small(lead="Ties were established in Damascus."), Surface.THREAD)

    assert shown.text.count("Ties were established in Damascus") == 1
    assert "the article says" in shown.text


def checked_as(*checks: Check, lead: str) -> str:
    """The part of a message that shows checked sentences."""
    return message(small(lead=lead, checks=checks), Surface.THREAD).blocks[1]["text"]["text"]


def test_a_word_that_differs_twice_is_bold_once() -> None:
    gaps = tuple(
        Difference(yours=yours, source=source) for yours, source in (("aid", "a"), ("aid", "b"), ("aid now", "c"))
    )
    check = Check(claim="He gave aid now and aid.", verdict=Verdict.STRONGER, differences=gaps, facts=("F17",))

    assert checked_as(check, check, lead="x").startswith(
        "*Stronger than the source* · “He gave *aid now* and *aid*.” [F17]"
    )


def test_one_sentence_has_its_verdict_once() -> None:
    check = Check(claim="It is so.", verdict=Verdict.SUPPORTED)

    assert checked_as(check, lead="Supported.") == "“It is so.”"
    assert plain(small(lead="Supported.", checks=(check,))).count("Supported") == 1


@pytest.mark.parametrize(
    ("surface", "offered"), [(Surface.EPHEMERAL, True), (Surface.THREAD, False), (Surface.VIEW, False)]
)
def test_share_is_offered_only_under_a_private_answer(surface: Surface, offered: bool) -> None:
    shown = message(small(), surface, asked="where?")

    assert ("share" in str(shown.blocks)) is offered


def test_a_shared_answer_names_who_asked_and_has_no_buttons() -> None:
    shown = message(small(), Surface.SHARED, asked="where <!channel>?", asker="U0REPORT01")

    assert shown.text.startswith("Shared by <@U0REPORT01>, who asked: “where &lt;!channel&gt;?”")
    assert not any(block["type"] == "actions" for block in shown.blocks)


def test_an_asker_that_is_no_user_id_is_not_named() -> None:
    assert "<" not in message(small(), Surface.SHARED, asked="x", asker="!channel").text


def test_a_long_answer_says_how_much_is_left_out() -> None:
    lines = tuple(f"line {number} " + "word " * 40 for number in range(100))
    shown = message(small(sections=(Section(title="Many", lines=lines),)), Surface.THREAD)

    assert re.search(r"\d+ more lines are not shown here\.$", shown.text)
    assert len(shown.text) <= 4000


def test_a_message_of_many_long_parts_keeps_to_slacks_sum() -> None:
    lines = tuple("word " * 150 for _ in range(30))
    shown = message(small(sections=(Section(title="Long", lines=lines),) * 3), Surface.THREAD)

    check_content({"text": shown.text, "blocks": shown.blocks})
    assert any("more lines are not shown" in found for found in strings(shown.blocks))


def test_template_words_follow_the_language_of_the_question() -> None:
    assert "이렇게 읽음: where · ties" in message(small(lang="ko"), Surface.THREAD).text


@pytest.mark.parametrize(
    ("line", "isolated"),
    [
        ("Asaad al-Shaibani (أسعد الشيباني) spoke", "Asaad al-Shaibani (\u2068أسعد الشيباني\u2069) spoke"),
        ("قال F03 ذلك", "قال \u2068F03\u2069 ذلك"),
        ("no other script", "no other script"),
    ],
)
def test_runs_of_the_other_direction_are_isolated(line: str, isolated: str) -> None:
    assert isolate(line) == isolated


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [("_i_", "＿i＿"), ("{entry: BASHAR_ASSAD}", "{entry: BASHAR_ASSAD}"), ("_a_b_", "＿a_b＿"), ("a __b", "a ＿＿b")],
)
def test_an_underscore_within_a_word_stays_so_that_it_can_be_copied(given_text: str, shown: str) -> None:
    assert literal(given_text) == shown


@settings(max_examples=60, deadline=None, derandomize=True)
@given(answers, words.filter(str.strip))
def test_a_button_remembers_its_question_within_slacks_limit(answer: Answer, question: str) -> None:
    value = Asked.under(answer, question).packed()
    found = asked_of(value)

    assert len(value) <= VALUE
    assert found.lang == answer.lang
    assert question.startswith(found.question)


def test_a_button_remembers_what_a_follow_up_leaned_on() -> None:
    before = Frame(question="누가 서명했어?", entry="F04", facts=("F04",), at=datetime(2025, 4, 14, tzinfo=UTC))
    answer = Answer(status=Status.ANSWERED, intent="ask", lang="ko", lead="x", after=before)

    assert asked_of(Asked.under(answer, "언제?").packed()).after == before


def test_a_button_of_an_older_message_still_means_its_question() -> None:
    assert asked_of("explain who signed").question == "who signed"


def test_form_metadata_keeps_to_slacks_limit_and_comes_back() -> None:
    packed = metadata(text="“" * 5000, channel="C1")

    assert len(packed) <= 3000
    assert unpacked({"private_metadata": packed})["channel"] == "C1"
    assert unpacked({"private_metadata": "[1]"}) == {}
