"""TRN-dates: the language versions of a text give the same dates, clause by clause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import AnniversaryFact, DateFact, StatedDate
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.alignment import Passage, aligned, are_read
from stelae.statements.rules.drift import Compared, Facts, Lacking, drifts
from stelae.statements.rules.matching import Fields, Matching
from stelae.statements.rules.versions import originals

__all__ = ["Dates"]

_MOST_SPANS = 100
"""So many ranges that begin on the day of a date, and so many of a passage, are looked at."""


class Dates(Compared):
    """TRN-dates."""

    id = "TRN-dates"
    level = Level.ERROR
    why = "A date that differs between languages is wrong in one of them."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield dates bound in one text and not in the other, and dates that nothing in the other
        text can be. A date may say less than its counterpart."""
        for original in originals(statement, context):
            alignment = aligned(statement, original)
            for passage in alignment.passages:
                yield from self.links(passage, [BindingKind.DATE], "the date ")
            if not are_read(statement, original):
                continue
            for passage in alignment.passages:
                yield from self._anniversaries(passage)
            for drift in drifts(alignment, _Calendar()):
                yield from self.unmatched(
                    drift.passage,
                    [date.span for date in drift.mine],
                    [date.span for date in drift.theirs],
                    "date",
                )

    def _anniversaries(self, passage: Passage) -> Iterator[Diagnostic]:
        """Counts of years since an event, where both texts have one that the other has not."""
        mine, theirs = _anniversaries(passage.mine), _anniversaries(passage.theirs)
        own = [fact for years, fact in mine.items() if years not in theirs]
        others = [fact for years, fact in theirs.items() if years not in mine]
        if len(own) == len(others) == 1:
            yield self.otherwise(passage, own[0].span, others[0].span, "anniversary")


class _Calendar(Facts[DateFact]):
    """Dates as far as both texts say."""

    def of(self, clauses: Iterable[Clause]) -> list[DateFact]:
        return _dates(clauses)

    def lacking(self, others: Sequence[DateFact]) -> Lacking[DateFact]:
        answering = _Answers(others)
        days = _days(others)
        ranges = Matching((_fields(other.start), other) for other in others if other.end)

        def lacking(facts: Sequence[DateFact]) -> list[DateFact]:
            left = [fact for fact in facts if not answering.has(fact)]
            if not left:
                return left
            own = _days(facts)
            spans = [
                span
                for fact in facts
                if fact.end is None
                for span in ranges.first(_fields(fact.start), _MOST_SPANS)
                if _are_ends(span, own)
            ]
            spans = list({id(span): span for span in spans}.values())[:_MOST_SPANS]
            return [
                fact
                for fact in left
                if not _are_ends(fact, days) and not any(_within(fact, span) for span in spans)
            ]

        return lacking

    def digits(self, fact: DateFact) -> set[int]:
        stated = (fact.start, fact.end or fact.start)
        return {part for one in stated for part in (one.year, one.day) if part is not None}


def _anniversaries(clauses: Iterable[Clause]) -> dict[int, AnniversaryFact]:
    found: dict[int, AnniversaryFact] = {}
    for clause in clauses:
        for fact in clause.anniversaries:
            found.setdefault(fact.years, fact)
    return found


def _dates(clauses: Iterable[Clause]) -> list[DateFact]:
    """Each date once, where it first stands."""
    found: dict[tuple[object, ...], DateFact] = {}
    for clause in clauses:
        for fact in clause.dates:
            found.setdefault((fact.start, fact.end, fact.other), fact)
    return list(found.values())


class _Answers:
    """Dates, asked whether one of them can be the same as another date, as far as both say.

    Where both give the other style, that must be the same too.
    """

    def __init__(self, dates: Sequence[DateFact]) -> None:
        self._wholes = Matching((_whole(date), True) for date in dates)
        # One language may give only the other style.
        self._plain = Matching((_fields(date.start, date.other), True) for date in dates)
        self._other = Matching(
            (_fields(date.other, date.other), True) for date in dates if date.other is not None
        )

    def has(self, date: DateFact) -> bool:
        """Whether one of them can be this date."""
        return (
            _whole(date) in self._wholes
            or (date.other is not None and _fields(date.other, date.other) in self._plain)
            or _fields(date.start, date.other) in self._other
        )


def _whole(date: DateFact) -> Fields:
    return _fields(date.start, date.end or date.start, date.other)


def _fields(*dates: StatedDate | None) -> Fields:
    fields: list[int | None] = []
    for date in dates:
        fields += (date.year, date.month, date.day) if date else (None, None, None)
    return tuple(fields)


def _days(dates: Sequence[DateFact]) -> Matching[bool]:
    """The dates that are no range."""
    return Matching((_fields(date.start), True) for date in dates if date.end is None)


def _are_ends(span: DateFact, days: Matching[bool]) -> bool:
    """Whether a range stands as two dates, its first day and its last: `13 Ocak'tan 20 Ocak'a`."""
    return span.end is not None and _fields(span.start) in days and _fields(span.end) in days


def _within(fact: DateFact, span: DateFact) -> bool:
    """Whether a date is an end of a range, or a day of it: the 14th of 13–15 January."""
    if span.end is None or fact.end is not None:
        return False
    if _meet(fact.start, span.start) or _meet(fact.start, span.end):
        return True
    days = (span.start.day, fact.start.day, span.end.day)
    same = replace(fact.start, day=None)
    if None in days or not _meet(same, span.start) or not _meet(same, span.end):
        return False
    return (days[0] or 0) < (days[1] or 0) < (days[2] or 0)


def _meet(one: StatedDate, other: StatedDate) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left is None or right is None or left == right for left, right in pairs)
