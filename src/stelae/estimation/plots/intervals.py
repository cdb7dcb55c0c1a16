"""Numbers with their intervals below each other on one scale: a point, a line, or words.

What did not converge, or was refused, has no mark on the scale: its row says so in words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stelae.estimation.estimate import Estimate
from stelae.estimation.wording import (
    interval_words,
    is_lower_bound,
    people,
    per_cent,
    point_words,
)
from stelae.values.plots.drawing import (
    FACT,
    HAIR,
    PAPER,
    SOFT,
    VALUE,
    bare,
    canvas,
    folded,
    people_axis,
    short,
)
from stelae.values.plots.plot import Table

__all__ = ["MOST_ROWS", "Row", "drawn", "table_of"]

MOST_ROWS = 40
"""So many rows are drawn, the last ones; the table has all."""
_LOGARITHMIC_FROM = 20
"""Where the largest number is more than so many times the smallest, the scale is logarithmic."""
_LETTERS = 44
"""So many fit on the line of a row."""
_DOWN = 0.5
"""Inches from row to row."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One estimate by name.

    `known` is the true size, where that is what it is held against, and `verdict` where it lies.
    """

    label: str
    estimate: Estimate
    known: int | None = None
    verdict: str = ""
    is_total: bool = False

    @property
    def said(self) -> str:
        """Its number and interval, or why there is none, in few words."""
        estimate = self.estimate
        if estimate.point is None:
            return point_words(estimate)
        if estimate.interval is None:
            return f"{point_words(estimate)} (no interval)"
        return f"{point_words(estimate)} ({interval_words(estimate)})"

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number that its row marks on the scale."""
        estimate = self.estimate
        found = [*(estimate.interval or ()), estimate.point, self.known]
        if estimate.point is not None:
            found.append(estimate.observed)
        return tuple(float(each) for each in found if each is not None)


def table_of(first: str, rows: Sequence[Row]) -> Table:
    """The rows with every number, method, and the reason where there is none."""
    level = per_cent(rows[0].estimate.level) if rows else ""
    is_known = any(row.known is not None for row in rows)
    known = ("Known size, people", "Known size lies") if is_known else ()
    return Table(
        (
            first,
            "Listed, people",
            "Estimate, people",
            f"{level} interval, people",
            *known,
            "Method",
            "Status",
        ),
        tuple(
            (
                row.label,
                people(row.estimate.observed),
                "–" if row.estimate.point is None else point_words(row.estimate),
                interval_words(row.estimate),
                *((people(row.known or 0), row.verdict) if is_known else ()),
                row.estimate.method,
                _status(row.estimate),
            )
            for row in rows
        ),
    )


def _status(estimate: Estimate) -> str:
    words = point_words(estimate) if estimate.point is None else "ok"
    return f"{words}: {estimate.reason}" if estimate.reason else words


def drawn(rows: Sequence[Row], about: str) -> Callable[[], Figure]:
    """How to draw the rows; `about` says what the scale counts."""
    return lambda: _draw(rows[-MOST_ROWS:], about)


def _draw(rows: Sequence[Row], about: str) -> Figure:
    numbers = [number for row in rows for number in row.numbers]
    under = f"{about}\n{_key(rows)}" if numbers else "No number: the table says why."
    figure, axes = canvas(0.4 + _DOWN * len(rows) + 0.17 * (folded(under).count("\n") + 1))
    axes.set_ylim(len(rows) - 0.45, -0.55)
    for at, row in enumerate(rows):
        _write(axes, at, row)
        _mark(axes, at, row)
    if not numbers:
        bare(axes)
        axes.set_xlabel(under)
        return figure
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _scale(axes, min(numbers), max(numbers))
    people_axis(axes, under)
    axes.grid(axis="x", color=HAIR, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure


def _scale(axes: Axes, low: float, high: float) -> None:
    if low > 0 and high > _LOGARITHMIC_FROM * low:
        axes.set_xscale("log")
        axes.set_xlim(low / 1.15, high * 1.15)
        return
    room = (high - low) * 0.04 or max(high * 0.1, 1)
    axes.set_xlim(low - room, high + room)


def _write(axes: Axes, at: int, row: Row) -> None:
    """The name on the left and the numbers on the right, above the mark."""
    y, across = at - 0.26, axes.get_yaxis_transform()
    look: dict[str, Any] = {
        "va": "center",
        "weight": "bold" if row.is_total or row.estimate.point is None else "normal",
        # Paper behind the letters, so that no line of the scale runs through a number.
        "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    }
    name = f"{row.label}: {row.verdict}" if row.verdict else row.label
    axes.text(0, y, short(name, _LETTERS - len(row.said)), transform=across, **look)
    axes.text(1, y, row.said, transform=across, ha="right", **look)


def _mark(axes: Axes, at: int, row: Row) -> None:
    estimate, y = row.estimate, at + 0.14
    if estimate.point is not None:
        axes.plot([estimate.observed], [y], "|", color=SOFT, markersize=11, markeredgewidth=1.6)
    if estimate.interval is not None:
        low, high = estimate.interval
        axes.plot([low, high], [y, y], color=VALUE, linewidth=3, solid_capstyle="butt")
    if estimate.point is not None:
        mark = ">" if is_lower_bound(estimate.method) else "o"
        axes.plot([estimate.point], [y], mark, color=VALUE, markersize=8)
    if row.known is not None:
        axes.plot([row.known], [y], "D", color=FACT, markersize=7, markerfacecolor="none")


def _key(rows: Iterable[Row]) -> str:
    """What each mark is, as far as it is there."""
    shown = list(rows)
    answered = [row.estimate for row in shown if row.estimate.point is not None]
    parts = []
    if any(not is_lower_bound(each.method) for each in answered):
        parts.append("circle: estimate")
    if any(is_lower_bound(each.method) for each in answered):
        parts.append("arrow: lower bound")
    if any(each.interval for each in answered):
        parts.append(f"line: {per_cent(shown[0].estimate.level)} interval")
    if answered:
        parts.append("upright: people listed")
    if any(row.known is not None for row in shown):
        parts.append("diamond: known size")
    methods = ", ".join(dict.fromkeys(row.estimate.method for row in shown))
    # Spaces within a part are fixed, so that lines break between parts.
    key = " ".join(f"{part};".replace(" ", "\N{NO-BREAK SPACE}") for part in parts)
    return f"{key.rstrip(';')}\nmethod: {methods}"
