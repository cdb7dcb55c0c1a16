"""How often a word of a script is met: letter by letter, and as a whole word.

L(x) = (1 - share) B(x) + share f(x): B a bigram model of letters between the beginning and the
end of a word, smoothed by the letters alone; f the frequency of the whole word where it was met in
several people. Agreement on a rare name then weighs more than on a common one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.alphabet import Encoded

__all__ = ["Background", "bigrams_of"]

Floats = npt.NDArray[np.float32]
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Background:
    """For each script log B(b | a), and the log frequency of whole words."""

    letters: tuple[Floats, ...]
    words: Mapping[str, float]

    def half(
        self,
        tokens: Sequence[str],
        encoded: Encoded,
        frequencies: Mapping[str, float] | None = None,
    ) -> Floats:
        """Half the log frequency of each word; `frequencies` (logs) go before those known."""
        flat = encoded.units[:, 0]
        out = np.zeros(len(tokens), dtype=np.float64)
        whose = np.repeat(np.arange(len(tokens)), encoded.length)
        begins = np.zeros(len(flat), dtype=bool)
        begins[encoded.start] = True
        for script, table in enumerate(self.letters):
            at = np.flatnonzero((encoded.script[whose] == script) & ~begins)
            np.add.at(out, whose[at], table[flat[at - 1], flat[at]])
        given = frequencies or {}
        known = np.array(
            [given.get(t, self.words.get(t, -np.inf)) for t in tokens], dtype=np.float64
        )
        mixed = np.logaddexp(out + np.log1p(-_SHARE), known + np.log(_SHARE))
        return (mixed / 2).astype(np.float32)


def bigrams_of(encoded: Encoded, weight: npt.NDArray[np.float64], script: int, size: int) -> Floats:
    """log B(b | a) of a script from words, each met `weight` times (interpolated Witten-Bell)."""
    counts = np.zeros((size, size))
    flat = encoded.units[:, 0]
    whose = np.repeat(np.arange(len(encoded.length)), encoded.length)
    begins = np.zeros(len(flat), dtype=bool)
    begins[encoded.start] = True
    at = np.flatnonzero((encoded.script[whose] == script) & ~begins)
    np.add.at(counts, (flat[at - 1], flat[at]), weight[whose[at]])
    single = counts.sum(axis=0) + 0.5
    single[:2] = 0.0
    single /= single.sum()
    total = counts.sum(axis=1, keepdims=True)
    kinds = (counts > 0).sum(axis=1, keepdims=True) + 1.0
    mixed = (counts + kinds * single) / (total + kinds)
    return np.round(np.log(np.maximum(mixed, 1e-9)), 3).astype(np.float32)
