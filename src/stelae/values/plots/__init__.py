"""Plots, each with a table that holds the same numbers, and the page that they stand in.

What is to be shown → a `Plot` (words, table, how to draw it) → SVG and PNG (`drawing`).
"""

from stelae.values.plots.drawing import inline_svg, png, svg
from stelae.values.plots.overlaps import overlaps
from stelae.values.plots.plot import Plot, Table
from stelae.values.plots.report_page import report_template

__all__ = ["Plot", "Table", "inline_svg", "overlaps", "png", "report_template", "svg"]
