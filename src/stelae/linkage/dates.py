"""The days between which a date lies that a list prints, in whatever form it prints it.

Digits in any order, month names, `about 1931`, `1930-1935`, the 1930s, EDTF; old style is
converted. What cannot be read, or cannot be, is a BadValue with the reason: never another day.
"""

import calendar as months
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from stelae.errors import BadValue
from stelae.linkage.date_words import fold, listed, month_of, words
from stelae.linkage.mapping import ABOUT, Order
from stelae.values.dates import Calendar, Certainty, PartialDate
from stelae.values.days import Day, month_length

__all__ = ["Conventions", "Dated", "read_date", "span_of"]

_LONGEST = 80
_ISO = re.compile(
    r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:[t ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?"
    r"(?:z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"\d{8}")
_YEAR = re.compile(r"\d{4}")
_FLOAT = re.compile(r"(\d{4}|\d{8})\.0+")
_TRIPLE = re.compile(
    r"(\d{1,2}|[?x*_-]{1,2})\s*([./ -])\s*(\d{1,2}|[?x*_-]{1,2})\s*\2\s*(\d{4}|\d{2})\b\.?"
)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_DOUBLE_YEAR = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})")
_YEARS = re.compile(r"(\d{4})\s*(?:-|/|\.\.+|…)\s*(\d{4})")
_EDTF = re.compile(r"(?=.*[xys?~%/{}\[\]])[0-9xyes?~%./{}\[\],-]+")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")
_SPLIT = re.compile(r"\s*(?:\s-\s|-|\.\.+|…|/)\s*")
_MARKS = frozenset("~≈?%")
_SILENT = frozenset(".,;:'’\"()[]՝՛-/&")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a list's dates leave unsaid.

    `about` is how many years (months, days: of the smallest part given) a date marked as
    uncertain may lie to either side; `century_from` the first of the hundred years in which years
    of two digits lie. Without an `order`, dots and dashes mean day, month, year where that can
    be, and 3/4/1931 may be either.
    """

    order: Order | None = None
    calendar: Calendar | None = None
    about: int = ABOUT
    century_from: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day that are meant, both included; None on a side that has no bound.

    `calendar` is the one in which the date is written, None where nothing says it.
    """

    first: date | None
    last: date | None
    calendar: Calendar | None = None


def read_date(text: str, conventions: Conventions) -> Dated:
    """The days that a printed date may mean; BadValue where it cannot be read or cannot be."""
    if len(text) > _LONGEST:
        raise BadValue("is too long for a date")
    folded = _FLOAT.sub(r"\1", fold(text))
    plain = _plain(folded, conventions, conventions.calendar)
    if plain is not None:
        return plain
    return _worded(folded, conventions)


# --- digits ------------------------------------------------------------------------------------


def _plain(text: str, conventions: Conventions, calendar: Calendar | None) -> Dated | None:
    """Dates in digits alone; None where there is more to read."""
    match = _ISO.fullmatch(text)
    if match:
        year, month = int(match[1]), int(match[3])
        if match[4] is not None:
            return _parts(year, month, int(match[4]), calendar)
        if match[2] == "/" and month > year % 100:
            # 1910/11: a double year, or November.
            if month > 12:
                return _between(_years(year, year - year % 100 + month))
            return _between((date(year, 1, 1), date(year - year % 100 + month, 12, 31)))
        if month > 12 and month > year % 100:
            return _between(_years(year, year - year % 100 + month))
        if match[2] != ".":
            return _parts(year, month, None, calendar)
    if _COMPACT.fullmatch(text):
        if conventions.order in (None, Order.YMD):
            return _parts(int(text[:4]), int(text[4:6]), int(text[6:]), calendar)
        first, second, year = int(text[:2]), int(text[2:4]), int(text[4:])
        return _ordered(first, second, year, conventions.order, calendar)
    if _YEAR.fullmatch(text):
        return _parts(int(text), None, None, calendar)
    match = _TRIPLE.fullmatch(text)
    if match:
        return _triple(match, conventions, calendar)
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return _parts(int(match[2]), int(match[1]), None, calendar)
    match = _YEARS.fullmatch(text)
    if match:
        return _between(_years(int(match[1]), int(match[2])))
    match = _DOUBLE_YEAR.fullmatch(text)
    if match and int(match[2]) > int(match[1]) % 100:
        return _between(_years(int(match[1]), int(match[1][:2] + match[2].zfill(2))))
    return None


