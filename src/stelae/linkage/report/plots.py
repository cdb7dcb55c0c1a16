"""The plots of a linkage: sizes, probabilities, weights, reliability, draws."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stelae.linkage.explaining_words import field_words
from stelae.linkage.reliability import Bin
from stelae.linkage.report.certainty import Likely
from stelae.linkage.report.level_weights import ComparisonWeights
from stelae.linkage.report.stability import Drawn
from stelae.linkage.report.words import signed
from stelae.values.plots import Plot, Table
from stelae.values.plots.drawing import (
    EDGES,
    FACT,
    HAIR,
    INK,
    PALE,
    SMALL,
    SOFT,
    VALUE,
    WIDTH,
    canvas,
    people_axis,
    sheet,
    short,
)
from stelae.values.plots.numbers import people

__all__ = ["draws_plot", "probabilities", "reliability", "sizes_plot", "weights_plot"]

_DOWN = 0.25
"""Inches from row to row."""
_RIGHT = WIDTH - EDGES
_NUMBER = 0.62
"""Inches that the numbers on the right take."""
_LETTER = 0.074
"""Inches of a letter, as a page sets it."""
_NOUGHT = 2.45
"""Inches from the left to where a weight of nought stands."""
_MOST_SIZES = 12
_BINS = 24


def sizes_plot(sizes: Mapping[int, int]) -> Plot:
    """People by their number of records; the largest numbers together."""
    shown = [(str(size), count) for size, count in sizes.items()]
    if len(shown) > _MOST_SIZES:
        first = list(sizes)[_MOST_SIZES - 1]
        rest = sum(count for size, count in sizes.items() if size >= first)
        shown = [*shown[: _MOST_SIZES - 1], (f"{first} or more", rest)]
    every = tuple((str(size), people(count)) for size, count in sizes.items())
    return Plot(
        "sizes",
        "How many records each person has",
        "Very many records for one person are a warning: they may be several people whom a common"
        " name or an empty record brought together.",
        Table(("Records of one person", "People"), every),
        lambda: _draw_counts(shown, "records of one person", "people"),
    )


def probabilities(classes: Sequence[Likely]) -> Plot:
    """Compared pairs by probability, those in one cluster beside those in two."""
    least = classes[0]
    return Plot(
        "probabilities",
        "How sure the pairs are",
        "Every compared pair has a probability that it is one person, from its own two records"
        " alone. Filled bars are pairs in one cluster, hollow bars pairs in two. Where the middle"
        " is thin, the linkage is sure of itself; whether it is right, only reviewers can say."
        f" Not drawn: {people(least.apart)} pairs in two clusters that are {least.words} probable.",
        Table(
            ("Probability", "Pairs in one cluster", "Pairs in two clusters"),
            tuple((each.words, people(each.joined), people(each.apart)) for each in classes),
        ),
        lambda: _draw_probabilities(classes),
    )


def weights_plot(at: int, comparison: ComparisonWeights, low: float, high: float) -> Plot:
    """The weights of one comparison's levels on a scale from `low` to `high` bits."""
    return Plot(
        f"weights-{at + 1}",
        f"{field_words(comparison.name)[:1].upper()}{field_words(comparison.name)[1:]}",
        f"What each likeness of {_KINDS.get(comparison.kind, comparison.kind)} adds, in bits. Bar:"
        " in the end; diamond: at first.",
        Table(
            (
                "Level",
                "First, bits",
                "Last, bits",
                "Pairs in one cluster",
                "Kept pairs in two clusters",
            ),
            tuple(
                (
                    level.words,
                    signed(level.first),
                    signed(level.last),
                    people(level.joined),
                    people(level.apart),
                )
                for level in comparison.levels
            ),
        ),
        lambda: _draw_weights(comparison, low, high),
    )


_KINDS = {"name": "two names", "date": "two dates", "sex": "two sexes", "place": "two places",
          "code": "two codes", "text": "two texts"}  # fmt: skip


def reliability(found: Sequence[Bin]) -> Plot:
    """What was said of reviewed pairs against what reviewers saw."""
    return Plot(
        "reliability",
        "Whether probabilities hold",
        "Reviewed pairs in groups of about one probability. Where the mark lies on the slanted"
        " line, pairs said to match in 8 of 10 cases do so. Below it the linkage is too sure of"
        " matches, above it too unsure. The upright line is the 95 % interval.",
        Table(
            ("Said to match, %", "Do match, %", "From, %", "To, %", "Reviewed pairs"),
            tuple(
                (
                    *(f"{100 * x:.1f}" for x in (each.said, each.seen, *each.interval)),
                    people(each.answers),
                )
                for each in found
            ),
        ),
        lambda: _draw_reliability(found),
    )


