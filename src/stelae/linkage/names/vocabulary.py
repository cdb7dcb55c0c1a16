"""A vocabulary made ready for the kernels: letters, frequencies, forms and known pairs of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stelae.linkage.names.alphabet import Alphabet, Encoded, encode
from stelae.linkage.names.background import Background
from stelae.linkage.names.channel import Tables
from stelae.linkage.names.forms import forms_of
from stelae.linkage.names.word_kernels import tabulate

__all__ = ["Vocabulary", "make_vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as the kernels read them; those from `size` on are only forms of others."""

    size: int
    encoded: Encoded
    half: npt.NDArray[np.float32]
    gains: npt.NDArray[np.float32]
    forms: npt.NDArray[np.int32]
    form_starts: npt.NDArray[np.int32]
    form_costs: npt.NDArray[np.float32]
    known: npt.NDArray[np.int64]
    pair_keys: npt.NDArray[np.int64]
    pair_weights: npt.NDArray[np.float32]
    tables: Tables

    @property
    def arguments(self) -> Any:
        """In the order of the kernels that compare words."""
        return (
            self.encoded.script, self.encoded.start, self.encoded.length, self.encoded.units,
            self.half, self.gains, self.forms, self.form_starts, self.form_costs,
            self.known, self.pair_keys,
            self.pair_weights, self.tables.weights, self.tables.bases, self.tables.strides,
            self.tables.maps, self.tables.to_left, self.tables.to_right,
        )  # fmt: skip

    def log_odds(
        self, left: npt.NDArray[Any], right: npt.NDArray[Any], floor: float = -40.0
    ) -> npt.NDArray[np.float32]:
        """r of pairs of words, at least `floor`."""
        out = np.zeros(len(left), dtype=np.float32)
        tabulate(*(*self.arguments, left, right, floor, out))
        return out


def make_vocabulary(
    tokens: Sequence[str],
    alphabets: Sequence[Alphabet],
    background: Background,
    tables: Tables,
    equals: Mapping[tuple[str, str], float],
    *,
    frequencies: Mapping[str, float] | None = None,
    whole: int | None = None,
) -> Vocabulary:
    """The words, distinct or not; `equals` are pairs of whole words and their weights.

    Only the first `whole` (all, where it is not said) have other forms.
    """
    every = list(tokens)
    place = {token: k for k, token in enumerate(every)}
    forms: list[int] = []
    costs: list[float] = []
    starts = [0]
    for k, token in enumerate(tokens):
        forms.append(k)
        costs.append(0.0)
        for form, cost in forms_of(token) if whole is None or k < whole else ():
            at = place.get(form)
            if at is None:
                at = place[form] = len(every)
                every.append(form)
            forms.append(at)
            costs.append(cost)
        starts.append(len(forms))
    encoded = encode(every, alphabets)
    words = {word: n for n, word in enumerate(sorted({w for pair in equals for w in pair}))}
    keyed = sorted(
        ((min(words[a], words[b]) << 32) | max(words[a], words[b]), weight)
        for (a, b), weight in equals.items()
    )
    half, gains = background.half(every, encoded, frequencies)
    return Vocabulary(
        len(tokens),
        encoded,
        half,
        gains,
        np.array(forms, dtype=np.int32),
        np.array(starts, dtype=np.int32),
        np.array(costs, dtype=np.float32),
        np.array([words.get(token, -1) for token in every], dtype=np.int64),
        np.array([key for key, _ in keyed], dtype=np.int64),
        np.array([weight for _, weight in keyed], dtype=np.float32),
        tables,
    )
