"""Whether a count in a text says what a count of the record says, or more, or the contrary.

"About" is read as ten per cent to either side: the record gives it no width, and a tenth is what
a reader still takes for the same number.
"""

from decimal import Decimal
from enum import Enum
from math import ceil, floor

from stelae.statements.facts import NumberFact
from stelae.values.figures import Count, CountForm

__all__ = ["Fit", "fit"]

_ABOUT = Decimal("0.1")


class Fit(Enum):
    """What a text's count is to the record's."""

    FOLLOWS = "follows"
    """It says the same or less."""
    SHARPER = "sharper"
    """It gives one number where the record leaves room."""
    BEYOND = "beyond"
    """Both can hold, but the text's bound or approximation is not what the record says."""
    CANNOT = "cannot"
    """Both cannot hold."""


def fit(fact: NumberFact, record: Count) -> Fit:
    """Hold one number of a text against one count of the record.

    A number that can be read in two ways follows if it does so in either.
    """
    if fact.count is None:
        readings = [Count.exact(int(value)) for value in fact.readings if value == int(value)]
        fits = {_fit(reading, record) for reading in readings}
        if Fit.FOLLOWS in fits or not fits:
            return Fit.FOLLOWS
        return Fit.CANNOT if fits == {Fit.CANNOT} else Fit.SHARPER
    if fact.count.form is CountForm.WORDS:
        if fact.scale is None or record.high is None:
            return Fit.FOLLOWS
        # "Hundreds" begins at a hundred; how far it goes, nobody says.
        return Fit.CANNOT if _interval(record)[1] < fact.scale else Fit.FOLLOWS
    # "More than 48" is not 48; a record of 300.. may itself stand for "more than 300".
    exact = record.low if record.form is CountForm.EXACT else None
    if fact.strict and exact is not None and exact in {fact.count.low, fact.count.high}:
        return Fit.CANNOT
    return _fit(fact.count, record)


def _fit(text: Count, record: Count) -> Fit:
    if record.form is CountForm.WORDS:
        return Fit.SHARPER if text.form is not CountForm.WORDS else Fit.FOLLOWS
    low, high = _interval(text)
    known_low, known_high = _interval(record)
    if max(low, known_low) > min(high, known_high):
        return Fit.CANNOT
    if low <= known_low and known_high <= high:
        return Fit.FOLLOWS
    return Fit.SHARPER if text.form is CountForm.EXACT else Fit.BEYOND


def _interval(count: Count) -> tuple[Decimal, Decimal]:
    low = Decimal(count.low) if count.low is not None else Decimal(0)
    high = Decimal(count.high) if count.high is not None else Decimal("Infinity")
    if count.form is CountForm.ABOUT:
        return Decimal(floor(low * (1 - _ABOUT))), Decimal(ceil(high * (1 + _ABOUT)))
    return low, high
