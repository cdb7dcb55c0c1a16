"""Who is on which lists: the overlap table that an estimate is made from."""

from stelae.estimation.histories import CaptureHistories
from stelae.values.plots import Plot
from stelae.values.plots import overlaps as draw_overlaps

__all__ = ["overlaps"]


def overlaps(table: CaptureHistories, name: str = "overlaps") -> Plot:
    """The largest histories, from the largest down, and the others together."""
    return draw_overlaps(
        table.lists, table, "Those on no list are in no row: they are what is estimated.", name
    )
