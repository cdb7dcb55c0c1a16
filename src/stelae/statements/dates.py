"""Dates in prose: days, ranges, months and years, in the order that each language writes them.

A month's name is the anchor; days and years are looked for on both sides of it. A year alone is a
date only where something says that it is a year: a word, a bracket, a preposition of the table.
"""

from dataclasses import replace

from stelae.statements.days import (
    day_at,
    days_listed,
    spelled_day,
    suffix_after,
    suffix_before,
)
from stelae.statements.facts import DateFact, StatedDate, Style
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Live, Passage
from stelae.statements.years import EARLIEST, LATEST, after_year, year_at, years_at

__all__ = ["find_dates"]

_DASHES = "-"


def find_dates(
    passage: Passage, language: Language, live: Live, *, bound: bool = False
) -> list[DateFact]:
    """Every date of a passage in order; the tokens that they use are marked as taken.

    `live` are the tokens that a fact may begin with (`Passage.beginnings`). `bound` says that the
    author has bound these words as a date, so that four digits alone are a year. A passage is read
    once: asked again, it gives what was found then.
    """
    if not passage.dates:
        passage.dates.append(_found(passage, language, live.dates, bound=bound))
    return passage.dates[0]


def _found(passage: Passage, language: Language, live: list[int], *, bound: bool) -> list[DateFact]:
    found: list[tuple[int, int, DateFact]] = []
    resume = 0
    for index in live:
        if index < resume or len(found) >= MOST:
            continue
        if passage.is_word(index):
            match = _named(passage, index, language)
        else:
            match = _numeric(passage, index, language) or years_at(
                passage, index, language, bound=bound
            )
        if match is None:
            continue
        first, after, fact = match
        if fact is not None:
            while found and found[-1][1] > first:
                # A month took back what had been read as a year alone.
                found.pop()
            resume = max(after, _listed(passage, found, (first, after, fact), language))
        passage.taken.update(range(first, after))
        resume = max(after, resume)
    return [_dressed(passage, item, language) for item in _joined(passage, found, language)]


def _listed(
    passage: Passage,
    found: list[tuple[int, int, DateFact]],
    item: tuple[int, int, DateFact],
    language: Language,
) -> int:
    """Add a date, and with it the other days of its month that are listed; gives where they end."""
    first, after, fact = item
    stated = (fact.start, fact.end or fact.start)
    days = tuple(one.day for one in stated if one.day is not None)
    listed = [item]
    if len(days) == 2 and stated[0].month == stated[1].month:
        for start, stop, day in days_listed(passage, first, after, (days[0], days[1]), language):
            whole = DateFact(passage.place(start, stop), replace(fact.start, day=day))
            listed.append((start, stop, whole))
            passage.taken.update(range(start, stop))
    found.extend(sorted(listed, key=lambda one: one[0]))
    return max(one[1] for one in listed)


def _numeric(
    passage: Passage, index: int, language: Language
) -> tuple[int, int, DateFact | None] | None:
    """`1990-01-13`, `13.01.1990`, `18/06/2024`; None as the fact where day and month may swap."""
    if not passage.is_digits(index, 4) or (passage.glued(index) and passage.is_word(index - 1)):
        return None
    if index + 4 >= len(passage.tokens):
        return None
    separator = passage.tokens[index + 1].text
    if separator not in {"-", ".", "/"} or passage.tokens[index + 3].text != separator:
        return None
    if not all(passage.glued(at) for at in range(index + 1, index + 5)):
        return None
    pieces = [passage.tokens[at] for at in range(index, index + 5, 2)]
    if not all(passage.is_digits(at, 4) for at in range(index, index + 5, 2)):
        return None
    after = index + 5
    if passage.is_mark(after, "-/") and passage.glued(after):
        return None
    sizes = tuple(len(piece.text) for piece in pieces)
    one, two, three = (int(piece.text) for piece in pieces)
    stated: StatedDate | None = None
    if sizes == (4, 2, 2):
        stated = StatedDate(one, two, three)
    elif sizes[2] == 4 and max(sizes[:2]) <= 2:
        if language.dates.day_first or separator == "." or one > 12 or one == two:
            stated = StatedDate(three, two, one)
        elif two > 12:
            stated = StatedDate(three, one, two)
    else:
        return None
    if stated is None or stated.year is None or not EARLIEST <= stated.year <= LATEST:
        return index, after, None
    return index, after, DateFact(passage.place(index, after), stated)


