"""Which words are about the digest, and what they ask of it."""

from __future__ import annotations

import pytest

from bot.intake import digest_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("digest", ""),
        ("Digests", ""),
        ("digest every weekday 9am Seoul", "every weekday 9am Seoul"),
        ("digest: every day 9am", "every day 9am"),
        ("daily digest preview", "preview"),
        ("stop the digest", "stop"),
        ("please cancel our daily digest.", "stop"),
        ("show digest", "preview"),
        ("pause digest", "pause"),
    ],
)
def test_a_digest_is_spoken_of(text: str, words: str) -> None:
    assert digest_words(text) == words


@pytest.mark.parametrize("text", ["who digested the statement?", "stop the war", "what does the digest of 1970 say"])
def test_another_question_is_left_alone(text: str) -> None:
    assert digest_words(text) is None
