"""The `syria-desk` command line. What a command needs is imported when it runs, so that `ask` starts fast."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import DeskError

if TYPE_CHECKING:
    from handlers.desk import Desk

NAME = "syria-desk"
HELP = "Sourced answers about South Korea's ties with Syria's new government, in Slack and on the command line."
NO_COMMAND = "name a command"
TRACE = "SYRIA_DESK_LOG_LEVEL=DEBUG"
SUBCOMMANDS = {"kb": ("bot.cli_kb", "Lint, verify and export the knowledge base.")}

app = typer.Typer(name=NAME, help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
digest = typer.Typer(help="The daily digest.", no_args_is_help=True)
database = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(digest, name="digest")
app.add_typer(database, name="db")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Version = Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version and exit.")]
Batch = Annotated[Path | None, typer.Option("--batch", metavar="FILE", help="One a line; - is standard input.")]


@app.callback(invoke_without_command=True)
def desk(version: Version = False) -> None:
    """Options that need no command."""
    if version:
        from importlib.metadata import version as installed

        sys.stdout.write(f"{NAME} {installed(NAME)}\n")
        raise typer.Exit


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is.", min=0, max=65535)] = 8484,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    socket: Annotated[bool, typer.Option("--socket", help="Connect the bot in Socket Mode.")] = False,
) -> None:
    """A local workspace with the bot in it: no account, no token, no set-up."""
    from bot.demo import run_demo

    run_demo(port, browser=browser, socket=socket)


@app.command()
def run() -> None:
    """Run against Slack: over HTTP, or in Socket Mode when SLACK_APP_TOKEN is set."""
    gc.disable()  # until `serve` is ready: what is loaded until then stays, and looking through it takes long
    from bot.serve import serve
    from bot.settings import load_settings

    serve(load_settings())


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    batch: Batch = None,
    thread: Annotated[bool, typer.Option("--thread", help="The lines are one conversation.")] = False,
    as_json: Json = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the question was read.")] = False,
) -> None:
    """Ask the desk."""
    from bot import cli_ask

    asked = cli_ask.questions(question, batch, "a question")
    found = cli_ask.answers(_desk(), asked, thread=thread, explain=explain)
    if not as_json:
        cli_ask.show_answers(found, titled=batch is not None)
        return
    for one, answer in found:
        cli_ask.show(cli_ask.ask_record(one, answer))


@app.command()
def check(
    claim: Annotated[str | None, typer.Argument(help="The sentence to check.")] = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Compare a sentence with the article."""
    from bot import cli_ask

    claims = cli_ask.questions(claim, batch, "a sentence")
    found = cli_ask.answers(_desk(), claims, before="check ")
    if not as_json:
        cli_ask.show_answers(found, titled=batch is not None)
        return
    for one, answer in found:
        cli_ask.show(cli_ask.check_record(one, answer))


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="Where Slack reaches the desk: https://host")] = None,
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: no address.")] = False,
    follow_ups: Annotated[bool, typer.Option(help="Hear questions in its threads that do not name it.")] = False,
) -> None:
    """Print the app manifest to paste into Slack."""
    from bot.manifest import EXAMPLE_URL
    from bot.manifest import manifest as build

    made = build(url or EXAMPLE_URL, socket=socket, follow_ups=follow_ups)
    sys.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")


@app.command()
def doctor() -> None:
    """Check the set-up, one line a check, with what to do."""
    from bot.doctor import examine
    from bot.settings import load_settings

    if not examine(load_settings()):
        raise typer.Exit(1)


@digest.command("preview")
def digest_preview() -> None:
    """Show the digest as it would be posted now."""
    from datetime import UTC, datetime

    from bot.cli_ask import console
    from bot.cli_digest import preview, show
    from bot.settings import load_settings

    show(preview(_desk().dossier, datetime.now(UTC).date(), load_settings().language), console())


@database.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    from bot.settings import load_settings
    from bot.store.engine import upgrade

    upgrade(load_settings().database_url.get_secret_value())
    sys.stdout.write("The database is up to date.\n")


def _desk() -> Desk:
    from bot.settings import load_settings
    from bot.shelf import Shelf

    settings = load_settings()
    return Shelf(settings.dossier, settings.sources, retention_days=settings.retention_days).desk


def main() -> None:
    """Run a command; a fault is one line on standard error and the exit status, never a trace."""
    if sys.argv[1:2] and sys.argv[1] in SUBCOMMANDS:
        _mount(sys.argv[1])
    else:
        for name, (_, help_line) in SUBCOMMANDS.items():
            app.add_typer(typer.Typer(help=help_line), name=name)
    try:
        status = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except typer.TyperException as error:
        _end(f"{error.format_message() or NO_COMMAND} (see {NAME} --help)", error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _end("stopped", 130)
    except DeskError as error:
        _end(str(error), error.exit_code)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _end(f"{error.strerror or error} {error.filename or ''}".strip(), 1)
    except Exception as error:
        if _wants_trace():
            raise
        _end(f"a fault of the desk's own ({type(error).__name__}: {error}); {TRACE} shows where", 1)
    sys.exit(status if isinstance(status, int) else 0)


def _mount(name: str) -> None:
    from importlib import import_module

    app.add_typer(import_module(SUBCOMMANDS[name][0]).app, name=name)


def _wants_trace() -> bool:
    from bot.settings import load_settings

    try:
        return load_settings().log_level == "DEBUG"
    except DeskError:
        return False


def _end(line: str, status: int) -> None:
    sys.stderr.write(f"{NAME}: {' '.join(line.split())}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
