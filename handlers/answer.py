"""The Answer: the only thing a handler returns, and all that a renderer needs."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.model import Label, Lang, Verdict
from knowledge.understand.reading import Frame


class Status(StrEnum):
    """How a question ended; the `status` of `ask --json`."""

    ANSWERED = "answered"
    CORRECTED = "corrected"
    CLARIFY = "clarify"
    SUGGESTED = "suggested"
    DECLINED = "declined"
    COMMAND = "command"


class Frozen(BaseModel):
    """Frozen, closed record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FactLine(Frozen):
    """One fact as the reader sees it: wording, who says so, how far it can be trusted, where it stands."""

    id: str
    text: str
    attribution: str
    label: Label
    label_text: str
    spans: tuple[tuple[int, int], ...] = ()
    time_note: str | None = None
    caution: str | None = None


class Suggestion(Frozen):
    """A next question or a did-you-mean: `label` is what the button says, `query` what pressing it asks."""

    id: str
    label: str
    query: str
    spans: tuple[tuple[int, int], ...] = ()


class Action(StrEnum):
    """Buttons an answer may offer beside its suggestions."""

    SHOW_SOURCE = "show_source"
    CITE = "cite"
    SHARE = "share"
    WRONG = "something_wrong"
    EXPLAIN = "how_read"
    PROPOSE = "propose"


class Section(Frozen):
    """A titled list inside a longer answer (brief, timeline, who card, help); lines are plain text."""

    title: str
    lines: tuple[str, ...]


class Difference(Frozen):
    """Words of a checked claim beside the source's."""

    yours: str
    source: str


class Check(Frozen):
    """What `check` found for one claim, and the facts beside it."""

    claim: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    facts: tuple[str, ...] = ()


class Answer(Frozen):
    """A complete answer. All strings are plain text in the reader's language, facts in the source's; nothing is markup.

    `lead` answers first. `facts` carry it, the one that answers first in front. `sections` hold lists,
    and `rests_on` the facts behind their lines. `checks` one verdict a sentence. `after` is the thread's frame
    that a follow-up leaned on.
    """

    status: Status
    intent: str
    lang: Lang = "en"
    lead: str
    facts: tuple[FactLine, ...] = ()
    near: tuple[FactLine, ...] = ()
    sections: tuple[Section, ...] = ()
    rests_on: tuple[FactLine, ...] = ()
    checks: tuple[Check, ...] = ()
    read_as: str | None = None
    footer: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    suggestions_title: str | None = None
    actions: tuple[Action, ...] = ()
    after: Frame | None = None
