"""DAT: anniversaries that do not add up, days that cannot be, dates the record has otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stelae.errors import BadValue
from stelae.records.assertions import Assertion
from stelae.records.identifiers import Reference
from stelae.records.notation import parse_date
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import AnniversaryFact, AnniversaryKind, DateFact, StatedDate, Style
from stelae.statements.model import Binding, BindingKind, Clause, Statement
from stelae.statements.rules.agreement import agrees
from stelae.statements.rules.repairs import right_anniversary, right_weekday
from stelae.statements.rules.rule import Rule, prose_clauses, quoted, series
from stelae.statements.rules.speakers import event_name, name_of, title_of
from stelae.statements.rules.stretches import links, quotations
from stelae.statements.text import Span
from stelae.values.date_display import format_date
from stelae.values.dates import PartialDate

__all__ = ["Anniversary", "Impossible", "OfRecord"]

_ROUND = 10
_LOOSE = 0.1
"""How far a round or approximate number of years may lie from the right one."""


class Anniversary(Rule):
    """DAT-anniversary."""

    id = "DAT-anniversary"
    level = Level.ERROR
    why = "A wrong anniversary is seen at once and spoils all that stands beside it."
    mends = "puts the right number in digits, where the years given leave only one"

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield anniversaries and lengths of time that the two years do not give.

        The year of the event is the one stated or, for a link to an event, those of the record;
        the anniversary is of the day of the statement or of the work cited. A round length of
        time near the right one (`the past 100 years (from 1918)`) is a note.
        """
        today = statement.date.start if statement.date else None
        for clause in prose_clauses(statement):
            anniversaries = clause.anniversaries
            quoted_words = quotations(clause) if anniversaries else None
            years = {date.start.year for date in clause.dates} if anniversaries else set()
            bound = links(clause) if anniversaries else None
            for fact in anniversaries:
                binding = bound.holding(fact.span) if bound else None
                of_record = _of_record(binding, context)
                held = fact.held.start if fact.held else today
                if fact.held or not _is_of_another(fact, of_record, years):
                    own = quoted_words is None or not quoted_words.holding(fact.span)
                    yield from self._one(statement, fact, held, of_record, own_words=own)
        for reference in statement.references:
            for entry in reference.facts:
                if isinstance(entry, AnniversaryFact):
                    day = entry.held or _only_day(
                        fact for fact in reference.facts if isinstance(fact, DateFact)
                    )
                    held = day.start if day else None
                    yield from self._one(statement, entry, held, {}, own_words=False)

    def _one(
        self,
        statement: Statement,
        fact: AnniversaryFact,
        held: StatedDate | None,
        of_record: dict[int, str],
        *,
        own_words: bool,
    ) -> Iterator[Diagnostic]:
        """`own_words` is False for words of others, which are not put right for them."""
        if held is None or held.year is None:
            return
        distances = _distances(fact, held, of_record)
        if not distances or fact.years in distances:
            return
        elapsed = fact.kind is AnniversaryKind.ELAPSED
        if elapsed and fact.years + 1 in distances and not _is_over(fact, held):
            return
        right = (
            max(distances)
            if len(distances) == 1
            else min(distances, key=lambda distance: abs(distance - fact.years))
        )
        off = abs(right - fact.years)
        if not fact.exact and off <= max(2, _LOOSE * right):
            return
        words = quoted(statement.source.at(fact.span))
        sums = series(f"{held.year} − {year} = {gap}" for gap, year in sorted(distances.items()))
        rounded = elapsed and fact.years % _ROUND == 0 and off <= _LOOSE * right
        yield self.found(
            fact.span,
            f"{words} is {right} years: {sums}" if rounded else f"{words} does not add up: {sums}",
            related=[Related(of_record[year]) for year in distances.values() if year in of_record],
            fix=f"write {right}, or say that the number is rounded"
            if elapsed
            else f"write {right}, or correct the year",
            level=Level.NOTE if rounded else None,
            edit=right_anniversary(fact, right, statement)
            if own_words and len(distances) == 1
            else None,
        )


