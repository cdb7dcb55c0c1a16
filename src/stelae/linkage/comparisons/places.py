"""Places that two records give: one place by two names, a part of the other, near, or elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import (
    Compare,
    Ids,
    LevelArray,
    by_distinct,
    closeness,
    rarity,
    shared,
)
from stelae.linkage.comparisons.people import Likeness
from stelae.linkage.comparisons.texts import plain
from stelae.linkage.comparisons.usual import Usual
from stelae.linkage.names import word_rows

__all__ = ["PlaceComparison"]

_RARE = (0.001, 0.01)
_ONE_NAME, _ALIKE, _CLOSE = 7.0, 0.9, 0.8
_NEAR_KM, _AROUND_KM = 5.0, 30.0
_EARTH_KM = 6371.0


_USUAL = Usual(
    matching=(0.12, 0.3, 0.08, 0.02, 0.18, 0.02, 0.02, 0.02, 0.01, 0.23),
    related=(0.05, 0.2, 0.1, 0.01, 0.1, 0.01, 0.01, 0.01, 0.01, 0.5),
    random=(2e-4, 0.002, 0.01, 5e-4, 0.005, 5e-4, 0.001, 0.001, 0.003, 0.98),
)


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """How near two places are, by name, by gazetteer, by hierarchy and on the map."""

    name: str
    likeness: Likeness
    gazetteer: bool = False
    coordinates: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The field, its parts, and what is known of them."""
        more = [f"{self.name}_ids"] if self.gazetteer else []
        more += [f"{self.name}_lat", f"{self.name}_lon"] if self.coordinates else []
        return (self.name, f"{self.name}_parts", *more)

    @property
    def levels(self) -> tuple[str, ...]:
        """From the most to the least alike."""
        return (
            "the same, rare",
            "the same",
            "the same, very common",
            "one place by two names",
            "its name is alike",
            "within 5 km",
            "one lies in the other, or both in one",
            "within 30 km",
            "its name is somewhat alike",
            "different",
        )

    @property
    def usual(self) -> Usual:
        """How pairs usually spread over the levels."""
        return _USUAL

    def ready(self, values: pl.DataFrame, share: npt.NDArray[np.float64]) -> Compare:
        """What gives the level of each pair."""
        texts = values[self.name].to_list()
        given = [parts or [] for parts in values[f"{self.name}_parts"].to_list()]
        whole = [plain(text) for text in texts]
        parts = [
            [plain(part) for part in each] or [text]
            for each, text in zip(given, whole, strict=True)
        ]
        smallest = [each[0] for each in parts]
        printed = [(each or [text])[0] for each, text in zip(given, texts, strict=True)]
        numbers: dict[str, int] = {}
        number = np.array([numbers.setdefault(text, len(numbers)) for text in whole])
        odds_of = self.likeness(word_rows(printed))
        overlap = shared([set(each) - {""} for each in parts])
        ids = values[f"{self.name}_ids"].to_list() if self.gazetteer else []
        one_place = shared([each or () for each in ids])
        rare = rarity(share, _RARE)

        def levels(left: Ids, right: Ids) -> LevelArray:
            odds = odds_of(left, right)
            close = closeness(smallest, left, right)
            one = one_place(left, right) if self.gazetteer else np.zeros(len(left), dtype=bool)
            km = self._kilometres(values, left, right)
            return np.select(
                [
                    number[left] == number[right],
                    one,
                    (odds >= _ONE_NAME) | (close >= _ALIKE),
                    km <= _NEAR_KM,
                    overlap(left, right),
                    km <= _AROUND_KM,
                    close >= _CLOSE,
                ],
                [np.minimum(rare[left], rare[right]), 3, 4, 5, 6, 7, 8],
                9,
            ).astype(np.int8)

        return by_distinct(levels, len(texts))

    def _kilometres(self, values: pl.DataFrame, left: Ids, right: Ids) -> npt.NDArray[np.float64]:
        """Great-circle distances; infinite where a place has no coordinates."""
        if not self.coordinates:
            return np.full(len(left), np.inf)
        lat = np.radians(values[f"{self.name}_lat"].fill_null(np.nan).to_numpy())
        lon = np.radians(values[f"{self.name}_lon"].fill_null(np.nan).to_numpy())
        half = (
            np.sin((lat[left] - lat[right]) / 2) ** 2
            + np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[left] - lon[right]) / 2) ** 2
        )
        km = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        return np.asarray(np.nan_to_num(km, nan=np.inf))
