"""From lists to clusters: candidates, comparisons, weights, partitions."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage import clustering
from stelae.linkage.candidates import CANDIDATES, Limits, find, keys_for
from stelae.linkage.coding import Coded, code
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.engine import Engine
from stelae.linkage.fields import Lists
from stelae.linkage.marks import put_marks
from stelae.linkage.names import NameModel, name_likeness
from stelae.linkage.plan import comparisons_for, completed
from stelae.linkage.refining import refine
from stelae.linkage.scoring import answers, compare_pairs, patterns_of, put_records, scored
from stelae.linkage.weights import Weights, fellegi_sunter

__all__ = ["Linkage", "Settings", "link"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a linkage may be told; the defaults are those that docs/benchmarks.md measures."""

    limits: Limits = Limits()
    all_pairs_below: int = 1500
    """Records up to which every pair is compared."""
    random_pairs: int = 400_000
    training_pairs: int = 200_000
    """Pairs from which weights are learned."""
    cap: float = 6.0
    """Log odds at which one pair's weight ends, for and against."""
    apart: float = -0.5
    """Log odds of a pair that was never compared."""
    shift: float = 4.0
    """Taken from Fellegi-Sunter's log odds, which are too sure, for the first clusters."""
    rounds: int = 3
    """How often the weights are learned anew from the clusters."""
    lean: float = 1.0
    """Added to refined log odds."""
    price: float = 1.0


@dataclass(frozen=True, slots=True)
class Linkage:
    """Lists joined: which records are one person, and all that it rests on."""

    lists: Lists
    comparisons: tuple[Comparison, ...]
    weights: Weights
    first_weights: Weights
    labels: Ints
    pairs: pl.DataFrame
    keys: pl.DataFrame
    seconds: Mapping[str, float] = field(default_factory=dict)


def link(
    lists: Lists,
    model: NameModel,
    engine: Engine,
    rng: np.random.Generator,
    settings: Settings = Settings(),
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Linkage:
    """Join the records of lists into clusters of one person each."""
    seconds: dict[str, float] = {}
    began = clock()

    def lap(name: str) -> None:
        nonlocal began
        now = clock()
        seconds[name] = seconds.get(name, 0.0) + now - began
        began = now

    whole = completed(lists)

    def likeness(
        names: Sequence[str], left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.float32]:
        return name_likeness(model, names, left, right)

    comparisons = comparisons_for(whole, likeness)
    coded = [code(whole.frame, comparison.columns) for comparison in comparisons]
    n = whole.frame.height
    once = _once(whole)
    put_records(engine, coded, once)
    lap("read")
    keys = _candidates(engine, whole, model, settings, once)
    lap("candidates")
    compare_pairs(engine, CANDIDATES, "pairs", comparisons, coded)
    lap("compare")
    _random_pairs(engine, rng, n, settings.random_pairs)
    compare_pairs(engine, "random", "random_pairs", comparisons, coded)
    count = len(comparisons)
    sizes = [len(comparison.levels) for comparison in comparisons]
    share = _sample(engine, settings.training_pairs)
    first = fellegi_sunter(
        patterns_of(engine, "training", count),
        patterns_of(engine, "random_pairs", count),
        sizes,
        share * n * (n - 1) / 2,
    )
    lap("weights")
    weights = replace(first, prior=first.prior - settings.shift)
    labels = np.arange(n, dtype=np.int64)
    for round_ in range(settings.rounds + 1):
        scored(engine, "pairs", "scored", weights)
        graph = _graph(engine, n, once, settings)
        labels = clustering.best(graph, rng)
        lap("cluster")
        if round_ == settings.rounds:
            break
        levels, yes, no = answers(engine, "training", count, labels)
        refined = refine(levels, yes, no, first, price=settings.price)
        weights = replace(refined, prior=refined.prior + settings.lean)
        lap("weights")
    pairs = engine.fetch("select * from scored", ["a", "b"])
    return Linkage(whole, comparisons, weights, first, labels, pairs, keys, seconds)


def _sample(engine: Engine, most: int) -> float:
    """Make the table `training`, some of the pairs; gives their share of all pairs."""
    total = int(engine.fetch("select count(*) as n from pairs")["n"][0])
    every = max(-(-total // most), 1)
    # Spread by two primes, so that the choice depends on no order and no engine.
    chosen = "" if every == 1 else f" where (a * 7919 + b * 104729) % {every} = 0"
    engine.make("training", f"select * from pairs{chosen}")
    taken = int(engine.fetch("select count(*) as n from training")["n"][0])
    return taken / max(total, 1)


def _once(lists: Lists) -> Ints:
    numbers = {one.name: at for at, one in enumerate(lists.lists) if one.once}
    return (
        lists.frame["list"]
        .replace_strict(numbers, default=-1, return_dtype=pl.Int64)
        .to_numpy()
        .astype(np.int64)
    )


def _candidates(
    engine: Engine, lists: Lists, model: NameModel, settings: Settings, once: Ints
) -> pl.DataFrame:
    n = lists.frame.height
    if n <= settings.all_pairs_below:
        engine.make(
            CANDIDATES,
            "select l.row as a, r.row as b, cast(1 as bigint) as found from records l"
            " join records r on l.row < r.row"
            " where l.once is null or r.once is null or l.once <> r.once",
        )
        return pl.DataFrame({"key": ["all pairs"], "pairs": [n * (n - 1) // 2]})
    marks = put_marks(engine, lists, model)
    return find(engine, list(keys_for(marks)), settings.limits, n)


def _random_pairs(engine: Engine, rng: np.random.Generator, n: int, most: int) -> None:
    a, b = rng.integers(0, n, most), rng.integers(0, n, most)
    apart = a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    engine.put("random", pl.DataFrame({"a": low, "b": high}))


def _graph(engine: Engine, n: int, once: Ints, settings: Settings) -> clustering.Graph:
    pairs = engine.fetch("select a, b, log_odds from scored", ["a", "b"])
    return clustering.graph_of(
        n,
        pairs["a"].to_numpy().astype(np.int64),
        pairs["b"].to_numpy().astype(np.int64),
        pairs["log_odds"].to_numpy(),
        once=once,
        cap=settings.cap,
        apart=settings.apart,
    )
