"""`stelae link`: which records of several lists are of one person, and why."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stelae.cli.link_errors import errors
from stelae.cli.link_explain import explain
from stelae.cli.link_review import review
from stelae.cli.terminal import count, json_option, print_json, say
from stelae.errors import BadInput, ImportRefused, Problem

if TYPE_CHECKING:
    from stelae.linkage.engine import DuckEngine
    from stelae.linkage.linking import Linkage
    from stelae.linkage.names import NameModel
    from stelae.linkage.spark import SparkEngine

_MOST_WITHIN = 0.5
"""Share of joined pairs within one list from which something is wrong, most likely."""
_FEW = 60
"""Records below which lists say too little of themselves."""
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


class Link(click.Group):
    """`stelae link LISTS...` links; `stelae link explain` and the like look at a result."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand named first, else the linking itself."""
        if args and args[0] in self.commands and not Path(args[0]).is_file():
            return super().resolve_command(ctx, args)
        return "lists", run, args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the first list belong to linking."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["--", *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of linking itself, then the subcommands."""
        records = [
            record for each in run.params if (record := each.get_help_record(ctx)) is not None
        ]
        with formatter.section("Options of stelae link LISTS..."):
            formatter.write_dl(records)
        super().format_options(ctx, formatter)


@click.group(
    name="link",
    cls=Link,
    no_args_is_help=True,
    options_metavar="[OPTIONS]",
    subcommand_metavar="LISTS... | COMMAND [ARGS]...",
)
def command() -> None:
    """Join lists of people (CSV, Parquet, XLSX): stelae link LISTS... --map M.toml -o out/

    Begin with stelae link LISTS... --guess > M.toml, and read what it guessed. Look at single
    pairs with explain, and decide on doubtful ones with review. The same lists, mapping, decisions
    and seed give the same bytes.
    """


