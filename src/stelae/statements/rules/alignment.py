"""Which clauses of two language versions answer to one another.

A text that names its original (`translation_of` in the front matter) is held against that; texts
that name none are held against each other where they look like versions of one statement. Clauses
answer to one another by their ids. Where the ids do not agree and the author gave none, the texts
are compared as wholes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Related
from stelae.statements.model import BindingKind, Clause, PartKind, Statement
from stelae.statements.rules.rule import prose_clauses, quoted
from stelae.statements.text import Span

__all__ = ["Passage", "are_aligned", "called", "clauses_by_id", "originals", "passages", "versions"]

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
        end = clause.text.find("\n")
        return clause.span if end < 0 else Span(clause.span.start, clause.span.start + end)

    @property
    def called(self) -> str:
        """What messages call the other text: its file without the folders."""
        return called(self.there)

    def other(self, span: Span | None = None) -> tuple[Related, ...]:
        """The place in the other text; the counterpart as a whole where none is given."""
        if span is None and len(self.theirs) > 1:
            return ()
        at = self.theirs[0].span if span is None else span
        line = self.there.position(at.start).line
        words = quoted(self.there.source.at(at))
        return (Related(f"{self.called}, line {line}: {words}"),)


def called(statement: Statement) -> str:
    """What messages call another text: its file without the folders."""
    return PurePath(statement.name).name


def originals(statement: Statement, context: CheckContext) -> Iterator[Statement]:
    """The texts that this one is held against."""
    if statement.translation_of:
        for text in context.siblings:
            if _is_named(statement.translation_of, text):
                yield text
        return
    for text in context.siblings:
        if text.translation_of is None and _look_alike(statement, text):
            yield text


def versions(statement: Statement, context: CheckContext) -> Iterator[Statement]:
    """The texts that say the same in another language, original or translation."""
    for text in context.siblings:
        names = (statement.translation_of, text.translation_of)
        if (
            (names[0] is not None and (_is_named(names[0], text) or names[0] == names[1]))
            or (names[1] is not None and _is_named(names[1], statement))
            or (names == (None, None) and _look_alike(statement, text))
        ):
            yield text


def _is_named(name: str, text: Statement) -> bool:
    return PurePath(text.name).name == PurePath(name).name


def _look_alike(one: Statement, other: Statement) -> bool:
    """Whether two texts that name no original may be versions of one statement.

    They are in two languages and not of two days; and they are of one day, or share ids that
    their author gave, or links into the record.
    """
    if one.language.split("-", 1)[0] == other.language.split("-", 1)[0]:
        return False
    if one.date is not None and other.date is not None:
        return one.date.start == other.date.start
    shared = {*clauses_by_id(one)} & {*clauses_by_id(other)}
    if any(not _AUTOMATIC.fullmatch(identifier) for identifier in shared):
        return True
    return bool(_targets(one) & _targets(other)) or {*clauses_by_id(one)} == {*clauses_by_id(other)}


def _targets(statement: Statement) -> set[str]:
    return {
        f"{binding.kind}:{binding.target}"
        for clause in statement.clauses
        for binding in clause.bindings
        if binding.kind is not BindingKind.WEB
    }


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
