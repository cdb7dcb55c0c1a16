"""Which texts are versions of one statement in other languages.

A text that names its original (`translation_of` in the front matter) is held against that; texts
that name none are held against each other where they look like versions of one statement.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from stelae.statements.context import CheckContext
from stelae.statements.model import BindingKind, Clause, PartKind, Statement
from stelae.statements.rules.rule import prose_clauses

__all__ = ["called", "clauses_by_id", "given_ids", "originals", "versions"]

_AUTOMATIC = re.compile(rf"(?:{'|'.join(PartKind)})-\d+")


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
    if given_ids(one) & given_ids(other):
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


def given_ids(statement: Statement) -> set[str]:
    """The ids of clauses that the author gave; others are counted."""
    return {name for name in clauses_by_id(statement) if not _AUTOMATIC.fullmatch(name)}