def _distances(
    fact: AnniversaryFact, held: StatedDate, of_record: dict[int, str]
) -> dict[int, int]:
    """The years that may have gone by, each with the year that it is counted from."""
    if held.year is None:
        return {}
    years = _event_years(fact) or list(of_record)
    return {held.year - year: year for year in years if year < held.year}


def _is_of_another(
    fact: AnniversaryFact, of_record: dict[int, str], years: set[int | None]
) -> bool:
    """Whether it adds up for another date of the clause: `in 2015, on the 25th ...`.

    `years` are those of all dates of the clause: the event's own never lies after itself.
    """
    begun = _event_years(fact) or list(of_record)
    return fact.years > 0 and any(year + fact.years in years for year in begun)


def _event_years(fact: AnniversaryFact) -> list[int]:
    """The years that the event may be counted from: a run of years from any of them."""
    if fact.event is None or fact.event.start.year is None:
        return []
    first = fact.event.start.year
    end = fact.event.end.year if fact.event.end else None
    years = list(range(first, min(end, first + 50) + 1)) if end and end >= first else [first]
    # 19 December 1917 of the old style is in January 1918.
    if fact.event.style is Style.OLD and fact.event.start.month == 12:
        years.append(first + 1)
    return years


def _is_over(fact: AnniversaryFact, held: StatedDate) -> bool:
    """Whether the day of the year has come, so that the last year counts as a whole one."""
    event = fact.event.start if fact.event else None
    if event is None or event.month is None or held.month is None:
        return False
    return (held.month, held.day or 0) >= (event.month, event.day or 31)


def _only_day(dates: Iterable[DateFact]) -> DateFact | None:
    """The one full date of an entry: that of the work itself."""
    days = [date for date in dates if date.day is not None]
    return days[0] if len(days) == 1 else None


def _of_record(binding: Binding | None, context: CheckContext) -> dict[int, str]:
    """Years of the event that an anniversary's words are bound to, each with who gives it."""
    if context.record is None or binding is None:
        return {}
    if binding.kind not in {BindingKind.EVENT, BindingKind.DATE}:
        return {}
    found: dict[int, str] = {}
    for date, said in _dates_of(context.record, binding.target, "en"):
        if date.earliest is not None:
            found.setdefault(date.earliest.gregorian[0], said)
    return found


