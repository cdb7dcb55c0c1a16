"""Dates of two records: days, years alone and ranges, in two calendars, with typing errors."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Compare, Ids, LevelArray, letters_of, typing_errors
from stelae.linkage.comparisons.usual import Usual

__all__ = ["DateComparison"]

_YEAR = 366
_REFORMS = (10, 13)
"""Days between the calendars, 1582 to 2100: ten at first, thirteen since March 1900."""


@dataclass(frozen=True, slots=True)
class _Days:
    """The parts of each distinct date; -1 where a date is no single day."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    known: npt.NDArray[np.bool_]
    exact: npt.NDArray[np.bool_]
    year: npt.NDArray[np.int64]
    month: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]
    digits: list[str]


_USUAL = Usual(
    matching=(0.42, 0.03, 0.005, 0.003, 0.13, 0.2, 0.1, 0.015, 0.01, 0.015, 0.02, 0.04),
    related=(0.06, 0.01, 0.001, 0.001, 0.02, 0.06, 0.04, 0.04, 0.06, 0.15, 0.22, 0.33),
    random=(8e-4, 7e-4, 2e-4, 1e-4, 0.004, 0.005, 0.02, 0.03, 0.01, 0.06, 0.16, 0.7),
)


@dataclass(frozen=True, slots=True)
class DateComparison:
    """How near two dates are, by what usually goes wrong with dates on lists."""

    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The date as printed and its range of days."""
        return (self.name, f"{self.name}_first", f"{self.name}_last")

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return (
            "the same day",
            "the same day, a 1 January, which often stands for a year",
            "the same day in the old style and in the new",
            "day and month swapped",
            "one digit differs",
            "the same year, one gives no day",
            "ranges overlap",
            "two digits differ",
            "the same year, another day",
            "one or two years apart",
            "three to ten years apart",
            "more than ten years apart",
        )

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair; what is no day of any calendar goes by its digits."""
        days = _days(values, self.name)
        digits = letters_of(days.digits)

        def levels(a: Ids, b: Ids) -> LevelArray:
            both = days.exact[a] & days.exact[b]
            known = days.known[a] & days.known[b]
            errors = typing_errors(digits, a, b)
            # Where only one side is a day, the other has no digits to mistype.
            comparable = both | ~known
            new_year = (days.month == 1) & (days.day == 1)
            heap = days.exact & new_year
            apart = np.abs(days.first[a] - days.first[b])
            same = (errors == 0) & comparable
            calendar = both & (apart >= _REFORMS[0]) & (apart <= _REFORMS[1]) & _reform(days, a, b)
            swapped = (
                both
                & (days.year[a] == days.year[b])
                & (days.month[a] == days.day[b])
                & (days.day[a] == days.month[b])
            )
            same_year = days.year[a] == days.year[b]
            vague = known & (~both | heap[a] | heap[b])
            overlap = known & (days.first[a] <= days.last[b]) & (days.first[b] <= days.last[a])
            span = np.maximum(days.last[a], days.last[b]) - np.minimum(days.first[a], days.first[b])
            gap = np.where(
                known,
                np.maximum(
                    np.maximum(days.first[a] - days.last[b], days.first[b] - days.last[a]), 0
                )
                // 365,
                99,
            )
            by_year = np.where(days.known[a], days.year[a], 0) - np.where(
                days.known[b], days.year[b], 0
            )
            gap = np.where(known & both, np.abs(by_year), gap)
            return np.select(
                [
                    same & ~heap[a],
                    same,
                    calendar,
                    swapped,
                    (errors == 1) & comparable,
                    vague & (span <= _YEAR) & (overlap | same_year),
                    overlap,
                    (errors == 2) & comparable,
                    known & same_year,
                    gap <= 2,
                    gap <= 10,
                ],
                list(range(11)),
                11,
            ).astype(np.int8)

        return levels


def _days(values: pl.DataFrame, name: str) -> _Days:
    first, last = values[f"{name}_first"], values[f"{name}_last"]
    known = (first.is_not_null() & last.is_not_null()).to_numpy()
    exact = known & (first == last).fill_null(value=False).to_numpy()
    printed = values[name].str.replace_all(r"\D", "").to_list()
    iso = first.dt.strftime("%Y%m%d").to_list()
    # A range has no digits of its own: two ranges alike are told by their days, not by typing.
    digits = [
        day if is_day else ("" if is_range else text)
        for day, text, is_day, is_range in zip(iso, printed, exact, known, strict=True)
    ]

    def numbers(series: pl.Series) -> npt.NDArray[np.int64]:
        return series.cast(pl.Int64).fill_null(-1).to_numpy()

    return _Days(
        numbers(first.cast(pl.Int32)),
        numbers(last.cast(pl.Int32)),
        known,
        exact,
        numbers(first.dt.year()),
        numbers(first.dt.month()),
        numbers(first.dt.day()),
        digits,
    )


def _reform(days: _Days, a: Ids, b: Ids) -> npt.NDArray[np.bool_]:
    """Whether two days lie as far apart as the calendars did in that century."""
    year = np.minimum(days.year[a], days.year[b])
    century = np.minimum(days.year[a], days.year[b]) // 100
    # The calendars drift apart at each century year that is no leap year in the Gregorian one.
    between = np.where(year < 1582, 0, century - century // 4 - 2)
    apart = np.abs(days.first[a] - days.first[b])
    return np.asarray((apart == between) | (apart == between - 1))