def _triple(match: re.Match[str], conventions: Conventions, calendar: Calendar | None) -> Dated:
    first, separator, second, last = match.groups()
    if conventions.order is Order.YMD and len(last) == 2 and first.isdigit():
        year = _full_year(first, conventions)
        return _parts(year, _part(second), _part(last), calendar)
    year = _full_year(last, conventions)
    if not (first.isdigit() and second.isdigit()):
        day, month = _part(first), _part(second)
        return _parts(year, month, day if month else None, calendar)
    one, two = int(first), int(second)
    if conventions.order in (Order.DMY, Order.MDY):
        return _ordered(one, two, year, conventions.order, calendar)
    if two > 12 >= one > 0:
        return _ordered(one, two, year, Order.MDY, calendar)
    if separator == "/" and 0 < one <= 12 and 0 < two <= 12 and one != two:
        either = [_ordered(one, two, year, order, calendar) for order in (Order.DMY, Order.MDY)]
        return Dated(
            min(each.first for each in either if each.first),
            max(each.last for each in either if each.last),
            calendar,
        )
    return _ordered(one, two, year, Order.DMY, calendar)


def _ordered(first: int, second: int, year: int, order: Order, calendar: Calendar | None) -> Dated:
    day, month = (second, first) if order is Order.MDY else (first, second)
    return _parts(year, month or None, day or None, calendar)


def _part(text: str) -> int | None:
    """A day or month; None where a mark stands in its place."""
    return int(text) or None if text.isdigit() else None


def _full_year(text: str, conventions: Conventions) -> int:
    if len(text) > 2:
        return int(text)
    start = conventions.century_from
    if start is None:
        raise BadValue("has a year of two digits")
    return start + (int(text) - start) % 100


def _years(first: int, last: int) -> tuple[date, date]:
    one, two = span_of(first, None, None, None), span_of(last, None, None, None)
    return one[0], two[1]


def _between(span: tuple[date, date]) -> Dated:
    if span[1] < span[0]:
        raise BadValue("ends before it starts")
    return Dated(*span)


def _parts(year: int, month: int | None, day: int | None, calendar: Calendar | None) -> Dated:
    # Zeros stand for what is not known: 1956-04-00, 00.00.1956.
    return Dated(
        *span_of(year, month or None, (day or None) if month else None, calendar), calendar
    )


def span_of(
    year: int, month: int | None, day: int | None, calendar: Calendar | None
) -> tuple[date, date]:
    """First and last day of a year, month or day; BadValue where the calendar has none such."""
    if not 1 <= year <= 9998:
        raise BadValue(f"has the year {year}" if year else "says no year")
    if month is not None and not 1 <= month <= 12:
        raise BadValue(f"has a month {month}")
    if calendar is Calendar.JULIAN:
        first = Day.from_julian(year, month or 1, day or 1)
        length = month_length(year, month or 12, Calendar.JULIAN)
        last = first if day else Day.from_julian(year, month or 12, length)
        return first.to_date(), last.to_date()
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, months.monthrange(year, month)[1])
    try:
        only = date(year, month, day)
    except ValueError as error:
        raise BadValue(f"has a day {day} in the month {year:04}-{month:02}") from error
    return only, only


# --- words -------------------------------------------------------------------------------------


def _worded(folded: str, conventions: Conventions) -> Dated:
    if not any(letter.isdigit() for letter in folded):
        raise BadValue("holds no digits")
    edtf = _edtf(folded, conventions)
    if edtf is not None:
        return edtf
    decade = _decade(folded)
    tokens = _TOKEN.findall(_without_endings(folded) if decade is None else folded)
    kept, said = _marked(tokens)
    calendar = said.calendar or conventions.calendar
    own = Conventions(conventions.order, calendar, conventions.about, conventions.century_from)
    found = decade or _phrase(kept, own)
    if said.about:
        found = _widened(found, own.about)
    if said.before:
        return Dated(None, found.last, calendar)
    if said.after:
        return Dated(found.first, None, calendar)
    return Dated(found.first, found.last, calendar)


