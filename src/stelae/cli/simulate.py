"""`stelae simulate`: made-up people and the lists that hold some of them, with the truth."""

import hashlib
from pathlib import Path

import click

from stelae.cli.terminal import bars, count, json_option, print_json, say
from stelae.errors import BadValue


class Numbers(click.ParamType[tuple[float, ...]]):
    """Numbers between commas."""

    name = "P,..."

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Probabilities between 0 and 1."""
        if isinstance(value, tuple):
            return value
        try:
            numbers = tuple(float(each) for each in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no number, or numbers between commas", param, ctx)
        if not all(0 < number < 1 for number in numbers):
            self.fail(f"{value!r} is no probability between 0 and 1", param, ctx)
        return numbers


@click.command(name="simulate")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="A new or empty folder, or one of an earlier run.",
)
@click.option("--people", type=click.IntRange(1, 10_000_000), default=1000, show_default=True)
@click.option("--lists", "number", type=click.IntRange(1, 30), default=4, show_default=True)
@click.option(
    "--scripts",
    default="armenian,cyrillic,latin-azerbaijani,latin-english",
    show_default=True,
    metavar="A,B,...",
    help="Scripts or spellings of the lists, in turn; A+B: a list of several clerks.",
)
@click.option("--customs", metavar="A,B,...", help="Naming customs of the people; by default all.")
@click.option("--regions", type=click.IntRange(1, 100), default=2, show_default=True)
@click.option(
    "--errors",
    type=click.FloatRange(0, 1),
    metavar="RATE",
    help="Share of names mistyped or misread, other errors in proportion; by default 2 to 6 %.",
)
@click.option(
    "--overlap",
    type=Numbers(),
    default="0.45",
    show_default=True,
    help="Share of the people on each list, in turn.",
)
@click.option(
    "--heterogeneity",
    type=click.FloatRange(0, 10),
    default=1.0,
    show_default=True,
    help="How much harder to reach some are, on every list: a difference of log odds.",
)
@click.option(
    "--dependence",
    type=click.FloatRange(-10, 10),
    default=0.0,
    show_default=True,
    help="How much likelier those on the list before are, in log odds.",
)
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=1, show_default=True)
@click.option(
    "--format", "ending", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True
)
@json_option
def command(
    output: Path,
    people: int,
    number: int,
    scripts: str,
    customs: str | None,
    regions: int,
    errors: float | None,
    overlap: tuple[float, ...],
    heterogeneity: float,
    dependence: float,
    seed: int,
    ending: str,
    as_json: bool,
) -> None:
    """Make up people and the lists that hold some of them, with the truth.

    Families of several naming customs live in villages; each list holds some of the people, in its
    own script and spelling, with errors, gaps and its own calendar. The folder gets the lists, a
    mapping for `stelae link`, who each record is (truth), everybody (people), the true overlaps
    for `stelae estimate`, and population.json with every probability.

    Everything is SYNTHETIC, and says so. The same options and seed give the same bytes.
    """
    from stelae import __version__
    from stelae.cli.folders import require_own
    from stelae.linkage.synthetic import Parameters, designs, simulate
    from stelae.linkage.synthetic.cultures import cultures
    from stelae.linkage.synthetic.documents import (
        SCHEMA,
        everybody,
        manifest,
        mapping,
        overlaps,
        readme,
        truth,
    )
    from stelae.publication.writing import staged, write_files
    from stelae.values.canonical import canonical_json

    try:
        chosen = designs(
            number,
            _words(scripts),
            errors=errors,
            overlap=overlap,
            heterogeneity=heterogeneity,
            dependence=dependence,
        )
        shares = dict.fromkeys(cultures() if customs is None else _words(customs), 1.0)
        parameters = Parameters(people=people, customs=shares, regions=regions)
    except BadValue as error:
        raise click.UsageError(str(error)) from error
    require_own(output, "population.json", SCHEMA, "synthetic lists")
    with bars("Simulating", ["people", *(design.name for design in chosen)]) as progress:
        made = simulate(parameters, chosen, seed, progress)
    with staged(output) as stage:
        frames = {
            **made.frames,
            "truth": truth(made),
            "people": everybody(made),
            "overlaps": overlaps(made),
        }
        outputs = {}
        for name, frame in frames.items():
            path = stage / f"{name}.{ending}"
            if ending == "csv":
                frame.write_csv(path)
            else:
                frame.write_parquet(path)
            with path.open("rb") as file:
                outputs[path.name] = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        texts = {
            "mapping.toml": mapping(made, ending).encode(),
            "README.txt": readme(made, seed, __version__, ending).encode(),
        }
        for name, content in texts.items():
            outputs[name] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        said = manifest(made, seed, __version__, outputs)
        write_files(stage, [*texts.items(), ("population.json", canonical_json(said))])
    if as_json:
        print_json(said)
        return
    for design in made.designs:
        spelled = "+".join((design.spelling, *design.others))
        click.echo(f"{design.name:12} {made.frames[design.name].height:>11,}  {spelled}")
    say(f"Wrote {output}: {count(len(chosen), 'list')} of {people:,} SYNTHETIC people.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
