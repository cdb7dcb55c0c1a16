"""Make the sample's lists of people who never were, so that an estimate meets a known answer.

    python sample/synthetic_lists.py > sample/synthetic-lists/persons.csv

Two regions of 700 and 500 people, four lists. In each region some are harder to reach than others.
"""

import csv
import sys

import numpy as np

SEED = 20
LISTS = ("church", "hospital", "families", "press")
REGIONS = {
    "north (synthetic)": (700, ((0.55, 0.45, 0.50, 0.40), (0.25, 0.30, 0.25, 0.20))),
    "south (synthetic)": (500, ((0.50, 0.55, 0.45, 0.35), (0.30, 0.25, 0.20, 0.25))),
}


def rows() -> list[list[str]]:
    """One row for each person whom a list holds."""
    rng = np.random.default_rng(SEED)
    made = []
    for region, (people, chances) in REGIONS.items():
        kinds = rng.integers(0, len(chances), size=people)
        seen = rng.random((people, len(LISTS))) < np.array(chances)[kinds]
        made += [[region, *map(str, row)] for row in seen.astype(int).tolist() if any(row)]
    return made


def main() -> None:
    """Write them."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["region", *LISTS])
    out.writerows(rows())


if __name__ == "__main__":
    main()
