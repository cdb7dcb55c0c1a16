"""SUP: what a text rests on, and what became of it since."""

from collections.abc import Iterator
from dataclasses import fields

from stelae.records.catalogue import AnyRecord
from stelae.records.identifiers import Reference as RecordReference
from stelae.records.judgments import Edition
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Statement
from stelae.statements.rules.cited import bound_record
from stelae.statements.rules.rule import Rule, series
from stelae.statements.rules.speakers import name_of
from stelae.statements.text import Span
from stelae.statements.waivers import front_value

__all__ = ["Changed"]

_ASIDE = frozenset(
    (
        *("note", "credibility", "connection", "reliability", "seen_as", "url", "identifier"),
        *("publisher", "name", "title", "coordinates", "coordinates_from", "stated", "said_on"),
    )
)
"""Columns in which a change leaves standing what a text says."""


class Changed(Rule):
    """SUP-changed."""

    id = "SUP-changed"
    level = Level.ERROR
    why = "A text that rests on what was taken back or corrected since says what nobody says now."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield, once for each record, what the text binds or cites that was taken back, lost its
        consent, or was corrected after the edition that the front matter names (`edition: 3`), or
        without one after the day of the text.

        A correction of notes, of names or of how good a source is does not count.
        """
        record = context.record
        if record is None:
            return
        since = _since(statement, record)
        told: set[RecordReference] = set()
        for reference, span in _rests_on(statement, record):
            if reference in told:
                continue
            told.add(reference)
            retractions = record.state.retractions.get(reference, ())
            if retractions:
                last = retractions[-1]
                when = f" on {last.date}" if last.date else ""
                what = "lost its consent" if last.kind == "consent-withdrawn" else "was taken back"
                yield self.found(
                    span,
                    f"{reference} {what}{when}",
                    related=[Related(f"{name_of(record, last.by, 'en')}: {last.why}")],
                    fix="take it out, or say that it was taken back",
                )
            elif since:
                yield from self._corrected(record, reference, span, since)

    def _corrected(
        self, record: RecordContext, reference: RecordReference, span: Span, since: str
    ) -> Iterator[Diagnostic]:
        versions = record.state.versions[reference.kind][reference.id]
        before = [one for one in versions if one.recorded_at[: len(since)] <= since]
        last = versions[-1]
        if not before or before[-1] is last or not last.recorded_at:
            return
        then, now = before[-1].record, last.record
        changed = _differs(then, now) if then is not None and now is not None else []
        if changed:
            yield self.found(
                span,
                f"{reference} was corrected on {last.recorded_at[:10]}:"
                f" {series(name for name, _, _ in changed)}",
                related=[Related(f"{name}: {old} then, {new} now") for name, old, new in changed]
                + ([Related(last.why)] if last.why else []),
                fix="say what the record says now, and publish the text anew",
            )


def _since(statement: Statement, record: RecordContext) -> str:
    """A day or a moment in UTC; empty where the text gives neither."""
    named = front_value(statement.source, "edition")
    edition = record.state.find(Edition, named[0]) if named else None
    if edition is not None:
        return edition.published_at
    day = statement.date.day if statement.date else None
    return day.isoformat() if day else ""


def _rests_on(
    statement: Statement, record: RecordContext
) -> Iterator[tuple[RecordReference, Span]]:
    for clause in statement.clauses:
        for binding in clause.bindings:
            reference = bound_record(record, binding)
            if reference is not None:
                yield reference, binding.span
    for entry in statement.references:
        if entry.source and record.state.has("source", entry.source):
            yield RecordReference("source", entry.source), entry.span


def _differs(then: AnyRecord, now: AnyRecord) -> list[tuple[str, str, str]]:
    return [
        (field.name, str(getattr(then, field.name)), str(getattr(now, field.name)))
        for field in fields(now)
        if field.name not in _ASIDE and getattr(then, field.name) != getattr(now, field.name)
    ]
