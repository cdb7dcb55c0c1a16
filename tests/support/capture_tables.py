"""Overlap tables of published work, re-keyed as facts, and simulated ones.

Histories are in the order of the lists; the sources are named beside each.
"""

import csv
from pathlib import Path

import numpy as np

from stelae.estimation.histories import CaptureHistories


def table(lists: str, **counts: int) -> CaptureHistories:
    """`table("A B C", h100=5, h110=2)`: five on A alone, two on A and B."""
    names = lists.split()
    return CaptureHistories.of(
        names,
        {
            sum(1 << j for j, seen in enumerate(history[1:]) if seen == "1"): count
            for history, count in counts.items()
        },
    )


KOSOVO = table(
    "EXH ABA OSCE HRW",
    h1000=1131,
    h0100=845,
    h1100=177,
    h0010=936,
    h1010=228,
    h0110=217,
    h1110=181,
    h0001=306,
    h1001=106,
    h0101=31,
    h1101=18,
    h0011=123,
    h1011=42,
    h0111=32,
    h1111=27,
)  # fmt: skip
"""Killings in Kosovo, March to June 1999: Ball, Betts, Scheuren, Dudukovic & Asher (2002)."""

KOREA = table("b c d", h001=41, h010=5, h100=5, h110=54, h101=6, h111=12)
"""Women held at Palembang, 1940-45: Ball, Shin & Yang (2018)."""

UK_6 = table(
    "LA NG PF GO GP NCA",
    h100000=54,
    h010000=463,
    h001000=907,
    h000100=695,
    h000010=316,
    h000001=57,
    h110000=15,
    h101000=19,
    h100100=3,
    h011000=56,
    h010100=19,
    h010010=1,
    h010001=3,
    h001100=69,
    h001010=10,
    h001001=31,
    h000110=8,
    h000101=6,
    h000011=1,
    h111000=1,
    h110100=1,
    h011100=4,
    h011001=3,
    h001101=1,
    h111100=1,
)
"""Victims of modern slavery, UK 2013: Silverman (2014), for the Home Office."""

NEW_ORLEANS_8 = table(
    "A B C D E F G H",
    h10000000=25,
    h10100000=1,
    h10010000=2,
    h10001000=1,
    h10100010=1,
    h10011000=1,
    h01000000=5,
    h01000100=1,
    h00100000=70,
    h00110000=1,
    h00101000=1,
    h00100010=1,
    h00010000=33,
    h00011000=2,
    h00001000=6,
    h00001001=1,
    h00000100=6,
    h00000010=6,
    h00000001=21,
)
"""Victims of trafficking, New Orleans 2016: Chan, Silverman & Vincent (2021)."""

NEW_ORLEANS_5 = table(
    "A BEFG C D H",
    h10000=25,
    h01000=24,
    h00100=70,
    h00010=33,
    h00001=21,
    h11000=1,
    h10100=1,
    h10010=2,
    h01100=2,
    h01010=2,
    h01001=1,
    h00110=1,
    h11100=1,
    h11010=1,
)
"""The same, small lists joined, by the same paper."""

ARTIFICIAL = table(
    "A B C",
    h100=40,
    h010=30,
    h001=20,
    h110=6,
)
"""What can go wrong with existence and identifiability: the same paper, table 2."""

SPINA_BIFIDA = table(
    "B D M",
    h100=60,
    h010=49,
    h110=4,
    h001=247,
    h101=112,
    h011=142,
    h111=12,
)
"""Spina bifida in upstate New York: Madigan & York (1997)."""

CONGENITAL_ANOMALY = table(
    "O D M F H",
    h10000=27,
    h01000=37,
    h11000=19,
    h00100=4,
    h10100=4,
    h01100=1,
    h11100=1,
    h00010=97,
    h10010=22,
    h01010=37,
    h11010=25,
    h00110=2,
    h10110=1,
    h01110=3,
    h11110=5,
    h00001=83,
    h10001=36,
    h01001=34,
    h11001=18,
    h00101=3,
    h10101=5,
    h11101=2,
    h00011=30,
    h10011=5,
    h01011=23,
    h11011=8,
    h10111=3,
    h11111=2,
)  # fmt: skip
"""Congenital anomaly in Massachusetts: Madigan & York (1997)."""


def simulated(
    people: int, captures: np.ndarray, shares: np.ndarray, rng: np.random.Generator
) -> CaptureHistories:
    """A synthetic population of latent classes: `captures[k, j]` by class and list."""
    classes = rng.choice(len(shares), size=people, p=shares)
    seen = rng.random((people, captures.shape[1])) < captures[classes]
    masks = seen @ (1 << np.arange(captures.shape[1]))
    found, counts = np.unique(masks[masks > 0], return_counts=True)
    return CaptureHistories.of(
        [f"list {j + 1}" for j in range(captures.shape[1])],
        dict(zip(found.tolist(), counts.tolist(), strict=True)),
    )


def read_counts(path: Path) -> CaptureHistories:
    """A file of ../shared/data/estimation: a column of 0 and 1 for each list, then the count."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    lists = header[: next(j for j, name in enumerate(header) if name in {"count", "Freq"})]
    return CaptureHistories.of(
        lists,
        {
            sum(1 << j for j in range(len(lists)) if row[j] == "1"): int(row[len(lists)])
            for row in rows
        },
    )
