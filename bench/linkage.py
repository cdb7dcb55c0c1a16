"""Lists joined, ours beside Splink 5 in the same run, each in a process of its own.

    python bench/linkage.py [DATA ...]

rldata10000, febrl3 and hist50k are of ../shared/data/linkage; a number stands for simulated lists
of so many people (`stelae simulate` with its defaults, four scripts): 550,000 are on a million
records. F1 is that of pairs in one cluster; nobody reviewed
anything. Splink has the comparisons and blocking rules of its published demos (for simulated
lists: romanised names, Jaro-Winkler levels), EM as its tutorial trains it, and connected
components at the threshold that is best by the truth, which no user knows. Seconds are wall and
processor time of joining alone, memory is the peak of the process.
"""

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from anyascii import anyascii

from stelae.linkage.clustering import parts
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.linking import Settings, link, once_of
from stelae.linkage.mapping_toml import read_mapping
from stelae.linkage.names import NameModel
from stelae.linkage.plan import completed
from stelae.linkage.reading import read_lists

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "linkage"
LABELLED = ("rldata10000", "febrl3", "hist50k")
EVERY = (*LABELLED, "55000", "550000")
THRESHOLDS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measured:
    """One tool on one set of lists."""

    data: str
    tool: str
    records: int
    people: int
    """People that there are."""
    f1: float
    precision: float
    recall: float
    found: int
    """Clusters."""
    pairs: int
    wall: float
    cpu: float
    megabytes: int


# Lists and truth


def labelled(name: str, shared: Path = DATA) -> tuple[Lists, Ints]:
    """One of the shared lists as a mapping would read it, and who each record is."""
    frame = pl.read_parquet(shared / f"{name}.parquet")
    person = np.unique(frame["cluster"].cast(pl.String).to_numpy(), return_inverse=True)[1]
    columns, fields = {"rldata10000": _german, "febrl3": _australian, "hist50k": _historical}[name](
        frame
    )
    base = [
        pl.int_range(frame.height, dtype=pl.Int64).alias("row"),
        pl.lit(name).alias("list"),
        pl.int_range(frame.height).cast(pl.String).alias("record"),
        pl.int_range(1, frame.height + 1, dtype=pl.Int64).alias("line"),
    ]
    made = Lists(frame.select(*base, *columns), fields, (ListOf(name, "", "", frame.height),))
    return made, person.astype(np.int64)


def _german(_frame: pl.DataFrame) -> tuple[list[pl.Expr], tuple[Field, ...]]:
    birth = pl.concat_str("by", pl.col("bm").str.zfill(2), pl.col("bd").str.zfill(2), separator="-")
    names = {"given": "fname_c1", "second": "fname_c2", "family": "lname_c1", "former": "lname_c2"}
    kinds = (Kind.GIVEN, Kind.GIVEN, Kind.FAMILY, Kind.FORMER)
    fields = [Field(name, kind) for name, kind in zip(names, kinds, strict=True)]
    columns = [pl.col(column).alias(name) for name, column in names.items()]
    return [*columns, *_date(birth, "birth")], (*fields, Field("birth", Kind.DATE))


def _australian(_frame: pl.DataFrame) -> tuple[list[pl.Expr], tuple[Field, ...]]:
    day = pl.col("date_of_birth")
    birth = pl.concat_str(
        day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2), separator="-"
    )
    kinds = {
        "given_name": Kind.GIVEN, "surname": Kind.FAMILY, "suburb": Kind.PLACE,
        "address_1": Kind.PLACE, "address_2": Kind.PLACE, "street_number": Kind.CODE,
        "postcode": Kind.CODE, "state": Kind.TEXT, "soc_sec_id": Kind.CODE,
    }  # fmt: skip
    columns = [pl.col(name) for name in kinds]
    columns += [_parts(name) for name, kind in kinds.items() if kind == Kind.PLACE]
    fields = [Field(name, kind) for name, kind in kinds.items()]
    return [*columns, *_date(birth, "birth")], (*fields, Field("birth", Kind.DATE))


