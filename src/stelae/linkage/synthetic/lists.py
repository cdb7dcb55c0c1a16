"""Overlapping lists of a synthetic population, with the truth of who each record is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from stelae.errors import BadValue
from stelae.linkage.synthetic.capture import Captured, captures, full_years
from stelae.linkage.synthetic.designs import ListDesign
from stelae.linkage.synthetic.population import People
from stelae.linkage.synthetic.printing import print_records

__all__ = ["SyntheticLists", "lists"]


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticLists:
    """The lists as printed, and the truth.

    `frames` has a table of text by list, with the list's own id in `record`. `truth` has a row for
    each record: `list`, `record` and `person`, in the order of the lists.
    """

    people: People
    designs: tuple[ListDesign, ...]
    captured: Captured
    frames: Mapping[str, pl.DataFrame]
    truth: pl.DataFrame

    def strata(self) -> pl.DataFrame:
        """By region, sex and age: how many people there were, how many are on no list and on each,
        and the mean capture probability of each list.
        """
        names = [design.name for design in self.designs]
        seen, chance = self.captured.seen, self.captured.chance
        return (
            self.captured.strata.with_columns(
                pl.Series("unlisted", ~seen.any(axis=1)),
                *(pl.Series(f"on {name}", seen[:, at]) for at, name in enumerate(names)),
                *(pl.Series(f"chance {name}", chance[:, at]) for at, name in enumerate(names)),
            )
            .group_by("region", "sex", "age")
            .agg(
                pl.len().alias("people"),
                pl.col("unlisted").sum(),
                *(pl.col(f"on {name}").sum() for name in names),
                *(pl.col(f"chance {name}").mean() for name in names),
            )
            .sort("region", "sex", "age")
        )


def lists(
    people: People,
    designs: Sequence[ListDesign],
    rng: np.random.Generator,
    progress: Callable[[int, float], None] | None = None,
) -> SyntheticLists:
    """Draw who is on each list and print it. Told, for each list, when it is done."""
    names = [design.name for design in designs]
    if len(set(names)) < len(names):
        raise BadValue(f"two lists have one name: {', '.join(names)}")
    captured = captures(people, designs, rng)
    ages = full_years(people.frame)
    frames, truths = {}, []
    for at, design in enumerate(designs):
        rows = np.flatnonzero(captured.seen[:, at])
        if design.repeats:
            rows = np.repeat(rows, rng.geometric(1 - design.repeats, size=len(rows)))
        rows = rows[rng.permutation(len(rows))]
        width = len(str(max(1, len(rows))))
        record = pl.Series("record", np.arange(1, len(rows) + 1)).cast(pl.String).str.zfill(width)
        record = (design.name[:1].upper() + record).rename("record")
        frame = print_records(people, rows, ages, design, rng)
        frames[design.name] = frame.insert_column(0, record)
        truths.append(
            pl.DataFrame(
                {
                    "list": pl.repeat(design.name, len(rows), dtype=pl.String, eager=True),
                    "record": record,
                    "person": people.frame["person"].gather(rows),
                }
            )
        )
        if progress is not None:
            progress(at, 1.0)
    return SyntheticLists(people, tuple(designs), captured, frames, pl.concat(truths))
