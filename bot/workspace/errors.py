"""What the workspace refuses, in Slack's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """One fault in a payload: where it is and what Slack says about it."""

    pointer: str
    message: str
    code: str = "failed_constraint"

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"

    def under(self, prefix: str) -> "Problem":
        """The same fault seen from an outer document."""
        return Problem(prefix + self.pointer, self.message, self.code)


class SlackError(Exception):
    """A Web API call that Slack answers with ok: false."""

    def __init__(self, error: str, problems: Sequence[Problem] = (), **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.problems = tuple(problems)
        self.extra = extra

    def body(self) -> Json:
        """The JSON a caller of the Web API receives."""
        body: Json = {"ok": False, "error": self.error, **self.extra}
        if self.problems:
            body["errors"] = [str(problem) for problem in self.problems]
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
        return body


class PersonError(Exception):
    """Something a person cannot do in Slack's own client; the text says why."""
