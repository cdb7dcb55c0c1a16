"""`stelae verify`: a dossier or an edition, from its bytes and the log's key."""

from pathlib import Path

import click

from stelae.cli.terminal import count, json_option, keys_folder, print_json, progress_bar, say
from stelae.errors import NotADossier
from stelae.evidence.signing import last_signed_for
from stelae.publication.verification import is_edition, key_of_edition, verify_edition
from stelae.records.dossier import Dossier
from stelae.records.verification import Verdict, verify_dossier
from stelae.transparency.notes import VerifierKey


@click.command(name="verify")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--key", metavar="VKEY", help="The log's public key, as its owners published it.")
@json_option
@click.pass_obj
def command(config: Path | None, path: Path, key: str | None, as_json: bool) -> None:
    """Verify the dossier or edition at PATH. It is not run, fetched or believed: only read.

    Exit code 1 where anything does not hold; everything found is listed.
    """
    given = VerifierKey.parse(key) if key else None
    if is_edition(path):
        used = given or key_of_edition(path)
        verdict = verify_edition(path, used)
    else:
        try:
            dossier = Dossier.open(path)
        except NotADossier as error:
            raise NotADossier(error.what, hint="Name a dossier or a published edition.") from None
        used = given or dossier.verifier_key
        memory = last_signed_for(keys_folder(config), dossier.settings.origin).checkpoint(used)
        total = sum(f.stat().st_size for f in (path / "objects").rglob("*") if f.is_file())
        with progress_bar("Verifying", total) as progress:
            verdict = verify_dossier(
                dossier, given, seen=[memory] if memory else [], progress=progress
            )
    if as_json:
        print_json(verdict.as_json())
    else:
        _print(verdict, path, used, given is not None)
    if not verdict.ok:
        raise click.exceptions.Exit(1)


def _print(verdict: Verdict, path: Path, key: VerifierKey, was_given: bool) -> None:
    for failure in verdict.failures:
        click.echo(f"{failure.what} {failure.id}: {failure.why}")
    checked = [count(verdict.entries, "entry", "entries"), count(verdict.items, "item")]
    if verdict.files:
        checked.append(count(verdict.files, "file"))
    if verdict.withheld:
        checked.append(f"{count(verdict.withheld, 'entry', 'entries')} withheld")
    if verdict.ok:
        click.echo(f"{path}: unchanged since it was logged ({', '.join(checked)}).")
        say("This proves when and unchanged, not true.")
    else:
        click.echo(f"{path}: {count(len(verdict.failures), 'thing')} wrong ({', '.join(checked)}).")
    if not was_given:
        say(f"The key came with the bytes: {key}")
        say("Compare it with the one that the owners of the log published, or give that: --key")
