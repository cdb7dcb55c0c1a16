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
from stelae.linkage.numeric_dates import (
    Conventions,
    Dated,
    date_in_digits,
    dated_parts,
    full_year,
    span_between,
    span_of,
    span_of_years,
)
from stelae.values.dates import Calendar, Certainty, PartialDate
from stelae.values.days import Day

__all__ = ["Conventions", "Dated", "read_date"]

_LONGEST = 80
_FLOAT = re.compile(r"^(\d{4}|\d{8})\.0+$")
_EDTF = re.compile(r"(?=.*[xys?~%/{}\[\]])[0-9xyes?~%./{}\[\],-]+")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")
_MARKS = frozenset("~≈?%")
_SILENT = frozenset(".,;:'’\"()[]՝՛-/&")


def read_date(text: str, conventions: Conventions) -> Dated:
    """The days that a printed date may mean; BadValue where it cannot be read or cannot be."""
    if len(text) > _LONGEST:
        raise BadValue("is too long for a date")
    folded = _FLOAT.sub(r"\1", fold(text))
    plain = date_in_digits(folded, conventions, conventions.calendar)
    if plain is not None:
        return plain
    return _worded(folded, conventions)


def _worded(folded: str, conventions: Conventions) -> Dated:
    if not any(letter.isdecimal() for letter in folded):
        raise BadValue("holds no digits")
    edtf = _edtf(folded, conventions)
    if edtf is not None:
        return edtf
    decade = _decade(folded, conventions.calendar)
    tokens = _TOKEN.findall(_without_endings(folded) if decade is None else folded)
    kept, said = _marked(tokens)
    calendar = said.calendar or conventions.calendar
    own = Conventions(conventions.order, calendar, conventions.about, conventions.century_from)
    found, is_range = (decade, False) if decade else _phrase(kept, own)
    if said.about:
        found = _widened(found, own.about)
    # "From 1930 to 1935" is no bound but a range.
    if said.before and not is_range:
        return Dated(None, found.last, calendar)
    if said.after and not is_range:
        return Dated(found.first, None, calendar)
    return Dated(found.first, found.last, said.calendar or found.calendar)


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

    def bounds_may_stand(at: int) -> bool:
        """Before all digits, or at the end: in the middle such words join two dates."""
        return at == len(rest) - 1 or not any(word.isdecimal() for word in kept)

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
        elif bounds_may_stand(at) and (length := words("before").at(rest, at)):
            said.before = True
            at += length
        elif bounds_may_stand(at) and (length := words("after").at(rest, at)):
            said.after = True
            at += length
        elif length := words("between").at(rest, at):
            at += length
        else:
            kept.append(rest[at])
            at += 1
    if said.before and said.after:
        said.before = said.after = False
    return kept, said


def _phrase(tokens: list[str], conventions: Conventions) -> tuple[Dated, bool]:
    """One date, or two with something between them, and whether it is two."""
    try:
        return _single(tokens, conventions), False
    except BadValue as error:
        for at, word in enumerate(tokens):
            if 0 < at < len(tokens) - 1 and (word in "-/…" or words("joins").at(tokens, at)):
                try:
                    return _range(tokens[:at], tokens[at + 1 :], conventions), True
                except BadValue:
                    continue
        raise error


def _single(tokens: list[str], conventions: Conventions, year: int | None = None) -> Dated:
    """A date in digits or with a month in words; `year` is that of one without a year."""
    joined = re.sub(r" ?([-/.]) ?", r"\1", " ".join(tokens))
    plain = date_in_digits(joined, conventions, conventions.calendar)
    return _named(tokens, conventions, year) if plain is None else plain


def _range(left: list[str], right: list[str], conventions: Conventions) -> Dated:
    last = _single(right, conventions)
    if last.last is None or last.first is None:
        raise BadValue("has no bound")
    first = _single(left, conventions, last.first.year)
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
        month = None if word.isdecimal() or word in _SILENT else month_of(tokens, at)
        if month:
            found_months.append(month[0])
            at += month[1]
            continue
        if word.isdecimal():
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
        years = [full_year(f"{small.pop()[0]:02}", conventions)]
    if not years and year is not None:
        years = [year]
    if len(years) != 1 or not 1 <= len(found_months) <= 2 or len(small) > 2:
        if len(years) == 1 and not found_months and not small:
            return dated_parts(years[0], None, None, conventions.calendar)
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
        return span_between(first[0], last[1], calendar)
    if not small:
        first, last = (span_of(year, month, None, calendar) for month in (found[0], found[-1]))
        return span_between(first[0], last[1], calendar)
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


def _decade(folded: str, calendar: Calendar | None) -> Dated | None:
    match = _decades().fullmatch(folded)
    return span_of_years(int(match[1]), int(match[1]) + 9, calendar) if match else None


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
