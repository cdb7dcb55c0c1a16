"""Rival figures drawn as what they are: points, ranges and open ends on one scale.

A drawing is a strip as wide as its column (positions are per cent, so that it fits a phone), one
for each row of a table that says the same in words. Nothing is averaged and no middle is drawn.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stelae.publication.text import compact_number
from stelae.values.figures import Count, CountForm

__all__ = ["LOGARITHMIC_FROM", "Scale", "axis", "grid", "overlay", "scale_for", "strip"]

LOGARITHMIC_FROM = 30
"""Where the largest bound is more than so many times the smallest, the scale is logarithmic."""

_STEPS = (1, 2, 5, 10)
_MARGIN = 2.5
_MOST_LABELS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from `low` to `high` laid out from left to right, 0 to 1."""

    low: int
    high: int
    logarithmic: bool

    def position(self, value: int) -> float:
        """Where a number stands; below the scale (a zero on a logarithmic one) is 0."""
        if value <= self.low:
            return 0.0
        if self.logarithmic:
            span = math.log10(self.high) - math.log10(self.low)
            return min(1.0, (math.log10(value) - math.log10(self.low)) / span)
        return min(1.0, (value - self.low) / (self.high - self.low))

    def ticks(self) -> tuple[int, ...]:
        """Round numbers to label, at most five, the ends among them."""
        if not self.logarithmic:
            step = _round_up(math.ceil((self.high - self.low) / (_MOST_LABELS - 1)))
            inner = range(self.low, self.high - step // 2, step)
            return (*inner, self.high)
        powers = [
            10**power
            for power in range(math.ceil(math.log10(self.low)), 16)
            if self.low < 10**power < self.high
        ]
        every = math.ceil(len(powers) / (_MOST_LABELS - 2)) or 1
        inside = [p for p in powers[::every] if _apart(self, p)]
        return (self.low, *inside, self.high)


def _apart(scale: Scale, value: int) -> bool:
    """Whether a label has room between those of the two ends."""
    return 0.14 < scale.position(value) < 0.86


def scale_for(counts: Iterable[Count], *, logarithmic: bool | None = None) -> Scale | None:
    """A scale that holds every bound given; None when there is only one number or none.

    Linear scales begin at nought. An open end gets room to show that it goes on.
    """
    bounds: set[int] = set()
    reach = 0
    for count in counts:
        given = [bound for bound in (count.low, count.high) if bound is not None]
        bounds.update(given)
        beyond = math.ceil(max(given) * 1.2) if count.form is CountForm.AT_LEAST else 0
        reach = max(reach, beyond, *given, 0)
    positive = [bound for bound in bounds if bound > 0]
    if not positive:
        return None
    if logarithmic is None:
        logarithmic = max(positive) > LOGARITHMIC_FROM * min(positive)
    if logarithmic:
        low = _round_down(min(positive))
        return Scale(low, max(_round_up(reach), low * 10), logarithmic=True)
    return Scale(0, _round_up(reach), logarithmic=False)


def _round_up(value: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … or a tenth part above it."""
    power = int(10 ** (len(str(max(value, 1))) - 1))
    for step in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100):
        if step * power >= value * 10:
            return max(1, step * power // 10)
    return 10 * power


def _round_down(value: int) -> int:
    power = int(10 ** (len(str(value)) - 1))
    return max(step * power for step in _STEPS if step * power <= value)


def _x(scale: Scale, value: int) -> str:
    return f"{_MARGIN + (100 - 2 * _MARGIN) * scale.position(value):.2f}%"


_LEFT, _RIGHT = "0%", "100%"
_LINE = Markup('<line class="{}" x1="{}" x2="{}" y1="50%" y2="50%"/>')
_TICK = Markup('<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>')
_POINT = Markup('<circle class="{}" cx="{}" cy="50%" r="4"/>')
_ARROW = Markup('<svg class="arrow" x="{}" y="50%" overflow="visible"><path d="{}"/></svg>')
_TO_THE_RIGHT = "M-6-4L0 0L-6 4"
_TO_THE_LEFT = "M6-4L0 0L6 4"


def _marks(scale: Scale, count: Count) -> Iterator[Markup]:
    match count.form:
        case CountForm.EXACT:
            yield _POINT.format("point", _x(scale, count.low or 0))
        case CountForm.ABOUT:
            yield _POINT.format("about", _x(scale, count.low or 0))
        case CountForm.RANGE:
            first, last = _x(scale, count.low or 0), _x(scale, count.high or 0)
            yield _LINE.format("range", first, last)
            yield _TICK.format(first, "15%", "85%")
            yield _TICK.format(last, "15%", "85%")
        case CountForm.AT_LEAST:
            first = _x(scale, count.low or 0)
            yield _LINE.format("open", first, _RIGHT)
            yield _TICK.format(first, "15%", "85%")
            yield _ARROW.format(_RIGHT, _TO_THE_RIGHT)
        case CountForm.AT_MOST:
            last = _x(scale, count.high or 0)
            yield _LINE.format("open", _LEFT, last)
            yield _TICK.format(last, "15%", "85%")
            yield _ARROW.format(_LEFT, _TO_THE_LEFT)
        case CountForm.WORDS:
            return


def strip(scale: Scale, count: Count, *, rival: bool, withdrawn: bool) -> Markup:
    """One figure on the scale. Hidden from screen readers: the row says it in words."""
    kind = " rival" if rival else ""
    kind += " withdrawn" if withdrawn else ""
    return Markup(
        '<svg class="strip{}" width="100%" height="20" aria-hidden="true">{}</svg>'
    ).format(kind, Markup("").join(_marks(scale, count)))


def grid(scale: Scale) -> Markup:
    """Faint lines under the round numbers of the scale, as high as the row that they stand in."""
    lines = (
        Markup('<line x1="{0}" x2="{0}" y1="0" y2="100%"/>').format(_x(scale, tick))
        for tick in scale.ticks()
    )
    return Markup('<svg class="grid" aria-hidden="true">{}</svg>').format(Markup("").join(lines))


def axis(scale: Scale, title: str, description: str, identifier: str) -> Markup:
    """The scale with its round numbers, named and described for those who cannot see it."""
    parts = []
    ticks = scale.ticks()
    for index, tick in enumerate(ticks):
        side = "start" if index == 0 else "end" if index == len(ticks) - 1 else "middle"
        parts.append(
            Markup('<text x="{}" y="12" text-anchor="{}">{}</text>').format(
                _x(scale, tick), side, compact_number(tick)
            )
        )
        parts.append(_TICK.format(_x(scale, tick), "75%", "100%"))
    return Markup(
        '<svg class="axis" width="100%" height="20" role="img" aria-labelledby="{0}-t {0}-d">'
        '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>{3}</svg>'
    ).format(identifier, title, description, Markup("").join(parts))


def overlay(scale: Scale, counts: Sequence[Count], *, rival: bool) -> Markup:
    """All figures of one event on one thin line: a tick for each bound, arrows for open ends."""
    parts: list[Markup] = []
    bounds = sorted(
        {bound for count in counts for bound in (count.low, count.high) if bound is not None}
    )
    if len(bounds) > 1:
        parts.append(_LINE.format("range", _x(scale, bounds[0]), _x(scale, bounds[-1])))
    parts.extend(_TICK.format(_x(scale, bound), "20%", "80%") for bound in bounds)
    forms = {count.form for count in counts}
    if CountForm.AT_LEAST in forms:
        parts.append(_open_end(scale, bounds[-1], 1))
    if CountForm.AT_MOST in forms:
        parts.append(_open_end(scale, bounds[0], -1))
    return Markup(
        '<svg class="strip small{}" width="100%" height="16" aria-hidden="true">{}</svg>'
    ).format(" rival" if rival else "", Markup("").join(parts))


def _open_end(scale: Scale, bound: int, side: int) -> Markup:
    path = "M0 0H14M9-3L14 0L9 3" if side > 0 else "M0 0H-14M-9-3L-14 0L-9 3"
    return _ARROW.format(_x(scale, bound), path)
