"""LNG-unread: a text of which the prose was not read must not look clean."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.languages import languages
from stelae.statements.model import Statement
from stelae.statements.rules.rule import Rule, prose_clauses, series
from stelae.statements.text import Span

__all__ = ["Unread"]

_FEW = 6
"""Fewer words are a heading or a name; their language tells nothing."""


class Unread(Rule):
    """LNG-unread."""

    id = "LNG-unread"
    level = Level.WARNING
    why = "Where no table of a language is there, numbers and dates in words go unseen."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield one finding where the language has no tables, or could not be told."""
        code = statement.language.split("-", 1)[0].lower()
        if code in languages():
            return
        for clause in prose_clauses(statement):
            if len(clause.prose.split()) >= _FEW:
                what = "could not be told" if code == "und" else f"is {code!r}, without tables here"
                yield self.found(
                    Span(clause.span.start, clause.span.start),
                    f"the language of this text {what}: its figures, dates and words of"
                    " qualification were not looked for",
                    fix=f"name the language with --language; there are {series(languages())}",
                )
                return
