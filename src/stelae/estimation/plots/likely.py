"""What is known of N: its draws or its posterior, and the profile of a likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from stelae.estimation.estimate import Curve, Estimate
from stelae.estimation.methods import is_point
from stelae.estimation.wording import interval_words, people, per_cent, point_words
from stelae.values.plots.drawing import FACT, HAIR, PALE, SOFT, VALUE, canvas, people_axis
from stelae.values.plots.plot import Plot, Table

__all__ = ["likely", "profile"]

_BINS = 30
_BEYOND = 0.005
"""The share of the draws, those of the largest numbers, that has one row in the table only."""
_MOST_POINTS = 60
_FAINT = 1e-3
_POSTERIOR = "posterior"
_TITLE = "Where the number may lie"


@dataclass(frozen=True, slots=True)
class _Bin:
    """Draws from `first` to `last` people, both included, as a share of all."""

    first: int
    last: int
    share: float


def likely(estimate: Estimate, name: str = "likely") -> Plot | None:
    """How the doubt about N is spread; None where a method has neither draws nor a posterior."""
    if estimate.curve is not None and estimate.curve.kind == _POSTERIOR:
        return _curve(
            estimate,
            estimate.curve,
            name,
            _TITLE,
            _meaning(estimate, "curve"),
        )
    if estimate.draws is None:
        return None
    bins, beyond = _binned(estimate)
    far = (
        f" The {beyond * 100:.1f} % of the draws beyond {people(bins[-1].last)} people are not"
        " drawn."
        if beyond
        else ""
    )
    rows = [(f"{people(b.first)}–{people(b.last)}", f"{b.share * 100:.2f}") for b in bins]
    if beyond:
        rows.append((f"more than {people(bins[-1].last)}", f"{beyond * 100:.2f}"))
    return Plot(
        name,
        _TITLE,
        f"{_meaning(estimate, 'bar')}{far}",
        Table(
            ("People, listed and unlisted", "Share of draws, %"),
            (*rows, *((words, "–") for words, _ in _known(estimate))),
        ),
        lambda: _draw_bins(estimate, bins),
    )


def _meaning(estimate: Estimate, shape: str) -> str:
    if estimate.point is None:
        return (
            f"This estimate is {point_words(estimate)}: where its draws lie is no answer, and no"
            " interval may be read from it."
        )
    what = "better" if is_point(estimate.method) else "more probable"
    agree = " agree with the lists" if is_point(estimate.method) else " are"
    return (
        f"The higher the {shape}, the {what} the numbers under it{agree}, if what the method"
        " assumes is true."
    )


def profile(estimate: Estimate, name: str = "profile") -> Plot | None:
    """The profile likelihood of N; None where there is none."""
    curve = estimate.curve
    if curve is None or curve.kind == _POSTERIOR:
        return None
    return _curve(
        estimate,
        curve,
        name,
        "How well each number fits the lists",
        f"The {curve.kind} of the chosen model, relative to the number that fits best. Another"
        " model has another curve.",
    )


def _binned(estimate: Estimate) -> tuple[Sequence[_Bin], float]:
    """Draws in bins as wide as each other but for one person, and the share beyond the last."""
    draws = np.sort(np.ravel(estimate.draws if estimate.draws is not None else []))
    low, high = int(draws[0]), int(np.quantile(draws, 1 - _BEYOND, method="higher"))
    edges = np.unique(np.linspace(low, high + 1, _BINS + 1).round().astype(np.int64)).tolist()
    counts, _ = np.histogram(draws[draws <= high], bins=edges)
    bins = [
        _Bin(first, after - 1, float(count / len(draws)))
        for first, after, count in zip(edges, edges[1:], counts, strict=False)
    ]
    return bins, float(np.mean(draws > high))


def _known(estimate: Estimate) -> Sequence[tuple[str, str]]:
    """What is marked beside the doubt: words, and the kind of line that they have."""
    level = per_cent(estimate.level)
    found = [(f"{people(estimate.observed)} people listed", "listed")]
    if estimate.point is None:
        return [*found, (f"{point_words(estimate)}: no estimate, no interval", "words")]
    found.append((f"{point_words(estimate)} people estimated, by {estimate.method}", "point"))
    if estimate.interval is not None:
        found.append((f"{interval_words(estimate)} people: {level} interval", "interval"))
    else:
        found.append(("no interval", "words"))
    return found


def _mark(axes: Axes, estimate: Estimate) -> None:
    """The listed, the estimate and its interval, each with its words above the plot."""
    words = {kind: text for text, kind in _known(estimate)}
    axes.axvline(estimate.observed, color=FACT, linewidth=2, linestyle=(0, (4, 2)))
    axes.plot([], [], color=FACT, linewidth=2, linestyle=(0, (4, 2)), label=words["listed"])
    if estimate.point is not None:
        axes.axvline(estimate.point, color=VALUE, linewidth=2)
        axes.plot([], [], color=VALUE, linewidth=2, label=words["point"])
    if estimate.interval is not None:
        low, high = estimate.interval
        axes.plot(
            [low, high],
            [-0.045, -0.045],
            color=VALUE,
            linewidth=6,
            solid_capstyle="butt",
            transform=axes.get_xaxis_transform(),
            clip_on=False,
        )
        axes.plot([], [], color=VALUE, linewidth=6, label=words["interval"])
    if "words" in words:
        axes.plot([], [], linestyle="none", label=words["words"])
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), borderaxespad=0.2)
    people_axis(axes, "people, listed and unlisted (N)")
    axes.tick_params(axis="x", pad=8)


def _draw_bins(estimate: Estimate, bins: Sequence[_Bin]) -> Figure:
    figure, axes = canvas(3.6)
    axes.bar(
        [each.first for each in bins],
        [each.share for each in bins],
        width=[each.last + 1 - each.first for each in bins],
        align="edge",
        color=PALE if estimate.point is not None else HAIR,
    )
    axes.set_ylabel("share of draws")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: per_cent(round(value, 6))))
    _mark(axes, estimate)
    return figure


def _curve(estimate: Estimate, curve: Curve, name: str, title: str, caption: str) -> Plot:
    weights = np.exp(np.asarray(curve.log_weight) - max(curve.log_weight))
    worth = np.flatnonzero(weights >= _FAINT)
    # The tallest point is kept whatever the step is.
    picks = sorted(
        {
            *np.linspace(worth[0], worth[-1], min(len(worth), _MOST_POINTS)).round().astype(int),
            int(np.argmax(weights)),
        }
    )
    points = [(curve.n[at], float(weights[at])) for at in picks]
    rows = [(people(n), f"{weight:.3f}") for n, weight in points]
    return Plot(
        name,
        title,
        caption,
        Table(
            ("People, listed and unlisted", f"{curve.kind}, the highest as 1"),
            (*rows, *((words, "–") for words, _ in _known(estimate))),
        ),
        lambda: _draw_curve(estimate, points, curve.kind),
    )


def _draw_curve(estimate: Estimate, points: Sequence[tuple[float, float]], kind: str) -> Figure:
    figure, axes = canvas(3.6)
    across = [n for n, _ in points]
    axes.fill_between(across, [weight for _, weight in points], color=PALE)
    axes.plot(across, [weight for _, weight in points], color=SOFT, linewidth=1.2)
    axes.set_ylim(0, 1.08)
    axes.set_ylabel(f"{kind}, highest = 1")
    _mark(axes, estimate)
    return figure
