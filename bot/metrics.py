"""What /metrics tells: questions, how long they took, posts, what waits."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)


class Metrics:
    """One registry an application, so that two in one process do not share figures."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "syria_desk_questions", "Questions answered", ("surface", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "syria_desk_answer_seconds",
            "Time to understand, answer and render",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.requests = Counter("syria_desk_requests", "Requests from Slack", ("status",), registry=self.registry)
        self.retries = Counter("syria_desk_slack_retries", "Deliveries that Slack repeated", registry=self.registry)
        self.replies = Counter(
            "syria_desk_replies", "Replies sent to Slack", ("kind", "outcome"), registry=self.registry
        )
        self.posts = Counter("syria_desk_posts", "Messages posted to Slack", ("outcome",), registry=self.registry)
        self.waiting = Gauge("syria_desk_inbox_depth", "Questions that wait for an answer", registry=self.registry)
        self.reloads = Counter("syria_desk_reloads", "Dossier reloads", ("outcome",), registry=self.registry)

    def page(self) -> bytes:
        """The Prometheus text page."""
        return generate_latest(self.registry)
