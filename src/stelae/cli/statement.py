"""`stelae statement`: a first draft, what two versions differ in, and files for readers."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from stelae import __version__
from stelae.cli.statements import (
    check_all,
    dossier_of,
    publishable_record,
    published,
    record_context,
)
from stelae.cli.terminal import count, json_option, print_json, say
from stelae.evidence.durable import write_durably
from stelae.publication.exports.document import document_of
from stelae.publication.exports.formats import FORMATS, format_of
from stelae.publication.exports.native import reading_differs
from stelae.records.dossier import Dossier
from stelae.statements.diagnostics import Level
from stelae.statements.difference import compare
from stelae.statements.difference_report import json_difference, text_difference
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.skeleton import begin_statement
from stelae.statements.skeleton_words import skeleton_languages


@click.group(name="statement")
def command() -> None:
    """Help with writing a statement, and with handing it on."""


@command.command()
@click.argument("before", metavar="V1", type=click.Path(path_type=Path))
@click.argument("after", metavar="V2", type=click.Path(path_type=Path))
@click.option("--language", help="The language of both texts, if it is not seen (BCP 47).")
@json_option
def diff(before: Path, after: Path, language: str | None, as_json: bool) -> None:
    """Show what changed from V1 to V2: clauses and facts, not lines.

    Clauses answer to one another by their ids, else by likeness. Exit code 0 where nothing
    changed, 1 where something did, 3 where a file cannot be read.
    """
    found = compare(*(read_statement(path, str(path), language) for path in (before, after)))
    if as_json:
        print_json(json_difference(found))
    else:
        click.echo(text_difference(found), nl=False)
    if not found.is_empty:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--day", default="", metavar="ID", help="The day of remembrance that it marks.")
@click.option(
    "--event", "events", multiple=True, metavar="ID", help="An event that it tells of; repeatable."
)
@click.option(
    "--language",
    type=click.Choice(skeleton_languages()),
    help="Its language; by default the dossier's first.",
)
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the statement.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this new file instead of standard output.",
)
def new(
    folder: Path,
    day: str,
    events: tuple[str, ...],
    language: str | None,
    on: datetime | None,
    output: Path | None,
) -> None:
    """Begin a statement from DOSSIER: every figure of the event bound, and whose it is.

    What only an author can say is a marked blank, {{so}}; `stelae check` notes what is left of
    them.
    """
    if not day and not events:
        raise click.UsageError("name the day or the event: --day ID or --event ID")
    if output is not None and output.exists():
        raise click.UsageError(f"{output} is there already; name a new file")
    dossier = Dossier.open(folder)
    own = dossier.settings.languages[0]
    begun = begin_statement(
        record_context(dossier),
        language=language or own,
        own_language=own,
        dossier=dossier.settings.title.in_language(language or own).text,
        day=day,
        events=events,
        on=on.date() if on else None,
    )
    if begun.withheld:
        say(f"Left out, because they may not be published: {count(begun.withheld, 'value')}.")
    if output is None:
        click.echo(begun.text, nl=False)
    else:
        write_durably(output, begun.text.encode())
        say(f"Wrote {output}.")


@command.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--to",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format; by default what the ending of OUT means.",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this file; formats that are text go to standard output without it.",
)
@click.option("--force", is_flag=True, help="Replace OUT if it is there.")
@click.option(
    "--dossier",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Cite this dossier's record; by default the one that the file lies in.",
)
@click.option("--language", help="The language of the text, if it is not seen (BCP 47).")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which waivers are looked at; by default today.",
)
def export(
    file: Path,
    form: str | None,
    output: Path | None,
    force: bool,
    folder: Path | None,
    language: str | None,
    as_of: datetime | None,
) -> None:
    """Write the statement in FILE for readers or programs: HTML, PDF, DOCX, Akoma Ntoso and others.

    FILE is any text that `stelae check` reads, or - for standard input. With a dossier references
    show the record's full citations, and bound words what they rest on. Waived findings are
    printed. The same text, day and dossier give the same bytes.
    """
    form = form or (format_of(output.name) if output else None)
    if form is None:
        raise click.UsageError("name the format: --to, or an OUT that ends in one (.html, .pdf …)")
    if output is None and not FORMATS[form].is_text:
        raise click.UsageError(f"{form} is no text: name a file with -o")
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force replaces it")
    typed = str(file) == "-"
    if output is not None and not typed and output.resolve() == file.resolve():
        raise click.UsageError(f"{output} is the text itself; name another file")
    found = folder or (None if typed else dossier_of(file))
    dossier = Dossier.open(found) if found else None
    day = (as_of or datetime.now(UTC)).date()
    if typed:
        text = read_statement(sys.stdin.buffer.read(), "standard input", language)
        checked = check_all([], dossier, as_of=day, texts=[text])[0]
    else:
        checked = check_all([file], dossier, as_of=day, language=language)[0]
    statement = checked.statement
    words = [(str(file), statement.source.content)]
    record = publishable_record(dossier, words) if dossier else None
    document = document_of(statement, record, published(checked).diagnostics)
    made = FORMATS[form].make(document, __version__)
    _say_notes(statement)
    errors = sum(one.level is Level.ERROR for one in checked.standing)
    if errors:
        say(f"{count(errors, 'error')} in it: see them with stelae check.")
    if form == "markdown":
        again = read_statement(made.decode(), "statement.md")
        for what in reading_differs(statement, again):
            say(f"Read again, the Markdown differs in {what}: look it through.")
    if output is None:
        click.echo(made.decode(), nl=False)
    else:
        write_durably(output, made)
        say(f"Wrote {output}.")


_MOST_NOTES = 10


def _say_notes(statement: Statement) -> None:
    """What the reader did not understand is not printed; it is said here."""
    for note in statement.notes[:_MOST_NOTES]:
        say(f"{statement.name}:{statement.position(note.span.start).line}: {note.what}")
    if len(statement.notes) > _MOST_NOTES:
        left = count(len(statement.notes) - _MOST_NOTES, "note")
        say(f"and {left} more: see them with stelae check --outline.")
