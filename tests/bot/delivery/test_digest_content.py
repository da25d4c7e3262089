"""What a digest says, given what the channel saw last."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.delivery.digest_blocks import CHANGE, STOP, digest_message
from bot.delivery.digest_content import DigestContent, Part, Seen, compose_digest, edition_of
from bot.workspace.validate.blocks import block_problems
from knowledge.model import Dossier, Fact, Rank
from tests.support.dossiers import small_dossier

TODAY = date(2031, 6, 4)
YESTERDAY = date(2031, 6, 3)


def with_facts(*facts: Fact) -> Dossier:
    return small_dossier().model_copy(update={"facts": facts})


def changed(fact_id: str, **values: Any) -> Dossier:
    facts = [fact.model_copy(update=values) if fact.id == fact_id else fact for fact in small_dossier().facts]
    return with_facts(*facts)


def digest(dossier: Dossier, seen: Seen | None = None, today: date = TODAY) -> DigestContent:
    return compose_digest(dossier, today, seen or Seen(edition_of(small_dossier()), YESTERDAY, 1))


def ids(content: DigestContent, part: Part) -> list[str]:
    return [i for line in content.parts.get(part, ()) for i in line.fact_ids]


def test_a_quiet_day_is_one_line_and_a_fact_to_know() -> None:
    content = digest(small_dossier())
    assert set(content.parts) == {Part.TO_KNOW}
    assert content.quiet.startswith("Quiet day")


def test_a_new_fact_is_new_once() -> None:
    grown = with_facts(*small_dossier().facts, small_dossier().facts[0].model_copy(update={"id": "F90"}))
    assert ids(digest(grown), Part.NEW) == ["F90"]
    assert ids(digest(grown, Seen(edition_of(grown), YESTERDAY, 1)), Part.NEW) == []


def test_the_first_digest_does_not_call_the_whole_base_new() -> None:
    assert ids(digest(small_dossier(), Seen()), Part.NEW) == []


def test_a_correction_shows_the_old_wording_struck_and_the_new() -> None:
    old = next(fact for fact in small_dossier().facts if fact.id == "F02")
    content = digest(changed("F02", statement="Tidewater Ferries announced that it had bought a new ship."))
    [line] = content.parts[Part.CORRECTED]
    assert (line.was, line.fact_ids) == (old.statement, ("F02",))
    message = digest_message(content)
    assert f"~{old.statement}~ Tidewater Ferries announced that it had bought a new ship." in str(message.blocks)
    assert f"Before: {old.statement}" in message.text


def test_a_fact_that_replaces_another_is_its_correction() -> None:
    old = next(fact for fact in small_dossier().facts if fact.id == "F02")
    better = old.model_copy(update={"id": "F92", "supersedes": "F02", "statement": "It bought two ships."})
    content = digest(with_facts(*small_dossier().facts, better))
    assert (ids(content, Part.CORRECTED), ids(content, Part.RETRACTED), ids(content, Part.NEW)) == (["F92"], [], [])


def test_a_retracted_fact_is_named_with_its_old_words() -> None:
    content = digest(changed("F02", rank=Rank.DEPRECATED))
    assert ids(content, Part.RETRACTED) == ["F02"]


def test_a_fact_under_embargo_appears_nowhere() -> None:
    hidden = next(fact for fact in small_dossier().facts if fact.embargoed)
    for number in range(40):
        content = digest(small_dossier(), Seen(None, None, number))
        assert hidden.id not in content.fact_ids
        assert hidden.statement not in digest_message(content).text
    assert hidden.id not in edition_of(small_dossier()).facts


def test_a_fact_put_under_embargo_is_not_repeated_in_its_retraction() -> None:
    fact = next(fact for fact in small_dossier().facts if fact.id == "F02")
    content = digest(changed("F02", embargoed=True))
    assert fact.statement not in digest_message(content).text


def test_what_goes_stale_is_said_when_it_does() -> None:
    perishable = changed("F02", perishable=True)
    thirty_days_old = date(2031, 4, 10)
    before, after = date(2031, 4, 9), date(2031, 4, 11)
    assert "F02" in ids(digest(perishable, Seen(edition_of(perishable), before, 3), thirty_days_old), Part.STALE)
    assert ids(digest(perishable, Seen(edition_of(perishable), thirty_days_old, 4), after), Part.STALE) == []


def test_an_anniversary_keeps_the_basis_of_its_date() -> None:
    [line] = digest(small_dossier(), today=date(2032, 3, 10)).parts[Part.ANNIVERSARY][:1]
    assert line.text.startswith("Today a year ago, 10 March 2031")
    assert line.label == "date from the stored copy, not in the text"


def test_a_month_comes_round_in_its_first_digest_only() -> None:
    first = digest(small_dossier(), Seen(edition_of(small_dossier()), date(2033, 1, 31), 1), date(2033, 2, 2))
    second = digest(small_dossier(), Seen(edition_of(small_dossier()), date(2033, 2, 2), 2), date(2033, 2, 3))
    assert ids(first, Part.ANNIVERSARY) == ["F02"]
    assert first.parts[Part.ANNIVERSARY][0].text.startswith("This month 2 years ago")
    assert ids(second, Part.ANNIVERSARY) == []


def test_an_unreliable_time_has_no_anniversary_and_is_no_fact_to_know() -> None:
    shown = {i for number in range(40) for i in digest(small_dossier(), Seen(None, None, number)).fact_ids}
    assert "F07" not in shown


def test_the_fact_to_know_changes_with_every_digest() -> None:
    base = edition_of(small_dossier())
    first, second = (ids(digest(small_dossier(), Seen(base, YESTERDAY, n)), Part.TO_KNOW) for n in (1, 2))
    assert first != second


def test_unanswered_questions_are_shown_as_they_were_asked_and_cannot_ping() -> None:
    seen = Seen(edition_of(small_dossier()), YESTERDAY, 1, [("<!channel> who paid?", 3)])
    message = digest_message(digest(small_dossier(), seen))
    assert "who paid?" in message.text
    assert "asked 3 times" in message.text
    for shown in (message.text, str(message.blocks)):
        assert "<!channel>" not in shown


def test_the_message_is_complete_without_its_blocks_and_within_limits() -> None:
    content = compose_digest(
        changed("F02", statement="New words."),
        TODAY,
        Seen(edition_of(small_dossier()), YESTERDAY),
        late="Late.",
        intro="Hi.",
    )
    message = digest_message(content, place="C1")
    for part, lines in content.parts.items():
        assert part.heading("en") in message.text
        assert all(line.text in message.text for line in lines)
    assert block_problems(message.blocks, "message") == []
    pressed = [element["action_id"] for element in message.blocks[-1]["elements"]]
    assert {CHANGE, STOP} <= set(pressed)
    texts = [block["text"] for block in message.blocks if block["type"] == "section"]
    assert all(text["verbatim"] for text in texts)


@pytest.mark.parametrize("count", [200])
def test_a_day_with_very_much_news_still_fits(count: int) -> None:
    one = small_dossier().facts[0]
    many = with_facts(*small_dossier().facts, *(one.model_copy(update={"id": f"F{n + 1000}"}) for n in range(count)))
    message = digest_message(digest(many), place="C1")
    assert len(message.blocks) <= 50
    assert len(message.text) <= 4000
    assert message.blocks[-1]["type"] == "actions"
