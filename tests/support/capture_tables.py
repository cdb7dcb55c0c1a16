"""Overlap tables of published work, re-keyed as facts, and simulated ones.

Histories are in the order of the lists; the sources are named beside each.
"""

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

SPINA_BIFIDA = table("B D M", h100=60, h010=49, h110=4, h001=247, h101=112, h011=142, h111=12)
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
"""Congenital anomaly in Massachusetts: the same paper."""


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
