"""How often the truth lies in the intervals stated for a linkage's errors.

    python bench/linkage_errors.py [--linkages 200] [--people 200] [--reviews 100] [--learn]

Each linkage is of its own SYNTHETIC population (`stelae simulate`), joined as `stelae link` does.
Records are drawn evenly and their people found, as reviewers would; pairs are drawn by
`questions.ask`. Their answers are true. With --learn the linkage is made again with these answers.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import DuckEngine
from stelae.linkage.evaluation import errors_of, from_people, people_of
from stelae.linkage.fields import Lists
from stelae.linkage.linking import Linkage, link
from stelae.linkage.mapping_toml import read_mapping
from stelae.linkage.names import NameModel
from stelae.linkage.pair_errors import pair_errors
from stelae.linkage.questions import ask, frame_of
from stelae.linkage.reading import read_lists
from stelae.linkage.synthetic import Parameters, designs, simulate
from stelae.linkage.synthetic.cultures import cultures
from stelae.linkage.synthetic.documents import mapping, truth

SCRIPTS = ("armenian", "cyrillic", "latin-azerbaijani", "latin-english")
Ints = npt.NDArray[np.int64]


def population(people: int, seed: int) -> tuple[Lists, Ints]:
    """Lists of a made-up population, and the number of each record's person."""
    parameters = Parameters(people=people, customs=dict.fromkeys(cultures(), 1.0), regions=2)
    made = simulate(parameters, designs(4, SCRIPTS), seed)
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in made.frames.items():
            frame.write_csv(Path(folder) / f"{name}.csv")
        paths = [Path(folder) / f"{name}.csv" for name in made.frames]
        lists = read_lists(paths, read_mapping(mapping(made, "csv"), "mapping.toml"))
    ids = ["list", "record"]
    known = truth(made).select(*(pl.col(name).cast(pl.String) for name in (*ids, "person")))
    person = lists.frame.select(ids).join(known, on=ids, how="left", maintain_order="left")
    return lists, np.unique(person["person"].to_numpy(), return_inverse=True)[1].astype(np.int64)


def joined(
    lists: Lists, model: NameModel, seed: int, decided: Applied = NOTHING_DECIDED
) -> Linkage:
    with DuckEngine(threads=1) as engine:
        return link(lists, model, engine, np.random.default_rng(seed), decided=decided)


def true_errors(person: Ints, labels: Ints) -> dict[str, float]:
    """The errors, by the names under which they are estimated."""

    def pairs(values: Ints) -> float:
        counts = np.unique(values, return_counts=True)[1].astype(np.float64)
        return float((counts * (counts - 1)).sum() / 2)

    both = pairs(person * (labels.max() + 1) + labels)
    made, matching = pairs(labels), pairs(person)
    table = pl.DataFrame({"person": person, "cluster": labels})
    one = {
        side: float(
            (table.group_by(side).agg(pl.col(other).n_unique())[other] == 1).to_numpy().mean()
        )
        for side, other in (("person", "cluster"), ("cluster", "person"))
    }
    return {
        "precision": both / made if made else 1.0,
        "recall": both / matching,
        "F1": 2 * both / (made + matching),
        "clusters that hold one person only": one["cluster"],
        "people who are in one cluster only": one["person"],
        "people": float(person.max() + 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--linkages", type=int, default=200)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--reviews", type=int, default=100)
    parser.add_argument("--learn", action="store_true")
    given = parser.parse_args()
    model = NameModel.shipped()
    held: dict[str, list[bool]] = defaultdict(list)
    wide: dict[str, list[float]] = defaultdict(list)
    refused: dict[str, int] = defaultdict(int)
    before, after, began = [], [], time.process_time()
    for seed in range(given.linkages):
        lists, person = population(given.people, seed)
        linkage = joined(lists, model, seed)
        rng = np.random.default_rng(seed)
        labels, n = linkage.labels, len(person)
        known = true_errors(person, labels)
        rows = rng.choice(n, min(given.reviews, n), replace=False)
        people = [np.flatnonzero(person == person[row]) for row in rows]
        size = np.array([len(one) for one in people], dtype=np.float64)
        units = from_people(labels, people, size)
        frame = frame_of(linkage.pairs, labels)
        asked = ask(linkage.pairs, labels, given.reviews, rng)
        a, b = asked["a"].to_numpy(), asked["b"].to_numpy()
        same = person[a] == person[b]
        all_same = person[frame["a"].to_numpy()] == person[frame["b"].to_numpy()]
        together = frame["together"].to_numpy()
        recall = float(together[all_same].mean())
        precision = known["precision"]
        known |= {
            "precision, from pairs": precision,
            "recall of the pairs that were kept, from pairs": recall,
            "F1 of the pairs that were kept, from pairs": (
                2 * precision * recall / (precision + recall)
            ),
        }
        found = [
            *((each.what, each) for each in errors_of(units)),
            ("people", people_of(units, n, int(labels.max()) + 1)),
            *(
                (f"{each.what}, from pairs", each)
                for each in pair_errors(frame, asked.with_columns(same=pl.Series(same)))
            ),
        ]
        for what, each in found:
            if each.interval is None:
                refused[what] += 1
                continue
            low, high = each.interval
            held[what].append(low - 1e-9 <= known[what] <= high + 1e-9)
            wide[what].append(high - low)
        if not given.learn:
            continue
        again = joined(lists, model, seed, Applied(a, b, same, chance=asked["chance"].to_numpy()))
        before.append(known["F1"])
        after.append(true_errors(person, again.labels)["F1"])
    print("| what | truth in the interval | mean width | too few to say |\n|---|---|---|---|")
    for what, widths in wide.items():
        share, width = np.mean(held[what]), np.mean(widths)
        print(f"| {what} | {share:.3f} | {width:.3f} | {refused[what]} |")
    print(
        f"\n{given.linkages} linkages of {given.people} people, {given.reviews} reviews each;"
        f" {time.process_time() - began:,.0f} s of processor time."
    )
    if given.learn:
        worse = sum(two < one - 1e-9 for one, two in zip(before, after, strict=True))
        print(f"F1 {np.mean(before):.3f}, with the answers {np.mean(after):.3f}; worse: {worse}.")


if __name__ == "__main__":
    main()
