"""Who is on which lists: an UpSet plot (Lex, Gehlenborg, Strobelt, Vuillemot & Pfister 2014).

A row for each history, a column for each list, and a bar for the people. It lies on its side, so
that numbers stand upright and a phone can show it.
"""

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stelae.values.plots.drawing import EDGES, HAIR, INK, VALUE, WIDTH, sheet, short
from stelae.values.plots.numbers import people
from stelae.values.plots.plot import Plot, Table

__all__ = ["overlaps"]

_MOST_ROWS = 20
_DOWN, _LETTER = 0.3, 0.1
"""Inches from row to row, and for a letter of a list's name."""


def overlaps(
    lists: Sequence[str],
    histories: Iterable[tuple[int, int]],
    unlisted: str,
    name: str = "overlaps",
) -> Plot:
    """The largest histories, from the largest down, and the others together.

    A history is a bit mask over the lists and how many people have exactly that one. `unlisted` is
    the sentence that says what becomes of those on no list.
    """
    ordered = sorted(histories, key=lambda each: (-each[1], each[0]))
    on_list = [sum(n for mask, n in ordered if mask >> j & 1) for j in range(len(lists))]
    everyone = sum(count for _, count in ordered)
    shown, rest = ordered[:_MOST_ROWS], ordered[_MOST_ROWS:]
    rows = [
        (*("on it" if mask >> j & 1 else "–" for j in range(len(lists))), people(count))
        for mask, count in shown
    ]
    if rest:
        rows.append((*("…" for _ in lists), people(sum(count for _, count in rest))))
    numbered = [(_told(at, len(shown), len(rest)), *row) for at, row in enumerate(rows)]
    return Plot(
        name,
        "Who is on which lists",
        "Each row is a group of people who are on exactly the lists with a filled circle, and on no"
        " other; its bar is how many they are. Beside the name of a list stands how many people it"
        f" holds. All groups together: {people(everyone)} people, each counted once. {unlisted}",
        Table(
            (
                "Group",
                *(
                    f"{each} ({people(size)} people)"
                    for each, size in zip(lists, on_list, strict=True)
                ),
                "People",
            ),
            tuple(numbered),
        ),
        lambda: _draw(lists, on_list, shown, rest),
    )


def _told(at: int, shown: int, rest: int) -> str:
    return f"{at + 1}" if at < shown else f"{rest} smaller groups together"


def _draw(
    named: Sequence[str],
    on_list: Sequence[int],
    shown: Sequence[tuple[int, int]],
    rest: Sequence[tuple[int, int]],
) -> Figure:
    lists = len(named)
    across = min(0.3, 2.4 / lists)
    beyond = sum(count for _, count in rest)
    names = [f"{short(name)}  {people(size)}" for name, size in zip(named, on_list, strict=True)]
    rows = len(shown) + bool(rest)
    above = 0.2 + _LETTER * max(map(len, names))
    figure, axes = sheet(above + _DOWN * rows + 0.4, above)
    for j, name in enumerate(names):
        axes.text(across * (j + 0.5), -0.12, name, rotation=90, ha="center", va="bottom")
    bars = max(across * lists, 0.9 if rest else 0.0) + 0.1
    longest = (WIDTH - EDGES - 0.7 - bars) / max(beyond, *(count for _, count in shown))
    for at, (mask, count) in enumerate(shown):
        y = _DOWN * (at + 0.5)
        _circles(axes, y, [across * (j + 0.5) for j in range(lists)], mask, across)
        _bar(axes, bars, y, longest * count, count)
    if rest:
        y = _DOWN * (rows - 0.5)
        axes.text(0, y, f"{len(rest)} smaller", va="center")
        _bar(axes, bars, y, longest * beyond, beyond)
    under = "people on exactly these lists"
    edge, below = WIDTH - EDGES, _DOWN * rows + 0.22
    # Many lists leave little room to the right of them.
    if bars + _LETTER * len(under) <= edge:
        axes.text(bars, below, under, va="center")
    else:
        axes.text(edge, below, under, va="center", ha="right")
    return figure


def _circles(axes: Axes, y: float, places: Sequence[float], mask: int, across: float) -> None:
    """Filled where the list holds the group, and these joined by a line."""
    held = [x for j, x in enumerate(places) if mask >> j & 1]
    size = min(8.0, 26 * across)
    axes.plot([held[0], held[-1]], [y, y], color=INK, linewidth=2)
    axes.plot(places, [y] * len(places), "o", color=HAIR, markersize=size, zorder=0)
    axes.plot(held, [y] * len(held), "o", color=INK, markersize=size)


def _bar(axes: Axes, start: float, y: float, length: float, count: int) -> None:
    axes.barh([y], [length], left=start, height=_DOWN * 0.62, color=VALUE)
    axes.text(start + length + 0.06, y, people(count), va="center")
