"""Published statements held against the journal as it is now: what changed of all they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from stelae.publication.kept_texts import Published, PublishedText
from stelae.records.changes import Change
from stelae.statements.context import RecordContext
from stelae.statements.diagnostics import Diagnostic, in_order
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.report import json_diagnostic
from stelae.statements.rules.changes import Changed, changes_under
from stelae.statements.rules.grounds import Ground
from stelae.statements.waivers import Places, Waiver, read_waivers
from stelae.values.canonical import Json

__all__ = ["SCHEMA", "Outdated", "held_against", "json_published"]

SCHEMA = "stelae-published/1"
"""The form of the JSON; keys may be added under one number, none renamed."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A published text and each change of what it rests on, with the words that do."""

    text: PublishedText
    statement: Statement
    changes: tuple[tuple[Ground, Change, Diagnostic], ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The changes as findings, by place in the text."""
        return in_order(found for _, _, found in self.changes)

    @property
    def standing(self) -> tuple[Diagnostic, ...]:
        """The findings that nobody waived."""
        return tuple(found for found in self.diagnostics if found.waiver is None)


def held_against(text: PublishedText, record: RecordContext, as_of: date) -> Outdated:
    """What of all that a published text rests on was corrected since its edition, or was taken
    back or lost its consent whenever that was.

    A waiver in the text lets stand what its edition knew; a change made since is never waived.
    """
    name = f"edition-{text.edition}/{text.path}"
    # What the reader did not understand was told when the text was checked for publication.
    statement = replace(read_statement(text.content, name), notes=())
    places = Places(statement)
    waivers = {
        waiver.clause: waiver
        for waiver in read_waivers(statement.source)
        if isinstance(waiver, Waiver) and waiver.rule == Changed.id and waiver.holds_on(as_of)
    }
    rule = Changed()
    found = []
    for ground, change in changes_under(statement, record, lambda one: one.index < text.entry):
        told = rule.told(ground, change, record)
        if change.entry < text.entry:
            told = replace(told, waiver=waivers.get(places.at(told.span) or ""))
        found.append((ground, change, told))
    return Outdated(text, statement, tuple(found))


def json_published(
    origin: str, published: Published, outdated: Sequence[Outdated]
) -> dict[str, Json]:
    """The form `stelae-published/1`."""
    return {
        "schema": SCHEMA,
        "origin": origin,
        "editions": list(published.editions),
        "unread": list(published.unread),
        "texts": [
            {
                "file": one.text.path,
                "edition": one.text.edition,
                "published_at": one.text.published_at,
                "language": one.statement.language,
                "changes": [_change(one, *change) for change in one.changes],
            }
            for one in outdated
        ],
    }


def _change(outdated: Outdated, ground: Ground, change: Change, found: Diagnostic) -> Json:
    return {
        "record": str(change.record),
        "through": [str(reference) for reference in ground.through],
        "became": change.became.value,
        "since_edition": change.entry > outdated.text.entry,
        "by": change.by,
        "why": change.why,
        "date": change.date,
        "entered_by": change.entered_by,
        "recorded_at": change.recorded_at,
        "entry": change.entry,
        "differences": [
            {"column": one.column, "before": one.before, "after": one.after}
            for one in change.differences
        ],
        "diagnostic": json_diagnostic(outdated.statement.source, found),
    }