@command.command(name="lists", hidden=True)
@click.argument("lists", nargs=-1, required=True, type=_FILE)
@click.option("--map", "mapping", type=_FILE, help="What the columns mean (TOML).")
@click.option("--guess", is_flag=True, help="Print a mapping to begin with, and stop.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for clusters, pairs, draws, the model and the report.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Join LISTS to the linkage in this folder; weights and most clusters stay.",
)
@click.option("--draws", type=click.IntRange(0, 10_000), default=0, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=1, show_default=True)
@click.option(
    "--learn-names",
    "teach",
    is_flag=True,
    help="Link twice: the pairs joined without doubt teach how names are spelled here.",
)
@click.option("--names", type=_FILE, help="A model of names of your own (stelae names train).")
@click.option(
    "--decisions",
    type=_FILE,
    multiple=True,
    help="Reviewers' decisions of other runs; those in the output folder are always kept.",
)
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@json_option
def run(
    lists: tuple[Path, ...],
    mapping: Path | None,
    guess: bool,
    output: Path | None,
    into: Path | None,
    draws: int,
    seed: int,
    names: Path | None,
    teach: bool,
    decisions: tuple[Path, ...],
    engine: str,
    as_json: bool,
) -> None:
    """Join the records of LISTS (CSV, Parquet, XLSX) into people.

    Without --map, the mapping is guessed, and said. The same lists, mapping, decisions and seed
    give the same bytes.
    """
    import numpy as np

    from stelae.cli.link_decisions import kept_decisions
    from stelae.cli.link_folder import (
        names_for,
        read_linkage,
        require_linkage_folder,
        write_linkage,
    )
    from stelae.cli.link_later import join_into
    from stelae.cli.link_progress import stages
    from stelae.linkage.decisions import applied, read
    from stelae.linkage.gazetteer import read_gazetteer
    from stelae.linkage.guessing import guess as guess_mapping
    from stelae.linkage.linking import link
    from stelae.linkage.mapping_toml import read_mapping
    from stelae.linkage.reading import read_lists
    from stelae.linkage.results import summary, within_lists
    from stelae.linkage.teaching import learn_names

    if guess:
        click.echo(guess_mapping(lists).to_toml(), nl=False)
        return
    if into is not None and (output is not None or draws or teach):
        raise click.UsageError(
            "--into takes neither -o, --draws nor --learn-names: the results stay in the folder,"
            " and whole clusterings are drawn when all lists are linked."
        )
    for folder in (output, into):
        if folder is not None:
            require_linkage_folder(folder)
    model = names_for(into, names)
    opened = read_linkage(into, model) if into is not None else None
    if mapping is None:
        meant = guess_mapping(lists)
        say("No mapping is given, so the columns were guessed; see them with --guess.")
    else:
        meant = read_mapping(_text_of(mapping), str(mapping))
    places = None
    if meant.gazetteer is not None:
        base = mapping.parent if mapping is not None else Path()
        places = read_gazetteer(base / meant.gazetteer)
    found = read_lists(lists, meant, gazetteer=places)
    for one in found.lists:
        for note in one.notes:
            say(f"{one.file}: {note}")
    if into is not None and opened is not None:
        join_into(into, opened, found, meant, decisions, engine, seed, as_json=as_json)
        return
    if found.frame.height < 2:
        raise BadInput("there are fewer than two records to link", hint="Give more lists.")
    earlier = kept_decisions(output)
    judged = (*(d for path in decisions for d in read(path.read_bytes(), str(path))), *earlier)
    once = [one.name for one in found.lists if one.once]
    decided = applied(judged, found.frame, once=once)
    for note in decided.notes:
        say(note)

    def linked(model: "NameModel", draws: int) -> "Linkage":
        rng = np.random.default_rng(seed)
        with open_engine(engine) as tables, stages() as progress:
            return link(found, model, tables, rng, decided=decided, draws=draws, progress=progress)

    if teach:
        model = learn_names(linked(model, 0))
    linkage = linked(model, draws)
    outputs: Mapping[str, str] = {}
    if output is not None:
        outputs = write_linkage(output, linkage, meant, judged, seed, decided=decided)
    shown = summary(linkage, outputs)
    if as_json:
        print_json(shown)
        return
    for one in found.lists:
        click.echo(f"{one.name:24} {one.records:>11,} records" + (", each person once" * one.once))
    click.echo(
        f"{linkage.lists.frame.height:,} records are {shown['clusters']:,} people:"
        f" {linkage.compared:,} pairs compared,"
        f" {count(int(linkage.pairs['together'].sum()), 'pair')} joined."
    )
    if linkage.compared:
        click.echo(
            f"The comparison reached about {linkage.found:.1%} of the pairs that match,"
            " as estimated."
        )
    else:
        click.echo("No two records that may be one person share anything that few others share.")
    if len(found.lists) > 1 and within_lists(linkage) > _MOST_WITHIN:
        say(
            "Warning: most joined pairs are within one list, so relatives may have been taken for"
            " one person.\n  If a list holds each person once, say so in the mapping (once = true)."
        )
    if len(linkage.labels) < _FEW:
        say(
            "These are few records: weights rest on what is usual elsewhere. Look at every pair"
            f" that was joined; of the {len(linkage.labels):,} records it does not take long."
        )
    if output is None:
        say("Nothing was written; give a folder with -o to keep the result.")
    else:
        say(f"Wrote {output}: see {output / 'index.html'}, or decide on doubtful pairs with")
        say(f"  stelae link review {output}")


def _text_of(mapping: Path) -> str:
    """The text of a mapping file; ImportRefused with the line that is not UTF-8."""
    content = mapping.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem("is not UTF-8", str(mapping), line, hint="Save the file as UTF-8.")
        raise ImportRefused([problem]) from error


def open_engine(name: str) -> "DuckEngine | SparkEngine":
    """The engine of this name, opened."""
    if name == "spark":
        from stelae.linkage.spark import SparkEngine

        return SparkEngine()
    from stelae.linkage.engine import DuckEngine

    return DuckEngine()


command.add_command(errors)
command.add_command(explain)
command.add_command(review)
