"""`stelae statement`: help with writing: a first draft, and what two versions differ in."""

from datetime import datetime
from pathlib import Path

import click

from stelae.cli.statements import record_context
from stelae.cli.terminal import count, json_option, print_json, say
from stelae.evidence.durable import write_durably
from stelae.records.dossier import Dossier
from stelae.statements.difference import compare
from stelae.statements.difference_report import json_difference, text_difference
from stelae.statements.read import read_statement
from stelae.statements.skeleton import begin_statement
from stelae.statements.skeleton_words import skeleton_languages


@click.group(name="statement")
def command() -> None:
    """Help with writing a statement."""


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