class Impossible(Rule):
    """DAT-impossible."""

    id = "DAT-impossible"
    level = Level.ERROR
    why = "A day that no calendar has, or that was another day of the week, is a slip somewhere."
    mends = "puts the right day of the week beside a date that is bound and agrees with the record"

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield days that cannot be, ranges that end before they start, and wrong weekdays."""
        facts: list[tuple[DateFact, Binding | None]] = [
            pair for clause in prose_clauses(statement) for pair in _whole_dates(clause)
        ]
        facts += [
            (fact, None)
            for reference in statement.references
            for fact in reference.facts
            if isinstance(fact, DateFact)
        ]
        for fact, binding in facts:
            words = quoted(statement.source.at(fact.span))
            why = _why_impossible(fact)
            if why is not None:
                yield self.found(fact.span, f"{words} cannot be: {why}", fix="correct the date")
                continue
            day = fact.day
            if fact.weekday is None or day is None or fact.style is Style.OLD or day.year < 1924:
                continue
            if day.weekday() != fact.weekday:
                yield self.found(
                    fact.weekday_span or fact.span,
                    f"{format_date(PartialDate(day.isoformat()), 'en')}"
                    f" was a {_WEEKDAYS[day.weekday()]}, not a {_WEEKDAYS[fact.weekday]}",
                    fix="correct the day of the week or the date",
                    edit=right_weekday(fact, statement)
                    if binding is not None and _is_of_record(fact, binding, context)
                    else None,
                )


def _is_of_record(fact: DateFact, binding: Binding, context: CheckContext) -> bool:
    """Whether a date is bound to one that the record has, and says what that says."""
    record = context.record
    if record is None or binding.kind is not BindingKind.DATE:
        return False
    return any(agrees(fact, date) for date, _ in _dates_of(record, binding.target, "en"))


def _whole_dates(clause: Clause) -> Iterator[tuple[DateFact, Binding | None]]:
    """The dates that lie wholly in a link, with the link, or outside all: others are two things
    read as one."""
    bound = links(clause)
    for fact in clause.dates:
        binding = bound.holding(fact.span)
        if binding or not bound.touches(fact.span):
            yield fact, binding


def _dates_by_link(clause: Clause) -> dict[Span, list[DateFact]]:
    """The dates that links hold, by the place of the link."""
    bound = links(clause)
    found: dict[Span, list[DateFact]] = {}
    for fact in clause.dates:
        binding = bound.holding(fact.span)
        if binding is not None:
            found.setdefault(binding.span, []).append(fact)
    return found


def _why_impossible(fact: DateFact) -> str | None:
    if not fact.start.possible or (fact.end is not None and not fact.end.possible):
        return "no calendar has that day"
    same_years = fact.end is None or (fact.end.year is None) == (fact.start.year is None)
    return "it ends before it starts" if same_years and not fact.possible else None


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class OfRecord(Rule):
    """DAT-record."""

    id = "DAT-record"
    level = Level.ERROR
    why = "A date that differs from the record is a slip of one of the two."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield dates bound to an event that none of the record's dates of it allows.

        A date passes if it is one of them, lies within one, or says less than one.
        """
        record = context.record
        if record is None:
            return
        known: dict[str, _Known] = {}
        for clause in prose_clauses(statement):
            by_link = _dates_by_link(clause)
            for binding in clause.bindings:
                if binding.kind is not BindingKind.DATE:
                    continue
                facts = by_link.get(binding.span)
                if facts and binding.target not in known:
                    known[binding.target] = _Known.of(record, binding.target, statement.language)
                if facts:
                    yield from self._held(statement, facts, known[binding.target])

    def _held(
        self, statement: Statement, facts: list[DateFact], known: "_Known"
    ) -> Iterator[Diagnostic]:
        for fact in facts if known.dates else ():
            if not fact.possible or any(agrees(fact, date) for date in known.dates):
                continue
            yield self.found(
                fact.span,
                f"{quoted(statement.source.at(fact.span))} is not the date that the record has"
                f" for {known.event}: {known.shown}",
                related=known.related,
                fix="correct the date here, or record the source that has it",
            )


@dataclass(frozen=True, slots=True)
class _Known:
    """The dates that the record has of an event, and how a finding shows them."""

    event: str
    dates: tuple[PartialDate, ...]
    shown: str
    related: tuple[Related, ...]

    @classmethod
    def of(cls, record: RecordContext, target: str, code: str) -> "_Known":
        """Those of one event or assertion."""
        known = _dates_of(record, target, code)
        shown = [format_date(date, "en") for date, _ in known]
        return cls(
            event_name(record, target),
            tuple(date for date, _ in known),
            series(dict.fromkeys(shown)),
            tuple(Related(f"{date}: {said}") for date, (_, said) in zip(shown, known, strict=True)),
        )


def _dates_of(record: RecordContext, target: str, code: str) -> list[tuple[PartialDate, str]]:
    """The dates that somebody gives of an event, or that one assertion gives, with who says so."""
    assertion = record.state.find(Assertion, target)
    if assertion is not None:
        said = [assertion] if assertion.slot == "date" else []
    else:
        try:
            view = record.slots.view(Reference("event", target), "date")
        except BadValue:
            return []
        said = [
            voice.record
            for value in view.standing
            for voice in value.affirmed_by
            if isinstance(voice.record, Assertion)
        ]
    return [
        (
            parse_date(one.value),
            f"{name_of(record, one.said_by, code)}, in {title_of(record, one.source, code)}"
            + (f", {one.locator}" if one.locator else ""),
        )
        for one in said
    ]
