"""`syria-desk kb`: check, count and hand on the knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from knowledge.entries import MarkedDossier
from knowledge.export import Format, export
from knowledge.faults import DossierError, Fault
from knowledge.lint import lint
from knowledge.load import load_marked
from knowledge.model import Dossier
from knowledge.stats import Stats, stats
from knowledge.verify import SourceMissingError, Verification, verify

app = typer.Typer(name="kb", help="Check, count and export the knowledge base.", no_args_is_help=True)

DossierOption = Annotated[Path | None, typer.Option("--dossier", help="Folder of the dossier.")]
SourcesOption = Annotated[Path | None, typer.Option("--sources", help="Folder with a copy of the source.")]


@app.command("lint")
def lint_command(dossier: DossierOption = None) -> None:
    """List every fault as file:line: what is wrong, what to do."""
    folder = _folder(dossier)
    marked = _load(folder)
    faults = lint(marked)
    _print_faults(folder, faults)
    errors = sum(not fault.warning for fault in faults)
    held = marked.dossier
    typer.echo(
        f"{held.name} {held.source.version}: {len(held.facts)} facts, {len(held.questions)} questions, "
        f"{len(held.actors)} actors; {errors} faults, {len(faults) - errors} warnings"
    )
    if errors:
        raise typer.Exit(1)


@app.command("verify")
def verify_command(dossier: DossierOption = None, sources: SourcesOption = None) -> None:
    """Compare the dossier with a copy of its source, passage by passage."""
    copies = sources or _settings().sources
    if copies is None:
        _fail("no copy of the source: pass --sources FOLDER or set SYRIA_DESK_SOURCES")
    held = _load(_folder(dossier)).dossier
    try:
        found = verify(held, copies)
    except SourceMissingError as error:
        _fail(f"{error}: pass --sources or set SYRIA_DESK_SOURCES to a folder that has it")
    _print_verification(held, found)
    if not found.holds:
        raise typer.Exit(1)


@app.command("stats")
def stats_command(
    dossier: DossierOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Count what the dossier holds and name what is thin."""
    found = stats(_load(_folder(dossier)).dossier)
    if as_json:
        typer.echo(found.model_dump_json())
    else:
        _print_stats(found)


@app.command("export")
def export_command(
    form: Annotated[Format, typer.Option("--format", help="What to write.")],
    dossier: DossierOption = None,
) -> None:
    """Write the public part of the dossier to standard output."""
    typer.echo(export(_load(_folder(dossier)).dossier, form), nl=False)


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        _fail(str(error))


def _folder(given: Path | None) -> Path:
    return given or _settings().dossier


def _load(folder: Path) -> MarkedDossier:
    try:
        return load_marked(folder)
    except DossierError as error:
        _print_faults(folder, error.faults)
        raise typer.Exit(1) from None


def _fail(line: str) -> NoReturn:
    typer.echo(f"syria-desk: {line}", err=True)
    raise typer.Exit(1)


def _print_faults(folder: Path, faults: list[Fault]) -> None:
    """Fault lines with paths that an editor can open from here."""
    here = Path.cwd()
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    for fault in faults:
        typer.echo(f"{shown}/{fault}", err=True)


def _print_verification(dossier: Dossier, found: Verification) -> None:
    for problem in found.problems():
        typer.echo(problem, err=True)
    for stretch in found.stretches:
        typer.echo(f"note: {stretch}")
    changed = sum(drift.fact is None for drift in found.changed)
    typer.echo(f"document: {dossier.source.file}, SHA-256 {'as read' if found.same_document else 'differs'}")
    typer.echo(f"passages: {found.carried}/{found.substantive} covered, {changed} of {found.passages} changed")
    typer.echo(f"spans: {found.spans - (len(found.changed) - changed)}/{found.spans} as read")


def _print_stats(found: Stats) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    data = found.model_dump()
    groups = {"totals": found.totals} | {key: data[key] for key in data if "_by_" in key}
    groups |= {f"examples of {section}": counts for section, counts in found.examples.items()}
    table = Table("what", "counts", title=f"{found.dossier} {found.version}, {found.passages} passages")
    for name, counts in groups.items():
        table.add_row(name.replace("_", " "), ", ".join(f"{key} {count}" for key, count in counts.items()))
    for lack, ids in found.lacking.items():
        table.add_row(lack, ", ".join(ids))
    console.print(table)
