"""How fast estimates are, against the plain sampler that the field uses, in one run.

The yardstick of latent classes is a plain Gibbs sampler at its published settings, 10 classes and
every 100th sweep kept (Manrique-Vallier 2016). Effective draws are the smaller of bulk and tail
(Vehtari et al. 2021), each for a second of processor time, so that other work on the machine
counts for little. Ours include settling, the pilot and all; compilation, once a machine, does not
count on either side.
"""

import argparse
import csv
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stelae.estimation.axes import estimate_all
from stelae.estimation.convergence import convergence_of
from stelae.estimation.decomposable import DecomposableGraphs
from stelae.estimation.estimate import Method
from stelae.estimation.histories import CaptureHistories, Replicate
from stelae.estimation.latent_class import LatentClass
from stelae.estimation.latent_class.chains import Schedule, begin
from stelae.estimation.latent_class.posterior import model_of
from stelae.estimation.loglinear import Interval, LogLinear, Selection

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "estimation"
TABLES = {
    "kosovo_1999": "25",
    "sim_L3_n100000": "100",
    "sim_L4_n1000000": "1",
    "sim_L7_n1000": "1",
    "uk_2013_5lists": "1",
    "uk_2013_6lists": "1",
    "new_orleans_2016_5lists": "1",
    "new_orleans_2016_8lists": "1",
    "korea_palembang": "1",
    "madigan_york_3lists": "1",
    "madigan_york_5lists": "1",
    "netherlands_2010_15_5lists": "1",
}
"""Files of ../shared/data/estimation, and how many times the plain sampler is aimed at."""
CHAINS = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One table: microseconds of a plain sweep, effective draws a second of both, the choice."""

    name: str
    sweep: float
    plain: float
    ours: float
    schedule: str
    status: str
    aim: str


def read(name: str) -> CaptureHistories:
    """A table of the data folder."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    lists = header[: next(j for j, cell in enumerate(header) if cell in {"count", "Freq"})]
    return CaptureHistories.of(
        lists,
        {
            sum(1 << j for j in range(len(lists)) if row[j] == "1"): int(row[len(lists)])
            for row in rows
        },
    )


def processor(action: Callable[[], object]) -> float:
    """Seconds of processor time, over all threads."""
    start = time.process_time()
    action()
    return time.process_time() - start