def _named(
    passage: Passage, index: int, language: Language
) -> tuple[int, int, DateFact | None] | None:
    table = language.dates
    found = table.months.at(passage.tokens, index)
    if found is None:
        return None
    after, month = found
    if table.months_are_capital and not passage.tokens[index].text[0].isupper():
        return None
    if passage.is_mark(after, "/"):
        # Arabic texts give a month in two sets of names: the same month, or no date.
        again = table.months.at(passage.tokens, after + 1)
        if again is not None:
            if again[1] != month:
                return None
            after = again[0]
    # A bound date is whole: `[January 1990](date:a) 37th` has no day.
    first, days, year = index, None, None
    if not passage.apart(index):
        first, days, year = _before(passage, index, language)
    if days is None and not passage.apart(after):
        after, days = _days_after(passage, after, language)
    if year is None and not passage.apart(after):
        after, year = _year_after(passage, after, language, has_day=days is not None)
    if days is None and year is None:
        return None
    start = StatedDate(year, month, days[0] if days else None)
    end = StatedDate(year, month, days[1]) if days and days[1] is not None else None
    return first, after, DateFact(passage.place(first, after), start, end)


def _before(
    passage: Passage, index: int, language: Language
) -> tuple[int, tuple[int, int | None] | None, int | None]:
    """What stands before a month: the first index, the day or days, the year."""
    table = language.dates
    at = index
    while at and passage.tokens[at - 1].folded in table.fillers and passage.is_word(at - 1):
        at -= 1
    first = index
    days: tuple[int, int | None] | None = None
    digits = suffix_before(passage, at, table.day_suffixes)
    day = day_at(passage, digits) if digits >= 0 else None
    if day is not None and not (passage.glued(digits) and passage.is_mark(digits - 1, ".,")):
        first, days = digits, (day, None)
        opening = _range_start(passage, digits, language)
        if opening is not None:
            first, days = opening[0], (opening[1], day)
    elif spelled := spelled_day(passage, at, language):
        first, days = spelled[0], (spelled[1], None)
    start, year = _year_before(passage, first, language)
    return (start, days, year) if year is not None else (first, days, None)


def _range_start(passage: Passage, index: int, language: Language) -> tuple[int, int] | None:
    """The day before a dash or a word such as `to` that stands before an index."""
    table = language.dates
    index = _article(passage, index, language)
    start, between = -1, False
    if passage.is_mark(index - 1, _DASHES):
        start = index - 1
    elif joined := table.joining.before(passage.tokens, index, 2) or table.nights.before(
        passage.tokens, index, 2
    ):
        start = joined[0]
    elif both := table.both.before(passage.tokens, index, 1):
        start, between = both[0], True
    if start <= 0:
        return None
    digits = suffix_before(passage, start, table.day_suffixes)
    day = day_at(passage, digits) if digits >= 0 else None
    if between and not table.between.before(passage.tokens, _article(passage, digits, language), 1):
        return None
    return (digits, day) if day is not None else None


def _article(passage: Passage, index: int, language: Language) -> int:
    """The index before an article: `entre le 13 et le 20`."""
    if index > 0 and passage.tokens[index - 1].folded in language.dates.articles:
        return index - 1
    return index


def _year_before(passage: Passage, index: int, language: Language) -> tuple[int, int | None]:
    """`1990 թ. `, `1990-cı il ` before a month or a day; the word for year is needed."""
    table = language.dates
    word = table.year.before(passage.tokens, index, 3)
    if word is None:
        return index, None
    digits = suffix_before(passage, word[0], table.day_suffixes)
    year = year_at(passage, digits) if digits >= 0 else None
    return (digits, year) if year is not None else (index, None)


def _days_after(
    passage: Passage, index: int, language: Language
) -> tuple[int, tuple[int, int | None] | None]:
    """`January 9-12`, `հունվարի 13-20-ին`; a number that counts people is no day."""
    table = language.dates
    day = day_at(passage, index)
    if day is None or (
        passage.is_mark(index + 1, ".,")
        and passage.glued(index + 2)
        and passage.is_digits(index + 2)
    ):
        return index, None
    after = suffix_after(passage, index + 1, table.day_suffixes)
    if _of_anniversary(passage, index, after, language):
        return index, None
    last: int | None = None
    at = after
    joined = table.joining.at(passage.tokens, at) or table.nights.at(passage.tokens, at)
    if joined or passage.is_mark(at, _DASHES):
        at = joined[0] if joined else at + 1
    elif after == index + 1 or suffix_after(passage, at + 1, table.day_suffixes) == at + 1:
        # `13-dən 20-dək`: two days with their endings and nothing between them
        at = -1
    if at > 0 and (value := day_at(passage, at)) is not None:
        last, after = value, suffix_after(passage, at + 1, table.day_suffixes)
    bare = after == index + 1 and not passage.apart(after)
    if bare and language.numbers.nouns.at(passage.tokens, after):
        return index, None
    if language.numbers.multipliers.at(passage.tokens, after):
        return index, None
    return after, (day, last)