def _historical(_frame: pl.DataFrame) -> tuple[list[pl.Expr], tuple[Field, ...]]:
    columns = [
        pl.col("full_name").alias("name"),
        pl.col("first_name").alias("given"),
        pl.col("surname").alias("family"),
        pl.col("birth_place"),
        _parts("birth_place"),
        pl.col("postcode_fake").alias("postcode"),
        pl.col("gender").alias("sex"),
        pl.col("gender")
        .replace_strict({"male": "m", "female": "f"}, default=None)
        .alias("sex_code"),
        pl.col("occupation"),
    ]
    kinds = {
        "name": Kind.NAME, "given": Kind.GIVEN, "family": Kind.FAMILY, "birth": Kind.DATE,
        "birth_place": Kind.PLACE, "postcode": Kind.CODE, "sex": Kind.SEX, "occupation": Kind.TEXT,
    }  # fmt: skip
    fields = tuple(Field(name, kind) for name, kind in kinds.items())
    return [*columns, *_date(pl.col("dob"), "birth")], fields


def _parts(name: str) -> pl.Expr:
    return pl.col(name).str.split(", ").alias(f"{name}_parts")


def _date(printed: pl.Expr, name: str) -> list[pl.Expr]:
    day = printed.str.strptime(pl.Date, "%Y-%m-%d", strict=False)
    return [
        printed.alias(name),
        day.alias(f"{name}_first"),
        day.alias(f"{name}_last"),
        pl.lit(None, pl.String).alias(f"{name}_style"),
    ]


def simulated(people: int, folder: Path) -> tuple[Lists, Ints]:
    """Lists of a made-up population in a folder, made there unless they are there."""
    if not (folder / "truth.parquet").exists():
        words = ["simulate", "-o", str(folder), "--people", str(people), "--format", "parquet"]
        subprocess.run(
            [sys.executable, "-m", "stelae.cli.main", *words], check=True, capture_output=True
        )
    apart = {"truth", "people", "overlaps"}
    paths = [path for path in sorted(folder.glob("*.parquet")) if path.stem not in apart]
    text = (folder / "mapping.toml").read_text(encoding="utf-8")
    lists = read_lists(paths, read_mapping(text, "mapping.toml"))
    known = pl.read_parquet(folder / "truth.parquet").select("list", "record", "person")
    person = lists.frame.select("list", "record").join(
        known, on=["list", "record"], how="left", maintain_order="left"
    )["person"]
    return lists, np.unique(person.to_numpy(), return_inverse=True)[1].astype(np.int64)


def agreement(labels: Ints, person: Ints) -> tuple[float, float, float]:
    """F1, precision and recall of the pairs in one cluster."""

    def pairs(of: Ints) -> float:
        sizes = np.unique(of, return_counts=True)[1].astype(np.float64)
        return float((sizes * (sizes - 1)).sum() / 2)

    both = pairs(labels * (int(person.max(initial=0)) + 1) + person)
    said, true = pairs(labels), pairs(person)
    return 2 * both / max(said + true, 1.0), both / max(said, 1.0), both / max(true, 1.0)


# Tools: what makes labels, the number of compared pairs, wall and processor seconds


def ours(lists: Lists, _person: Ints) -> tuple[Ints, int, float, float]:
    model = NameModel.shipped()
    wall, cpu = time.perf_counter(), time.process_time()
    with DuckEngine(threads=2) as engine:
        found = link(lists, model, engine, np.random.default_rng(1), Settings())
    return found.labels, found.compared, time.perf_counter() - wall, time.process_time() - cpu


@dataclass(frozen=True, slots=True)
class Model:
    """What Splink is told: the comparisons, which pairs to look at, and how to train."""

    comparisons: Sequence[Any]
    blocking: Sequence[Any]
    sure: Sequence[Any]
    """Rules of which most pairs match."""
    recall: float
    training: Sequence[Any]


