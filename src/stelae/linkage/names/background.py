"""How often a word of a script is met: letter by letter, and as a whole word.

L(x) = (1 - share) B(x) + share f(x): B a trigram model of letters between the beginning and the
end of a word, smoothed by shorter contexts (interpolated Witten-Bell: Witten and Bell, 1991); f the
frequency of the whole word where it was met in several people. Agreement on a rare name then
weighs more than on a common one, and a common ending (-ov, -yan, -oglu) adds little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.alphabet import Encoded

__all__ = ["Background", "Letters", "letters_of"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_SHARE = 0.5
_BASE = 128
_LEAST = 3.0
"""People in whose names three letters are met before they are kept."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Log probabilities of a letter after one, and after two where these are known.

    `codes` are letters a, b, c in base 128, sorted, `logs` log B(c | a, b); `contexts` are a, b
    and `rests` the logarithm of what is left for c that were not met after them.
    """

    bigrams: Floats
    codes: Ints
    logs: Floats
    contexts: Ints
    rests: Floats

    def of(self, before2: Ints, before: Ints, letter: Ints) -> npt.NDArray[np.float64]:
        """log B of letters after two others (0 for none)."""
        out = self.bigrams[before, letter].astype(np.float64)
        if not len(self.codes):
            return out
        context = before2 * _BASE + before
        at = np.minimum(np.searchsorted(self.contexts, context), len(self.contexts) - 1)
        out += np.where(self.contexts[at] == context, self.rests[at], 0.0)
        code = context * _BASE + letter
        at = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
        return np.where(self.codes[at] == code, self.logs[at], out)


@dataclass(frozen=True, slots=True)
class Background:
    """The letters of each script, and the log frequency of whole words."""

    letters: tuple[Letters, ...]
    words: Mapping[str, float]

    def half(
        self,
        tokens: Sequence[str],
        encoded: Encoded,
        frequencies: Mapping[str, float] | None = None,
    ) -> tuple[Floats, Floats]:
        """Half the log frequency of each word; and, negated, of its letters up to each letter.

        `frequencies` (logs) go before those known.
        """
        each = np.zeros(len(encoded.units), dtype=np.float64)
        for script, letters in enumerate(self.letters):
            at, *context = contexts_of(encoded, script)
            each[at] = letters.of(*context)
        total = np.concatenate([[0.0], np.cumsum(each)])
        out = total[encoded.start + encoded.length] - total[encoded.start]
        up_to = total[1:] - np.repeat(total[encoded.start], encoded.length)
        given = frequencies or {}
        known = np.array(
            [given.get(t, self.words.get(t, -np.inf)) for t in tokens], dtype=np.float64
        )
        mixed = np.logaddexp(out + np.log1p(-_SHARE), known + np.log(_SHARE))
        return (mixed / 2).astype(np.float32), (-up_to / 2).astype(np.float32)


def contexts_of(encoded: Encoded, script: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Every letter after the first of the words of a script: its row, the two before, itself."""
    flat = encoded.units[:, 0].astype(np.int64)
    whose = np.repeat(np.arange(len(encoded.length)), encoded.length)
    place = np.arange(len(flat)) - np.repeat(encoded.start, encoded.length)
    at = np.flatnonzero((encoded.script[whose] == script) & (place > 0))
    before2 = np.where(place[at] > 1, flat[at - 2], 0)
    return at, before2, flat[at - 1], flat[at]


def letters_of(
    encoded: Encoded, weight: npt.NDArray[np.float64], script: int, size: int
) -> Letters:
    """The letters of a script from words, each met `weight` times."""
    at, before2, before, letter = contexts_of(encoded, script)
    met = np.repeat(weight, encoded.length)[at]
    counts = np.zeros((size, size))
    np.add.at(counts, (before, letter), met)
    single = counts.sum(axis=0) + 0.5
    single[:2] = 0.0
    single /= single.sum()
    total = counts.sum(axis=1, keepdims=True)
    kinds = (counts > 0).sum(axis=1, keepdims=True) + 1.0
    mixed = (counts + kinds * single) / (total + kinds)
    bigrams = np.round(np.log(np.maximum(mixed, 1e-9)), 3).astype(np.float32)
    context = before2 * _BASE + before
    codes, inverse = np.unique(context * _BASE + letter, return_inverse=True)
    times = np.bincount(inverse, weights=met, minlength=len(codes))
    codes, times = codes[times >= _LEAST], times[times >= _LEAST]
    contexts, owner = np.unique(codes // _BASE, return_inverse=True)
    of = np.zeros(len(contexts))
    at = np.searchsorted(contexts, context)
    inside = (
        (at < len(contexts)) & (contexts[np.minimum(at, len(contexts) - 1)] == context)
        if len(contexts)
        else np.zeros(len(context), dtype=bool)
    )
    np.add.at(of, at[inside], met[inside])
    rest = np.bincount(owner, minlength=len(contexts)) + 1.0
    rest += of - np.bincount(owner, weights=times, minlength=len(contexts))
    share = rest / (of + np.bincount(owner, minlength=len(contexts)) + 1.0)
    logs = np.log(
        times * (1 - share[owner]) / np.bincount(owner, weights=times)[owner]
        + share[owner] * np.exp(bigrams[codes // _BASE % _BASE, codes % _BASE])
    )
    return Letters(
        bigrams,
        codes,
        np.round(logs, 3).astype(np.float32),
        contexts,
        np.round(np.log(share), 3).astype(np.float32),
    )
