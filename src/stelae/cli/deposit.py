"""`stelae deposit`: keep files as items of a source."""

import contextlib
from difflib import get_close_matches
from pathlib import Path

import click

from stelae.cli.terminal import count, hand, json_option, print_json, progress_bar, say
from stelae.records.deposits import Deposit, deposit
from stelae.records.dossier import Dossier
from stelae.records.identifiers import parse_id
from stelae.records.sources import Source


@click.command(name="deposit")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="ID", help="The source that the files are of.")
@click.option(
    "--open/--closed",
    "is_open",
    default=None,
    help="Whether editions may carry the bytes; closed unless said.",
)
@click.option("--note", default="", help="What a reader should know about them.")
@click.option(
    "--correct", metavar="WHY", help="Correct source, access or note of what is kept; say why."
)
@json_option
@click.pass_obj
def command(
    config: Path | None,
    folder: Path,
    files: tuple[Path, ...],
    source: str,
    is_open: bool | None,
    note: str,
    correct: str | None,
    as_json: bool,
) -> None:
    """Keep FILES in DOSSIER as items of a source: untouched, hashed, logged, text extracted.

    A file that is kept already changes nothing. All are kept or none.
    """
    parse_id(source)
    dossier = Dossier.open(folder)
    total = sum(map(_size, files))
    with dossier.writing(hand(config)) as writer, progress_bar("Keeping", total) as progress:
        state = dossier.state()
        deposits = deposit(
            writer,
            state,
            files,
            source=source,
            access=None if is_open is None else ("open" if is_open else "closed"),
            note=note,
            correct=correct or "",
            progress=progress,
        )
    if state.find(Source, source) is None:
        near = get_close_matches(source, state.versions.get("source", {}), n=1)
        meant = f" Did you mean {near[0]!r}? Then repeat with --correct." if near else ""
        say(
            f"Source {source!r} is not recorded yet: describe it in sources.csv and import that."
            f"{meant}"
        )
    if as_json:
        print_json({"schema": "stelae-deposit/1", "items": [_row(found) for found in deposits]})
        return
    for found in deposits:
        click.echo(f"{found.item.id}  {click.format_filename(found.path)}")
        for remark in found.remarks:
            say(f"  {click.format_filename(found.path, shorten=True)}: {remark}")
    new = sum(found.new for found in deposits)
    say(f"{count(new, 'item')} kept, {len(deposits) - new} there already.")


def _size(path: Path) -> int:
    """For the bar alone: what cannot be read is refused later, with all else that is wrong."""
    with contextlib.suppress(OSError, ValueError):
        return path.stat().st_size
    return 0


def _row(found: Deposit) -> dict[str, str | int | bool | list[str] | None]:
    return {
        "file": click.format_filename(found.path),
        "digest": found.item.id,
        "size": found.item.size,
        "media_type": found.item.media_type,
        "new": found.new,
        "text": found.text.id if found.text else None,
        "remarks": list(found.remarks),
    }
