"""Ages as lists print them, in full years, and the days of birth that follow from them."""

import re
from collections.abc import Sequence

import polars as pl

from stelae.errors import BadValue
from stelae.linkage.date_words import ages_table, fold, words

__all__ = ["OLDEST", "births", "read_age"]

OLDEST = 130
"""An age of more years is none."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[^\s\w]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LONGEST = 100
_UNITS = {"years": 1.0, "months": 1 / 12, "weeks": 7 / 365.25, "days": 1 / 365.25}
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}


def read_age(text: str) -> tuple[int | None, int | None]:
    """Least and most full years, both included; None on a side without a bound.

    `about 60` is 54 to 66, a tenth to either side and a year at least, since people round; BadValue
    where it is no age.
    """
    if len(text) > _LONGEST:
        raise BadValue("is too long for an age")
    for sign, decimal in _HALVES.items():
        text = re.sub(rf"(\d)\s*{sign}", rf"\g<1>{decimal}", text).replace(sign, f"0{decimal}")
    tokens = _TOKEN.findall(fold(text))
    if not tokens:
        raise BadValue("is no age")
    table = ages_table()
    if " ".join(tokens) in table["infant"]:
        return 0, 1
    amounts: list[tuple[float, str | None]] = []
    about = over = under = ranged = False
    at = 0
    while at < len(tokens):
        word = tokens[at]
        if _NUMBER.fullmatch(word):
            amounts.append((float(word.replace(",", ".")), None))
            at += 1
            continue
        unit, length = _unit(tokens, at) if amounts and amounts[-1][1] is None else (None, 0)
        if unit is not None:
            amounts[-1] = (amounts[-1][0], unit)
        elif word in {"~", "≈", "?"} or (length := words("about").at(tokens, at)):
            about = True
        elif word in {">", "+"} or (length := table["over"].at(tokens, at)):
            over = True
        elif word == "<" or (length := table["under"].at(tokens, at)):
            under = True
        elif word in "-/" or (length := words("joins").at(tokens, at)):
            ranged = True
        elif word not in ".,;:()'’" and not (
            (length := table["from"].at(tokens, at))
            or (length := words("fillers").at(tokens, at))
            or (length := _unit(tokens, at)[1])
        ):
            raise BadValue("is no age as ages are written")
        at += max(length, 1)
    return _bounds(amounts, about=about, over=over, under=under, ranged=ranged)


def _unit(tokens: list[str], at: int) -> tuple[str | None, int]:
    for unit in _UNITS:
        length = ages_table()[unit].at(tokens, at)
        if length:
            return unit, length
    return None, 0


def _bounds(
    amounts: Sequence[tuple[float, str | None]],
    *,
    about: bool,
    over: bool,
    under: bool,
    ranged: bool,
) -> tuple[int | None, int | None]:
    if not amounts or len(amounts) > 4 or any(amount > 5000 for amount, _ in amounts):
        raise BadValue("is no age as ages are written")
    last_unit = amounts[-1][1] or "years"
    if ranged and len(amounts) == 2:
        low, high = (amount * _UNITS[unit or last_unit] for amount, unit in amounts)
    elif len(amounts) == 1 or len({unit for _, unit in amounts}) == len(amounts):
        low = high = sum(amount * _UNITS[unit or "years"] for amount, unit in amounts)
    else:
        raise BadValue("is no age as ages are written")
    if high < low:
        raise BadValue("goes from more years to fewer")
    if high > OLDEST:
        raise BadValue(f"is more than {OLDEST} years")
    least, most = int(low + 1e-9), int(high + 1e-9)
    if about:
        width = max(1, round(most / 10))
        least, most = max(0, least - width), most + width
    if over and not under:
        return least, None
    if under and not over:
        return None, most
    return least, most


def births(low: pl.Expr, high: pl.Expr, first: pl.Expr, last: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First and last day of birth of who had `low` to `high` full years between two days.

    Who is 60 on 13 January 1990 was born from 14 January 1929 to 13 January 1930.
    """
    earliest = first.dt.offset_by(pl.format("-{}y", high + 1)).dt.offset_by("1d")
    latest = last.dt.offset_by(pl.format("-{}y", low))
    return earliest, latest
