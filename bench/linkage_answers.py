"""What reviewers' answers do to a linkage, and whether its number of people is honest.

    python bench/linkage_answers.py [--answers 0 200 500] [--seeds 2] [DATA ...]

The lists of ../shared/data/linkage with known truth. Pairs are drawn as `stelae link review` draws
them, 100 at a time, each round of the linkage that knows the answers before; answers are true.
F1 of the pairs in one cluster, the reviewed pairs among them; the interval for the number of people
or, in brackets, what would have been said had it not been refused.
"""

import argparse
import sys

import numpy as np
from linkage import DATA, LABELLED, agreement, labelled

from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import DuckEngine
from stelae.linkage.linking import Linkage, link
from stelae.linkage.names import NameModel
from stelae.linkage.questions import ask

ROUND = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", default=LABELLED)
    parser.add_argument("--answers", type=int, nargs="*", default=[0, 200, 500])
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    model = NameModel.shipped()
    print("| lists, people | answers | F1 | people |\n|---|---:|---:|---|")
    for name in given.data:
        lists, person = labelled(name, DATA)

        def linked(decided: Applied, seed: int, draws: int) -> Linkage:
            with DuckEngine(threads=2) as engine:
                rng = np.random.default_rng(seed)
                return link(lists, model, engine, rng, decided=decided, draws=draws)  # noqa: B023

        for seed in range(given.seeds):
            decided, asked_of = NOTHING_DECIDED, None
            for answers in range(0, max(given.answers) + 1, ROUND):
                if answers:
                    assert asked_of is not None
                    decided = answered(asked_of, person, decided, seed)
                is_shown = answers in given.answers
                asked_of = linked(decided, seed, 1 if is_shown else 0)
                if not is_shown:
                    continue
                f1 = agreement(asked_of.labels, person)[0]
                people = asked_of.people
                assert people is not None
                low, high = people.drawn if people.interval is None else people.interval
                said = f"{low:,} to {high:,}"
                print(
                    f"| {name}, {person.max() + 1:,} | {answers} | {f1:.4f} |"
                    f" {said if people.interval else f'refused ({said})'} |",
                    flush=True,
                )


def answered(linkage: Linkage, person: np.ndarray, before: Applied, seed: int) -> Applied:
    """The answers so far with those of another round."""
    rng = np.random.default_rng(1000 * seed + len(before.a))
    asked = ask(linkage.pairs, linkage.labels, ROUND, rng, decided=(before.a, before.b))
    a = np.concatenate([before.a, asked["a"].to_numpy()])
    b = np.concatenate([before.b, asked["b"].to_numpy()])
    none = np.zeros(0)
    chance = np.concatenate([none if before.chance is None else before.chance, asked["chance"]])
    print(f"{len(a)} answers", end="\r", file=sys.stderr)
    return Applied(a, b, person[a] == person[b], chance=chance)


if __name__ == "__main__":
    main()
