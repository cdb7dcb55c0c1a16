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
