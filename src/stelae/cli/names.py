"""`stelae names`: how names are written in other scripts, learned and explained."""

import csv
import gzip
from pathlib import Path

import click

from stelae.cli.terminal import bars, json_option, print_json, say
from stelae.errors import ImportRefused, Problem


@click.group(name="names")
def command() -> None:
    """Compare names across scripts, and teach it yours."""


@command.command(name="train")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of the model.",
)
@click.option("--origin", help="Where the names are from; by default the name of FILE.")
@click.option("--version", "version", default="1", show_default=True, help="Of the model's data.")
@json_option
def train_command(
    file: Path, output: Path, origin: str | None, version: str, as_json: bool
) -> None:
    """Learn a model from names of the same people.

    FILE is CSV (also .csv.gz) in UTF-8 with the columns person and name: one row for each spelling,
    the same person in all of theirs. The same rows give the same bytes.
    """
    from stelae.evidence.durable import write_durably
    from stelae.linkage.names import train

    rows = _rows(file)
    with bars("Learning", [file.name]) as progress:
        model = train(
            rows,
            origin=origin or file.name,
            version=version,
            progress=None if progress is None else lambda share: progress(0, share),
        )
    write_durably(output, model.to_bytes())
    if as_json:
        print_json(
            {
                "schema": "stelae-names-model/1",
                "ok": True,
                "output": str(output),
                "digest": model.digest,
                "version": model.version,
                "origin": model.origin,
                "rows": len(rows),
            }
        )
    else:
        say(f"Wrote {output}: {len(rows):,} names, model {model.digest[:16]}.")


@command.command(name="compare")
@click.argument("a")
@click.argument("b")
@click.option(
    "--model",
    "model_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file that `stelae names train` wrote; by default the model that comes with Stelae.",
)
@json_option
def compare_command(a: str, b: str, model_file: Path | None, as_json: bool) -> None:
    """Say how likely the names A and B are one person's, word by word and letter by letter.

    Numbers are natural logarithms of odds: +4.6 is a hundred times as likely for one person as for
    two.
    """
    from stelae.linkage.names import NameModel, explain

    model = NameModel.shipped() if model_file is None else NameModel.load(model_file)
    compared = explain(model, a, b)
    if as_json:
        print_json(
            {
                "schema": "stelae-names-compared/1",
                "ok": True,
                "model": {"version": model.version, "digest": model.digest},
                **compared.to_json(),
            }
        )
    else:
        click.echo("\n".join(compared.words()))


def _rows(file: Path) -> list[tuple[str, str]]:
    """(person, name) of each row; every problem of the file at once."""
    try:
        packed = file.read_bytes()
        text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError) as error:
        raise ImportRefused(
            [Problem(str(error), str(file), hint="Write it as CSV in UTF-8, packed or not.")]
        ) from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    lacking = [c for c in ("person", "name") if c not in (reader.fieldnames or ())]
    if lacking:
        raise ImportRefused(
            [Problem(f"has no column {c}", str(file), row=1, column=c) for c in lacking]
        )
    rows, problems = [], []
    for number, row in enumerate(reader, start=2):
        person, name = row["person"] or "", row["name"] or ""
        if not person.strip():
            problems.append(Problem("names no person", str(file), row=number, column="person"))
        else:
            rows.append((person, name))
    if problems:
        raise ImportRefused(problems)
    if not rows:
        raise ImportRefused([Problem("has no rows", str(file))])
    return rows
