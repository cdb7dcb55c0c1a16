"""`stelae link errors`: how often a linkage errs, from what reviewers answered by chance."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stelae.cli.terminal import count, json_option, print_json

if TYPE_CHECKING:
    from stelae.linkage.evaluation import Estimated
    from stelae.linkage.linking import Linkage
    from stelae.values.canonical import Json

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="errors")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--draw", type=click.IntRange(1, 100_000), help="Draw so many records for a sheet.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the sheet of --draw goes (CSV).",
)
@click.option("--sheet", type=_FILE, help="A sheet that reviewers have filled in.")
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=1, show_default=True)
@click.option("--names", type=_FILE, help="The model of names that the linkage was made with.")
@json_option
def errors(
    folder: Path,
    draw: int | None,
    output: Path | None,
    sheet: Path | None,
    seed: int,
    names: Path | None,
    as_json: bool,
) -> None:
    """Say how often the linkage in FOLDER errs, with intervals, from reviewed samples.

    Pairs that stelae link review asked about this linkage are a sample of pairs. For one of
    records, which sees missed matches too: --draw 100 -o sheet.csv writes records and what might
    belong to them; mark each row y or n, add rows for records found elsewhere, and give the sheet
    back with --sheet. A sheet judges any later linkage of the same lists as well.
    """
    from stelae.cli.link_folder import names_for, read_linkage

    if (draw is None) != (output is None):
        raise click.UsageError("--draw and -o go together.")
    linkage = read_linkage(folder, names_for(folder, names))
    if draw is not None and output is not None:
        _write_sheet(folder, linkage, draw, output, seed)
        return
    from_pairs = _from_pairs(folder, linkage)
    from_records, unanswered = _from_records(linkage, sheet) if sheet is not None else ((), 0)
    if as_json:
        print_json(
            {
                "schema": "stelae-link-errors/1",
                "records": len(linkage.labels),
                "clusters": int(linkage.labels.max(initial=-1)) + 1,
                "from_records": [_json(each) for each in from_records],
                "from_pairs": [_json(each) for each in from_pairs],
                "unanswered": unanswered,
            }
        )
        return
    if sheet is not None:
        click.echo(f"From the records of {sheet}, the person of each found by reviewers:")
        _print(from_records)
        if unanswered:
            click.echo(f"  ({count(unanswered, 'question')} after the last answer left out)")
        click.echo()
    click.echo("From the pairs that stelae link review drew from this linkage:")
    _print(from_pairs)
    if sheet is None:
        click.echo(
            "\nMatches that were never compared are in none of these; a sample of records sees"
            f" them:\n  stelae link errors {folder} --draw 100 -o sheet.csv"
        )


def _print(found: Sequence["Estimated"]) -> None:
    """Each measure, or once what is wrong with all of them."""
    reasons = {each.reason for each in found}
    if len(reasons) == 1 and all(each.point is None for each in found):
        click.echo(f"  nothing can be said: {reasons.pop()}")
        return
    for each in found:
        click.echo(f"  {each.in_words()}")


def _write_sheet(folder: Path, linkage: "Linkage", draw: int, output: Path, seed: int) -> None:
    import numpy as np

    from stelae.errors import BadInput
    from stelae.evidence.durable import write_durably
    from stelae.linkage.reviewed_records import sheet_of

    if output.exists():
        raise BadInput(f"{output} is there already", hint="Answers may be in it: name another.")
    made = sheet_of(linkage, draw, np.random.default_rng(seed))
    write_durably(output, b"\xef\xbb\xbf" + made.write_csv().encode())
    questions = made["question"].n_unique()
    click.echo(
        f"{output}: {count(questions, 'record')} drawn evenly, {made.height:,} rows."
        " In each row below a drawn one write y (that person) or n in the column `same`;"
        " add rows for records of that person found elsewhere. Then:"
        f"\n  stelae link errors {folder} --sheet {output}"
    )


def _from_records(linkage: "Linkage", sheet: Path) -> tuple[tuple["Estimated", ...], int]:
    import numpy as np

    from stelae.linkage.evaluation import errors_of, from_people, people_of
    from stelae.linkage.reviewed_records import read_sheet

    found = read_sheet(sheet, linkage.as_read)
    # A person is found from any of its records, so its chance is in proportion to their number.
    chance = np.array([len(rows) for rows in found.people], dtype=np.float64)
    units = from_people(linkage.labels, found.people, chance)
    clusters = int(linkage.labels.max(initial=-1)) + 1
    people = people_of(units, len(linkage.labels), clusters)
    return (*errors_of(units), people), found.unanswered


def _from_pairs(folder: Path, linkage: "Linkage") -> tuple["Estimated", ...]:
    from stelae.cli.link_decisions import kept_decisions
    from stelae.cli.link_folder import linkage_digest
    from stelae.linkage.decisions import applied
    from stelae.linkage.pair_errors import answered, pair_errors
    from stelae.linkage.questions import frame_of

    digest = linkage_digest(folder)
    own = [each for each in kept_decisions(folder) if each.linkage == digest]
    once = [one.name for one in linkage.as_read.lists if one.once]
    decided = applied(own, linkage.as_read.frame, once=once)
    frame = frame_of(linkage.pairs, linkage.labels)
    return pair_errors(frame, answered(frame, decided))


def _json(found: "Estimated") -> "dict[str, Json]":
    return {
        "what": found.what,
        "point": found.point,
        "interval": None if found.interval is None else list(found.interval),
        "reviewed": found.reviewed,
        "reason": found.reason or None,
    }
