"""Every command: what is typed, what is then there to read."""

from __future__ import annotations

import pytest

from handlers.answer import Status
from handlers.desk import Desk
from handlers.intents import HANDLERS, INTENTS
from tests.handlers.asking import LOADED, asked, text, thread
from tests.support.dossiers import small_dossier

DESIGNED = (
    "help brief ties who timeline ask quote compare check source cite changes status digest follow unfollow propose "
    "correct unanswered reload explain"
).split()


def test_every_intent_of_the_design_is_there() -> None:
    assert sorted(HANDLERS) == sorted(DESIGNED)


@pytest.mark.parametrize("intent", [intent.name for intent in INTENTS if intent.name != "ask"])
def test_every_command_answers_by_its_word(desk: Desk, intent: str) -> None:
    answer = asked(desk, intent)

    assert answer.intent == intent
    assert answer.lead


def test_no_two_commands_share_a_word() -> None:
    words = [word for intent in INTENTS for word in {intent.name, *intent.words}]

    assert len(words) == len(set(words))


def test_a_bare_line_gives_the_brief(desk: Desk) -> None:
    bare, brief = text(desk, ""), text(desk, "brief")

    assert bare == brief
    assert "[F01]" in brief
    assert "Also in the article" in brief


def test_help_lists_commands_with_examples_and_the_privacy_promise(desk: Desk) -> None:
    told = text(desk, "help")

    assert "- timeline: the story in order" in told
    assert "30 days" in told


def test_help_tells_of_one_command(desk: Desk) -> None:
    told = text(desk, "help quotes")

    assert told.startswith("quote cuba: words that the article itself quotes")
    assert "timeline" not in told


def test_help_on_what_nobody_knows_is_the_whole_help(desk: Desk) -> None:
    assert "Commands" in text(desk, "help xyzzy")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tmeline", "timeline"), ("sorce F03", "source F03"), ("exlpain", "explain"), ("statsu", "status")],
)
def test_a_misspelled_command_suggests_the_nearest(ferry: Desk, typed: str, meant: str) -> None:
    answer = asked(ferry, typed)

    assert answer.intent == meant.split()[0] or [s.query for s in answer.suggestions] == [meant]


def test_a_word_that_is_near_no_command_suggests_none(ferry: Desk) -> None:
    answer = asked(ferry, "xyzzyqq")

    assert answer.status is Status.DECLINED
    assert [s.query for s in answer.suggestions] == ["brief", "who", "help"]


@pytest.mark.parametrize("line", ["?", "؟", "...", "?!"])
def test_a_line_without_a_word_gets_help(ferry: Desk, line: str) -> None:
    assert asked(ferry, line).intent == "help"


def test_a_misspelled_command_is_not_run(ferry: Desk) -> None:
    answer = asked(ferry, "sorce F03")

    assert answer.status is Status.SUGGESTED
    assert answer.lead == "There is no such command. Did you mean “source”?"
    assert answer.facts == ()


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        ("who cho", "Cho Tae-yul: South Korea's foreign minister, as of the article."),
        ("cuba ties", 'South Korea and Cuba established diplomatic relations "last year", the article says.'),
        ("hts ties", "Not in the article: it reports no diplomatic relations of Hayat Tahrir al-Sham."),
        ("cuba quote", "“political and psychological blow”"),
        ("cho timeline", "Earliest first."),
    ],
)
def test_two_words_are_enough(desk: Desk, typed: str, lead: str) -> None:
    assert text(desk, typed).startswith(lead)


def test_a_card_has_role_both_spellings_and_what_is_not_said(desk: Desk) -> None:
    told = text(desk, "who shaibani")

    assert told.startswith("Asaad al-Shaibani: Cho Tae-yul's Syrian counterpart, as of the article")
    assert "- House style: Asaad al-Shaibani\n- In the source: “Esaad Hasan Sheybani”" in told
    assert "Not to be confused with\n- Bashar al-Assad" in told
    assert "The article does not say\n- " in told


def test_the_other_spellings_are_no_job_titles(desk: Desk) -> None:
    assert "top diplomat" not in text(desk, "who cho")
    written = next(line for line in text(desk, "who hts").split("\n") if "Also written" in line)
    assert "HTS" in written
    assert not any("가" <= sign <= "힣" or "ء" <= sign <= "ي" for sign in written)


def test_a_name_with_two_holders_is_asked_back(desk: Desk) -> None:
    answer = asked(desk, "who esad")

    assert answer.status is Status.CLARIFY
    assert [s.id for s in answer.suggestions] == ["SHAIBANI", "ASSAD"]
    assert all(asked(desk, s.query).intent == "who" for s in answer.suggestions)


def test_an_unknown_name_is_not_in_the_article_and_not_repeated(desk: Desk) -> None:
    assert asked(desk, "who: kim jong un").lead == "Not in the article: nobody of that name is in it."


def test_who_alone_lists_everyone(desk: Desk) -> None:
    told = text(desk, "who")

    assert "People named in the article: 4" in told
    assert "Cuba" in told


