"""The editorial rules, held over every fact, curated question, actor and command of the shipped story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.render.plain import plain
from handlers.answer import Action, Answer, FactLine, Status
from handlers.desk import Desk
from knowledge.model import Attribution, Kind, Label, QuestionKind, Slot
from knowledge.rules import QUOTED, load_rules
from tests.handlers.asking import NOW, asked, text

COMMANDS = (
    "", "brief", "ties", "ties cuba", "who", "timeline", "timeline cuba", "quote", "quote cuba",
    "compare cuba and syria",
    "compare hts and cuba", "digest preview", "source", "cite", "cite F07 F40", "source F24", "status", "changes",
)  # fmt: skip
FLAG = "timing unreliable, check"
ID = re.compile(r"\b[FD]\d\d\b")


@cache
def everything(desk: Desk) -> tuple[tuple[str, Answer], ...]:
    """What the desk says of all it holds."""
    dossier = desk.dossier
    ids = [item.id for item in (*dossier.facts, *dossier.questions, *dossier.actors)]
    return tuple((line, asked(desk, line)) for line in (*ids, *COMMANDS))


def fact_lines(answer: Answer) -> tuple[FactLine, ...]:
    return (*answer.facts, *answer.near)


def story(answer: Answer) -> Iterator[str]:
    """Every sentence in which the desk tells of the story; titles go with what stands under them."""
    yield from answer.lead.split("\n")
    for line in fact_lines(answer):
        yield f"{line.text} {line.attribution}"
    for section in answer.sections:
        yield from (f"{section.title}: {line}" for line in section.lines)


def test_a_fact_is_said_once_with_its_source_beside_it(desk: Desk) -> None:
    for fact in desk.dossier.facts:
        answer = asked(desk, fact.id)

        assert [line.id for line in answer.facts] == [fact.id]
        assert plain(answer).count(fact.statement) == 1, fact.id
        assert answer.facts[0].attribution


def test_an_attribution_is_never_shortened(desk: Desk) -> None:
    named = [fact for fact in desk.dossier.facts if fact.attribution is not Attribution.NONE]

    for fact in named:
        assert fact.slots[Slot.SAYS_WHO].removesuffix(".") in text(desk, fact.id)
    assert named


def test_every_fact_line_names_a_fact_of_the_dossier(desk: Desk) -> None:
    statements = {fact.id: fact.statement for fact in desk.dossier.facts}
    for asked_for, answer in everything(desk):
        for line in fact_lines(answer):
            assert answer.intent == "quote" or line.text == statements[line.id], asked_for


def test_every_line_of_a_list_names_its_facts(desk: Desk) -> None:
    known = {fact.id for fact in desk.dossier.facts}
    for command in ("brief", "timeline", "compare cuba and syria", "digest preview"):
        lines = [line for section in asked(desk, command).sections for line in section.lines]
        assert lines
        for line in lines:
            assert ID.findall(line.rpartition("[")[2])
            assert set(ID.findall(line)) <= known


@pytest.mark.parametrize("kind", [QuestionKind.ANSWER, QuestionKind.PREMISE])
def test_a_curated_answer_shows_all_the_facts_it_rests_on(desk: Desk, kind: QuestionKind) -> None:
    status = {QuestionKind.ANSWER: Status.ANSWERED, QuestionKind.PREMISE: Status.CORRECTED}[kind]
    for question in desk.dossier.questions:
        if question.kind is kind:
            answer = asked(desk, question.id)
            assert answer.status is status
            assert answer.lead == question.lead
            assert tuple(line.id for line in answer.facts) == tuple(dict.fromkeys(question.facts))


def test_what_is_not_stated_says_so_with_the_nearest_facts_and_a_way_to_propose(desk: Desk) -> None:
    for question in desk.dossier.questions:
        if question.kind is QuestionKind.UNKNOWN:
            answer = asked(desk, question.id)
            assert answer.status is Status.DECLINED
            assert answer.lead.startswith("Not in the article.")
            assert tuple(line.id for line in answer.near) == question.facts[:3]
            assert Action.PROPOSE in answer.actions


def test_the_easing_is_never_told_without_its_warning(desk: Desk) -> None:
    told = [plain(answer) for _, answer in everything(desk) if "F40" in plain(answer) or "eased some" in plain(answer)]

    assert len(told) > 3
    assert all(FLAG in shown for shown in told)


def test_the_desk_uses_no_banned_word_of_its_own(desk: Desk) -> None:
    rules = load_rules()
    for asked_for, answer in everything(desk):
        for sentence in story(answer):
            assert not list(rules.offences(sentence, may_deny=True)), (asked_for, sentence)


def test_a_label_of_others_stands_in_quotation_marks_only(desk: Desk) -> None:
    shown = [plain(answer) for _, answer in everything(desk)]

    assert any("terrorists" in told for told in shown)
    assert not [told for told in shown if "terrorist" in QUOTED.sub("", told)]


def test_the_blow_is_never_printed_without_cuba(desk: Desk) -> None:
    lines = [line for _, answer in everything(desk) for line in plain(answer).split("\n") if "psychological" in line]

    assert lines
    assert all("Cuba" in line for line in lines)


def test_what_is_derived_says_so_with_its_sum(desk: Desk) -> None:
    derived = [fact for fact in desk.dossier.facts if fact.label is Label.DERIVED]

    for fact in derived:
        assert f"Derived: {fact.sum}" in text(desk, fact.id)
    assert len(derived) > 5


def test_a_negative_stays_narrow(desk: Desk) -> None:
    for fact in desk.dossier.facts:
        if fact.kind is Kind.NEGATIVE:
            told = asked(desk, fact.id).lead
            assert "state media" in told
            assert "as of the article" in told.casefold()
    assert not [a.lead for _, a in everything(desk) if "silent" in a.lead or "refused" in a.lead]


def test_every_answer_says_what_it_rests_on_and_of_which_day(desk: Desk) -> None:
    for asked_for, answer in everything(desk):
        assert answer.footer == (
            "Dossier 2025.1, loaded 2025-04-12 · article of 11 April 2025 (from a stored copy, not in the text)"
        ), asked_for


def test_the_source_s_time_words_come_before_the_date(desk: Desk) -> None:
    assert "“on Thursday” (10 April 2025; the date is not in the article)" in text(desk, "F04")
    for line in asked(desk, "timeline").sections[0].lines:
        assert " → " in line
        assert not line[0].isdigit()


def test_what_may_have_changed_is_dated(desk: Desk) -> None:
    for fact in desk.dossier.facts:
        if fact.perishable and fact.label is not Label.DERIVED:
            assert "as of" in text(desk, fact.id).casefold(), fact.id
    assert "· as of the article)" in text(desk, "F21")


def test_every_point_of_the_timeline_says_what_its_date_rests_on(desk: Desk) -> None:
    lines = asked(desk, "timeline").sections[0].lines

    assert any("→ 2024, worked out from the article's date [F23" in line for line in lines)
    assert any("→ 10 April 2025, from a stored copy, not in the text [F03" in line for line in lines)
    assert any("→ about 1963 to December 2024, Derived [F29" in line for line in lines)
    assert any(f"(uncertain), {FLAG} [F40]" in line for line in lines)


def test_a_date_that_the_lead_gives_is_not_given_again(desk: Desk) -> None:
    assert [line.time_note for line in asked(desk, "A01").facts] == [None] * 4


def test_the_clock_changes_no_date(desk: Desk) -> None:
    later = datetime(2031, 7, 9, 3, tzinfo=UTC)
    for line, answer in everything(desk):
        if line != "digest preview":
            assert asked(desk, line, now=later) == answer, line
    assert "2031" not in text(desk, "timeline", now=later)


def test_the_next_question_is_never_one_already_answered(desk: Desk) -> None:
    doubtful = {f.id for f in desk.dossier.facts if f.label in {Label.DERIVED, Label.TIME_UNRELIABLE}}
    for line, answer in everything(desk):
        offered = [suggestion.id for suggestion in answer.suggestions]
        shown = {fact.id for fact in fact_lines(answer)} | set(ID.findall(" ".join(story(answer))))
        assert len(offered) <= 3
        if answer.status is not Status.CLARIFY:
            assert not set(offered) & (shown | doubtful), line


def test_an_unreliable_line_is_never_the_next_question(ferry: Desk) -> None:
    for item in (*ferry.dossier.facts, *ferry.dossier.questions, *ferry.dossier.actors):
        answer = asked(ferry, item.id)
        assert answer.status is Status.CLARIFY or "F07" not in {s.id for s in answer.suggestions}


def test_the_read_as_line_is_short(desk: Desk) -> None:
    assert asked(desk, "When did Cho visit Damascus?").read_as == "when · Cho Tae-yul · Damascus"
    assert all(len(answer.read_as or "") <= 110 for _, answer in everything(desk))
    assert desk.answer("quote cuba", now=NOW).answer.read_as == "quote · Cuba"
