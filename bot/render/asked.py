"""What a button under an answer remembers of the question: words, language, facts shown, what a follow-up leaned on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.render.limits import VALUE
from handlers.answer import Answer
from knowledge.model import Lang
from knowledge.understand.reading import Frame

FACTS = 5
_PREVIOUS = 400


class Asked(BaseModel):
    """A question as a button's value holds it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question: str = ""
    lang: Lang = "en"
    facts: tuple[str, ...] = ()
    after: Frame | None = None

    @classmethod
    def under(cls, answer: Answer, question: str) -> Asked:
        """The question that got this answer."""
        facts = tuple(fact.id for fact in (answer.facts or answer.near)[:FACTS])
        after = answer.after and answer.after.model_copy(update={"question": answer.after.question[:_PREVIOUS]})
        return cls(question=question, lang=answer.lang, facts=facts, after=after)

    def packed(self) -> str:
        """The button's value, within Slack's limit: the frame gives way first, then the end of the question."""
        for smaller in (self, self.model_copy(update={"after": None})):
            if len(value := smaller.model_dump_json(exclude_defaults=True)) <= VALUE:
                return value
        half = self.model_copy(update={"after": None, "question": self.question[: len(self.question) // 2]})
        return half.packed()


def unpacked(value: str) -> Asked:
    """The question in a button's value; an older button's value is the question itself."""
    try:
        return Asked.model_validate_json(value)
    except ValidationError:
        return Asked(question=value.removeprefix("explain "))
