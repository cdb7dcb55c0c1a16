"""What a rule is: an id, a level, a sentence of why, and a search that yields what it finds."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Edit, Level, Related
from stelae.statements.model import Clause, PartKind, Statement
from stelae.statements.text import Span

__all__ = ["Rule", "prose_clauses", "quoted", "series"]

_LOOKED_AT = 1_000
"""So many code points of a quotation are looked at to show its beginning, however long it is."""
_NOT_PROSE = (PartKind.SIGNATORIES, PartKind.REFERENCES, PartKind.JOINING)


class Rule(ABC):
    """A rule finds by the text and the context alone: no network, no clock, no model.

    `id` never changes its meaning, `level` is what its findings have unless a finding is weaker,
    `why` is the sentence that the reference prints. `mends` says what `stelae check --fix` does
    about a finding; it is empty where every remedy is a judgement.
    """

    id: ClassVar[str]
    level: ClassVar[Level]
    why: ClassVar[str]
    mends: ClassVar[str] = ""

    @abstractmethod
    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield every finding, in any order."""

    def found(
        self,
        span: Span,
        message: str,
        *,
        fix: str | None = None,
        related: Iterable[Related] = (),
        level: Level | None = None,
        edit: tuple[Edit, ...] | None = None,
        beside: Mapping[str, tuple[Edit, ...]] | None = None,
    ) -> Diagnostic:
        """A finding of this rule; `level` only where it is weaker than the rule's own."""
        return Diagnostic(
            self.id,
            level or self.level,
            span,
            message,
            tuple(related),
            fix,
            edit=edit,
            beside=tuple(sorted((beside or {}).items())),
        )


def prose_clauses(statement: Statement) -> Iterator[Clause]:
    """The clauses that say something: not the names below the text, not the references."""
    for part in statement.parts:
        if part.kind not in _NOT_PROSE:
            yield from part.clauses


def quoted(words: str, longest: int = 60) -> str:
    """Words of a text as a message shows them: in one line, in quotation marks, cut if long."""
    line = " ".join(words[:_LOOKED_AT].split())
    if len(line) > longest or len(words) > _LOOKED_AT:
        line = line[: longest - 1].rstrip() + "…"
    return f"“{line}”"


def series(items: Iterable[object]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