def test_a_quotation_comes_with_speaker_object_and_time(desk: Desk) -> None:
    told = asked(desk, "quote cuba")

    assert told.lead.startswith("“political and psychological blow”: the South Korean government; about South Korea's")
    assert '"last year"' in told.lead
    assert [line.id for line in told.facts] == ["F24"]


def test_quotes_of_somebody_who_is_not_quoted_say_so(desk: Desk) -> None:
    answer = asked(desk, "quote cho")

    assert answer.status is Status.DECLINED
    assert answer.lead.startswith("Not in the article")


def test_compare_shows_what_joins_two_and_then_each(desk: Desk) -> None:
    answer = asked(desk, "compare cuba and syria")

    assert answer.lead == "South Korea's ties with Cuba came before its ties with Syria."
    assert [section.title for section in answer.sections] == ["Cuba", "Syria"]
    assert not [line for section in answer.sections for line in section.lines if "[D09]" in line]


def test_compare_of_two_that_nothing_joins_says_so(desk: Desk) -> None:
    assert asked(desk, "compare cuba and hts").lead.startswith("Not in the article: no fact joins Cuba and Hayat")


def test_compare_with_one_name_asks_for_the_other(desk: Desk) -> None:
    answer = asked(desk, "compare cuba")

    assert answer.status is Status.CLARIFY
    assert "compare Cuba and Syria" in [s.query for s in answer.suggestions]


def test_source_gives_the_standing_line(desk: Desk) -> None:
    told = text(desk, "source")

    assert told.startswith("One article, no byline, no date in the text, no Syrian voice.")
    assert "Publisher: not stated in the text" in told


def test_source_of_a_fact_gives_its_place(desk: Desk) -> None:
    assert text(desk, "source F03").startswith("F03 stands in paragraph 1, sentence 2.")
    assert text(desk, "source D03").startswith("D03 stands nowhere as such; it is derived from F11, F28.")


def test_a_cite_as_line_names_only_what_is_known(desk: Desk) -> None:
    told = asked(desk, "cite F07").lead

    assert "[F07, paragraph 1, sentence 3]" in told
    assert "publisher not stated in the text), no byline, 11 April 2025 (from a stored copy, not in the text)" in told


@pytest.mark.parametrize("line", ["F99", "source F99", "cite F99"])
def test_an_id_that_does_not_exist_is_said_not_to(desk: Desk, line: str) -> None:
    answer = asked(desk, line)

    assert answer.status is Status.DECLINED
    assert answer.lead == "There is no such fact or actor in this dossier."


def test_in_a_thread_source_and_cite_are_of_the_last_answer(desk: Desk) -> None:
    _, source, cite = thread(desk, "F03", "source", "cite")

    assert source.startswith("F03 stands in")
    assert "[F03, paragraph 1, sentence 2]" in cite


def test_a_correction_is_a_proposal_beside_the_facts_it_is_about(desk: Desk) -> None:
    answer = asked(desk, "correct it was Thursday, not Friday")

    assert "correction proposal" in answer.lead
    assert {"F02", "F04"} <= {line.id for line in answer.facts}


def test_digest_words_that_belong_to_slack_are_said_to(desk: Desk) -> None:
    assert "done in Slack" in text(desk, "digest subscribe <!channel>")
    assert "<!channel>" not in text(desk, "digest subscribe <!channel>")


def test_changes_name_what_was_replaced() -> None:
    dossier = small_dossier()
    newer = tuple(f.model_copy(update={"supersedes": "F04"}) if f.id == "F06" else f for f in dossier.facts)
    told = text(Desk(dossier.model_copy(update={"facts": newer}), LOADED), "changes")

    assert "Correction\n- F06 replaces F04: Until the storm" in told


def test_nothing_changed_is_said_plainly(ferry: Desk) -> None:
    assert text(ferry, "changes").startswith("No fact has been corrected or retracted in version 2031.1.")


def test_status_counts_what_is_loaded(ferry: Desk) -> None:
    told = text(ferry, "status")

    assert "Facts: 8 " in told
    assert "2025-04-12 08:00 UTC" in told


def test_check_of_one_sentence_gives_verdict_and_difference(desk: Desk) -> None:
    told = text(desk, "check South Korea promised to rebuild Syria.")

    assert told.startswith("Stronger than the source: you wrote “promised”")
    assert "[F14]" in told


def test_check_of_several_sentences_counts_verdicts(desk: Desk) -> None:
    told = asked(desk, "check Cho visited Damascus on Friday. Cho Tae-yul visited Damascus on Thursday.")

    assert told.lead.startswith("Sentences checked: 2.")
    assert len(told.checks) == 2


def test_the_brief_offers_nothing_that_it_has_told(ferry: Desk) -> None:
    answer = asked(ferry, "brief")
    told = {line.id for line in answer.facts} | {line[-4:-1] for line in answer.sections[0].lines}

    assert not told & {s.id for s in answer.suggestions}