def _of_anniversary(passage: Passage, index: int, after: int, language: Language) -> bool:
    """Whether these digits count years: `հունվարի 30-ամյակ`, `yanvarının 30-cu ildönümü`."""
    table = language.anniversaries
    if table.nouns.at(passage.tokens, after):
        return True
    glued = (
        passage.is_mark(index + 1, "-") and passage.glued(index + 1) and passage.glued(index + 2)
    )
    return glued and after == index + 1 and passage.is_word(index + 2)


def _year_after(
    passage: Passage, index: int, language: Language, *, has_day: bool
) -> tuple[int, int | None]:
    table = language.dates
    at = index
    if passage.is_mark(at, ",") and has_day:
        at += 1
    while (
        at < len(passage.tokens)
        and passage.is_word(at)
        and passage.tokens[at].folded in table.fillers
    ):
        at += 1
    year = year_at(passage, at)
    if year is None:
        return index, None
    after = after_year(passage, at + 1, language)
    if after == at + 1 and language.numbers.nouns.at(passage.tokens, after):
        return index, None
    return after, year


def _joined(
    passage: Passage, found: list[tuple[int, int, DateFact]], language: Language
) -> list[tuple[int, int, DateFact]]:
    """Run together `30 January – 2 February 1990` and `31 March (13 April) 1918`."""
    joined: list[tuple[int, int, DateFact]] = []
    for first, after, fact in found:
        if joined:
            start, middle, earlier = joined[-1]
            both_days = earlier.start.day and fact.start.day and not earlier.end and not fact.end
            if both_days and _ranges(passage, middle, first, language):
                begin, finish = _same_years(earlier.start, fact.start)
                whole = DateFact(passage.place(start, after), begin, finish)
                joined[-1] = (start, after, whole)
                passage.taken.update(range(middle, first))
                continue
            bracketed = first - middle == 1 and passage.is_mark(middle, "(")
            if both_days and bracketed and passage.is_mark(after, ")"):
                year = earlier.start.year or fact.start.year
                late, stop = _year_after(passage, after + 1, language, has_day=True)
                year, end = (stop, late) if year is None and stop else (year, after + 1)
                whole = DateFact(
                    passage.place(start, end),
                    replace(earlier.start, year=year),
                    other=replace(fact.start, year=fact.start.year or year),
                )
                joined[-1] = (start, end, whole)
                passage.taken.update(range(start, end))
                continue
            if joined[-1][1] > first:
                continue
        joined.append((first, after, fact))
    return joined


def _same_years(begin: StatedDate, finish: StatedDate) -> tuple[StatedDate, StatedDate]:
    """Both ends of a range with the year that only one of them states, over New Year too."""
    over = int((finish.month or 0) < (begin.month or 0))
    if begin.year is None and finish.year is not None:
        begin = replace(begin, year=finish.year - over)
    elif finish.year is None and begin.year is not None:
        finish = replace(finish, year=begin.year + over)
    return begin, finish


def _ranges(passage: Passage, middle: int, first: int, language: Language) -> bool:
    if first - middle == 1 and passage.is_mark(middle, _DASHES):
        return True
    word = language.dates.joining.at(passage.tokens, middle)
    return word is not None and word[0] == first


def _dressed(passage: Passage, item: tuple[int, int, DateFact], language: Language) -> DateFact:
    """The weekday before a date and the calendar named after it."""
    first, after, fact = item
    table = language.dates
    before = first - 1 if passage.is_mark(first - 1, ",") else first
    weekday = table.weekdays.before(passage.tokens, before, 2)
    if weekday and fact.end is None and fact.start.day is not None:
        fact = replace(fact, weekday=weekday[1], weekday_span=passage.place(weekday[0], before))
    at = after + 1 if passage.is_mark(after, "(,") else after
    for style, words in ((Style.OLD, table.old_style), (Style.NEW, table.new_style)):
        for start in (at, at + 1):
            if start < len(passage.tokens) and words.at(passage.tokens, start):
                return replace(fact, style=style)
        if words.before(passage.tokens, first, 3):
            return replace(fact, style=style)
    return fact
