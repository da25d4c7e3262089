"""Raw text -> folded tokens and a language. Everything downstream compares folded forms only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from knowledge.model import Lang

MAX_CHARS = 600

_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKUP = re.compile(r"<[@#!][^>]*>|<(?:https?|mailto):[^>|]*\|?([^>]*)>")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u02bf\u02be\u00b4\u0060\u02bb", "'"))
_ANY_APOSTROPHE = re.compile("[" + "".join(map(chr, _APOSTROPHES)) + "]")
_ARABIC = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩", "ااااي\u0647وي0123456789")
_TURKISH_LETTERS = re.compile("[şğıŞĞİ]")
_TURKISH_ENDING = re.compile(
    "(nin|nun|lar|ler|lari|leri|dir|mi|mu|di|du|ti|tu|yor|mis|mus|nda|nde|dan|den"
    "|iyla|iyle|acak|ecek|ligi|siyla|siyle|ini|unu|na|ne)$"
)
_TOKEN = re.compile(r"\$?\d+(?:[.,]\d+)*[^\W\d_]*|[^\W_]+(?:'[^\W_]+)*|%")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_TURKISH_WORDS = frozenset(
    "ve ile mi mu icin kim kac ne nedir neden nerede nasil hangi zaman var yok bu hakkinda kimdir gore oldu etti dedi "
    "verdi suriye kore guney kuzey ulke bir kimler neler midir degil olarak sonra once anlat goster kimin "
    "bakani abd kiminle gorustu samda baas partisi iktidar odul odulu anlasma anlasmasi seul kac kime bildiri "
    "milyon milyar imzaladi devrildi ulkeler hangisi neydi kimdi yaptirim yaptirimlar ziyaret".split()
)
# Names in which "Kim" is no question word.
_KIMS = frozenset({"jong", "il", "yong", "yo", "sung", "dynasty"})
_ENGLISH_WORDS = frozenset(
    "the of and to in is was are were did does do has have had what who when where why how which that this with "
    "for on by about say said will would can could a an it its not any".split()
)


class Token(NamedTuple):
    """A folded word and where it stands in the cleaned text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Reader's text as one tidy line: no control or direction marks, no Slack markup, at most MAX_CHARS."""
    if text.isascii() and text.isprintable() and "<" not in text:
        return " ".join(text[: MAX_CHARS * 4].split())[:MAX_CHARS].strip()
    text = _MARKUP.sub(lambda m: m.group(1) or " ", text[: MAX_CHARS * 4])
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(_INVISIBLE.sub(" ", text).split())[:MAX_CHARS].strip()


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Case, diacritics, Arabic letter variants and the Turkish dotless i folded away; Hangul stays composed."""
    if word.isascii() and word.isalnum():
        return word.lower()
    word = word.translate(_APOSTROPHES).replace("İ", "i").replace("ı", "i").replace("'", "").casefold()
    if word.isascii():
        return word
    if _HANGUL.search(word):
        return word
    word = word.translate(_ARABIC)
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).translate(_ARABIC)


def tokens(text: str) -> list[Token]:
    """Folded tokens in order; the English possessive and what follows a Turkish name's apostrophe are cut."""
    found = []
    for match in _TOKEN.finditer(_ANY_APOSTROPHE.sub("'", text)):
        raw = match.group()
        folded = fold(_without_suffix(raw) if "'" in raw else raw)
        if folded:
            found.append(Token(folded, match.start(), match.end()))
    return found


def _without_suffix(raw: str) -> str:
    head, mark, tail = raw.rpartition("'")
    if not mark or not head:
        return raw
    if tail.lower() in {"s", ""}:
        return head
    return head if head[0].isupper() and len(head) > 2 and tail.islower() and len(tail) <= 5 and tail != "ath" else raw


def language(text: str) -> Lang:
    """The asker's language by script, then by Turkish letters and function words; English otherwise."""
    if _HANGUL.search(text):
        return "ko"
    if _ARABIC_SCRIPT.search(text):
        return "ar"
    words = re.findall(r"[^\W\d_]+", text)
    folded = [fold(w) for w in words]
    english = sum(w in _ENGLISH_WORDS for w in folded)
    kims = folded.count("kim") if set(folded) & _KIMS else 0
    turkish = sum(_turkish(raw, w) for raw, w in zip(words, folded, strict=True)) - 2 * kims
    return "tr" if turkish > english and (turkish >= 2 or len(words) <= 3) else "en"


def _turkish(raw: str, folded: str) -> int:
    if folded in _TURKISH_WORDS:
        return 2
    marked = bool(_TURKISH_LETTERS.search(raw)) or (not raw.isascii() and bool(re.search("[üöç]", raw)))
    return int(marked) + int(marked and bool(_TURKISH_ENDING.search(folded)))
