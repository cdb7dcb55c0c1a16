"""SUP: what a text rests on, and what became of it since."""

from collections.abc import Iterator

from stelae.records.changes import Became, Change, Then, changes_of
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Statement
from stelae.statements.rules.grounds import Ground, grounds
from stelae.statements.rules.rule import Rule, series
from stelae.statements.rules.speakers import name_of
from stelae.statements.waivers import front_value

__all__ = ["Changed", "changes_under"]

_FIXES = {
    Became.TAKEN_BACK: "take it out, or say that it was taken back",
    Became.CONSENT_LOST: "take it out, and publish the text anew",
    Became.CORRECTED: "say what the record says now, and publish the text anew",
}


class Changed(Rule):
    """SUP-changed."""

    id = "SUP-changed"
    level = Level.ERROR
    why = "A text that rests on what was taken back or corrected since says what nobody says now."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield, for each record once, what the text binds or cites, or what that is known from
        (its source, its speaker, the kept copy, what the source rests on), that was taken back,
        lost its consent, or was corrected after the edition that the front matter names
        (`edition: 3`), or without one after the day of the text.

        A correction of notes, of names or of how good a source is does not count.
        """
        record = context.record
        if record is None:
            return
        for ground, change in changes_under(statement, record, _then(statement, record)):
            yield self.told(ground, change, record)

    def told(self, ground: Ground, change: Change, record: RecordContext) -> Diagnostic:
        """One change as a finding at the words that rest on the record."""
        return self.found(
            ground.span,
            _message(change),
            related=[
                *(
                    [Related(f"the text rests on it through {series(ground.through)}")]
                    if ground.through
                    else []
                ),
                *(
                    Related(f"{one.column}: {one.before} then, {one.after} now")
                    for one in change.differences
                ),
                *_reason(change, record),
            ],
            fix=_FIXES[change.became],
        )


def changes_under(
    statement: Statement, record: RecordContext, then: Then
) -> Iterator[tuple[Ground, Change]]:
    """What became since `then` of all that a text rests on, in the order of grounds."""
    for ground in grounds(statement, record, then):
        for change in changes_of(record.state, ground.record, then):
            # What kind of party a speaker is changes nothing of what he said.
            minor = ground.through and ground.record.kind == "party"
            if change.became is not Became.CORRECTED or not minor:
                yield ground, change


def _message(change: Change) -> str:
    day = change.date or change.recorded_at[:10]
    when = f" on {day}" if day else ""
    match change.became:
        case Became.TAKEN_BACK:
            return f"{change.record} was taken back{when}"
        case Became.CONSENT_LOST:
            return f"{change.record} lost its consent{when}"
        case Became.CORRECTED:
            columns = series(one.column for one in change.differences)
            return f"{change.record} was corrected{when}: {columns}"


def _reason(change: Change, record: RecordContext) -> list[Related]:
    found = []
    if change.by:
        found.append(Related(f"{name_of(record, change.by, 'en')}: {change.why}"))
    elif change.why:
        found.append(Related(change.why))
    when = f" at {change.recorded_at}" if change.recorded_at else ""
    found.append(Related(f"entry {change.entry} of the journal, by {change.entered_by}{when}"))
    return found


def _then(statement: Statement, record: RecordContext) -> Then:
    """What was recorded when the text was: before its edition, else up to the end of its day;
    without either, everything, so that only what was taken back counts."""
    named = front_value(statement.source, "edition")
    if named is not None and record.state.has("edition", named[0]):
        edition = record.state.logged("edition", named[0])
        return lambda logged: logged.index < edition.index
    day = statement.date.day.isoformat() if statement.date and statement.date.day else None
    if day is None:
        return lambda _: True
    return lambda logged: logged.recorded_at[: len(day)] <= day
