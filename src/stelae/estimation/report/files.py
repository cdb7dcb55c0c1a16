"""The report as files: `index.html`, which needs no other file, and each plot as SVG and PNG."""

import functools
from collections.abc import Mapping, Sequence

from jinja2 import Template

from stelae.estimation.checks import Checks
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.report.page import page_of
from stelae.values.plots import inline_svg, png, report_template, svg

__all__ = ["report_files"]


def report_files(
    estimates: Estimates,
    tables: Sequence[CaptureHistories],
    checks: Checks | None,
    command: str = "",
) -> Mapping[str, bytes]:
    """The files by path; the same results give the same bytes.

    `tables` are those that were estimated from. `command` is the command line that makes the
    results again; without it the page says only what it was told.
    """
    page = page_of(estimates, tables, checks, command)
    drawn = {plot.name: svg(plot) for plot in page.plots}
    inline = {plot.name: inline_svg(plot, drawn[plot.name]) for plot in page.plots}
    files = {"index.html": _template().render(page=page, inline=inline).encode()}
    for plot in page.plots:
        files[f"plots/{plot.name}.svg"] = drawn[plot.name]
        files[f"plots/{plot.name}.png"] = png(plot)
    return files


@functools.cache
def _template() -> Template:
    return report_template("stelae.estimation", "estimate.html")
