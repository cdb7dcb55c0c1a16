"""`stelae estimate`: how many there were, listed and unlisted, with everything that it rests on."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from stelae.cli.estimate_folder import require_ours, write_folder
from stelae.cli.terminal import bars, json_option, print_json, say
from stelae.estimation.methods import METHODS
from stelae.values.canonical import Json

_NO_PART = {"output", "as_json", "workers"}
"""Options that change no byte of the results."""
_TYPES = click.Choice([*METHODS, "all"])


@click.command(name="estimate")
@click.argument(
    "histories",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--by", multiple=True, metavar="COL,...", help="Columns that tell strata apart.")
@click.option("--lists", multiple=True, metavar="A,B,...", help="Which columns or lists to use.")
@click.option("--count", "count_column", metavar="NAME", help="The column of counts.")
@click.option(
    "--strata",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="For clusters: a file that gives the strata by cluster, or by list and record.",
)
@click.option(
    "--method",
    type=_TYPES,
    help="By default latent-class; chapman for two lists. all: every one that fits.",
)
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=1, show_default=True)
@click.option("--draws", type=click.IntRange(1, 10_000_000), help="Draws or replicates of a fit.")
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
)
@click.option(
    "--tempering",
    is_flag=True,
    help="Latent classes on a ladder of likelihoods, for several modes; takes much longer.",
)
@click.option("--no-checks", is_flag=True, help="Leave out what would change the number.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads; by default one a processor.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for estimates.json, manifest.json and the report, index.html.",
)
@json_option
def command(
    histories: tuple[Path, ...],
    by: tuple[str, ...],
    lists: tuple[str, ...],
    count_column: str | None,
    strata: Path | None,
    method: str | None,
    seed: int,
    draws: int | None,
    level: float,
    tempering: bool,
    no_checks: bool,
    workers: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Estimate how many people there were, from the lists that hold some of them.

    HISTORIES are CSV or Parquet files: overlap counts (a column of 0 and 1 for each list and a
    column count), persons (one row each), or clusters of a linkage (list, record, cluster).
    Several files are parts of one population that share nobody.

    Exit code 1 where a stratum was refused or its estimate did not converge; the results of the
    others stand, and the reason is said. The same seed gives the same bytes.
    """
    from stelae.estimation.axes import estimate_all
    from stelae.estimation.checks import MOST_STRATA, check_all
    from stelae.estimation.methods import lighter, make, offered_for, require_offered, tempered
    from stelae.estimation.reading import Wanted, read_histories
    from stelae.estimation.summary import summary
    from stelae.estimation.wording import label

    if output is not None:
        require_ours(output)
    wanted = Wanted(_names(lists), _names(by), count_column)
    reading = read_histories(histories, wanted, strata=strata)
    for note in reading.notes:
        say(note)
    tables = reading.tables
    offered = offered_for(tables)
    if max(len(table.lists) for table in tables) == 2:
        say("With two lists only Chapman's estimator is offered, and Chao's lower bound (chao).")
    compares_all = method == "all"
    name = offered[0] if method is None or compares_all else method
    require_offered(name, tables)
    chosen = make(name, level=level, draws=draws)
    if tempering:
        chosen = tempered(chosen)
    others = [
        make(other, level=level, draws=draws)
        for other in offered
        if other != name and (compares_all or not no_checks)
    ]
    with bars("Estimating", [label(table.stratum) for table in tables]) as progress:
        estimates = estimate_all(tables, chosen, seed=seed, workers=workers, progress=progress)
    checks = None
    if others or not no_checks:
        with bars("Checking", ["checks"]) as progress:
            checks = check_all(
                tables,
                lighter(chosen),
                others if compares_all else map(lighter, others),
                seed=seed,
                most_strata=0 if no_checks else MOST_STRATA,
                every_replicate=compares_all,
                workers=workers,
                progress=_whole(progress),
            )
    outputs: Mapping[str, str] = {}
    if output is not None:
        asked: dict[str, Json] = {"by": list(wanted.by), "lists": list(wanted.lists), "seed": seed}
        given = {**click.get_current_context().params, "method": method or name}
        outputs = write_folder(output, estimates, tables, checks, asked, again(command, given))
    if as_json:
        shown = estimates.to_json(whole=False)
        if checks is not None:
            every = [estimates, *(checks.methods if compares_all else ())]
            shown["estimates"] = [s.to_json(whole=False) for e in every for s in e.strata]
            shown["totals"] = [e.total.to_json() for e in every]
            shown["checks"] = checks.to_json(whole=False)
        print_json({**shown, "notes": list(reading.notes), "outputs": dict(outputs)})
    else:
        click.echo(summary(estimates, checks))
        if output is not None:
            shown_names = dict.fromkeys(name.partition("/")[0] for name in outputs)
            say(f"Wrote {output}: {', '.join(shown_names)}.")
    if estimates.unanswered:
        raise click.exceptions.Exit(1)


def again(command: click.Command, given: Mapping[str, Any]) -> str:
    """The command line that makes the same results again, files by their names alone.

    A folder's place is of this machine, and is no part of what was asked.
    """
    words = ["stelae", "estimate"]
    for each in command.params:
        value = given.get(each.name or "")
        if each.name in _NO_PART or value is None or value is False:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            words += [each.opts[0]] if isinstance(each, click.Option) else []
            if one is not True:
                words.append(one.name if isinstance(one, Path) else str(one))
    return shlex.join([*words, "-o", "out"])


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """Names from options that may be repeated, each with several names between commas."""
    return tuple(name.strip() for each in given for name in each.split(",") if name.strip())


def _whole(progress: Callable[[int, float], None] | None) -> Callable[[float], None] | None:
    return None if progress is None else lambda share: progress(0, share)
