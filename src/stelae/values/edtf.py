"""The grammar of EDTF: ISO 8601-2:2019, annex A, levels 0, 1 and 2.

This module knows how a date is written, not which days it covers (that is `extents`). What it
reads it prints back: `str(read(text))` is the text, but for a blank after the commas of a set.
One pass from left to right over at most LONGEST characters; only ASCII digits count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stelae.errors import BadValue

__all__ = [
    "LONGEST",
    "Choice",
    "Component",
    "Expression",
    "Gap",
    "Interval",
    "Moment",
    "Run",
    "SetKind",
    "read",
]

LONGEST = 200
"""Longer texts are refused: no date needs it."""

MARKS = "?~%"
_DIGITS = frozenset("0123456789")
_DIGITS_OR_X = _DIGITS | {"X"}
_EXAMPLES = "Examples: 1990, 1990-01-13, 1918-05~, 1988-02-2X, 1918-01-22/1918-01-25, [1667,1668]."


class Gap(StrEnum):
    """An end of an interval that is no date."""

    OPEN = ".."
    UNKNOWN = ""


class SetKind(StrEnum):
    """How the members of a set are meant; the value is the opening bracket."""

    ONE_OF = "["
    ALL_OF = "{"


_CLOSING = {SetKind.ONE_OF: "]", SetKind.ALL_OF: "}"}


@dataclass(frozen=True, slots=True)
class Component:
    """A year, month (or season, 21 to 41) or day as written, with the marks beside it.

    A mark before (`~05`) qualifies this component alone; one after (`05~`) qualifies it and
    all components to its left.
    """

    text: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.text}{self.after}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date down to a year, month, season or day; a day may have a time of day.

    `clock` is written with its T; no moment is converted between time zones.
    """

    year: Component
    month: Component | None = None
    day: Component | None = None
    clock: str = ""

    @property
    def components(self) -> tuple[Component, ...]:
        """Year, then month and day as far as they are written."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)

    @property
    def season(self) -> int | None:
        """The sub-year grouping, 21 to 41, if the second component is one."""
        if self.month is None or "X" in self.month.text or int(self.month.text) < 21:
            return None
        return int(self.month.text)

    def marks_on(self, index: int) -> frozenset[str]:
        """The marks in force for component 0 (year), 1 (month) or 2 (day); `%` gives both."""
        parts = self.components
        found = parts[index].before + "".join(part.after for part in parts[index:])
        return frozenset(found.replace("%", "?~"))

    def __str__(self) -> str:
        return "-".join(map(str, self.components)) + self.clock


@dataclass(frozen=True, slots=True)
class Interval:
    """From start to end, both included."""

    start: Moment | Gap
    end: Moment | Gap

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Run:
    """Inside a set: every date from first to last; None is an open end."""

    first: Moment | None
    last: Moment | None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A set: one of its members, or all of them."""

    kind: SetKind
    members: tuple[Moment | Run, ...]

    def __str__(self) -> str:
        return self.kind + ",".join(map(str, self.members)) + _CLOSING[self.kind]


Expression = Moment | Interval | Choice


def read(text: str) -> Expression:
    """Read one EDTF expression; BadValue says what is wrong and shows how it is written."""
    if len(text) > LONGEST:
        raise BadValue(
            f"a date of {len(text)} characters: {text[:40]!r}...",
            hint=f"A date has at most {LONGEST} characters. {_EXAMPLES}",
        )
    stripped = text.strip()
    if not stripped:
        raise BadValue("an empty date", hint=f"Leave the value out if unknown. {_EXAMPLES}")
    for kind in SetKind:
        if stripped.startswith(kind.value):
            return _read_set(stripped, kind)
    if "/" in stripped:
        return _read_interval(stripped)
    return _Reader(stripped, stripped).moment()


def _read_interval(text: str) -> Interval:
    ends = text.split("/")
    if len(ends) != 2:
        raise _bad(text, "it has more than one '/'", "1918-01-22/1918-01-25")
    start, end = (
        Gap(end) if end in {Gap.OPEN, Gap.UNKNOWN} else _Reader(end, text).moment(clock=False)
        for end in ends
    )
    if isinstance(start, Gap) and isinstance(end, Gap):
        raise _bad(text, "neither end of the interval is a date", "1918/.. or ../1918 or /1918")
    return Interval(start, end)


def _read_set(text: str, kind: SetKind) -> Choice:
    closing = _CLOSING[kind]
    if not text.endswith(closing):
        raise _bad(text, f"a set that opens with '{kind}' must end with '{closing}'", "[1667,1668]")
    members = tuple(_read_member(member.strip(" "), text) for member in text[1:-1].split(","))
    return Choice(kind, members)


def _read_member(member: str, text: str) -> Moment | Run:
    if ".." not in member:
        if not member:
            raise _bad(text, "a member of the set is empty", "[1667,1668,1670..1672]")
        return _Reader(member, text).moment(clock=False)
    first, _, last = member.partition("..")
    if not first and not last:
        raise _bad(text, "a run with neither end", "[..1918] or [1918..] or [1667..1670]")
    return Run(
        _Reader(first, text).moment(clock=False) if first else None,
        _Reader(last, text).moment(clock=False) if last else None,
    )


def _bad(whole: str, reason: str, example: str) -> BadValue:
    return BadValue(f"{whole!r} is no EDTF date: {reason}", hint=f"Write for example {example}.")


