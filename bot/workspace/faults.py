"""Faults to inject: what a network and a busy Slack do to an app now and then."""

import random
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from bot.workspace.errors import Json

FaultKind = Literal["rate_limited", "server_error", "drop", "hang", "delay", "error"]
ANY = "*"
EVENTS = "events"


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    `accepted`: the call takes effect before it fails, so the caller cannot know.
    `seconds`: Retry-After of a 429, or how long a delay lasts. `error`: the Slack error of kind "error".
    """

    kind: FaultKind
    accepted: bool = False
    seconds: float = 1.0
    status: int = 500
    error: str = "internal_error"

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"unknown fault {self.kind!r}: use one of {', '.join(get_args(FaultKind))}")


@dataclass(frozen=True)
class Chance:
    """A fault that strikes with a probability."""

    fault: Fault
    probability: float


class Faults:
    """Queued and probable faults for each Web API method, and redelivery of events.

    Queued faults strike first, in order. Chances are drawn from one seeded generator, so a run can be repeated.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._queued: dict[str, deque[Fault]] = {}
        self._chances: dict[str, list[Chance]] = {}
        self.redelivery = 0.0
        self.struck: dict[str, int] = {}

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next calls of that method fail; "*" means any method."""
        self._queued.setdefault(method, deque()).extend([fault] * times)

    def probable(self, method: str, fault: Fault, probability: float) -> None:
        """Calls of that method fail with this probability."""
        if not 0 <= probability <= 1:
            raise ValueError("a probability lies between 0 and 1")
        self._chances.setdefault(method, []).append(Chance(fault, probability))

    def reseed(self, seed: int) -> None:
        """Start the random draws anew."""
        self._random.seed(seed)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._queued.clear()
        self._chances.clear()
        self.redelivery = 0.0

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        if not self._queued and not self._chances:
            return None
        fault = self._from_queue(method) or self._from_queue(ANY) or self._by_chance(method)
        if fault is not None:
            self.struck[fault.kind] = self.struck.get(fault.kind, 0) + 1
        return fault

    def redelivers(self) -> bool:
        """Whether this event, though acknowledged, is delivered once more."""
        return self.redelivery > 0 and self._random.random() < self.redelivery

    def _from_queue(self, method: str) -> Fault | None:
        queue = self._queued.get(method)
        return None if not queue else queue.popleft()

    def _by_chance(self, method: str) -> Fault | None:
        for chance in [*self._chances.get(method, []), *self._chances.get(ANY, [])]:
            if self._random.random() < chance.probability:
                return chance.fault
        return None

    def to_json(self) -> Json:
        """What is set, for the control interface."""
        return {
            "queued": {method: [asdict(fault) for fault in queue] for method, queue in self._queued.items() if queue},
            "probable": {method: [asdict(chance) for chance in chances] for method, chances in self._chances.items()},
            "redelivery": self.redelivery,
            "struck": self.struck,
        }


def fault_from(data: Json) -> Fault:
    """The fault a control request describes; ValueError when it describes none."""
    fields: dict[str, Any] = {
        key: data[key] for key in ("kind", "accepted", "seconds", "status", "error") if key in data
    }
    if "kind" not in fields:
        raise ValueError("a fault needs a kind")
    return Fault(**fields)
