"""Places by the names that lists print: each name with its language, its time and its parent."""

from dataclasses import dataclass

import polars as pl

__all__ = ["Gazetteer"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places; `resolve` finds the places that a printed one may be."""

    def resolve(self, frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, list[str]]:
        """NAME_ids and coordinates."""
        raise NotImplementedError
