"""What the looks at the names of a claim share: a doubt, and who may stand for whom."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.checking.base import Base
from knowledge.checking.claimed import Claimed
from knowledge.checking.finding import Gap
from knowledge.checking.sides import role_words
from knowledge.model import Verdict
from knowledge.names import Mention

Doubt = tuple[Verdict, tuple[Gap, ...]]


def seats(base: Base, actor: str, seated: Sequence[str]) -> bool:
    """Whether a name is one of the others, or a state or body that stands for one; a person stands for nobody."""
    if actor in seated:
        return True
    return not base.sides.person(actor) and base.sides.among(actor, seated)


def gap(claimed: Claimed, mention: Mention, source: str) -> Gap:
    """The reader's name beside the source's."""
    return Gap(claimed.said(mention.first, mention.last), source)


def endings(claimed: Claimed) -> tuple[str, ...]:
    """Endings that keep two names apart."""
    table = role_words()
    return (*table["subject_endings"]["ko"], *table["object_endings"]["ko"]) if claimed.lang == "ko" else ("\0",)