@dataclass(slots=True)
class _Said:
    """What the words beside a date say of it."""

    about: bool = False
    before: bool = False
    after: bool = False
    calendar: Calendar | None = None


def _marked(tokens: list[str]) -> tuple[list[str], _Said]:
    """The tokens without the words of doubt, bounds and styles, and what these say."""
    said = _Said()
    rest = [word for word in tokens if word != "."]
    kept: list[str] = []
    at = 0
    while at < len(rest):
        if rest[at] in _MARKS:
            said.about = True
            at += 1
        elif length := words("old_style").at(rest, at):
            said.calendar = Calendar.JULIAN
            at += length
        elif length := words("new_style").at(rest, at):
            said.calendar = Calendar.GREGORIAN
            at += length
        elif (length := words("about").at(rest, at)) and month_of(rest, at) is None:
            said.about = True
            at += length
        elif not any(word.isdigit() for word in kept) and (length := words("before").at(rest, at)):
            said.before = True
            at += length
        elif not any(word.isdigit() for word in kept) and (length := words("after").at(rest, at)):
            said.after = True
            at += length
        elif at == len(rest) - 1 and words("before").at(rest, at):
            said.before = True
            at += 1
        elif at == len(rest) - 1 and words("after").at(rest, at):
            said.after = True
            at += 1
        elif length := words("between").at(rest, at):
            at += length
        else:
            kept.append(rest[at])
            at += 1
    if said.before and said.after:
        said.before = said.after = False
    return kept, said


def _phrase(tokens: list[str], conventions: Conventions, year: int | None = None) -> Dated:
    """A date with a month in words, or two dates with something between them."""
    joined = " ".join(tokens)
    plain = _plain(re.sub(r" ?([-/.]) ?", r"\1", joined), conventions, conventions.calendar)
    if plain is not None:
        return plain
    try:
        return _named(tokens, conventions, year)
    except BadValue as error:
        for at, word in enumerate(tokens):
            if 0 < at < len(tokens) - 1 and (word in "-/…" or words("joins").at(tokens, at)):
                try:
                    return _range(tokens[:at], tokens[at + 1 :], conventions)
                except BadValue:
                    continue
        raise error


def _range(left: list[str], right: list[str], conventions: Conventions) -> Dated:
    last = _phrase(right, conventions)
    if last.last is None or last.first is None:
        raise BadValue("has no bound")
    first = _phrase(left, conventions, last.first.year)
    if first.first is None or last.last < first.first:
        raise BadValue("ends before it starts")
    return Dated(first.first, last.last, conventions.calendar)


def _named(tokens: list[str], conventions: Conventions, year: int | None) -> Dated:
    """Day, month in words and year in any order; several days or months are a range."""
    found_months: list[int] = []
    years: list[int] = []
    small: list[tuple[int, str]] = []
    between = ""
    at = 0
    while at < len(tokens):
        word = tokens[at]
        month = None if word.isdigit() or word in _SILENT else month_of(tokens, at)
        if month:
            found_months.append(month[0])
            at += month[1]
            continue
        if word.isdigit():
            if len(word) > 4 or len(word) == 3:
                raise BadValue(f"has a year of {len(word)} digits")
            if len(word) > 2:
                years.append(int(word))
            else:
                small.append((int(word), between))
            between = ""
        elif word in _SILENT:
            between = word if word in "-/(" else between
        elif words("joins").at(tokens, at):
            between = "-"
        elif not words("fillers").at(tokens, at):
            raise BadValue(f"is no date as dates are written: {word[:20]!r}")
        at += 1
    if not years and len(small) == 2 and found_months and not small[1][1]:
        years = [_full_year(f"{small.pop()[0]:02}", conventions)]
    if not years and year is not None:
        years = [year]
    if len(years) != 1 or not 1 <= len(found_months) <= 2 or len(small) > 2:
        if len(years) == 1 and not found_months and not small:
            return _parts(years[0], None, None, conventions.calendar)
        raise BadValue("is no date as dates are written")
    return _of_named(years[0], found_months, small, conventions)


