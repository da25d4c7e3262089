"""A sentence put to be checked is found inside the question that asks for it."""

from __future__ import annotations

import pytest

from knowledge.understand.claims import claim_in


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Can I write that the ferry sank on Monday?", "the ferry sank on Monday"),
        ("can we say “the council pledged a new pier”?", "the council pledged a new pier"),
        ("Is it fair to say the mayor resigned?", "the mayor resigned"),
        ("هل يمكنني أن أكتب أن العبارة غرقت يوم الاثنين؟", "العبارة غرقت يوم الاثنين؟"),
        ("Belediye başkanı istifa etti yazabilir miyim?", "Belediye başkanı istifa etti"),
    ],
)
def test_the_claim_is_what_follows_the_opening_or_precedes_the_closing(line: str, claim: str):
    assert claim_in(line) == claim


@pytest.mark.parametrize("line", ["When did the ferry sink?", "can I write?", "who can write to us", ""])
def test_other_questions_hold_no_claim(line: str):
    assert claim_in(line) is None
