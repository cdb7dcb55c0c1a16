"""Given and family names of each custom, drawn as they are in life: a few of them very often."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.linkage.synthetic.cultures import Culture

__all__ = ["Names"]

Whole: TypeAlias = NDArray[np.int64]
_SHIFT = 2.0


class Names:
    """Draws names of each custom, the first ones most often: share ~ 1 / (rank + shift)."""

    def __init__(
        self, customs: tuple[Culture, ...], people: NDArray[np.float64], rng: np.random.Generator
    ) -> None:
        self.rng = rng
        self.starts: list[tuple[int, int]] = []
        self.given: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
        self.stems: list[NDArray[np.float64]] = []
        self.suffixes: list[NDArray[np.float64]] = []
        start = 0
        for custom, count in zip(customs, people.tolist(), strict=True):
            self.starts.append((start, start + len(custom.men)))
            start += len(custom.men) + len(custom.women)
            self.given.append((_skewed(len(custom.women)), _skewed(len(custom.men))))
            kept = min(len(custom.stems), max(100, int(12 * count**0.5)))
            self.stems.append(_skewed(kept))
            weights = np.array([suffix.weight for suffix in custom.suffixes], dtype=np.float64)
            self.suffixes.append(np.cumsum(weights) / weights.sum())

    def draw(self, custom: Whole, man: NDArray[np.bool_]) -> Whole:
        """Given names."""
        out = np.empty(len(custom), dtype=np.int64)
        chances = self.rng.random(len(custom))
        for at, (women, men) in enumerate(self.given):
            for of_men, shares in ((False, women), (True, men)):
                here = (custom == at) & (man == of_men)
                start = self.starts[at][0 if of_men else 1]
                out[here] = start + np.searchsorted(shares, chances[here], side="right")
        return out

    def draw_family(self, custom: Whole) -> Whole:
        """Family names, packed into one number: custom, stem, suffix."""
        stem, suffix = np.zeros_like(custom), np.zeros_like(custom)
        chances = self.rng.random((2, len(custom)))
        for at, shares in enumerate(self.stems):
            here = custom == at
            stem[here] = np.searchsorted(shares, chances[0, here], side="right")
            suffix[here] = np.searchsorted(self.suffixes[at], chances[1, here], side="right")
        return (custom << 40) | (stem << 8) | suffix


def _skewed(count: int) -> NDArray[np.float64]:
    shares = 1.0 / (np.arange(count) + 1 + _SHIFT)
    summed: NDArray[np.float64] = np.cumsum(shares) / shares.sum()
    summed[-1] = 1.0
    return summed
