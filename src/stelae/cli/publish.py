"""`stelae publish`: make an edition of a dossier."""

import shlex
from pathlib import Path

import click

from stelae import __version__
from stelae.cli.statements import check_all, published, refuse_exposed, statement_files
from stelae.cli.terminal import count, hand, json_option, print_json, say
from stelae.publication.edition import draft_edition, gather, proofs
from stelae.publication.kept_texts import keep_texts
from stelae.publication.layout import require_replaceable
from stelae.publication.writing import staged, write_files
from stelae.records.catalogue import to_body
from stelae.records.dossier import Dossier, utc_text
from stelae.statements.diagnostics import Level


@click.command(name="publish")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Where the site goes."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Publish nothing where a statement has such a diagnostic.",
)
@json_option
@click.pass_obj
def command(config: Path | None, folder: Path, output: Path, fail_on: str, as_json: bool) -> None:
    """Make an edition of DOSSIER: a static site with data and proofs, for any web server or disk.

    It is numbered and logged. Publishing again without a change gives the same edition.
    """
    dossier = Dossier.open(folder)
    require_replaceable(output, dossier.settings)
    who = hand(config)
    now = who.now()
    with dossier.writing(who) as writer:
        checked = check_all(statement_files(folder), dossier, as_of=now.date())
        stopping = [
            diagnostic
            for result in checked
            for diagnostic in result.standing
            if fail_on != "never" and diagnostic.level.is_at_least(Level(fail_on))
        ]
        if stopping:
            say(
                f"Nothing was published: {count(len(stopping), 'diagnostic')} of level "
                f"{fail_on} or above. See them with:"
            )
            say(f"  stelae check {shlex.quote(str(folder))}/statements/*")
            say("To publish with them printed in the edition: --fail-on never")
            raise click.exceptions.Exit(1)
        sealed = tuple(dossier.sealed())
        inputs = gather(dossier, sealed, [published(result) for result in checked], __version__)
        refuse_exposed(
            inputs.redacted,
            [(result.path.name, result.statement.source.content) for result in checked],
        )
        draft = draft_edition(dossier, inputs, utc_text(now))
        require_replaceable(output, dossier.settings, draft.number)
        keep_texts(dossier.store, draft)
        if draft.is_new:
            sealed += writer.say([("edition", to_body(draft.edition), None)])
        with staged(output) as stage:
            write_files(stage, draft.files)
            write_files(stage, proofs(dossier, draft, sealed))
    found = sum(len(result.diagnostics) for result in checked)
    if as_json:
        print_json(
            {
                "schema": "stelae-publish/1",
                "edition": draft.number,
                "new": draft.is_new,
                "files": len(draft.files),
                "manifest": draft.edition.manifest,
                "withheld": dict(inputs.redacted.withheld),
                "diagnostics": found,
            }
        )
        return
    click.echo(str(output / "index.html"))
    what = "Edition" if draft.is_new else "Nothing changed: again edition"
    say(f"{what} {draft.number}: {count(len(draft.files), 'file')} in {output}.")
    if inputs.redacted.withheld:
        rows = ", ".join(
            f"{kind}: {count(n, 'entry', 'entries')}"
            for kind, n in sorted(inputs.redacted.withheld.items())
        )
        say(f"Withheld, and declared so: {rows}.")
    if found:
        say(f"{count(found, 'diagnostic')} printed with the statements.")
