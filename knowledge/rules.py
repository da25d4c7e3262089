"""The editorial rules that a machine can check, read from rules.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.model import Attribution, Label, Lang, Text

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|(?<!\w)'[^']*'(?!\w)")
SENTENCE = re.compile(r"[^.!?]+[.!?]*")


class Words(BaseModel):
    """Words of one rule and what to write instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Text
    words: tuple[Text, ...]
    remedy: Text

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches any of the words."""
        return whole_words(self.words)


class Rules(BaseModel):
    """Everything that rules.yaml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    banned: tuple[Words, ...]
    quoted_only: tuple[Words, ...]
    negations: tuple[Text, ...]
    names_a_source: tuple[Text, ...]
    dates_a_role: tuple[Text, ...]
    time_flag: Text
    not_stated: Text
    labels: dict[Attribution, tuple[Label, ...]]
    any_attribution: tuple[Label, ...]
    examples: dict[Lang, int]

    def offences(self, text: str, *, may_deny: bool) -> Iterator[tuple[Words, str]]:
        """Banned words in the desk's own voice; a denial may name them where `may_deny`."""
        own = QUOTED.sub(" ", text)
        for words in (*self.banned, *self.quoted_only):
            for sentence in SENTENCE.findall(own):
                hit = words.pattern.search(sentence)
                if hit and not (may_deny and words in self.banned and self._denies.search(sentence)):
                    yield words, hit.group()

    def label_fits(self, attribution: Attribution, label: Label) -> bool:
        """Whether a fact so attributed may bear the label."""
        return label in self.any_attribution or label in self.labels[attribution]

    @cached_property
    def _denies(self) -> re.Pattern[str]:
        return whole_words(self.negations)


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words, standing alone."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


@cache
def load_rules() -> Rules:
    """The rules that ship with the package."""
    return Rules.model_validate(yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text("utf-8")))
