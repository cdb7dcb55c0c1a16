"""Whether chains agree: their traces, and the ranks of their draws.

Rank plots: Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021).
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from stelae.estimation.estimate import Draws
from stelae.estimation.wording import people
from stelae.values.plots.drawing import INK, PALE, SMALL, VALUE, WIDTH
from stelae.values.plots.plot import Plot, Table

__all__ = ["ranks", "traces"]

_MOST_CHAINS = 8
_POINTS = 100
_BINS = 20


def traces(draws: Draws, name: str = "traces") -> Plot:
    """N along each chain, at up to a hundred places evenly from the first draw to the last."""
    kept = draws[:_MOST_CHAINS]
    at = np.unique(np.linspace(0, kept.shape[1] - 1, _POINTS).round().astype(int))
    picked = kept[:, at]
    return Plot(
        name,
        "Where each chain went",
        "Several chains search for the number from starts far apart. Where they can be trusted, all"
        f" wander over the same numbers and look alike.{_left_out(draws)}",
        Table(
            ("Draw", *(f"Chain {j + 1}, people" for j in range(len(kept)))),
            tuple(
                (people(number + 1), *(people(n) for n in column))
                for number, column in zip(at.tolist(), picked.T.tolist(), strict=True)
            ),
        ),
        lambda: _draw_traces(at + 1, picked),
    )


def ranks(draws: Draws, name: str = "ranks") -> Plot:
    """How the ranks of all draws together are spread over the chains, in twenty bins."""
    counts = _ranked(draws)[:_MOST_CHAINS]
    return Plot(
        name,
        "Whether the chains agree",
        "All draws are put in order, from the lowest number to the highest, and cut into twenty"
        " equal parts. Where chains agree, each has an equal share of every part: its bars reach"
        f" the line.{_left_out(draws)}",
        Table(
            ("Part, from the lowest", *(f"Chain {j + 1}, draws" for j in range(len(counts)))),
            tuple(
                (str(part + 1), *(people(n) for n in column))
                for part, column in enumerate(counts.T.tolist())
            ),
        ),
        lambda: _draw_ranks(counts, draws.shape[1] / _BINS),
    )


def _left_out(draws: Draws) -> str:
    more = len(draws) - _MOST_CHAINS
    return f" The first {_MOST_CHAINS} chains are shown, of {len(draws)}." if more > 0 else ""


def _ranked(draws: Draws) -> NDArray[np.int64]:
    """Draws of each chain by twentieth of the ranks; equal draws share theirs evenly."""
    from scipy.stats import rankdata

    # Ties in the order of draws would hand all low ranks to the first chain: they alternate.
    order = rankdata(draws.T.ravel(), method="ordinal").reshape(draws.T.shape).T
    part = (order - 1) * _BINS // draws.size
    return np.array([np.bincount(row, minlength=_BINS) for row in part])


def _panels(count: int, height: float) -> tuple[Figure, Sequence[Axes]]:
    figure = Figure(figsize=(WIDTH, height * count + 0.5), layout="constrained")
    grid = figure.subplots(count, 1, sharex=True, sharey=True, squeeze=False)
    panels = [row[0] for row in grid]
    for j, axes in enumerate(panels):
        axes.set_title(f"chain {j + 1}", loc="left", fontsize=SMALL, color=INK, pad=2)
    return figure, panels


def _draw_traces(at: NDArray[np.int64], picked: Draws) -> Figure:
    figure, panels = _panels(len(picked), 0.85)
    for axes, chain in zip(panels, picked, strict=True):
        axes.plot(at, chain, color=VALUE, linewidth=0.9)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: people(value)))
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    panels[-1].xaxis.set_major_formatter(FuncFormatter(lambda value, _: people(value)))
    panels[-1].set_xlabel("draw")
    figure.supylabel("people, listed and unlisted (N)", fontsize=SMALL)
    return figure


def _draw_ranks(counts: NDArray[np.int64], even: float) -> Figure:
    figure, panels = _panels(len(counts), 0.85)
    for axes, chain in zip(panels, counts, strict=True):
        axes.bar(np.arange(1, _BINS + 1), chain, width=0.9, color=PALE)
        axes.axhline(even, color=VALUE, linewidth=1.6, linestyle=(0, (4, 2)))
        axes.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    panels[-1].set_xticks([1, 5, 10, 15, 20])
    panels[-1].set_xlabel("twentieth of all draws, fewest people first")
    figure.supylabel("draws (dashes: an equal share)", fontsize=SMALL)
    return figure
