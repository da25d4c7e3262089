"""Foreign text made harmless: control and direction characters, Slack's markup, length."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]+"
)
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_LETTER = re.compile(rf"[{_RTL}]")
_RTL_RUN = re.compile(rf"[{_RTL}](?:[{_RTL}\d\s.,:\-]*[{_RTL}])?")
_LTR_RUN = re.compile(rf"[A-Za-z\u00c0-\u024f](?:[^{_RTL}]*[A-Za-z\u00c0-\u024f\d])?")
_STRONG = re.compile(rf"([A-Za-z\u00c0-\u024f\u0370-\u052f\u1100-\u11ff\u3040-\ud7ff])|([{_RTL}])")
_EMOJI_WORD = re.compile(r":(?=[a-z0-9_+'-]+:)")
_MARKUP = (
    *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")),
    *(("*", "\u2217"), ("~", "\u223c"), ("`", "\u02cb")),
)
_SUSPECT = re.compile(rf"[&<>*_~`:{_RTL}]")
# Between two letters it opens nothing, and an id that is copied must stay what it is.
_OPENING = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_QUOTE_MARK = re.compile(r"^(\s*)>", re.MULTILINE)
_OPEN, _CLOSE = "\u2068", "\u2069"


def clean(text: str) -> str:
    """Text without control, zero-width and direction characters; line breaks stay."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Clean text on a single line."""
    cleaned = clean(text)
    return " ".join(cleaned.split()) if "\n" in cleaned or "  " in cleaned else cleaned


def isolate(line: str) -> str:
    """A line of two writing directions with each run of the lesser one kept from mixing with its neighbours."""
    first = _STRONG.search(line)
    if first is None:
        return line
    runs = _RTL_RUN if first[1] else _LTR_RUN
    return runs.sub(lambda run: f"{_OPEN}{run[0]}{_CLOSE}", line)


def literal(text: str) -> str:
    """Text that Slack shows letter for letter: no mention, link, format, quote or emoji can come of it."""
    cleaned = clean(text)
    if not _SUSPECT.search(cleaned):
        return cleaned
    plain = _EMOJI_WORD.sub("\u2236", cleaned) if ":" in cleaned else cleaned
    plain = _QUOTE_MARK.sub("\\1\u203a", plain) if ">" in plain else plain
    plain = _OPENING.sub("\uff3f", plain) if "_" in plain else plain
    for sign, harmless in _MARKUP:
        plain = plain.replace(sign, harmless)
    return "\n".join(isolate(line) for line in plain.split("\n")) if _RTL_LETTER.search(plain) else plain


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis where something is gone."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ", limit // 2)
    return (head[:space] if space > 0 else head).rstrip() + "…"


def clip_markup(text: str, limit: int) -> str:
    """`clip` for escaped text: never leaves half an entity or an open isolate behind."""
    if len(text) <= limit:
        return text
    head = clip(text, limit - 2)
    amp = head.rfind("&")
    if amp >= 0 and ";" not in head[amp:]:
        head = head[:amp].rstrip() + "…"
    return head + _CLOSE if head.count(_OPEN) > head.count(_CLOSE) else head