def plain(histories: CaptureHistories, kept: int) -> tuple[float, float]:
    """Microseconds of a plain sweep, and its effective draws a second of processor time."""
    model = model_of(histories, 10, captures=(1, 1), alpha=(0.25, 0.25), size=(0, 1))
    ratios = np.geomspace(1.1, 30, CHAINS)
    chains = [begin(model, histories, np.random.default_rng(c), ratios[c]) for c in range(CHAINS)]
    every = Schedule(100, 0)
    for chain in chains:
        chain.run(every, kept // 4)
    start = time.process_time()
    draws = np.array([chain.run(every, kept) for chain in chains])
    seconds = time.process_time() - start
    found = convergence_of(draws)
    return seconds / draws.size / 100 * 1e6, min(found.bulk, found.tail) / seconds


def ours(histories: CaptureHistories, draws: int) -> tuple[float, str, str]:
    """Effective draws a second of a whole fit, its schedule, and whether it converged."""
    method = LatentClass(draws=draws)
    start = time.process_time()
    found = method.fit(histories, rng=np.random.default_rng(1))
    seconds = time.process_time() - start
    assert found.draws is not None
    agreed = convergence_of(found.draws)
    chosen = found.diagnostics["schedule"]
    assert isinstance(chosen, dict)
    schedule = f"{chosen['sweeps']} + {chosen['trajectories']}"
    return min(agreed.bulk, agreed.tail) / seconds, schedule, str(found.status)


def latent_classes(kept: int, draws: int) -> list[Compared]:
    """Every table of the data folder."""
    results = []
    for name, aim in TABLES.items():
        histories = read(name)
        LatentClass(draws=400, effective=1).fit(histories, rng=np.random.default_rng(0))
        sweep, slow = plain(histories, kept)
        fast, schedule, status = ours(histories, draws)
        results.append(Compared(name, sweep, slow, fast, schedule, status, aim))
        print(f"{name}: {fast:.0f} / {slow:.0f} a second", file=sys.stderr)
    return results


def many_strata(method: Method, strata: int) -> tuple[float, float]:
    """Strata of four lists x 10 linkages in one call: seconds, and megabytes at the most."""
    rng = np.random.default_rng(7)
    tables = []
    for stratum in range(strata):
        captures = rng.uniform(0.2, 0.5, size=(2, 4))
        size = int(rng.integers(100, 400))
        for linkage in range(10):
            classes = rng.integers(0, 2, size=size)
            seen = rng.random((size, 4)) < captures[classes]
            masks, counts = np.unique(seen @ (1 << np.arange(4)), return_counts=True)
            table = dict(zip(masks.tolist(), counts.tolist(), strict=True))
            table.pop(0, None)
            tables.append(
                CaptureHistories.of(
                    "ABCD",
                    table,
                    stratum={"region": f"{stratum}"},
                    replicate=Replicate(linkage=linkage),
                )
            )
    start = time.perf_counter()
    estimate_all(tables, method, seed=1)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def once(name: str, method: Method) -> float:
    """Seconds of processor time of one fit, after one that compiles and enumerates."""
    histories = read(name)
    method.fit(histories, rng=np.random.default_rng(0))
    return processor(lambda: method.fit(histories, rng=np.random.default_rng(1)))


def imported() -> float:
    """Seconds until every method of the room is imported, in a new interpreter."""
    code = (
        "import stelae.estimation.latent_class, stelae.estimation.loglinear,"
        " stelae.estimation.decomposable, stelae.estimation.higher_order"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def other_methods() -> list[tuple[str, str, str]]:
    """What, how long, and the aim."""
    rows = []

    def add(what: str, seconds: float, aim: str, note: str = "") -> None:
        rows.append((what, f"{seconds:.3g} s{note}", aim))
        print(f"{what}: {seconds:.3g} s{note}", file=sys.stderr)

    graphs = DecomposableGraphs(sensitivity=())
    for name, aim in (
        ("uk_2013_5lists", "15 ms"),
        ("uk_2013_6lists", "0.3 s"),
        ("sim_L7_n1000", "12 s"),
    ):
        add(f"decomposable graphs, one delta, {name}", once(name, graphs), aim)
    bootstrap = LogLinear(interval=Interval.BCA, selection=Selection.STEPWISE)
    add(
        "log-linear, stepwise, 1,000 BCa replicates, uk_2013_5lists",
        once("uk_2013_5lists", bootstrap),
        "2 s",
    )
    among_all = LogLinear(interval=Interval.BCA, selection=Selection.BIC)
    add(
        "log-linear, BIC over all models, 1,000 BCa replicates, uk_2013_5lists",
        once("uk_2013_5lists", among_all),
        "2 s",
    )
    add(
        "log-linear, all hierarchical models, kosovo_1999",
        once("kosovo_1999", LogLinear(interval=Interval.MULTINOMIAL_PROFILE)),
        "",
    )
    many: tuple[Method, ...] = (
        DecomposableGraphs(sensitivity=()),
        LogLinear(interval=Interval.MULTINOMIAL_PROFILE),
        LatentClass(),
    )
    for method in many:
        seconds, most = many_strata(method, 200)
        add(f"200 strata x 10 linkages, {method.name}", seconds, "60 s, 1 GB", f", {most:.0f} MB")
    add("importing every method", imported(), "1 s")
    return rows


def section(*, kept: int = 1000, draws: int = 8000) -> str:
    """The estimates' part of docs/benchmarks.md."""
    if not DATA.is_dir():
        return "## Estimates\n\nNot measured: ../shared/data/estimation is not there.\n"
    out = [
        "## Estimates\n",
        "Latent classes against a plain Gibbs sampler at its published settings (10 classes, every"
        f" 100th sweep, {CHAINS} x {kept * 100:,} sweeps). Effective draws (the smaller of bulk and"
        " tail) for each second of processor time; ours with settling and pilot. Chosen: sweeps +"
        " trajectories between two draws. Where chains do not agree, neither rate means much.\n",
        "| table | plain: a sweep | plain: effective/s | ours: effective/s | ratio | aim | chosen |"
        " status |",
        "|---|---:|---:|---:|---:|---:|---|---|",
    ]
    out.extend(
        f"| {c.name} | {c.sweep:.1f} µs | {c.plain:,.1f} | {c.ours:,.1f} | {c.ours / c.plain:.1f} |"
        f" {c.aim} | {c.schedule} | {c.status} |"
        for c in latent_classes(kept, draws)
    )
    out += ["", "| what | measured | aim: under |", "|---|---:|---:|"]
    out.extend(f"| {what} | {seconds} | {aim} |" for what, seconds, aim in other_methods())
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=int, default=1000, help="draws kept of each plain chain")
    parser.add_argument("--draws", type=int, default=8000, help="draws of our fits")
    options = parser.parse_args()
    print(section(kept=options.kept, draws=options.draws))
