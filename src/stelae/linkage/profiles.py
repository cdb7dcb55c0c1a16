"""What a column holds, judged by its heading and a sample of its cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from stelae.errors import BadValue
from stelae.linkage.ages import read_age
from stelae.linkage.date_columns import settled_order
from stelae.linkage.dates import Conventions, read_date
from stelae.linkage.headings import said_by
from stelae.linkage.mapping import Order
from stelae.linkage.oddities import unknown_words
from stelae.linkage.sexes import is_sex_word
from stelae.records.sheets import Sheet, collect

__all__ = ["Profile", "profiles_of"]

_SAMPLE = 20_000
_DISTINCT = 300
_NAME = re.compile(r"[^\W\d_][^\d_@/\\<>{}\[\]=+]*")
_CODE = re.compile(r"(?=.*\d)(?=.*[^\W\d_]|.*-)[\w -]{3,20}")
_SLASHED = r"^\s*\d{1,2}/\d{1,2}/\d{2,4}\s*$"
_SHORT_YEAR = r"^\s*\d{1,2}\s*[./ -]\s*\d{1,2}\s*[./ -]\s*\d{2}\s*$"


@dataclass(frozen=True, slots=True)
class Profile:
    """One column: its heading, what that says, and shares (0 to 1) of its distinct filled cells.

    `is_unique` is true of the whole column: every row has a value, and none has another's.
    """

    heading: str
    says: frozenset[str]
    rows: int
    is_unique: bool
    distinct: int
    dates: float = 0.0
    sexes: float = 0.0
    ages: float = 0.0
    digits: float = 0.0
    coded: float = 0.0
    """Cells of digits and letters or hyphens together, as codes are."""
    lengths: int = 0
    """How many different lengths cells have."""
    names: float = 0.0
    words: float = 0.0
    """Mean number of words in a cell."""
    least: int | None = None
    """Of cells that are whole numbers, the least and the greatest."""
    most: int | None = None
    order: Order | None = None
    is_slashed: bool = False
    """Whether dates stand as 3/4/1931, day or month first."""
    has_short_years: bool = False
    unknown: tuple[str, ...] = ()
    """Cells by which it seems to say that something is not known."""

    @property
    def looks_like_sexes(self) -> bool:
        """Whether a column whose heading says nothing holds two or three words for sexes."""
        few = 1 < self.distinct <= 12
        return not self.says and few and self.sexes >= 0.9 and self.digits == 0

    @property
    def looks_like_ages(self) -> bool:
        """Whether it holds many different whole numbers, as ages are, and none beyond them."""
        if self.least is None or self.most is None or self.digits < 0.95:
            return False
        return self.distinct >= 15 and 30 <= self.most <= 110 and self.least >= 0

    @property
    def looks_like_codes(self) -> bool:
        """Whether it holds many different codes of one length or nearly so."""
        alike = self.digits >= 0.95 or self.coded >= 0.9
        return alike and self.distinct >= 15 and self.lengths <= 2 and self.dates < 0.5


def profiles_of(sheet: Sheet) -> tuple[Profile, ...]:
    """The profiles of all columns, in their order."""
    if not sheet.columns:
        return ()
    whole = collect(
        sheet,
        sheet.rows.select(
            pl.len().alias("\x00rows"),
            *[
                expression.alias(f"{what}{at}")
                for at, column in enumerate(sheet.columns)
                for what, expression in (
                    ("n", pl.col(column).n_unique()),
                    ("e", (pl.col(column) != "").sum()),
                )
            ],
        ),
    ).row(0, named=True)
    sample = collect(sheet, sheet.rows.select(sheet.columns).head(_SAMPLE))
    rows = whole["\x00rows"]
    return tuple(
        _profile(column, sample[column], whole[f"n{at}"], whole[f"e{at}"], rows)
        for at, column in enumerate(sheet.columns)
    )


def _profile(heading: str, cells: pl.Series, unique: int, filled: int, rows: int) -> Profile:
    given = cells.filter(cells != "").unique(maintain_order=True)
    shown = given.head(_DISTINCT).to_list()
    numbers = [int(cell) for cell in shown if cell.isdecimal() and len(cell) < 16]
    short = int(given.str.contains(_SHORT_YEAR).sum())
    return Profile(
        heading,
        said_by(heading),
        rows,
        bool(rows) and unique == rows == filled,
        given.len(),
        dates=_share(shown, _is_date),
        sexes=_share(shown, is_sex_word),
        ages=_share(shown, _is_age),
        digits=_share(shown, str.isdecimal),
        coded=_share(shown, lambda cell: _CODE.fullmatch(cell) is not None),
        lengths=len(set(map(len, shown))),
        names=_share(shown, lambda cell: _NAME.fullmatch(cell) is not None),
        words=sum(len(cell.split()) for cell in shown) / len(shown) if shown else 0.0,
        least=min(numbers, default=None),
        most=max(numbers, default=None),
        order=settled_order(given)[0],
        is_slashed=bool(given.str.contains(_SLASHED).any()),
        has_short_years=short > 0.1 * given.len(),
        unknown=tuple(given.filter(given.str.to_lowercase().is_in(sorted(unknown_words())))),
    )


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0


def _is_date(cell: str) -> bool:
    try:
        read_date(cell, Conventions(century_from=1900))
    except BadValue:
        return False
    return True


def _is_age(cell: str) -> bool:
    try:
        read_age(cell)
    except BadValue:
        return False
    return True
