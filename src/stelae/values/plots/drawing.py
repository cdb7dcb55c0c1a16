"""How every plot looks, and how it becomes bytes: the same plot gives the same bytes.

Drawn at the width of a phone, so that its letters are as large as the text about it. Nothing is
told by colour alone: marks differ in shape and lines in their dashes, for the colour-blind and for
print. Text stays text in the SVG, so that it can be read aloud, searched and set in any script.
"""

import io
import re
import textwrap
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import matplotlib.style
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from stelae.values.plots.numbers import people
from stelae.values.plots.plot import Plot

__all__ = [
    "EDGES",
    "FACT",
    "HAIR",
    "INK",
    "PALE",
    "PAPER",
    "SMALL",
    "SOFT",
    "VALUE",
    "WIDTH",
    "bare",
    "canvas",
    "folded",
    "inline_svg",
    "people_axis",
    "png",
    "sheet",
    "short",
    "svg",
]

WIDTH = 4.6
"""Inches: 331 points, shown one to one on a phone."""
EDGES = 0.24
"""Inches left free at both sides of a `sheet` together."""
SMALL = 10
_SIZE = 11
_DPI = 200
_NO_LETTERS = {"Cc", "Cn", "Cs", "Zl", "Zp", "Zs"}
"""Kinds of characters that are spaces here, for they are, or XML does not hold them."""
_LINE = 46

PAPER, INK, SOFT, HAIR = "#ffffff", "#1c1a17", "#5d574d", "#d8d1c3"
VALUE, PALE, FACT = "#0072b2", "#a9cbe0", "#b34700"
"""What is estimated (blue), its lighter part, and what is known (vermilion): Okabe & Ito's pair."""

_VARIABLES = {
    PAPER: "paper",
    INK: "ink",
    SOFT: "soft",
    HAIR: "hair",
    VALUE: "value",
    PALE: "pale",
    FACT: "fact",
}
"""The colours by the names that the page gives them, so that it can be light or dark."""

_STYLE: Mapping[str, Any] = {
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": _SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.labelsize": _SIZE - 1,
    "axes.facecolor": PAPER,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.color": SOFT,
    "ytick.labelcolor": INK,
    "ytick.labelsize": SMALL,
    "figure.facecolor": PAPER,
    "legend.frameon": False,
    "legend.fontsize": _SIZE - 1,
    "svg.fonttype": "none",
    "svg.hashsalt": "stelae",
    "path.simplify": False,
}


def svg(plot: Plot) -> bytes:
    """The plot as SVG, on white paper."""
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    return _saved(plot, format="svg", metadata={"Title": short(plot.title, 200), **nothing})


def png(plot: Plot) -> bytes:
    """The plot as PNG, on white paper, 920 dots wide."""
    return _saved(plot, format="png", dpi=_DPI, metadata={"Software": None})


def _without(text: str, element: str) -> str:
    """The drawing without its first element of this name."""
    start = re.search(rf"<{element}[ >]", text)
    close = f"</{element}>"
    if start is None or (end := text.find(close, start.end())) < 0:
        return text
    return text[: start.start()] + text[end + len(close) :]


def inline_svg(plot: Plot, content: bytes) -> Markup:
    """What `svg` gave, to stand in a page: its colours those of the page, its ids its own."""
    text = content.decode()
    text = text[text.index("<svg") :]
    for element in ("metadata", "style", "title"):
        text = _without(text, element)
    root, _, rest = text.partition(">")
    box = re.search(r'viewBox="[^"]*"', root)
    name = Markup.escape(f"{plot.title}. {plot.caption}")
    head = f'<svg class="drawing" {box.group() if box else ""} role="img" aria-label="{name}">'
    rest = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{plot.name}-", rest)
    for colour, variable in _VARIABLES.items():
        rest = rest.replace(f": {colour}", f": var(--{variable})")
    # Safe: matplotlib escapes every text that it writes, and the name is escaped above.
    return Markup(head + rest.strip())  # noqa: S704


def _saved(plot: Plot, **options: Any) -> bytes:
    out = io.BytesIO()
    with _drawing():
        plot.draw().savefig(out, **options)
    return out.getvalue()


@contextmanager
def _drawing() -> Iterator[None]:
    """Our style, whatever the user's own is.

    Matplotlib warns of letters that its one font lacks: a reader's browser has them, and the table
    tells them where a PNG cannot.
    """
    with matplotlib.style.context(["default", dict(_STYLE)]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def canvas(height: float) -> tuple[Figure, Axes]:
    """A figure as wide as all are, with one pair of axes."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def sheet(height: float, above: float = 0.1) -> tuple[Figure, Axes]:
    """A figure whose axes count inches, to the right and down from a point `above` below the top.

    At the sides they leave `EDGES` together.
    """
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    bare(axes)
    axes.set_xlim(-EDGES / 2, WIDTH - EDGES / 2)
    axes.set_ylim(height - above, -above)
    return figure, axes


def bare(axes: Axes) -> None:
    """Axes without lines, marks or numbers on them."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)


def people_axis(axes: Axes, text: str) -> None:
    """An axis along the bottom that counts people."""
    axes.set_xlabel(folded(text))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: people(value)))
    if axes.get_xscale() == "linear":
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        return
    low, high = axes.get_xlim()
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 60 * low else (1,)))
    axes.xaxis.set_minor_formatter(NullFormatter())


def folded(text: str) -> str:
    """A text in lines no longer than a plot is wide."""
    return "\n".join(
        line for part in text.split("\n") for line in textwrap.wrap(part, _LINE) or [""]
    )


def short(name: str, most: int = 22) -> str:
    """A name as a plot has room for it, on one line; both its ends stay."""
    kept = "".join(" " if unicodedata.category(c) in _NO_LETTERS else c for c in name)
    kept = " ".join(kept.split())
    if len(kept) <= most:
        return kept
    return f"{kept[: most - most // 3 - 1]}…{kept[-(most // 3) :]}"
