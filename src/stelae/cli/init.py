"""`stelae init`: make a dossier and the key of its log."""

from pathlib import Path

import click

from stelae.cli.terminal import hand, json_option, keys_folder, print_json, say
from stelae.records.dossier import create_dossier
from stelae.records.settings import Profile, read_profile
from stelae.values.names import Names, parse_language


@click.command(name="init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="What the dossier is called; by default the folder's name.")
@click.option("--language", "languages", multiple=True, help="A language it speaks: en, hy, …")
@click.option(
    "--like",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file with title, languages, own, notice, intro.",
)
@json_option
@click.pass_obj
def command(
    config: Path | None,
    folder: Path,
    title: str | None,
    languages: tuple[str, ...],
    like: Path | None,
    as_json: bool,
) -> None:
    """Make a dossier in FOLDER, and a key for its log in your configuration folder.

    Publish the printed verifier key widely: with it anyone can verify what you publish.
    """
    if like is not None:
        if title or languages:
            raise click.UsageError("--like already says title and languages")
        profile = read_profile(like)
    else:
        tags = tuple(parse_language(tag) for tag in languages) or ("en",)
        profile = Profile(Names.of({tags[0]: title or folder.resolve().name}), tags)
    dossier = create_dossier(folder, hand=hand(config), profile=profile)
    if as_json:
        print_json(
            {
                "schema": "stelae-init/1",
                "folder": click.format_filename(folder),
                "origin": dossier.settings.origin,
                "key": dossier.settings.log_key,
            }
        )
        return
    click.echo(dossier.settings.log_key)
    say(
        f"Made {click.format_filename(folder)}. "
        "The line above is the public key of its log: publish it widely."
    )
    say(f"The secret key lies in {keys_folder(config)}: back that folder up, keep it to yourself.")
