"""Texts and a small record for the tests of rules; every person, place and figure is invented."""

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest
from rules_record import AS_OF, record_of

from stelae.statements.context import CheckContext, Kept, RecordContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.rules.rule import Rule


class Check(Protocol):
    """Reads a text and gives what one rule finds in it."""

    def __call__(
        self,
        rule: Rule,
        text: str,
        language: str = "en",
        *,
        record: RecordContext | None = None,
        siblings: tuple[Statement, ...] = (),
        own: tuple[str, ...] = (),
        name: str = "text.md",
    ) -> list[Diagnostic]: ...


@pytest.fixture
def check() -> Check:
    def run(
        rule: Rule,
        text: str,
        language: str = "en",
        *,
        record: RecordContext | None = None,
        siblings: tuple[Statement, ...] = (),
        own: tuple[str, ...] = (),
        name: str = "text.md",
    ) -> list[Diagnostic]:
        statement = read_statement(text, name, language)
        context = CheckContext(AS_OF, record, siblings, own)
        return sorted(rule.check(statement, context), key=lambda found: found.span)

    return run


@pytest.fixture
def record() -> RecordContext:
    """A record of two events: rival figures for one, one figure for the other."""
    return record_of()


@pytest.fixture
def keeping() -> Callable[[Mapping[str, Kept]], RecordContext]:
    """The same record with another answer to what is kept."""
    return record_of
