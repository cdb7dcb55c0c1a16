"""`stelae check`: statements, line by line."""

import contextlib
import gc
import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from stelae import __version__
from stelae.cli.statements import Checked, check_all, dossier_of
from stelae.cli.terminal import json_option, print_json, say
from stelae.evidence.durable import write_durably
from stelae.records.dossier import Dossier
from stelae.statements.checking import RULES
from stelae.statements.diagnostics import Level
from stelae.statements.github import github_annotations
from stelae.statements.html_report import html_report
from stelae.statements.languages import languages
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import LARGEST_FILE, read_statement
from stelae.statements.report import WIDTH, json_report, text_report
from stelae.statements.sarif import sarif_report
from stelae.values.canonical import Json

FORMATS = ("text", "json", "sarif", "github", "html")


@click.command(name="check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Check against this dossier's record; by default the one that the file lies in.",
)
@click.option("--language", help="The language of the text, if it is not seen (BCP 47).")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which waivers are looked at; by default today.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="From which level on the exit code is 1.",
)
@click.option(
    "--outline", is_flag=True, help="Show what was understood of the text, and check nothing."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="text (the default), json, sarif (2.1.0), github (annotations), or html (one page).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report to this file instead of standard output.",
)
@json_option
def command(
    files: tuple[Path, ...],
    folder: Path | None,
    language: str | None,
    as_of: datetime | None,
    fail_on: str,
    outline: bool,
    form: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Check statements: .txt .md .html .docx .odt .pdf, or - for standard input.

    Files given together are taken for one statement in several languages. A file inside a
    dossier is checked against its record. Exit code 0 clean, 1 diagnostics, 3 unreadable.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} are two forms; choose one")
    if outline:
        if form not in (None, "text", "json") or output:
            raise click.UsageError("--outline is text or JSON, on standard output")
        as_json = as_json or form == "json"
        _outline(files, language, as_json=as_json)
        return
    if language is not None and language.split("-", 1)[0] not in languages():
        raise click.BadParameter(
            f"there are tables for {', '.join(languages())}", param_hint="--language"
        )
    found = folder or next((d for path in files if (d := dossier_of(path))), None)
    dossier = Dossier.open(found) if found else None
    typed = [
        read_statement(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input", language)
        for path in files
        if str(path) == "-"
    ]
    form = "json" if as_json else form or "text"
    to_terminal = output is None and sys.stdout.isatty()
    with _without_looking_for_cycles():
        checked = check_all(
            [path for path in files if str(path) != "-"],
            dossier,
            as_of=(as_of or datetime.now(UTC)).date(),
            language=language,
            texts=typed,
        )
        report = _report(
            checked,
            form,
            shutil.get_terminal_size((WIDTH, 0)).columns if to_terminal else WIDTH,
            colour=output is None and in_colour(sys.stdout, os.environ),
        )
    if output is not None:
        write_durably(output, report.encode())
        say(f"Wrote {output}.")
    else:
        click.echo(report, nl=False)
    if _fails(checked, fail_on):
        raise click.exceptions.Exit(1)


@contextlib.contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """A check makes a great many small values and hardly a cycle: looking for them costs a tenth
    of its time, and the program ends soon after."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _outline(files: tuple[Path, ...], language: str | None, *, as_json: bool) -> None:
    statements = [
        read_statement(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input", language)
        if str(path) == "-"
        else read_statement(path, str(path), language)
        for path in files
    ]
    if not as_json:
        click.echo("\n".join(text_outline(statement) for statement in statements), nl=False)
    elif len(statements) == 1:
        print_json(json_outline(statements[0]))
    else:
        outlines = [json_outline(statement) for statement in statements]
        print_json({"schema": "stelae-outline-all/1", "files": outlines})


def in_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    return (
        stream.isatty()
        and not environment.get("NO_COLOR")
        and environment.get("TERM", "") != "dumb"
    )


def _report(checked: Sequence[Checked], form: str, width: int, *, colour: bool) -> str:
    pairs = [(result.statement, result.diagnostics) for result in checked]
    match form:
        case "json":
            reports: list[Json] = [json_report(*pair) for pair in pairs]
            if len(reports) == 1:
                return _json(reports[0])
            return _json({"schema": "stelae-check-all/1", "files": reports})
        case "sarif":
            return _compact(
                sarif_report(pairs, RULES, version=__version__, documentation=_documentation())
            )
        case "github":
            return "".join(f"{line}\n" for pair in pairs for line in github_annotations(*pair))
        case "html":
            return html_report(pairs, version=__version__)
        case _:
            return "\n".join(text_report(*pair, colour=colour, width=width) for pair in pairs)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _compact(value: Json) -> str:
    """On one line, ten times as quick, for what no person reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _documentation() -> str | None:
    """Where the documentation of this distribution is, if its metadata says so."""
    try:
        declared = importlib.metadata.metadata("stelae").get_all("Project-URL") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for entry in declared:
        name, _, address = entry.partition(",")
        if name.strip().lower() == "documentation":
            return str(address.strip())
    return None


def _fails(checked: list[Checked], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    return any(
        found.level.is_at_least(Level(fail_on)) for result in checked for found in result.standing
    )
