"""Plots of estimates, each with a table that holds the same numbers.

The shape of the room: what is to be shown (`overlaps`, `likely`, `chains`, `compared`) → a `Plot`
(words, table, how to draw it) → SVG and PNG (`stelae.values.plots`). What has no interval never
gets one drawn: it stands there in words.
"""

from stelae.estimation.plots.chains import ranks, traces
from stelae.estimation.plots.compared import (
    held_out,
    methods,
    sensitivity,
    strata,
    without_one_list,
)
from stelae.estimation.plots.likely import likely, profile
from stelae.estimation.plots.overlaps import overlaps
from stelae.values.plots.drawing import inline_svg, png, svg
from stelae.values.plots.plot import Plot, Table

__all__ = [
    "Plot",
    "Table",
    "held_out",
    "inline_svg",
    "likely",
    "methods",
    "overlaps",
    "png",
    "profile",
    "ranks",
    "sensitivity",
    "strata",
    "svg",
    "traces",
    "without_one_list",
]
