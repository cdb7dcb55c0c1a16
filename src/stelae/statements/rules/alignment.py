"""Which clauses of two language versions answer to one another.

A text that names its original (`translation_of` in the front matter) is held against that;
texts that name none are held against each other. Clauses answer to one another by their ids.
Where the ids do not agree and the author gave none, the texts are compared as wholes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Related
from stelae.statements.model import Clause, PartKind, Statement
from stelae.statements.rules.rule import prose_clauses, quoted
from stelae.statements.text import Span

__all__ = ["Passage", "are_aligned", "clauses_by_id", "originals", "passages"]

_AUTOMATIC = re.compile(rf"(?:{'|'.join(PartKind)})-\d+")


@dataclass(frozen=True, slots=True)
class Passage:
    """What answers to one another: a clause and its counterpart, or two whole texts."""

    mine: tuple[Clause, ...]
    theirs: tuple[Clause, ...]
    here: Statement
    there: Statement

    @property
    def span(self) -> Span:
        """Where a finding about something that lacks is shown: the beginning of the passage."""
        clause = self.mine[0]
        end = clause.span.start + len(clause.text.split("\n", 1)[0])
        return Span(clause.span.start, max(clause.span.start, min(end, clause.span.end)))

    def other(self, span: Span | None = None) -> Related:
        """The place in the other text."""
        at = self.theirs[0].span if span is None else span
        line = self.there.position(at.start).line
        words = quoted(self.there.source.at(at))
        return Related(f"{self.there.name}, line {line}: {words}")


def originals(statement: Statement, context: CheckContext) -> Iterator[Statement]:
    """The texts that this one is held against."""
    if statement.translation_of:
        name = PurePath(statement.translation_of).name
        yield from (text for text in context.siblings if PurePath(text.name).name == name)
        return
    own = PurePath(statement.name).name
    for sibling in context.siblings:
        if sibling.translation_of is None and PurePath(sibling.name).name != own:
            yield sibling


def clauses_by_id(statement: Statement) -> dict[str, Clause]:
    """The clauses that a translation must have, in the order of the text."""
    return {clause.id: clause for clause in prose_clauses(statement)}


def are_aligned(mine: dict[str, Clause], theirs: dict[str, Clause]) -> bool:
    """Whether ids may be trusted: all agree, or authors gave some of their own."""
    return mine.keys() == theirs.keys() or any(
        not _AUTOMATIC.fullmatch(identifier) for identifier in (mine.keys() & theirs.keys())
    )


def passages(statement: Statement, context: CheckContext) -> Iterator[Passage]:
    """Every clause with its counterpart in each text that this one is held against."""
    for original in originals(statement, context):
        mine, theirs = clauses_by_id(statement), clauses_by_id(original)
        if not mine or not theirs:
            continue
        if are_aligned(mine, theirs):
            for identifier, clause in mine.items():
                if identifier in theirs:
                    yield Passage((clause,), (theirs[identifier],), statement, original)
        else:
            whole = tuple(mine.values()), tuple(theirs.values())
            yield Passage(*whole, statement, original)
