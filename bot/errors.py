"""Faults the desk knows: one line for the operator; `words` names the sentence that a reader may see instead."""

from __future__ import annotations


class DeskError(Exception):
    """A known fault: `str(error)` is one line that says what failed and what to do."""

    exit_code = 1
    words = "fault_desk"


class UsageError(DeskError):
    """The command line was used wrongly."""

    exit_code = 2


class SettingsError(DeskError):
    """A setting is missing or cannot be right."""


class StartError(DeskError):
    """The bot cannot start: a port, a database, Slack or the dossier stands in the way."""


class MalformedError(DeskError):
    """A signed request that is not shaped as Slack shapes it."""

    words = "fault_malformed"


class SlackUnreachableError(DeskError):
    """Slack's Web API did not answer, or refused."""

    words = "fault_slack"