def splink(model: Callable[[], Model], frame: pl.DataFrame) -> Callable[..., Any]:
    """Splink on a frame with `unique_id`, which is the row."""

    def run(lists: Lists, person: Ints) -> tuple[Ints, int, float, float]:
        import duckdb
        from splink import Linker, SettingsCreator
        from splink.internals.duckdb.database_api import DuckDBAPI

        logging.getLogger("splink").setLevel(logging.ERROR)
        wall, cpu = time.perf_counter(), time.process_time()
        told = model()
        connection = duckdb.connect(config={"threads": 2})
        api = DuckDBAPI(connection)
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=list(told.comparisons),
            blocking_rules_to_generate_predictions=list(told.blocking),
            retain_matching_columns=False,
        )
        linker = Linker(api.register(frame.to_arrow()), settings)
        linker.training.estimate_probability_two_random_records_match(
            list(told.sure), recall=told.recall
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in told.training:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        scored = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
        query = (
            f"select unique_id_l as a, unique_id_r as b, match_probability as p"
            f" from {scored.physical_name}"
        )
        pairs = connection.sql(query).pl()
        seconds = time.perf_counter() - wall, time.process_time() - cpu
        a, b = pairs["a"].to_numpy().astype(np.int64), pairs["b"].to_numpy().astype(np.int64)
        once = once_of(lists)
        # Splink may join two records of a list that holds each person once: help it out.
        may = (once[a] < 0) | (once[a] != once[b])
        p = pairs["p"].to_numpy()
        labels = [parts(len(person), a[may & (p >= t)], b[may & (p >= t)]) for t in THRESHOLDS]
        return (max(labels, key=lambda each: agreement(each, person)[0]), len(a), *seconds)

    return run


def _splink_german() -> Model:
    import splink.comparison_library as cl
    from splink import block_on

    return Model(
        [
            cl.NameComparison("given").configure(term_frequency_adjustments=True),
            cl.NameComparison("family").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth", input_is_string=True),
        ],
        [
            block_on("given", "family"),
            block_on("birth"),
            block_on("family", "substr(birth, 1, 4)"),
            block_on("given", "substr(birth, 1, 4)"),
            block_on("given", "substr(birth, 6, 5)"),
            block_on("family", "substr(birth, 6, 5)"),
        ],
        [block_on("given", "family", "birth")],
        0.6,
        [block_on("given", "family"), block_on("birth")],
    )


def _splink_australian() -> Model:
    import splink.comparison_library as cl
    from splink import block_on

    return Model(
        [
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
        ],
        [
            block_on("soc_sec_id"),
            block_on("given_name", "surname"),
            block_on("birth"),
            block_on("postcode", "given_name"),
            block_on("address_1"),
            block_on("postcode", "surname"),
        ],
        [block_on("soc_sec_id"), block_on("given_name", "surname", "birth")],
        0.9,
        [block_on("birth"), block_on("surname")],
    )


def _splink_historical() -> Model:
    import splink.comparison_library as cl
    from splink import block_on

    first, last = "substr(given, 1, 3)", "substr(family, 1, 4)"
    return Model(
        [
            cl.ForenameSurnameComparison("given", "family"),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        [
            block_on(first, last),
            block_on("family", "birth"),
            block_on("given", "birth"),
            block_on("postcode", "given"),
            block_on("postcode", "family"),
            block_on("birth", "birth_place"),
            block_on("substr(postcode, 1, 3)", "birth"),
            block_on("substr(postcode, 1, 3)", "given"),
            block_on("substr(postcode, 1, 3)", "family"),
            block_on("substr(given, 1, 2)", "substr(family, 1, 2)", "substr(birth, 1, 4)"),
        ],
        [
            block_on("given", "family", "birth"),
            block_on("substr(given, 1, 2)", "family", "substr(postcode, 1, 2)"),
            block_on("birth", "postcode"),
        ],
        0.6,
        [block_on("given", "family"), block_on("birth")],
    )


def _splink_simulated() -> Model:
    import splink.comparison_library as cl
    from splink import block_on

    death = {
        "output_column_name": "died",
        "comparison_levels": [
            {"sql_condition": "died_year_l is null or died_year_r is null", "is_null_level": True,
             "label_for_charts": "none"},
            {"sql_condition": "died_l = died_r", "label_for_charts": "the same day"},
            {"sql_condition": "died_year_l = died_year_r and (died_l is null or died_r is null)",
             "label_for_charts": "the same year, one gives no day"},
            {"sql_condition": "died_year_l = died_year_r", "label_for_charts": "the same year"},
            {"sql_condition": "else", "label_for_charts": "another year"},
        ],
    }  # fmt: skip
    birth = {
        "output_column_name": "born_year",
        "comparison_levels": [
            {"sql_condition": "born_year_l is null or born_year_r is null", "is_null_level": True,
             "label_for_charts": "none"},
            {"sql_condition": "born_year_l = born_year_r", "label_for_charts": "the same year"},
            {"sql_condition": "abs(born_year_l - born_year_r) <= 1", "label_for_charts": "one"},
            {"sql_condition": "abs(born_year_l - born_year_r) <= 4", "label_for_charts": "four"},
            {"sql_condition": "else", "label_for_charts": "more"},
        ],
    }  # fmt: skip
    return Model(
        [
            cl.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8, 0.7]),
            death,
            birth,
            cl.JaroWinklerAtThresholds("place", [0.93, 0.85]),
            cl.ExactMatch("sex"),
        ],
        [
            block_on("one", "two", "died_year"),
            block_on("one", "two", "born_year"),
            block_on("died", "one"),
            block_on("died", "two"),
            block_on("place", "one", "died_year"),
            block_on("place", "two", "died_year"),
        ],
        [block_on("name", "died")],
        0.05,
        [block_on("one", "two", "born_year"), block_on("died", "born_year")],
    )


