"""What a checker can see in prose: numbers, dates, anniversaries, quotations, qualifications.

A fact is what the words say, never whether it is so. Each knows the span of its words in the text
as given. Where words can be read in two ways the fact says so; where a language's table is not
sure, no fact is made.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from stelae.statements.text import Span
from stelae.values.figures import Count

__all__ = [
    "AnniversaryFact",
    "AnniversaryKind",
    "Counted",
    "DateFact",
    "Fact",
    "NumberFact",
    "QuotationFact",
    "StatedDate",
    "Style",
    "TermFact",
]


class Counted(StrEnum):
    """What a number counts, as far as the words beside it show."""

    LOSSES = "losses"
    """People who were killed, wounded, driven out, taken or lost: killed, victims, refugees."""
    PEOPLE = "people"
    """People of whom the words beside the number say no more: citizens, residents, Ruritanians."""
    SIGNATORIES = "signatories"
    """Those who are said to have signed this text."""
    OTHER = "other"
    """Anything else that is named: houses, documents, kilometres, years, per cent."""
    UNKNOWN = "unknown"
    """Nothing beside the number says what it counts."""


class Style(StrEnum):
    """The calendar that the words beside a date name."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A day, month or year as the words give it; it may be one that cannot be, as 31 June.

    A date without a year (`January 9-12`) has `year=None`; months and days count from 1.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def possible(self) -> bool:
        """Whether some calendar has this day: 29 February without a year counts as possible."""
        if self.month is None:
            return self.day is None
        if not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        year = 2000 if self.year is None else self.year
        if not 1 <= year <= 9999:
            return False
        longest = calendar.monthrange(year, self.month)[1]
        # 1900 had a 29 February in the Julian calendar, which the words need not name.
        if self.month == 2 and year % 4 == 0 and year < 1950:
            longest = 29
        return 1 <= self.day <= longest

    @property
    def edtf(self) -> str:
        """The date in EDTF (ISO 8601-2:2019), `X` for what the words leave out."""
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None:
            return year
        if self.day is None:
            return f"{year}-{self.month:02d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"

    def __str__(self) -> str:
        return self.edtf


@dataclass(frozen=True, slots=True)
class DateFact:
    """A date or a range of dates; both ends of a range are included.

    `weekday` is the day of the week that the words name beside it, Monday being 0; `style` the
    calendar that they name. Where a text gives both styles, `other` is the day in brackets.
    """

    span: Span
    start: StatedDate
    end: StatedDate | None = None
    weekday: int | None = None
    weekday_span: Span | None = None
    style: Style | None = None
    other: StatedDate | None = None

    @property
    def possible(self) -> bool:
        """Whether both ends can be, and the end does not come before the start."""
        if not self.start.possible:
            return False
        if self.end is None:
            return True
        if not self.end.possible:
            return False
        first = (self.start.year or 0, self.start.month or 0, self.start.day or 0)
        last = (self.end.year or 0, self.end.month or 99, self.end.day or 99)
        # Without a year, December may well come before January.
        return self.start.year is None or first <= last

    @property
    def edtf(self) -> str:
        """The date or the interval in EDTF."""
        return self.start.edtf if self.end is None else f"{self.start.edtf}/{self.end.edtf}"

    @property
    def day(self) -> date | None:
        """The one Gregorian day that the words name, if they name exactly one that can be."""
        stated = self.start
        if self.end is not None or None in (stated.year, stated.month, stated.day):
            return None
        try:
            return date(stated.year or 0, stated.month or 0, stated.day or 0)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A count in digits or in words, with what it counts as far as the words beside it show.

    `count` is None where the digits can be read in two ways (`1.500` in a language that is not
    known) or give no whole number; `readings` then holds what they may mean. `span` covers the
    words of approximation too; `number` covers the digits or number words alone. `unit` is the
    noun phrase beside the number, as written, empty where none was recognised.
    """

    span: Span
    number: Span
    count: Count | None
    readings: tuple[Decimal, ...]
    unit: str = ""
    unit_span: Span | None = None
    counted: Counted = Counted.UNKNOWN
    scale: int | None = None
    """What words alone say of the size: 100000 for `hundreds of thousands`."""
    strict: bool = False
    """Whether a bound leaves out its number: `more than 48` is 49 at least."""

    @property
    def of_people(self) -> bool:
        """Whether the number counts people: who were lost, or of whom no more is said."""
        return self.counted in (Counted.LOSSES, Counted.PEOPLE)


class AnniversaryKind(StrEnum):
    """How the words put the distance between two years."""

    ANNIVERSARY = "anniversary"
    """`the 30th anniversary of`, `centenary`: a whole count of years from the event."""
    ELAPSED = "elapsed"
    """`over the past 100 years (from 1918)`, `107 years after`: a length of time."""


@dataclass(frozen=True, slots=True)
class AnniversaryFact:
    """A count of years since an event.

    `event` is the date of the event where the words near it state one, `held` the date of the
    anniversary itself (`dated 20 January 2015`, `on 18 March 2013`) where they state that; without
    it the anniversary is of the day of the statement.
    """

    span: Span
    years: int
    kind: AnniversaryKind = AnniversaryKind.ANNIVERSARY
    event: DateFact | None = None
    held: DateFact | None = None
    exact: bool = True
    """False where the words only approximate: `about`, `more than`, `almost`."""


@dataclass(frozen=True, slots=True)
class QuotationFact:
    """Words between quotation marks; `span` includes the marks, `inner` does not.

    An unbalanced quotation runs to the end of its clause, or has the closing mark alone. `depth`
    is 0 for an outermost quotation. `usual` says whether these marks are used in the text's
    language; `mixed` whether it opened with one kind of mark and closed with another.
    """

    span: Span
    inner: Span
    words: str
    opening: str
    closing: str
    balanced: bool = True
    depth: int = 0
    usual: bool = True
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class TermFact:
    """A word of qualification: `genocide`, `war crime`, `occupation`.

    `term` is the key of the term in every language (`genocide`, `crime-against-humanity`,
    `war-crime`, `ethnic-cleansing`, `occupation`, `terrorism`, `massacre`). `attributed` is the
    span of the words that attribute it (`according to`, `described as`), `quoted` whether it
    stands inside a quotation, `named` whether it is part of the name of an instrument, a body or
    a day (`Convention on ... Genocide`).
    """

    span: Span
    term: str
    attributed: Span | None = None
    quoted: bool = False
    named: bool = False


Fact = NumberFact | DateFact | AnniversaryFact | QuotationFact | TermFact
