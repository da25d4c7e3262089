"""Which words are about the digest, and what they ask of it."""

from __future__ import annotations

import pytest

from bot.delivery.digest_asked import digest_words


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
        ("subscribe", "subscribe"),
        ("unsubscribe", "stop"),
        ("subscribe every weekday 9am Seoul", "subscribe every weekday 9am Seoul"),
        ("unsubscribe from the digest", "stop"),
        ("set up a daily digest at 9am seoul time", "subscribe daily at 9am seoul time"),
        ("set up a daily digest", "subscribe"),
        ("set up a daily digest mon wed 9am", "subscribe mon wed 9am"),
        ("can you send me the digest at 7 am?", "subscribe me at 7 am"),
        ("please set up a daily digest at 25:00", "subscribe daily at 25:00"),
        ("I want a digest every morning at 8 Damascus time", "subscribe every morning at 8 damascus time"),
        ("I don't want the digest any more", "stop"),
        ("move the digest to 8am", "change 8am"),
        ("which digests run here?", "list"),
        ("매일 오전 9시에 다이제스트 보내 줘", "subscribe 매일 오전 9시에"),
        ("다이제스트 중지해 줘", "stop"),
        ("أوقف الموجز اليومي", "stop"),
        ("her gün saat 9'da günlük özet gönder", "subscribe her gun saat 9'da"),
    ],
)
def test_a_digest_is_spoken_of(text: str, words: str) -> None:
    assert digest_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "who digested the statement?",
        "stop the war",
        "what does the digest of 1970 say",
        "did the ministry's digest stop the news",
        "subscribe to Jolani",
        "subscribe Turkey",
        "who sent the digest of the talks",
    ],
)
def test_another_question_is_left_alone(text: str) -> None:
    assert digest_words(text) is None