def romanised(lists: Lists) -> pl.DataFrame:
    """Simulated lists as a user would prepare them for Splink: Latin letters, words in order."""
    frame = completed(lists).frame

    def latin(column: str) -> pl.Expr:
        return pl.col(column).map_elements(
            lambda text: " ".join(sorted(anyascii(text).lower().replace("-", " ").split())),
            return_dtype=pl.String,
        )

    exact = pl.col("death_first") == pl.col("death_last")
    words = pl.col("name").str.split(" ")
    return frame.select(
        pl.col("row").alias("unique_id"),
        latin("name"),
        latin("place"),
        pl.col("sex_code").alias("sex"),
        pl.when(exact).then(pl.col("death_first").cast(pl.String)).alias("died"),
        pl.col("death_first").dt.year().alias("died_year"),
        pl.col("birth_first").dt.year().alias("born_year"),
    ).with_columns(
        one=words.list.first().str.slice(0, 3),
        two=words.list.last().str.slice(0, 3),
    )


# Processes and the table


def measure(data: str, tool: str, folder: Path, shared: Path) -> Measured:
    """One tool on one set of lists, in this process."""
    lists, person = (
        labelled(data, shared)
        if data in LABELLED
        else simulated(int(data), folder / f"people-{data}")
    )
    if tool == "ours":
        run: Callable[..., Any] = ours
    elif data in LABELLED:
        models = {
            "rldata10000": _splink_german,
            "febrl3": _splink_australian,
            "hist50k": _splink_historical,
        }
        keep = [c for c, kind in lists.frame.schema.items() if kind == pl.String]
        run = splink(models[data], lists.frame.select(pl.col("row").alias("unique_id"), *keep))
    else:
        run = splink(_splink_simulated, romanised(lists))
    labels, pairs, wall, cpu = run(lists, person)
    f1, precision, recall = agreement(labels, person)
    peak = _peak()
    return Measured(
        data, tool, len(person), int(person.max()) + 1, f1, precision, recall,
        len(np.unique(labels)), pairs, wall, cpu, peak,
    )  # fmt: skip


def _peak() -> int:
    """The most memory that this process had, in MiB; what its parent had before is not in it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def apart(data: str, tool: str, folder: Path, shared: Path) -> Measured:
    """The same in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--one", tool, "--folder", str(folder), data]
    command += ["--labelled", str(shared)]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    found: Mapping[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return Measured(**found)


def table(rows: Sequence[Measured]) -> str:
    """The results as Markdown."""
    out = [
        "| lists | records | tool | F1 | precision | recall | people found (true) | pairs |"
        " seconds | processor | MB |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    out.extend(
        f"| {row.data if row.data in LABELLED else 'simulated'} | {row.records:,} |"
        f" {row.tool} | {row.f1:.4f} | {row.precision:.3f} | {row.recall:.3f} |"
        f" {row.found:,} ({row.people:,}) | {row.pairs:,} |"
        f" {row.wall:.1f} | {row.cpu:.1f} | {row.megabytes:,} |"
        for row in rows
    )
    return "\n".join(out)


def section(data: Sequence[str] = EVERY, shared: Path = DATA) -> str:
    """A part of docs/benchmarks.md."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for each in data:
            if each in LABELLED and not shared.exists():
                continue
            for tool in ("ours", "splink"):
                rows.append(apart(each, tool, Path(name), shared))
                print(rows[-1], file=sys.stderr)
    return (
        "## Linkage\n\nWithout any answer of a reviewer, by `bench/linkage.py`. F1 of the pairs in"
        " one cluster. Splink: the comparisons of its\ndemos, connected components at the threshold"
        " that the truth says is best; its pairs are those of at least 1 %.\n\n"
        + table(rows)
        + "\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=EVERY)
    parser.add_argument("--one", choices=["ours", "splink"])
    parser.add_argument("--labelled", type=Path, default=DATA, help="folder of labelled lists")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    if options.one:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = measure(options.data[0], options.one, options.folder, options.labelled)
        print(json.dumps({name: getattr(found, name) for name in Measured.__slots__}))
        return
    print(section(options.data, options.labelled))


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    main()