class _Reader:
    """A cursor over one moment; `whole` is what the message quotes."""

    def __init__(self, text: str, whole: str) -> None:
        self.text = text
        self.whole = whole
        self.at = 0

    def moment(self, *, clock: bool = True) -> Moment:
        year = self.component(self.year)
        month = day = None
        time = ""
        if self.take("-"):
            month = self.component(lambda: self.two("month", "1990-01"))
            if self.take("-"):
                day = self.component(lambda: self.two("day", "1990-01-13"))
        if self.text[self.at : self.at + 1] == "T":
            time = self.clock(allowed=clock and day is not None)
        if self.at < len(self.text):
            raise self.bad(f"{self.text[self.at :]!r} is left over", "1990-01-13")
        moment = Moment(year, month, day, time)
        self.check(moment)
        return moment

    def component(self, body: Callable[[], str]) -> Component:
        before = self.mark()
        text = body()
        after = self.mark()
        if before and after:
            raise self.bad(f"{before}{text}{after} is marked twice", "1990% for both ? and ~")
        return Component(text, before, after)

    def year(self) -> str:
        start = self.at
        prefixed = self.take("Y")
        negative = self.take("-")
        digits = self.run(_DIGITS if prefixed else _DIGITS_OR_X)
        exponent = ""
        if prefixed:
            if not digits or digits[0] == "0":
                raise self.bad("after Y a number must follow", "Y17000 or Y-17E7")
            if self.take("E"):
                exponent = self.run(_DIGITS)
                if not exponent or len(exponent) > 2:
                    raise self.bad("after E the number of zeros must follow", "Y17E7")
            elif len(digits) < 5:
                raise self.bad("Y is for years of more than four digits", digits.zfill(4))
        elif len(digits) != 4:
            raise self.bad(self.why_no_year(digits), "1990, 1990-06-30, 19XX, -0044 or Y17000")
        elif negative and digits == "0000":
            raise self.bad("there is no year -0000", "0000 for 1 BC")
        if self.take("S"):
            significant = self.run(_DIGITS)
            width = len(digits) + int(exponent or 0)
            if "X" in digits or not significant or not 1 <= int(significant[:3]) <= width:
                raise self.bad("after S the number of significant digits must follow", "1950S2")
        return self.text[start : self.at]

    def why_no_year(self, digits: str) -> str:
        rest = self.text[self.at : self.at + 1]
        if rest in {"u", "x"}:
            return f"an unspecified digit is a capital X, not {rest!r}"
        if rest and rest not in MARKS + "-":
            return f"{rest!r} cannot stand here"
        return f"a year has four digits, not {len(digits)}"

    def two(self, name: str, example: str) -> str:
        digits = self.run(_DIGITS_OR_X)
        if len(digits) != 2:
            raise self.bad(f"a {name} has two digits", example)
        return digits

    def clock(self, *, allowed: bool) -> str:
        text = self.text[self.at :]
        if not allowed:
            raise self.bad("a time of day can only follow one whole day", "1990-01-13T21:30:00")
        self.at = len(self.text)
        local, zone = text[1:9], text[9:]
        if not (
            _is_clock(local, "dd:dd:dd", (23, 59, 59))
            and (
                zone in {"", "Z"}
                or (zone[0] in "+-" and _is_clock(zone[1:], "dd:dd", (14, 59)))
                or (zone[0] in "+-" and _is_clock(zone[1:], "dd", (14,)))
            )
        ):
            raise self.bad(f"{text!r} is no time of day", "1990-01-13T21:30:00Z or ...+04:00")
        return text

    def check(self, moment: Moment) -> None:
        """Refuse what no calendar has; days are counted in `extents`."""
        month, day = moment.month, moment.day
        if moment.clock and any(
            part.before or part.after or "X" in part.text for part in moment.components
        ):
            raise self.bad("a time of day belongs to a day known exactly", "1990-01-13T21:30:00")
        if month is None:
            return
        if moment.year.text.startswith("Y") or "S" in moment.year.text:
            raise self.bad("a Y year or one with S stands alone", "Y17000 or 1950S2")
        if moment.season is not None:
            if moment.season > 41:
                raise self.bad(f"there is no month or season {month.text}", "1990-01 or 1990-21")
            if day is not None:
                raise self.bad("a season (21 to 41) has no days", "1990-21")
        elif not any(_fits(month.text, number) for number in range(1, 13)):
            raise self.bad(f"there is no month {month.text}", "1990-01, or 1990-21 for a season")
        if day is not None and not any(_fits(day.text, number) for number in range(1, 32)):
            raise self.bad(f"there is no day {day.text}", "1990-01-13 or 1988-02-2X")

    def mark(self) -> str:
        for mark in MARKS:
            if self.take(mark):
                return mark
        return ""

    def take(self, character: str) -> bool:
        if self.text.startswith(character, self.at):
            self.at += 1
            return True
        return False

    def run(self, allowed: frozenset[str]) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in allowed:
            self.at += 1
        return self.text[start : self.at]

    def bad(self, reason: str, example: str) -> BadValue:
        return _bad(self.whole, reason, example)


def _fits(pattern: str, number: int) -> bool:
    return all(mine in {"X", its} for mine, its in zip(pattern, f"{number:02}", strict=True))


def _is_clock(text: str, shape: str, largest: tuple[int, ...]) -> bool:
    return (
        len(text) == len(shape)
        and all((c in _DIGITS) if s == "d" else c == s for c, s in zip(text, shape, strict=True))
        and all(int(part) <= most for part, most in zip(text.split(":"), largest, strict=True))
    )
