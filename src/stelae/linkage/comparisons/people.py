"""Names of people, by the evidence that two of them are one name (`stelae.linkage.names`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from anyascii import anyascii

from stelae.linkage.comparisons.levels import Ids, LevelArray, typing_errors
from stelae.linkage.names import tokenize

__all__ = ["Likeness", "NameComparison", "spelled"]

Likeness = Callable[[Sequence[str], Ids, Ids], npt.NDArray[np.float32]]
"""Log odds that two names, given by their places in a sequence, are one."""

_LONG = 4
"""Letters from which one that differs may be a slip."""
_SAME = (15.0, 11.0, 8.0, 6.0, 4.5)
_SLIP = (11.0, 6.0, 2.0)
_ALIKE = (23.0, 19.0, 15.0, 11.0, 8.0, 6.0, 4.0, 2.0, 0.0, -2.0, -4.0, -6.0, -9.0)


def spelled(name: str) -> str:
    """A name as its tokens: what two names share that differ in capitals and signs only."""
    return " ".join(tokenize(name))


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How strongly two names speak for one person, in steps of log odds.

    Equal names, names with one letter wrong and names that are merely alike have levels of their
    own: a common name mistyped and two names that only sound alike may have the same odds and yet
    mean different things.
    """

    name: str
    likeness: Likeness

    @property
    def columns(self) -> tuple[str, ...]:
        """The field itself."""
        return (self.name,)

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return (
            "the same, unique",
            "the same, very rare",
            "the same, rare",
            "the same, not rare",
            "the same, common",
            "the same, very common",
            "one letter differs, very rare",
            "one letter differs, rare",
            "one letter differs, common",
            "one letter differs, very common",
            "alike in all, unique",
            "alike in all, all but unique",
            "alike in all, very rare",
            "alike, very rare",
            "alike, rare",
            "alike",
            "alike, but common",
            "somewhat alike",
            "a little alike",
            "hardly alike",
            "rather different",
            "different",
            "very different",
            "quite different",
        )

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        names = values[self.name].to_list()
        forms: dict[str, int] = {}
        form = np.array(
            [forms.setdefault(spelled(name), len(forms)) for name in names], dtype=np.int32
        )
        odds = self.likeness(names, left, right)
        same = (form[left] == form[right]) & (form[left] != forms.get("", -1))
        plain = [anyascii(text).lower() for text in forms]
        slip = typing_errors(plain, form[left], form[right], 1) <= 1
        length = np.array([len(text) for text in plain], dtype=np.int64)
        slip &= np.minimum(length[form[left]], length[form[right]]) >= _LONG
        return np.select(
            [same, slip],
            [_step(odds, _SAME), len(_SAME) + 1 + _step(odds, _SLIP)],
            len(_SAME) + len(_SLIP) + 2 + _step(odds, _ALIKE),
        ).astype(np.int8)


def _step(odds: npt.NDArray[np.float32], bounds: Sequence[float]) -> npt.NDArray[np.int64]:
    """How many of the falling bounds the odds do not reach."""
    return np.searchsorted(-np.asarray(bounds), -odds, side="left")
