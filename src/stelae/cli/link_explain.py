"""`stelae link explain`: every weight between two records, and what joined or parted them."""

from pathlib import Path

import click

from stelae.cli.terminal import json_option, print_json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="explain")
@click.argument("a")
@click.argument("b")
@click.option(
    "-o",
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="The folder that stelae link wrote.",
)
@click.option("--names", type=_FILE, help="The model of names that the linkage was made with.")
@json_option
def explain(a: str, b: str, folder: Path, names: Path | None, as_json: bool) -> None:
    """Say why the records A and B are held for one person, or for two.

    A record is LIST:RECORD, or the record alone where no other list has it. Any two can be
    compared, also if the linkage never compared them or kept nothing of it.
    """
    from stelae.cli.link_decisions import kept_decisions
    from stelae.cli.link_folder import names_for, read_linkage
    from stelae.errors import BadInput
    from stelae.linkage.explaining import explain_pair
    from stelae.linkage.explaining_words import pair_json
    from stelae.linkage.record_names import find_record

    linkage = read_linkage(folder, names_for(folder, names))
    left, right = (find_record(linkage.as_read, text) for text in (a, b))
    if left == right:
        raise BadInput(f"{a!r} and {b!r} are one record", hint="Name two records.")
    pair = explain_pair(linkage, left, right, kept_decisions(folder))
    if as_json:
        print_json(pair_json(pair))
        return
    from stelae.cli.explain_text import explained
    from stelae.cli.pair_text import paper

    for line in explained(paper(), pair):
        click.echo(line)
