"""What a check reports: where, how grave, what is amiss, and what to do next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stelae.statements.edits import Edit
from stelae.statements.text import Span
from stelae.statements.waivers import Waiver

__all__ = ["Diagnostic", "Edit", "Level", "Related", "counted", "in_order"]


class Level(StrEnum):
    """How grave a diagnostic is; `rank` orders them, the gravest lowest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return tuple(Level).index(self)

    def is_at_least(self, other: "Level") -> bool:
        """Whether this is as grave as the other, or graver."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Related:
    """Something that bears on a diagnostic; `span` is its place in the same text, if it has one."""

    what: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of one rule.

    `message` says what is amiss, `fix` what to do next; `related` shows what it was held against.
    `edit` is what can be put right without judgement, all of it together; None for most findings.
    `beside` is what must then be done to other languages of the text, by the name of each.
    `waiver` is the author's reasoned exception: the finding stays, marked, and counts no more.
    """

    rule: str
    level: Level
    span: Span
    message: str
    related: tuple[Related, ...] = ()
    fix: str | None = None
    waiver: Waiver | None = None
    edit: tuple[Edit, ...] | None = None
    beside: tuple[tuple[str, tuple[Edit, ...]], ...] = ()


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By place in the text, then rule and message: the same findings always in the same order."""
    return tuple(sorted(diagnostics, key=lambda found: (found.span, found.rule, found.message)))


def counted(diagnostics: Iterable[Diagnostic]) -> Counter[Level]:
    """How many of each level, those that are waived left out."""
    return Counter(found.level for found in diagnostics if found.waiver is None)
