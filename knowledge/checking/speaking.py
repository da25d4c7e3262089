"""Who speaks in a sentence: a name beside a word of saying, or the topic of a sentence that ends in one."""

from __future__ import annotations

from knowledge.checking.claimed import Claimed
from knowledge.checking.sides import role_words
from knowledge.names import Mention
from knowledge.understand.text import fold

_NEAR = 2


def speaks(claimed: Claimed, mention: Mention) -> bool:
    """Whether a name is the source of what the sentence says."""
    words, table = claimed.words, role_words()
    ahead = words[max(0, mention.first - 5) : mention.first]
    while ahead and ahead[-1] in table["determiners"]:
        ahead.pop()
    before = " ".join(ahead)
    if any(before.endswith(fold(cue)) for cue in table["speaks_after"].get(claimed.lang, ())):
        return True
    behind = next((m.first for m in claimed.mentions if m.first > mention.last), len(words))
    beside = words[mention.last + 1 : min(behind, mention.last + 1 + _NEAR)]
    if claimed.lang == "en" and beside[:1] and beside[0] in table["passive"]["en"]:
        return False
    after, own = " " + " ".join(beside), words[mention.last]
    return any(
        f" {fold(cue)}" in after or (claimed.lang == "ko" and cue in own)
        for cue in table["speaks_before"].get(claimed.lang, ())
    ) or _topic(claimed, mention)


def _topic(claimed: Claimed, mention: Mention) -> bool:
    """Korean: the topic that opens a sentence which ends in a word of saying and has a subject of its own inside."""
    table = role_words()
    if claimed.lang != "ko" or mention is not claimed.mentions[0]:
        return False
    if not claimed.words[mention.last].endswith(tuple(table["topic_endings"]["ko"])):
        return False
    inner = tuple(table["inner_subject_endings"]["ko"])
    told = any(cue in claimed.words[-1] for cue in table["told"]["ko"])
    return told and any(claimed.words[m.last].endswith(inner) for m in claimed.mentions[1:])
