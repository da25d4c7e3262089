"""What happens when somebody asks, presses or opens: one thin callback each, all registered here."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners import actions, catchall, commands, digest, faults, home, messages, shortcuts, views


def register(app: AsyncApp) -> None:
    """Attach every listener; the catch-alls come last."""
    for part in (commands, messages, actions, digest, shortcuts, views, home, catchall, faults):
        part.register(app)
