"""Names of people, by the evidence that two of them are one name (`stelae.linkage.names`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl
from anyascii import anyascii

from stelae.linkage.comparisons.levels import Compare, Ids, LevelArray, letters_of, typing_errors
from stelae.linkage.comparisons.usual import Usual
from stelae.linkage.names import WordRows, word_rows

__all__ = ["Likeness", "NameComparison"]

Likeness = Callable[[WordRows], Callable[[Ids, Ids], npt.NDArray[np.float32]]]
"""Of some names: log odds that two of them, given by their places, are one."""

_LONG = 4
"""Letters from which one that differs may be a slip."""
_SAME = (15.0, 11.0, 8.0, 6.0, 4.5)
_SLIP = (11.0, 6.0, 2.0)
_ALIKE = (23.0, 19.0, 15.0, 11.0, 8.0, 6.0, 4.0, 2.0, 0.0, -2.0, -4.0, -6.0, -9.0)


# Equal, one letter wrong, alike: six, four and fourteen levels.
_USUAL = Usual(
    matching=(
        *(0.03, 0.05, 0.08, 0.13, 0.2, 0.05),
        *(0.02, 0.04, 0.05, 0.05),
        *(0.015, 0.015, 0.025, 0.035, 0.03, 0.015, 0.01),
        *(0.03, 0.03, 0.015, 0.012, 0.08, 0.01, 0.008),
    ),
    related=(
        *(0.005, 0.01, 0.02, 0.05, 0.12, 0.045),
        *(0.002, 0.003, 0.01, 0.015),
        *(0.001, 0.001, 0.002, 0.005, 0.011, 0.02, 0.03),
        *(0.08, 0.12, 0.08, 0.05, 0.25, 0.05, 0.04),
    ),
    random=(
        *(1e-5, 3e-5, 1e-4, 0.001, 0.006, 0.003),
        *(2e-5, 1e-4, 8e-4, 0.0015),
        *(1e-6, 2e-6, 1e-5, 1e-4, 2e-4, 3e-4, 4e-4),
        *(0.0015, 0.003, 0.01, 0.008, 0.7, 0.1, 0.2),
    ),
)


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

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair."""
        rows = word_rows(values[self.name])
        spelled = rows.spelled()
        forms = spelled.unique().sort()
        form = _places(spelled, forms)
        latin = pl.Series([anyascii(word).lower() for word in rows.tokens], dtype=pl.String)
        letters = letters_of(replace(rows, tokens=latin.to_list()).spelled().to_list())
        length = letters.lengths
        said = length > 0
        odds_of = self.likeness(rows)

        def levels(left: Ids, right: Ids) -> LevelArray:
            odds = odds_of(left, right)
            same = (form[left] == form[right]) & said[left]
            slip = np.minimum(length[left], length[right]) >= _LONG
            slip &= typing_errors(letters, left, right, 1) <= 1
            return np.select(
                [same, slip],
                [_step(odds, _SAME), len(_SAME) + 1 + _step(odds, _SLIP)],
                len(_SAME) + len(_SLIP) + 2 + _step(odds, _ALIKE),
            ).astype(np.int8)

        return levels


def _places(values: pl.Series, among: pl.Series) -> Ids:
    """The place of each value among distinct ones."""
    numbered = pl.DataFrame({"value": among, "at": np.arange(len(among), dtype=np.int32)})
    return (
        pl.DataFrame({"value": values})
        .join(numbered, on="value", how="left", maintain_order="left")["at"]
        .to_numpy()
    )


def _step(odds: npt.NDArray[np.float32], bounds: Sequence[float]) -> npt.NDArray[np.int64]:
    """How many of the falling bounds the odds do not reach."""
    return np.searchsorted(-np.asarray(bounds), -odds, side="left")
