"""Faults the desk knows: one line for the operator and, where a reader may meet them, a sentence for the reader."""

from __future__ import annotations


class DeskError(Exception):
    """A known fault: `str(error)` is one line that says what failed and what to do."""

    exit_code = 1
    sentence = "The desk could not answer just now. Please try again in a moment."


class UsageError(DeskError):
    """The command line was used wrongly."""

    exit_code = 2


class SettingsError(DeskError):
    """A setting is missing or cannot be right."""


class StartError(DeskError):
    """The bot cannot start: a port, a database, Slack or the dossier stands in the way."""


class MalformedError(DeskError):
    """A signed request that is not shaped as Slack shapes it."""

    sentence = "Slack sent something the desk could not read."


class SlackUnreachableError(DeskError):
    """Slack's Web API did not answer, or refused."""

    sentence = "Slack did not take the desk's reply. Please try again in a moment."
