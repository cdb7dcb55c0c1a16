"""A later list joined to lists that are linked: the weights stay, and most clusters do.

Only pairs with a new record are compared, and only clusters that a new record touches (some pair
of the two is likelier one person than two), or that a decision made since asks to change, are
formed again, from where they are. All others stay as they are, with their ids.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage import clustering
from stelae.linkage.candidates import CANDIDATES
from stelae.linkage.cluster_changes import NOT_THERE, Changes, changes, kept_ids
from stelae.linkage.coding import Coded
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.contradictions import joined
from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import Engine
from stelae.linkage.fields import Lists
from stelae.linkage.linking import Linkage, add_decided, find_candidates, likeness_of, once_of
from stelae.linkage.list_merging import merged_lists
from stelae.linkage.patterns import PatternCode
from stelae.linkage.plan import completed
from stelae.linkage.reopening import codes, levels_of, matching
from stelae.linkage.scoring import compare_pairs, kept, links, put_labels, scored
from stelae.linkage.words import words_of

__all__ = ["Joined", "join_later", "with_later"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Joined:
    """The linkage of all lists, and what changed; `before` are the old ids of all records."""

    linkage: Linkage
    changes: Changes
    before: Ints
    compared: int
    """Pairs compared now."""


def with_later(earlier: Linkage, later: Lists) -> Linkage:
    """The linkage with the records of later lists in it, each in a cluster that is none yet (-1).

    ImportRefused or BadInput where the weights that are there cannot weigh these lists.
    """
    as_read = merged_lists(earlier.as_read, later)
    whole = completed(as_read)
    learned = earlier.learned_from or tuple(one.name for one in earlier.as_read.lists)
    wanted: Mapping[str, tuple[str, ...]] = {each.name: each.levels for each in earlier.comparisons}
    comparisons: tuple[Comparison, ...] = matching(
        whole, likeness_of(earlier.model, earlier.common), wanted
    )
    more = whole.frame.height - len(earlier.labels)
    return replace(
        earlier,
        lists=whole,
        as_read=as_read,
        comparisons=comparisons,
        labels=np.concatenate([earlier.labels, np.full(more, NOT_THERE, dtype=np.int64)]),
        learned_from=learned,
        draws=(),
    )


def join_later(
    opened: Linkage,
    engine: Engine,
    rng: np.random.Generator,
    *,
    decided: Applied = NOTHING_DECIDED,
    highest: int,
    progress: Callable[[str, float], None] | None = None,
) -> Joined:
    """Join the records that are in no cluster yet to those that are (of `with_later`).

    `decided` are decisions on all records, `highest` is the highest id that a cluster ever had.
    """
    tell = progress or _quiet
    labels = opened.labels
    first = int((labels != NOT_THERE).sum())
    coded = codes(opened)
    once = once_of(opened.lists)
    patterns = PatternCode.of([len(comparison.levels) for comparison in opened.comparisons])
    tell("read", 1.0)
    words = words_of(opened.lists, opened.model)
    find_candidates(engine, opened.lists, once, words, opened.settings)
    add_decided(engine, decided)
    tell("candidates", 1.0)
    engine.make("with_new", f"select a, b from {CANDIDATES} where b >= {first}")
    compare_pairs(engine, ["with_new"], ["new_pairs"], opened.comparisons, coded, patterns)
    scored(engine, "new_pairs", "scored", patterns, opened.weights)
    compared = int(engine.fetch("select count(*) as n from new_pairs")["n"][0])
    tell("score", 1.0)
    inside = _touched(engine, patterns, labels, first, decided)
    engine.put("inside", pl.DataFrame({"row": np.flatnonzero(inside).astype(np.int64)}))
    engine.put("known", opened.pairs.select("a", "b"))
    engine.make(
        "old_inside",
        f"select a, b from (select a, b from {CANDIDATES} where b < {first}"
        # Pairs that were found among fewer records count on, whatever is found now.
        " union select a, b from known) u"
        " where a in (select row from inside) and b in (select row from inside)",
    )
    compare_pairs(engine, ["old_inside"], ["old_pairs"], opened.comparisons, coded, patterns)
    engine.make("pairs", "select * from new_pairs union all select * from old_pairs")
    scored(engine, "pairs", "scored", patterns, opened.weights)
    graph, start = _part(engine, patterns, opened, once, np.flatnonzero(inside), decided)
    found = clustering.best(graph, rng, start=start)
    tell("cluster", 1.0)
    # What is not touched keeps its label; the others get ones that no cluster has.
    now = labels.copy()
    now[inside] = int(labels.max(initial=0)) + 1 + found
    before = np.where(labels == NOT_THERE, NOT_THERE, labels + 1)
    after = kept_ids(before, now, highest)
    put_labels(engine, after)
    linkage = replace(
        opened,
        labels=after - 1,
        pairs=_pairs(engine, patterns, opened, coded, inside),
        compared=opened.compared + compared,
    )
    return Joined(linkage, changes(before, after), before, compared)


def _quiet(_stage: str, _share: float) -> None:
    """Nobody is told."""


def _touched(
    engine: Engine, patterns: PatternCode, labels: Ints, first: int, decided: Applied
) -> npt.NDArray[np.bool_]:
    """New records, and the records of all clusters that may have to change."""
    likely = links(engine, patterns, 0.0, "new_pairs")["a"].unique().to_numpy()
    clusters = set(labels[likely[likely < first]].tolist())
    for a, b, same in zip(decided.a, decided.b, decided.same, strict=True):
        one, two = int(labels[a]), int(labels[b])
        if NOT_THERE in {one, two} or (one == two) != bool(same):
            clusters |= {one, two}
    clusters.discard(NOT_THERE)
    return np.asarray((labels == NOT_THERE) | np.isin(labels, sorted(clusters)))


def _part(
    engine: Engine,
    patterns: PatternCode,
    opened: Linkage,
    once: Ints,
    rows: Ints,
    decided: Applied,
) -> tuple[clustering.Graph, Ints]:
    """The graph of the touched records alone, and the clusters from which they begin."""
    place = np.full(len(opened.labels), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    pairs = links(engine, patterns, -1e9)
    a, b = place[pairs["a"].to_numpy()], place[pairs["b"].to_numpy()]
    here = (a >= 0) & (b >= 0)
    one, two = place[decided.a], place[decided.b]
    both = (one >= 0) & (two >= 0)
    one, two, same = one[both], two[both], decided.same[both]
    graph = clustering.graph_of(
        len(rows),
        a[here],
        b[here],
        pairs["log_odds"].to_numpy()[here],
        once=once[rows],
        cap=opened.settings.cap,
        apart=opened.settings.apart,
        decisions=(one, two, same),
    )
    matched = joined(len(rows), list(zip(one[same].tolist(), two[same].tolist(), strict=True)))
    return graph, _begin(opened.labels[rows], np.array(matched, dtype=np.int64))


def _begin(labels: Ints, matched: Ints) -> Ints:
    """Old clusters as they are, new records alone, and records that reviewers joined together."""
    n = len(labels)
    keys: list[tuple[str, int]] = []
    sizes = np.bincount(matched, minlength=n)
    together = {
        int(root): len(set(labels[matched == root].tolist())) == 1 and labels[root] != NOT_THERE
        for root in np.flatnonzero(sizes > 1)
    }
    for row in range(n):
        root = int(matched[row])
        if sizes[root] > 1 and not together[root]:
            keys.append(("decided", root))
        elif labels[row] == NOT_THERE:
            keys.append(("new", row))
        else:
            keys.append(("old", int(labels[row])))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def _pairs(
    engine: Engine,
    patterns: PatternCode,
    opened: Linkage,
    coded: tuple[Coded, ...],
    inside: npt.NDArray[np.bool_],
) -> pl.DataFrame:
    """The kept pairs: earlier ones outside what was formed again, and those of now."""
    count = len(opened.comparisons)
    now = kept(engine, patterns, opened.settings.keep)
    a, b = opened.pairs["a"].to_numpy(), opened.pairs["b"].to_numpy()
    same = opened.pairs.filter(~(inside[a] & inside[b]))
    levels = levels_of(opened, coded, same["a"].to_numpy(), same["b"].to_numpy())
    earlier = same.select("a", "b", "log_odds", "together").with_columns(
        **{f"g{at}": pl.Series(levels[:, at]) for at in range(count)}
    )
    columns = ["a", "b", "log_odds", *(f"g{at}" for at in range(count)), "together"]
    whole = pl.concat([frame.select(columns) for frame in (earlier, now)], how="vertical_relaxed")
    return whole.sort("a", "b")
