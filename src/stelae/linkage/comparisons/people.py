"""Names of people, by the evidence that two of them are one name (`stelae.linkage.names`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Ids, LevelArray
from stelae.linkage.names import tokenize

__all__ = ["Likeness", "NameComparison", "spelled"]

Likeness = Callable[[Sequence[str], Ids, Ids], npt.NDArray[np.float32]]
"""Log odds that two names, given by their places in a sequence, are one."""

_SAME = (9.0, 6.5, 4.5)
_ALIKE = (9.0, 6.5, 4.5, 2.5, 1.0, -1.0, -3.0)


def spelled(name: str) -> str:
    """A name as its tokens: what two names share that differ in capitals and signs only."""
    return " ".join(tokenize(name))


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How strongly two names speak for one person, in steps of log odds.

    Equal names and names that are merely alike have levels of their own: a common name spelled
    alike and a rare one misspelled may have the same odds and yet mean different things.
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
            "the same, very rare",
            "the same, rare",
            "the same, common",
            "the same, very common",
            "alike, very rare",
            "alike, rare",
            "alike",
            "somewhat alike",
            "a little alike",
            "rather different",
            "different",
            "quite different",
        )

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        names = values[self.name].to_list()
        forms: dict[str, int] = {}
        form = np.array([forms.setdefault(spelled(name), len(forms)) for name in names])
        odds = self.likeness(names, left, right)
        same = (form[left] == form[right]) & (form[left] != forms.get("", -1))
        return np.where(
            same,
            np.searchsorted(-np.array(_SAME), -odds, side="left"),
            4 + np.searchsorted(-np.array(_ALIKE), -odds, side="left"),
        ).astype(np.int8)
