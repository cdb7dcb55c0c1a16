"""How often the estimate of N holds the truth: from one clustering, and from K draws of them.

    python bench/linkage_estimates.py [--populations 60] [--people 300] [--draws 10] [--reviews 100]

Each population is SYNTHETIC and of its own seed (`stelae simulate`: families of a few villages,
four lists in three scripts, people easier and harder to reach), joined as `stelae link` does,
without answers and with `--reviews` true ones. N is estimated by latent classes. The first row has
the true people in place of clusters: what it misses is not the linkage's.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from linkage_errors import population

from stelae.estimation.axes import estimate_all
from stelae.estimation.histories import CaptureHistories, Replicate
from stelae.estimation.latent_class import LatentClass
from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Lists
from stelae.linkage.linking import link
from stelae.linkage.names import NameModel
from stelae.linkage.questions import ask

Ints = npt.NDArray[np.int64]


def histories(lists: Lists, labels: Ints, draw: int) -> CaptureHistories:
    """Who is on which lists, if clusters are people."""
    names = [one.name for one in lists.lists]
    at = np.array([names.index(name) for name in lists.frame["list"]])
    masks = np.zeros(int(labels.max()) + 1, dtype=np.int64)
    np.bitwise_or.at(masks, labels, 1 << at)
    found, counts = np.unique(masks, return_counts=True)
    table = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return CaptureHistories.of(names, table, replicate=Replicate(linkage=draw))


def estimated(
    lists: Lists, clusterings: Sequence[Ints]
) -> tuple[float, tuple[float, float]] | None:
    tables = [histories(lists, labels, at) for at, labels in enumerate(clusterings)]
    pooled = estimate_all(tables, LatentClass(), seed=1).strata[0].pooled
    if pooled.point is None or pooled.interval is None:
        return None
    return pooled.point, pooled.interval


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--populations", type=int, default=60)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--reviews", type=int, default=100)
    given = parser.parse_args()
    model = NameModel.shipped()
    points: dict[str, list[float]] = defaultdict(list)
    ends: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def add(what: str, lists: Lists, clusterings: Sequence[Ints]) -> None:
        found = estimated(lists, clusterings)
        if found is not None:
            points[what].append(found[0])
            ends[what].append(found[1])

    for seed in range(given.populations):
        lists, person = population(given.people, seed)
        add("the true people", lists, [person])
        decided = NOTHING_DECIDED
        for answers in (0, given.reviews):
            with DuckEngine(threads=2) as engine:
                made = link(
                    lists,
                    model,
                    engine,
                    np.random.default_rng(seed),
                    decided=decided,
                    draws=given.draws,
                )
            told = f", {answers} answers" if answers else ", no answers"
            add(f"one clustering{told}", lists, [made.labels])
            add(f"{given.draws} draws{told}", lists, made.draws)
            asked = ask(made.pairs, made.labels, given.reviews, np.random.default_rng(seed))
            a, b = asked["a"].to_numpy(), asked["b"].to_numpy()
            decided = Applied(a, b, person[a] == person[b], chance=asked["chance"].to_numpy())
        print(f"{seed + 1} of {given.populations}", end="\r", file=sys.stderr)
    print(
        "| linkage | truth in the 95 % interval | mean of the estimates | mean width | no number |"
    )
    print("|---|---:|---:|---:|---:|")
    for what, found in ends.items():
        low, high = np.array(found).T
        held = float(((low <= given.people) & (given.people <= high)).mean())
        without = given.populations - len(found)
        print(
            f"| {what} | {held:.2f} | {np.mean(points[what]):,.0f} | {(high - low).mean():,.0f} |"
            f" {without} |"
        )
    print(f"\n{given.populations} populations of {given.people} people.")


if __name__ == "__main__":
    main()
