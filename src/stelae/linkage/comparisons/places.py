"""Places that two records give: one place by two names, a part of the other, near, or elsewhere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.comparisons.levels import Ids, LevelArray, closeness, rarity
from stelae.linkage.comparisons.people import Likeness
from stelae.linkage.comparisons.texts import plain

__all__ = ["PlaceComparison"]

_RARE = (0.001, 0.01)
_ONE_NAME, _ALIKE, _CLOSE = 7.0, 0.9, 0.8
_NEAR_KM, _AROUND_KM = 5.0, 30.0
_EARTH_KM = 6371.0


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

    def compare(
        self, values: pl.DataFrame, share: npt.NDArray[np.float64], left: Ids, right: Ids
    ) -> LevelArray:
        """The level of each pair."""
        whole = [plain(text) for text in values[self.name].to_list()]
        parts = [
            [plain(part) for part in given or []] or [text]
            for given, text in zip(values[f"{self.name}_parts"].to_list(), whole, strict=True)
        ]
        smallest = [given[0] for given in parts]
        printed = [
            (given or [text])[0]
            for given, text in zip(
                values[f"{self.name}_parts"].to_list(), values[self.name].to_list(), strict=True
            )
        ]
        sets = [frozenset(given) - {""} for given in parts]
        pairs = list(zip(left.tolist(), right.tolist(), strict=True))
        same = np.array([whole[a] == whole[b] for a, b in pairs], dtype=bool)
        shared = np.array([bool(sets[a] & sets[b]) for a, b in pairs], dtype=bool)
        odds = self.likeness(printed, left, right)
        close = closeness(smallest, left, right)
        one = self._one_place(values, pairs)
        km = self._kilometres(values, left, right)
        rare = rarity(share, _RARE)
        common = np.minimum(rare[left], rare[right])
        return np.select(
            [
                same,
                one,
                (odds >= _ONE_NAME) | (close >= _ALIKE),
                km <= _NEAR_KM,
                shared,
                km <= _AROUND_KM,
                close >= _CLOSE,
            ],
            [common, 3, 4, 5, 6, 7, 8],
            9,
        ).astype(np.int8)

    def _one_place(
        self, values: pl.DataFrame, pairs: list[tuple[int, int]]
    ) -> npt.NDArray[np.bool_]:
        if not self.gazetteer:
            return np.zeros(len(pairs), dtype=bool)
        ids = [frozenset(given or ()) for given in values[f"{self.name}_ids"].to_list()]
        return np.array([bool(ids[a] & ids[b]) for a, b in pairs], dtype=np.bool_)

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
