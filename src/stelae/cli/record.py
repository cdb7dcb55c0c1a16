"""`stelae record`: import what sources say; show what is recorded."""

from pathlib import Path

import click

from stelae.cli.terminal import count, hand, json_option, print_json, say
from stelae.errors import BadValue, Problem
from stelae.records.catalogue import KINDS, PLURALS, columns
from stelae.records.dossier import Dossier
from stelae.records.identifiers import Reference
from stelae.records.importing import plan_import
from stelae.records.listing import describe, describe_json
from stelae.records.tables import Table, is_map, read_table

_LARGEST = 256 << 20


@click.group(name="record")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, folder: Path) -> None:
    """Import what sources say into DOSSIER, or show what is recorded there."""
    ctx.obj = (ctx.obj, folder)


@command.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--correct", metavar="WHY", help="Let rows correct what is recorded; say why.")
@click.option("--dry-run", is_flag=True, help="Report every problem, record nothing.")
@json_option
@click.pass_obj
def import_(
    obj: tuple[Path | None, Path],
    files: tuple[Path, ...],
    correct: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import CSV or YAML FILES named for what they hold: events.csv, figures.csv, sources.yaml …

    All rows are recorded or none; every problem is reported at once. The same file twice changes
    nothing.
    """
    config, folder = obj
    if correct is not None and not correct.strip():
        raise click.BadParameter("say why the record is corrected", param_hint="--correct")
    dossier = Dossier.open(folder)
    tables = _read_all(files)
    if dry_run:
        plan = plan_import(dossier.state(), tables, correcting=correct is not None)
    else:
        with dossier.writing(hand(config)) as writer:
            plan = plan_import(dossier.state(), tables, correcting=correct is not None)
            writer.say(((p.kind, p.body, p.previous) for p in plan.proposals), why=correct or "")
    corrections = sum(proposal.previous is not None for proposal in plan.proposals)
    added = len(plan.proposals) - corrections
    if as_json:
        print_json(
            {
                "schema": "stelae-import/1",
                "added": added,
                "corrected": corrections,
                "unchanged": plan.unchanged,
                "recorded": not dry_run,
            }
        )
        return
    verb = "would be recorded" if dry_run else "recorded"
    say(
        f"{count(added, 'record')} {verb}, {corrections} corrected, {plan.unchanged} there already."
    )


def _read_all(files: tuple[Path, ...]) -> list[Table]:
    """Each file, what cannot be read as a problem among the others."""
    tables: list[Table] = []
    seen: dict[Path, Path] = {}
    for path in files:
        name = click.format_filename(path)
        first = seen.setdefault(path.resolve(), path)
        if first is not path:
            tables.append(Table((), (Problem("is given twice", name, hint="Name it once."),)))
            continue
        try:
            tables.append(_read(path, name))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            tables.append(Table((), (Problem(f"cannot be read: {why}", name),)))
    return tables


def _read(path: Path, name: str) -> Table:
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        hint = "Big lists stay files of their own, in lists/; import what sources say."
        return Table((), (Problem(f"has more than {_LARGEST >> 20} MiB", name, hint=hint),))
    return read_table(name, content)


@command.command()
@click.argument("reference")
@json_option
@click.pass_obj
def show(obj: tuple[Path | None, Path], reference: str, as_json: bool) -> None:
    """Show a record and all that is said of it: `stelae record D show event:baku-1990`."""
    state = Dossier.open(obj[1]).state()
    target = _target(reference)
    if as_json:
        print_json(describe_json(state, target))
    else:
        click.echo(describe(state, target))


@command.command()
@click.argument("reference")
@click.pass_obj
def proof(obj: tuple[Path | None, Path], reference: str) -> None:
    """Print the proof that a record's current entry stands in the log (c2sp.org/tlog-proof).

    It travels alone: whoever has the entry's leaf and the log's public key can check it.
    """
    dossier = Dossier.open(obj[1])
    target = _target(reference)
    logged = dossier.state().logged(target.kind, target.id)
    click.echo(str(dossier.log().proof(logged.index)), nl=False)


def _target(text: str) -> Reference:
    target = Reference.parse(text)
    if target.kind not in KINDS:
        raise BadValue(
            f"{target.kind!r} is no kind of record", hint=f"There are: {', '.join(KINDS)}"
        )
    return target


@command.command()
@click.argument("plural", type=click.Choice(list(PLURALS)))
def template(plural: str) -> None:
    """Print the header of a CSV file: `stelae record D template figures > figures.csv`."""
    names = [f"{col.name}:en" if is_map(col) else col.name for col in columns(PLURALS[plural])]
    click.echo(",".join(names))
