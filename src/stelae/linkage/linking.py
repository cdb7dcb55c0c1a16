"""From lists to clusters: candidates, comparisons, weights, partitions."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.errors import BadInput
from stelae.linkage import clustering
from stelae.linkage.candidates import CANDIDATES, Limits, find
from stelae.linkage.coding import code
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.comparisons.people import Likeness
from stelae.linkage.contradictions import joined
from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import Engine
from stelae.linkage.fields import Lists
from stelae.linkage.judging import judged
from stelae.linkage.laps import Laps
from stelae.linkage.learning import Answers, learn
from stelae.linkage.marks import marks_of
from stelae.linkage.mixture import three_kinds
from stelae.linkage.names import NameModel, WordRows, ready_names
from stelae.linkage.patterns import PatternCode
from stelae.linkage.plan import comparisons_for, completed
from stelae.linkage.posterior import (
    UNREVIEWED_DOUBT,
    Drawing,
    People,
    doubt_of,
    drawn_clusterings,
    moved_draws,
    people_interval,
)
from stelae.linkage.refining import refine
from stelae.linkage.scoring import (
    answers,
    compare_pairs,
    found_share,
    kept,
    levels_of,
    links,
    links_of,
    links_within,
    patterns_of,
    put_labels,
    scored,
)
from stelae.linkage.weights import Weights, fellegi_sunter, inflation
from stelae.linkage.words import Words, frequencies, words_of

__all__ = [
    "Linkage",
    "Settings",
    "add_decided",
    "find_candidates",
    "likeness_of",
    "link",
    "once_of",
]

Ints = npt.NDArray[np.int64]

_LEAN_STEP, _MOST_LEAN, _FULL = 0.5, 2.0, 0.95
"""What a round adds to the lean, and to which sum at most, while clusters hold less than so much of
the pairs that match by the first weights."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a linkage may be told; the defaults are those that docs/benchmarks.md measures."""

    limits: Limits = field(default_factory=Limits)
    all_pairs_below: int = 150
    """Records up to which every pair is compared. Beyond, strangers among the candidates hide the
    relatives from the third kind of pairs, and EM takes relatives for matches."""
    random_pairs: int = 400_000
    training_pairs: int = 200_000
    """Pairs from which weights are learned."""
    cap: float = 6.0
    """Log odds at which one pair's weight ends, for and against."""
    apart: float = -0.5
    """Log odds of a pair that was never compared."""
    rounds: int = 3
    """How often the weights are learned anew from the clusters."""
    lean: float = 1.0
    """Added to refined log odds: the clusters that teach leave out links that are there. Up to 2
    while clusters hold fewer than .95 of the pairs that match by the first weights."""
    first_price: float = 0.1
    price: float = 1.0
    """How dear it is to move a level's weight: one over its prior variance."""
    keep: float = 0.01
    """Probability, the lean in it, from which a pair that is not in one cluster is kept."""


