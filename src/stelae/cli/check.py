"""`stelae check`: statements, line by line."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from stelae.cli.statements import Checked, check_all, dossier_of
from stelae.cli.terminal import json_option, print_json
from stelae.records.dossier import Dossier
from stelae.statements.diagnostics import Level
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, text_report


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
@json_option
def command(
    files: tuple[Path, ...],
    folder: Path | None,
    language: str | None,
    as_of: datetime | None,
    fail_on: str,
    outline: bool,
    as_json: bool,
) -> None:
    """Check statements: .txt .md .html .docx .odt .pdf, or - for standard input.

    Files given together are taken for one statement in several languages. A file inside a
    dossier is checked against its record. Exit code 0 clean, 1 diagnostics, 3 unreadable.
    """
    if outline:
        _outline(files, language, as_json=as_json)
        return
    found = folder or next((d for path in files if (d := dossier_of(path))), None)
    dossier = Dossier.open(found) if found else None
    typed = [
        read_statement(sys.stdin.buffer.read(), "standard input", language)
        for path in files
        if str(path) == "-"
    ]
    checked = check_all(
        [path for path in files if str(path) != "-"],
        dossier,
        as_of=(as_of or datetime.now(UTC)).date(),
        language=language,
        texts=typed,
    )
    if as_json:
        reports = [json_report(result.statement, result.diagnostics) for result in checked]
        if len(reports) == 1:
            print_json(reports[0])
        else:
            print_json({"schema": "stelae-check-all/1", "files": reports})
    else:
        for result in checked:
            click.echo(text_report(result.statement, result.diagnostics))
    if _fails(checked, fail_on):
        raise click.exceptions.Exit(1)


def _outline(files: tuple[Path, ...], language: str | None, *, as_json: bool) -> None:
    statements = [
        read_statement(sys.stdin.buffer.read(), "standard input", language)
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


def _fails(checked: list[Checked], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    return any(
        found.level.is_at_least(Level(fail_on)) for result in checked for found in result.standing
    )
