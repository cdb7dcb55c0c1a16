"""`stelae check`: statements, line by line."""

import contextlib
import gc
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from stelae.cli.fixes import STANDARD_INPUT, fix_files
from stelae.cli.published import compare_published
from stelae.cli.reports import FORMATS, Report, json_text
from stelae.cli.statements import check_read, checker, dossier_of, read_all
from stelae.cli.terminal import count, json_option, print_json, say
from stelae.records.dossier import Dossier
from stelae.statements.languages import languages
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import LARGEST_FILE, read_statement


@click.command(name="check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
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
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DOSSIER|EDITION",
    help="Hold published texts against the record: what was corrected or taken back since?",
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
@click.option(
    "--fix", is_flag=True, help="Show as a diff what needs no judgement, ask, and put it right."
)
@click.option("--yes", is_flag=True, help="With --fix: write without asking.")
@json_option
def command(
    files: tuple[Path, ...],
    folder: Path | None,
    language: str | None,
    as_of: datetime | None,
    fail_on: str,
    outline: bool,
    published: Path | None,
    form: str | None,
    output: Path | None,
    fix: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Check statements: .txt .md .html .docx .odt .pdf, or - for standard input.

    Files given together are taken for one statement in several languages. A file inside a
    dossier is checked against its record. Exit code 0 clean, 1 diagnostics or a fix that was not
    written, 3 unreadable.
    """
    form = _form(form, as_json=as_json)
    _refuse_together(files, published=published, outline=outline, fix=fix, yes=yes)
    day = (as_of or datetime.now(UTC)).date()
    report = Report(form, output, fail_on)
    if published is not None:
        if _published(published, folder, day, report):
            raise click.exceptions.Exit(1)
        return
    if outline:
        if form not in ("text", "json") or output:
            raise click.UsageError("--outline is text or JSON, on standard output")
        _outline(files, language, as_json=form == "json")
        return
    if language is not None and language.split("-", 1)[0] not in languages():
        raise click.BadParameter(
            f"there are tables for {', '.join(languages())}", param_hint="--language"
        )
    found = folder or next((d for path in files if (d := dossier_of(path))), None)
    dossier = Dossier.open(found) if found else None
    paths = [path for path in files if str(path) != "-"]
    ask = checker(dossier, paths, day)
    if fix:
        if fix_files(files, ask, language, report, yes=yes):
            raise click.exceptions.Exit(1)
        return
    typed = [
        read_statement(sys.stdin.buffer.read(LARGEST_FILE + 1), STANDARD_INPUT, language)
        for path in files
        if str(path) == "-"
    ]
    with _without_looking_for_cycles():
        checked = check_read(read_all(paths, language, typed), ask)
        report.give(checked)
    mendable = sum(one.edit is not None for result in checked for one in result.standing)
    if mendable and report.is_shown:
        say(f"{count(mendable, 'finding')} can be put right without judgement: add --fix.")
    if report.fails(checked):
        raise click.exceptions.Exit(1)


def _form(form: str | None, *, as_json: bool) -> str:
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} are two forms; choose one")
    return "json" if as_json else form or "text"


def _refuse_together(
    files: tuple[Path, ...], *, published: Path | None, outline: bool, fix: bool, yes: bool
) -> None:
    """UsageError for options of which one would be passed over in silence."""
    if published is None and not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    if published is not None and (files or outline or fix):
        raise click.UsageError("--published takes the texts of editions: no files, no other work")
    if fix and outline:
        raise click.UsageError("--outline checks nothing, so that there is nothing to fix")
    if yes and not fix:
        raise click.UsageError("--yes belongs to --fix")


def _published(place: Path, folder: Path | None, day: date, report: Report) -> bool:
    """Whether anything that published texts rest on has changed, as far as that counts."""
    compared = compare_published(place, folder, day)
    if report.form == "json":
        report.put(json_text(compared.as_json()))
    elif compared.outdated:
        report.give(compared.checked)
    return report.fails(compared.checked)


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