def _of_named(
    year: int, found: list[int], small: list[tuple[int, str]], conventions: Conventions
) -> Dated:
    calendar = conventions.calendar
    if len(small) == 2 and small[1][1] in {"/", "("}:
        both = _both_styles(year, found, small[0][0], small[1][0])
        if both is not None:
            return Dated(both, both, Calendar.GREGORIAN)
    if len(small) == 2 and (len(found) == 2 or small[1][1] in {"-", "/"}):
        first = span_of(year, found[0], small[0][0], calendar)
        last = span_of(year, found[-1], small[1][0], calendar)
        return replace(_between((first[0], last[1])), calendar=calendar)
    if not small:
        first, last = (span_of(year, month, None, calendar) for month in (found[0], found[-1]))
        return replace(_between((first[0], last[1])), calendar=calendar)
    if len(small) == 1 and len(found) == 1:
        return Dated(*span_of(year, found[0], small[0][0] or None, calendar), calendar)
    raise BadValue("is no date as dates are written")


def _both_styles(year: int, found: list[int], old: int, new: int) -> date | None:
    """The day of `1 (14) January 1918`, which is in both styles; None where it is not."""
    for month in {found[0], (found[0] - 2) % 12 + 1}:
        its_year = year - 1 if (month == 12 and found[-1] == 1 and len(found) == 1) else year
        try:
            day = Day.from_julian(its_year, month, old)
        except BadValue:
            continue
        if day.gregorian[1:] == (found[-1], new):
            return day.to_date()
        if len(found) == 1 and month == found[0] and day.gregorian[2] == new:
            return day.to_date()
    return None


# --- doubt -------------------------------------------------------------------------------------


def _edtf(folded: str, conventions: Conventions) -> Dated | None:
    if not _EDTF.fullmatch(folded):
        return None
    try:
        found = PartialDate.parse(
            folded.upper(), calendar=conventions.calendar or Calendar.GREGORIAN
        )
    except BadValue:
        return None
    if found.earliest is None and found.latest is None:
        raise BadValue("has no bound")
    dated = Dated(
        found.earliest.to_date() if found.earliest else None,
        found.latest.to_date() if found.latest else None,
        conventions.calendar,
    )
    if found.certainty is Certainty.CERTAIN:
        return dated
    return _widened(dated, conventions.about)


def _widened(dated: Dated, about: int) -> Dated:
    """So many years to either side; months or days where the date is as close as that."""
    first, last = dated.first, dated.last
    if first is None or last is None or first.year <= about + 1 or last.year >= 9998 - about:
        return dated
    length = (last - first).days
    if length == 0:
        return replace(dated, first=first - timedelta(about), last=last + timedelta(about))
    if length <= 31:
        around = timedelta(31 * about)
        return replace(dated, first=first - around, last=last + around)
    return replace(dated, first=_years_on(first, -about), last=_years_on(last, about))


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 28 February where the year has no 29."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, months.monthrange(year, day.month)[1]))


def _decade(folded: str) -> Dated | None:
    match = _decades().fullmatch(folded)
    return _between(_years(int(match[1]), int(match[1]) + 9)) if match else None


@cache
def _decades() -> re.Pattern[str]:
    return re.compile(
        rf"(\d{{3}}0)(?:-?(?:{'|'.join(map(re.escape, listed('decades')))})\.?"
        rf"|-?\w{{0,3}} (?:{'|'.join(map(re.escape, listed('decade_words')))})\.?)"
        rf"(?: (?:{'|'.join(map(re.escape, listed('decade_words') + listed('fillers')))})\.?)?"
    )


def _without_endings(folded: str) -> str:
    return _endings().sub(r"\1 ", folded)


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(\d)[-'’]?(?:{'|'.join(map(re.escape, listed('endings')))})(?![^\W\d_])")
