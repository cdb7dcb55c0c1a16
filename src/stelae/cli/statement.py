"""`stelae statement`: help with writing: what two versions differ in."""

from pathlib import Path

import click

from stelae.cli.terminal import json_option, print_json
from stelae.statements.difference import compare
from stelae.statements.difference_report import json_difference, text_difference
from stelae.statements.read import read_statement


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
