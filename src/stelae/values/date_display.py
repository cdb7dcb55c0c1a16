"""Dates in prose: compact ranges, doubts in words, old and new style side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from stelae.values.conversion import converted
from stelae.values.date_words import DateWords, date_words
from stelae.values.dates import Edge, PartialDate
from stelae.values.days import Calendar, Day, DaySpan
from stelae.values.edtf import Choice, Component, Gap, Interval, Moment, Run, SetKind
from stelae.values.extents import days_of, first_day, last_day

__all__ = ["format_date", "format_day", "format_month_day"]

_ROMAN = ("I", "II", "III", "IV")
_PARTS = ("year", "month", "day")


def format_date(date: PartialDate, language: str, *, both_styles: bool = False) -> str:
    """The date as a sentence would have it: "13–19 January 1990".

    A Julian date always shows both styles: "9–12 January 1918 (old style; 22–25 January new
    style)"; a Gregorian one where the caller asks, because a reform is near
    (`calendars.ambiguous_style`). BadValue when there are no words for the language.
    """
    writer = _Writer(date_words(language), date.calendar)
    text = writer.expression(date)
    if date.calendar is Calendar.GREGORIAN and not both_styles:
        return text
    julian = date.calendar is Calendar.JULIAN
    key = "old_style" if julian else "new_style"
    other_calendar = Calendar.GREGORIAN if julian else Calendar.JULIAN
    other = converted(date, other_calendar)
    if other is None:
        return writer.words.fill(f"{key}_alone", date=text)
    years = _years(date) | _years(other)
    plain = _Writer(writer.words, other_calendar, show_year=len(years) != 1, show_doubt=False)
    styled = writer.words.fill(key, date=text, converted=plain.expression(other))
    return styled.replace(") (", "; ") if text.endswith(")") else styled


def format_day(day: Day, language: str, *, calendar: Calendar = Calendar.GREGORIAN) -> str:
    """One day in one calendar, without a word on the style."""
    moment = _bare(_numbers(day, calendar))
    return _Writer(date_words(language), calendar).moment(moment)


def format_month_day(
    start: tuple[int, int], language: str, *, end: tuple[int, int] | None = None
) -> str:
    """A day of every year, or the days from one to another: "13–19 January"."""
    first, last = (_yearless(name) for name in (start, end or start))
    return _Writer(date_words(language), Calendar.GREGORIAN, show_year=False).span(first, last)


@dataclass(frozen=True, slots=True)
class _Writer:
    words: DateWords
    calendar: Calendar
    show_year: bool = True
    show_doubt: bool = True

    def expression(self, date: PartialDate) -> str:
        expression = date.expression
        if isinstance(expression, Interval):
            return self.interval(expression)
        if isinstance(expression, Choice):
            return self.choice(expression)
        return self.doubted(expression, self.moment(_plain(expression)))

    def interval(self, interval: Interval) -> str:
        start, end = interval.start, interval.end
        if isinstance(start, Gap):
            key = "until" if start is Gap.OPEN else "start_unknown"
            return self.words.fill(key, date=self.full(end))
        if isinstance(end, Gap):
            key = "since" if end is Gap.OPEN else "end_unknown"
            return self.words.fill(key, date=self.full(start))
        if _same_doubt(start, end):
            return self.doubted(end, self.span(_plain(start), _plain(end)))
        return f"{self.full(start)} – {self.full(end)}"

    def choice(self, choice: Choice) -> str:
        word = "or" if choice.kind is SetKind.ONE_OF else "and"
        moments = [moment for member in choice.members for moment in _moments(member)]
        alike = all(_same_doubt(moments[0], moment) for moment in moments[1:])
        spans = [_span(member) for member in choice.members]
        if alike and all(first and last for first, last in spans):
            closed = [(first, last) for first, last in spans if first and last]
            text = self.listed(closed, word)
            if len(closed) == 1 and closed[0][0] != closed[0][1] and word == "or":
                text = self.one_of(text)
            return self.doubted(moments[0], text)
        return self.words.listed([self.member(member) for member in choice.members], word)

    def member(self, member: Moment | Run) -> str:
        if isinstance(member, Moment):
            return self.full(member)
        if member.first is None:
            return self.words.fill("until", date=self.full(member.last))
        if member.last is None:
            return self.words.fill("since", date=self.full(member.first))
        return f"{self.full(member.first)} – {self.full(member.last)}"

    def listed(self, spans: list[tuple[Moment, Moment]], word: str) -> str:
        """Members of a set, with what they share said once."""
        ends = [moment for span in spans for moment in span]
        shared = _shared(ends)
        if shared == 2:
            labels = [
                _dashed(*(self.words.day_number(int(_text(end.day))) for end in span))
                for span in spans
            ]
            return self.day(self.words.listed(labels, word), ends[0])
        if shared == 1 and all(end.day is None for end in ends):
            labels = [_dashed(*(self.month_alone(end) for end in span)) for span in spans]
            return self.month(self.words.listed(labels, word), ends[0])
        if len(spans) > 1 and all(_is_plain_year(end) and int(end.year.text) > 0 for end in ends):
            labels = [_dashed(*(str(int(end.year.text)) for end in span)) for span in spans]
            return self.words.fill("ad", year=self.words.listed(labels, word))
        texts = [self.span(*span) for span in spans]
        if shared == 1:
            quiet = _Writer(self.words, self.calendar, show_year=False, show_doubt=False)
            texts = [quiet.span(*span) for span in spans[:-1]] + texts[-1:]
        return self.words.listed(texts, word)

    def span(self, first: Moment, last: Moment) -> str:
        """From one plain moment to another, what they share said once."""
        if first == last:
            return self.moment(first)
        shared = _shared([first, last])
        if shared == 2:
            days = _dashed(*(self.words.day_number(int(_text(end.day))) for end in (first, last)))
            return self.day(days, first)
        if shared == 1 and first.day is None and last.day is None:
            months = _dashed(self.month_alone(first), self.month_alone(last))
            return self.month(months, first)
        if shared == 1:
            quiet = _Writer(self.words, self.calendar, show_year=False, show_doubt=False)
            return f"{quiet.moment(first)} – {self.moment(last)}"
        years = [int(end.year.text) for end in (first, last) if _is_plain_year(end)]
        if len(years) == 2 and years[0] > 0:
            return self.words.fill("years", first=years[0], last=years[1])
        return f"{self.moment(first)} – {self.moment(last)}"

    def moment(self, moment: Moment) -> str:
        """One moment, its marks apart."""
        if any("X" in part.text for part in moment.components):
            return self.unspecified(moment)
        if moment.month is None:
            return self.plain_year(moment)
        if moment.season is not None:
            return self.season(moment, moment.season)
        if moment.day is None:
            return self.month(self.month_alone(moment), moment)
        text = self.day(self.words.day_number(int(moment.day.text)), moment)
        return f"{text}, {moment.clock[1:]}" if moment.clock else text

    def unspecified(self, moment: Moment) -> str:
        """Digits X: a part not known at all, a run of days, or else the X as they stand."""
        unknown = [
            name
            for name, part in zip(_PARTS, moment.components, strict=False)
            if name != "year" and part.text == "XX"
        ]
        kept = [part for part in moment.components if part.text != "XX"]
        if unknown and moment.components[: len(kept)] == tuple(kept):
            text = self.moment(_bare([part.text for part in kept]))
            names = self.words.part_names(unknown[::-1])
            return self.words.fill("unknown_parts", date=text, parts=names)
        span = DaySpan(first_day(moment, self.calendar), last_day(moment, self.calendar))
        depth = len(moment.components)
        ends = [_bare(_numbers(day, self.calendar)[:depth]) for day in (span.first, span.last)]
        if moment.season is None and next(days_of(moment, self.calendar, span)) == span:
            return self.one_of(self.span(*ends))
        if moment.month is None:
            return self.year(moment)
        if moment.season is not None:
            return self.season(moment, moment.season)
        month = moment.month.text
        if "X" in month:
            return "-".join(part.text for part in moment.components)
        if moment.day is None:
            return self.month(self.month_alone(moment), moment)
        day = moment.day.text
        return self.words.fill(
            "day",
            day=day if "X" in day else self.words.day_number(int(day)),
            month=self.words.months[int(month) - 1],
            year=self.year(moment),
        )

    def plain_year(self, moment: Moment) -> str:
        text, _, significant = moment.year.text.partition("S")
        if not significant:
            return self.year(moment)
        low = first_day(moment, self.calendar).in_calendar(self.calendar)[0]
        high = last_day(moment, self.calendar).in_calendar(self.calendar)[0]
        about = self.words.fill("about", date=self.year(Moment(Component(text))))
        return f"{about} ({low}–{high})"

    def season(self, moment: Moment, code: int) -> str:
        year = self.year(moment)
        if code >= 33:
            kind, first = (0, 33) if code <= 36 else (1, 37) if code <= 39 else (2, 40)
            name = self.words.table["thirds"][kind]
            number = _ROMAN[code - first]
            return self.words.fill("part_of_year", name=name, number=number, year=year)
        name = self.words.table["seasons"][(code - 21) % 4]
        text = self.words.fill("season", name=name, year=year)
        if code <= 24:
            return text
        return f"{text} ({self.words.table['hemispheres'][(code - 25) // 4]})"

    def day(self, days: str, moment: Moment) -> str:
        month = self.words.months[int(_text(moment.month)) - 1]
        if not self.show_year:
            return f"{days} {month}"
        return self.words.fill("day", day=days, month=month, year=self.year(moment))

    def month(self, months: str, moment: Moment) -> str:
        if not self.show_year:
            return months
        return self.words.fill("month", month_alone=months, year=self.year(moment))

    def month_alone(self, moment: Moment) -> str:
        return self.words.months_alone[int(_text(moment.month)) - 1]

    def year(self, moment: Moment) -> str:
        """The year without leading zeros; 0 is 1 BC, -43 is 44 BC."""
        text = moment.year.text
        if "X" in text:
            return self.words.fill("ad", year=text)
        number, _, zeros = text.lstrip("Y").partition("E")
        year = int(number) * 10 ** int(zeros or 0)
        return (
            self.words.fill("ad", year=year) if year > 0 else self.words.fill("bc", year=1 - year)
        )

    def full(self, moment: Moment | Gap | None) -> str:
        assert isinstance(moment, Moment)
        return self.doubted(moment, self.moment(_plain(moment)))

    def one_of(self, text: str) -> str:
        return self.words.fill("one_of", date=text) if self.show_doubt else text

    def doubted(self, moment: Moment, text: str) -> str:
        """The text with the marks of the moment in words: on all of it, or on named parts."""
        if not self.show_doubt:
            return text
        count = len(moment.components)
        for mark, whole, partly in (
            ("~", "about", "about_parts"),
            ("?", "uncertain", "uncertain_parts"),
        ):
            marked = [_PARTS[index] for index in range(count) if mark in moment.marks_on(index)]
            if len(marked) == count:
                text = self.words.fill(whole, date=text)
            elif marked:
                text = self.words.fill(partly, date=text, parts=self.words.part_names(marked))
        return text


def _plain(moment: Moment) -> Moment:
    return _bare([part.text for part in moment.components], moment.clock)


def _same_doubt(one: Moment, other: Moment) -> bool:
    return [one.marks_on(index) for index in range(len(one.components))] == [
        other.marks_on(index) for index in range(len(other.components))
    ]


def _moments(member: Moment | Run) -> list[Moment]:
    if isinstance(member, Moment):
        return [member]
    return [end for end in (member.first, member.last) if end is not None]


def _span(member: Moment | Run) -> tuple[Moment | None, Moment | None]:
    if isinstance(member, Moment):
        return _plain(member), _plain(member)
    return (
        _plain(member.first) if member.first else None,
        _plain(member.last) if member.last else None,
    )


def _shared(moments: Sequence[Moment]) -> int:
    """2 when all are days of one month, 1 when all are plain and of one year, else 0."""
    first = moments[0]
    if any(
        moment.month is None
        or moment.season is not None
        or moment.clock
        or any("X" in part.text for part in moment.components)
        or moment.year != first.year
        for moment in moments
    ):
        return 0
    same_month = all(moment.month == first.month and moment.day for moment in moments)
    return 2 if same_month else 1


def _numbers(day: Day, calendar: Calendar) -> tuple[str, str, str]:
    year, month, number = day.in_calendar(calendar)
    return str(year), f"{month:02}", f"{number:02}"


def _yearless(name: tuple[int, int]) -> Moment:
    return _bare(("0", f"{name[0]:02}", f"{name[1]:02}"))


def _years(date: PartialDate) -> set[int | None]:
    return {
        None if day is None else day.in_calendar(date.calendar)[0]
        for day, edge in (
            (date.earliest, date.start_edge),
            (date.latest, date.end_edge),
        )
        if edge is Edge.KNOWN
    }


def _dashed(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _is_plain_year(moment: Moment) -> bool:
    return moment.month is None and moment.year.text.lstrip("-").isdigit()


def _bare(texts: Sequence[str], clock: str = "") -> Moment:
    """A moment of one to three parts, without marks."""
    year, month, day = [*(Component(text) for text in texts), None, None][:3]
    assert year is not None
    return Moment(year, month, day, clock)


def _text(part: Component | None) -> str:
    assert part is not None
    return part.text
