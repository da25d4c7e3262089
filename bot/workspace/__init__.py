"""The local workspace: a Slack in one process, with a page, as strict as Slack is."""

from bot.workspace.app import Command, Credentials, Shortcut, SlackApp
from bot.workspace.conversing import Outcome
from bot.workspace.errors import PersonError
from bot.workspace.faults import Fault
from bot.workspace.server import Workspace, create_workspace

__all__ = [
    "Command",
    "Credentials",
    "Fault",
    "Outcome",
    "PersonError",
    "Shortcut",
    "SlackApp",
    "Workspace",
    "create_workspace",
]