def draws_plot(drawn: Drawn, clusters: int) -> Plot:
    """The number of people in each draw, and in the clusters."""
    # A bin for every three draws or so: more would show noise.
    bins = min(max(len(drawn.people) // 3, 6), _BINS)
    edges = _edges(min(drawn.people), max(drawn.people), bins)
    counts, _ = np.histogram(drawn.people, bins=edges)
    rows = [
        (_range(first, after - 1), people(count))
        for first, after, count in zip(edges, edges[1:], counts.tolist(), strict=False)
    ]
    return Plot(
        "draws",
        "How many people the draws give",
        f"Each draw is a whole clustering, as probable as the weights make it; {len(drawn.people)}"
        " were drawn. The thick line holds 95 % of them, the dashed line is the number of"
        " clusters.",
        Table(
            ("People", "Draws"),
            (
                *rows,
                (f"95 % of draws: {_range(drawn.low, drawn.high)}", "–"),
                (f"the clusters: {people(clusters)}", "–"),
            ),
        ),
        lambda: _draw_draws(drawn, clusters, edges, counts.tolist()),
    )


def _edges(low: int, high: int, bins: int) -> list[int]:
    """Whole numbers that part those from low to high into bins as wide as each other but by one."""
    edges = np.linspace(low, high + 1, min(bins, high - low + 1) + 1).round().astype(np.int64)
    return [int(edge) for edge in np.unique(edges)]


def _range(low: int, high: int) -> str:
    return people(low) if low == high else f"{people(low)}–{people(high)}"


def _draw_counts(rows: Sequence[tuple[str, int]], left: str, right: str) -> Figure:
    figure, axes = sheet(_DOWN * len(rows) + 0.55, 0.42)
    axes.text(0, -0.2, left, va="center", color=SOFT, size=SMALL)
    across = 0.25 + 0.085 * max(len(words) for words, _ in rows)
    axes.text(across, -0.2, "" if across < 1.6 else right, va="center", color=SOFT, size=SMALL)
    longest = (_RIGHT - across - _NUMBER) / max(count for _, count in rows)
    for at, (words, count) in enumerate(rows):
        y = _DOWN * (at + 0.5)
        axes.text(across - 0.12, y, words, va="center", ha="right", size=SMALL)
        _bar(axes, across, y, count * longest, _DOWN * 0.66, count, filled=True)
    return figure


def _bar(
    axes: Axes, start: float, y: float, length: float, thick: float, count: int, *, filled: bool
) -> None:
    look: dict[str, Any] = {"color": VALUE} if filled else {"facecolor": "none", "edgecolor": SOFT}
    axes.barh([y], [max(length, 0.01)], left=start, height=thick, **look)
    axes.text(start + length + 0.06, y, people(count), va="center", size=SMALL)


def _draw_probabilities(classes: Sequence[Likely]) -> Figure:
    down, across = 0.5, 1.35
    figure, axes = sheet(down * len(classes) + 0.62, 0.1)
    drawn = [each.joined for each in classes] + [each.apart for each in classes[1:]]
    longest = (_RIGHT - across - _NUMBER - 0.1) / max([1, *drawn])
    for at, each in enumerate(classes):
        y = down * (at + 0.5)
        axes.text(across - 0.12, y, each.words, va="center", ha="right", size=SMALL)
        _bar(axes, across, y - 0.11, each.joined * longest, 0.18, each.joined, filled=True)
        if at:
            _bar(axes, across, y + 0.11, each.apart * longest, 0.18, each.apart, filled=False)
        else:
            axes.text(across + 0.06, y + 0.11, f"({people(each.apart)})", va="center", size=SMALL)
    key = down * len(classes) + 0.25
    axes.barh([key], [0.2], left=across, height=0.14, color=VALUE)
    axes.text(across + 0.28, key, "in one cluster", va="center", size=SMALL)
    axes.barh([key], [0.2], left=across + 1.5, height=0.14, facecolor="none", edgecolor=SOFT)
    axes.text(across + 1.78, key, "in two", va="center", size=SMALL)
    return figure


def _draw_weights(comparison: ComparisonWeights, low: float, high: float) -> Figure:
    """Bars from nought; a level's words stand on the other side of it, where there is room."""
    rows = comparison.levels
    scale = min((_NOUGHT - _NUMBER) / -low, (_RIGHT - _NOUGHT - _NUMBER) / high)
    bottom = _DOWN * len(rows)
    figure, axes = sheet(bottom + 0.62, 0.1)
    for tick in MaxNLocator(6, integer=True).tick_values(low, high):
        if low <= tick <= high:
            x = _NOUGHT + tick * scale
            is_nought = tick == 0
            axes.plot([x, x], [0, bottom], color=SOFT if is_nought else HAIR, linewidth=0.8,
                      zorder=0)  # fmt: skip
            axes.text(x, bottom + 0.15, _tick(tick), ha="center", va="center", size=SMALL)
    for at, level in enumerate(rows):
        y, length = _DOWN * (at + 0.5), abs(level.last) * scale
        # The side of the bar: to the right (1) or to the left (-1).
        side = 1 if level.last >= 0 else -1
        first = _NOUGHT + level.first * scale
        axes.barh([y], [side * length], left=_NOUGHT, height=_DOWN * 0.62, color=VALUE, zorder=1)
        axes.plot([first], [y], "D", color=INK, markersize=4.5, markerfacecolor="none", zorder=3)
        ends = sorted((_NOUGHT + side * length, first, _NOUGHT))
        tip, back = (ends[2], ends[0]) if side > 0 else (ends[0], ends[2])
        axes.text(tip + side * 0.09, y, signed(level.last), va="center",
                  ha="left" if side > 0 else "right", size=SMALL, zorder=2)  # fmt: skip
        room = back if side > 0 else _RIGHT - back
        words = short(level.words, max(int((room - 0.1) / _LETTER), 8))
        axes.text(back - side * 0.1, y, words, va="center",
                  ha="right" if side > 0 else "left", size=SMALL, zorder=2)  # fmt: skip
    look: dict[str, Any] = {"va": "center", "color": SOFT, "size": SMALL}
    axes.text(0, bottom + 0.4, "← two people", **look)
    axes.text(_NOUGHT, bottom + 0.4, "bits", ha="center", **look)
    axes.text(_RIGHT, bottom + 0.4, "one person →", ha="right", **look)
    return figure


def _tick(bits: float) -> str:
    return "0" if not bits else f"{bits:+.0f}".replace("-", "−")


def _draw_reliability(found: Sequence[Bin]) -> Figure:
    figure, axes = canvas(4.2)
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    for each in found:
        axes.plot([each.said] * 2, each.interval, color=VALUE, linewidth=2)
    axes.plot([e.said for e in found], [e.seen for e in found], "o", color=VALUE, markersize=8)
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.03)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axes.set_xlabel("said to match")
    axes.set_ylabel("do match, of the reviewed")
    return figure


def _draw_draws(drawn: Drawn, clusters: int, edges: Sequence[int], counts: Sequence[int]) -> Figure:
    figure, axes = canvas(3.2)
    axes.bar(
        edges[:-1],
        counts,
        width=[after - first for first, after in pairwise(edges)],
        align="edge",
        color=PALE,
    )
    axes.axvline(clusters, color=FACT, linewidth=2, linestyle=(0, (4, 2)))
    axes.plot([], [], color=FACT, linewidth=2, linestyle=(0, (4, 2)),
              label=f"{people(clusters)} clusters")  # fmt: skip
    axes.plot(
        [drawn.low, drawn.high], [-0.05, -0.05], color=VALUE, linewidth=6, solid_capstyle="butt",
        transform=axes.get_xaxis_transform(), clip_on=False,
    )  # fmt: skip
    axes.plot([], [], color=VALUE, linewidth=6, label=f"{_range(drawn.low, drawn.high)}: 95 %")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), borderaxespad=0.2)
    low, high = min(edges[0], clusters), max(edges[-1], clusters)
    room = (high - low) * 0.05 or 1
    axes.set_xlim(low - room, high + room)
    axes.set_ylabel("draws")
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    people_axis(axes, "people behind the records")
    axes.tick_params(axis="x", pad=9)
    return figure