@dataclass(frozen=True, slots=True)
class Linkage:
    """Lists joined: which records are one person, and all that it rests on.

    `labels[row]` is a record's cluster, `pairs` the compared pairs worth keeping: a and b (rows),
    log_odds, and the level of each comparison (g0, g1 ...; -1 where one of the two says nothing).
    """

    lists: Lists
    """The records as they were compared: what one field says of another is filled in."""
    as_read: Lists
    """The same records as their lists print them."""
    model: NameModel
    settings: Settings
    comparisons: tuple[Comparison, ...]
    weights: Weights
    first_weights: Weights
    inflation: float
    labels: Ints
    pairs: pl.DataFrame
    compared: int
    """Pairs compared in all."""
    keys: pl.DataFrame
    found: float
    """The share of matching pairs that the candidates hold, as estimated."""
    draws: tuple[Ints, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    people: People | None = None
    """The number of people by draws, or why it is not stated; None without draws."""
    learned_from: tuple[str, ...] = ()
    """The lists from which weights and frequencies were learned; empty: from all."""
    common: Mapping[str, float] = field(default_factory=dict)
    """The log share of each word of a name in these lists."""

    def without_lean(self) -> "Linkage":
        """The same with the log odds that a pair alone has, for whoever reads them.

        Clusters are made with a lean in all log odds; as a probability of the pair it is too much.
        """
        lean = self.settings.lean
        return replace(
            self,
            weights=replace(self.weights, prior=self.weights.prior - lean),
            pairs=self.pairs.with_columns(pl.col("log_odds") - lean),
        )


def link(
    lists: Lists,
    model: NameModel,
    engine: Engine,
    rng: np.random.Generator,
    settings: Settings = Settings(),
    *,
    decided: Applied = NOTHING_DECIDED,
    draws: int = 0,
    progress: Callable[[str, float], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Linkage:
    """Join the records of lists into clusters of one person each.

    `decided` are pairs that reviewers decided on: they bind the clusters. `draws` clusterings are
    drawn from their distribution. `progress` is told the stage and its share done. BadInput where
    no record says anything.
    """
    laps = Laps(clock, progress)
    whole = completed(lists)
    words = words_of(whole, model)
    common = frequencies(words, model)
    comparisons = comparisons_for(whole, likeness_of(model, common))
    coded = [code(whole.frame, comparison.columns) for comparison in comparisons]
    if not any(each.values.height for each in coded):
        raise BadInput(
            "no record says anything that can be compared",
            hint="Map columns of names, dates or places; an age needs `at` and `towards` (birth).",
        )
    n = whole.frame.height
    once = once_of(whole)
    laps.done("read")
    keys = find_candidates(engine, whole, once, words, settings)
    add_decided(engine, decided)
    laps.done("candidates")
    _random_pairs(engine, rng, n, settings.random_pairs)
    patterns = PatternCode.of([len(comparison.levels) for comparison in comparisons])
    total, within = _count(engine, CANDIDATES), laps.within("score")
    compare_pairs(
        engine,
        [CANDIDATES, "random"],
        ["pairs", "random_pairs"],
        comparisons,
        coded,
        patterns,
        None if within is None else lambda done: within(min(done / max(total, 1), 1.0)),
    )
    laps.done("score")
    compared = _count(engine, "pairs")
    share = _sample(engine, compared, settings.training_pairs)
    candidates = patterns_of(engine, "training", patterns)
    random = patterns_of(engine, "random_pairs", patterns)
    usual = [comparison.usual for comparison in comparisons]
    pairs_in_all = share * n * (n - 1) / 2
    independent = fellegi_sunter(candidates, random, usual, pairs_in_all, n)
    kinds = three_kinds(candidates, independent, usual, pairs_in_all)
    told_apart = refine(
        candidates.levels,
        kinds.matching * candidates.counts,
        (1.0 - kinds.matching) * candidates.counts,
        independent,
        price=settings.first_price,
        shrink=False,
    )
    factor = inflation(told_apart, candidates, random)
    first = replace(told_apart.scaled(1.0 / factor), m=kinds.m, u=independent.u)
    laps.done("weights")
    taught = _taught(engine, patterns, decided)
    begin = _begin(n, decided)
    weights, labels, doubt = first, begin, UNREVIEWED_DOUBT
    expected = first.matches / max(share, 1e-12)
    for left in range(settings.rounds, -1, -1):
        scored(engine, "pairs", "scored", patterns, weights)
        graph = _graph(engine, patterns, once, settings, decided)
        labels = clustering.best(graph, rng, start=begin)
        laps.done("cluster")
        if left:
            if clustering.pairs_within(labels) < _FULL * expected:
                settings = _leaning(settings)
            refined = refine(
                *answers(engine, "training", patterns, labels), first, price=settings.price
            )
            learned = learn(taught, refined)
            doubt = doubt_of(learned, taught)
            weights = replace(learned.weights, prior=learned.weights.prior + settings.lean)
            laps.done("weights")
    put_labels(engine, labels)
    pairs = kept(engine, patterns, settings.keep)
    found = found_share(engine)
    drawn: tuple[Ints, ...] = ()
    counted = None
    if draws:
        # Pairs that may be one person when all log odds are moved up, and the parts they make.
        least = _log_odds(settings.keep) - doubt
        possible = _within_parts(engine, patterns, n, decided, least)
        drawing = Drawing(
            possible["a"].to_numpy(),
            possible["b"].to_numpy(),
            possible["log_odds"].to_numpy(),
            once=once,
            start=labels,
            cap=settings.cap,
            apart=settings.apart,
            decisions=(decided.a, decided.b, decided.same),
        )
        told = laps.within("draws")
        drawn = tuple(drawn_clusterings(drawing, rng, doubt=doubt, count=draws, progress=told))
        moved = tuple(moved_draws(drawing, rng, doubt=doubt, lean=settings.lean))
        seen = links_of(engine, patterns, decided.a, decided.b)
        fit = judged(seen, decided, settings.lean)
        counted = people_interval(moved, labels, found=found, inflation=factor, judged=fit)
    laps.done("draws")
    return Linkage(
        whole, lists, model, settings, comparisons, weights, first, factor, labels, pairs, compared,
        keys, found, drawn, laps.seconds, common=common, people=counted,
    )  # fmt: skip


def _leaning(settings: Settings) -> Settings:
    """The same with more of a lean: the last clusters left out more than weights had expected."""
    return replace(settings, lean=min(settings.lean + _LEAN_STEP, max(settings.lean, _MOST_LEAN)))


def likeness_of(model: NameModel, common: Mapping[str, float]) -> Likeness:
    """Log odds of names, with the log share of each word in the lists at hand."""

    def likeness(
        rows: WordRows,
    ) -> Callable[[npt.NDArray[np.int32], npt.NDArray[np.int32]], npt.NDArray[np.float32]]:
        return ready_names(model, rows, frequencies=common).likeness

    return likeness


def _begin(n: int, decided: Applied) -> Ints:
    """Every record alone but for those that reviewers joined.

    Moves of single records may not find their way to what two decided matches ask for, when each
    of the records has settled where its list bars the other.
    """
    matches = zip(decided.a[decided.same].tolist(), decided.b[decided.same].tolist(), strict=True)
    return np.array(joined(n, list(matches)), dtype=np.int64)


def _count(engine: Engine, table: str) -> int:
    return int(engine.fetch(f"select count(*) as n from {table}")["n"][0])


def add_decided(engine: Engine, decided: Applied) -> None:
    """Pairs that were decided on are candidates, whatever finds them."""
    if not len(decided.a):
        return
    low, high = np.minimum(decided.a, decided.b), np.maximum(decided.a, decided.b)
    engine.put("decided", pl.DataFrame({"a": low, "b": high, "found": np.zeros_like(low)}).unique())
    engine.make(
        "with_decided",
        f"select a, b, max(found) as found from (select a, b, found from {CANDIDATES}"
        " union all select a, b, found from decided) u group by a, b",
    )
    engine.make(CANDIDATES, "select * from with_decided")
    engine.drop("decided", "with_decided")


def _taught(engine: Engine, patterns: PatternCode, decided: Applied) -> Answers:
    """What reviewers answered of pairs that some key found, with their levels.

    Pairs that no key found are asked about because they are in one cluster, and the answers would
    tell that pairs whose evidence is poor are mostly matches.
    """
    engine.make(
        "by_keys",
        f"select p.* from pairs p join {CANDIDATES} c on c.a = p.a and c.b = p.b where c.found > 0",
    )
    place, levels = levels_of(engine, "by_keys", patterns, decided.a, decided.b)
    engine.drop("by_keys")
    chance = np.full(len(decided.a), np.nan) if decided.chance is None else decided.chance
    return Answers(levels, decided.same[place], chance[place])


def _sample(engine: Engine, total: int, most: int) -> float:
    """Make the table `training`, some of the pairs; gives their share of all pairs."""
    every = max(-(-total // most), 1)
    # Spread by two primes, so that the choice depends on no order and no engine.
    chosen = "" if every == 1 else f" where (a * 7919 + b * 104729) % {every} = 0"
    engine.make("training", f"select * from pairs{chosen}")
    return _count(engine, "training") / max(total, 1)


def once_of(lists: Lists) -> Ints:
    """For each record the number of its list, if that holds each person once; else -1."""
    numbers = {one.name: at for at, one in enumerate(lists.lists) if one.once}
    return (
        lists.frame["list"]
        .replace_strict(numbers, default=-1, return_dtype=pl.Int64)
        .to_numpy()
        .astype(np.int64)
    )


def find_candidates(
    engine: Engine, lists: Lists, once: Ints, words: Words, settings: Settings
) -> pl.DataFrame:
    """Make the table of candidates: every pair of few records, else those that share a key.

    Gives for each key its pairs and what was passed over.
    """
    n = lists.frame.height
    if n <= settings.all_pairs_below:
        engine.put("every", pl.DataFrame({"row": np.arange(n, dtype=np.int64), "once": once}))
        engine.make(
            CANDIDATES,
            "select l.row as a, r.row as b, cast(1 as bigint) as found from every l"
            " join every r on l.row < r.row where l.once < 0 or l.once <> r.once",
        )
        engine.drop("every")
        pairs = _count(engine, CANDIDATES)
        return pl.DataFrame(
            {"key": ["all pairs"], "pairs": [pairs], "block": [n], "passed_over": [0]}
        )
    return find(engine, marks_of(lists, words), settings.limits, once)


def _random_pairs(engine: Engine, rng: np.random.Generator, n: int, most: int) -> None:
    a, b = rng.integers(0, n, most), rng.integers(0, n, most)
    apart = a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    engine.put("random", pl.DataFrame({"a": low, "b": high}))


def _graph(
    engine: Engine, patterns: PatternCode, once: Ints, settings: Settings, decided: Applied
) -> clustering.Graph:
    n = len(once)
    pairs = _within_parts(engine, patterns, n, decided, 0.0)
    return clustering.graph_of(
        n,
        pairs["a"].to_numpy(),
        pairs["b"].to_numpy(),
        pairs["log_odds"].to_numpy(),
        once=once,
        cap=settings.cap,
        apart=settings.apart,
        decisions=(decided.a, decided.b, decided.same),
    )


def _within_parts(
    engine: Engine, patterns: PatternCode, n: int, decided: Applied, least: float
) -> pl.DataFrame:
    """The compared pairs within the parts that links of at least so much log odds make."""
    near = links(engine, patterns, least)
    parts = clustering.parts(
        n,
        np.concatenate([near["a"].to_numpy(), decided.a[decided.same]]),
        np.concatenate([near["b"].to_numpy(), decided.b[decided.same]]),
    )
    return pl.concat([near, links_within(engine, patterns, parts, least)]).sort("a", "b")


def _log_odds(probability: float) -> float:
    return float(np.log(probability / (1.0 - probability)))
