"""Texts put right as far as that needs no judgement, checked again after each step.

A step that would make a new error or warning anywhere in the texts is not taken, so that what was
in order stays so. Steps are taken until none is left; done again, nothing changes.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.edits import Edit, apply_edits
from stelae.statements.model import Statement

__all__ = ["Check", "Fix", "Fixed", "Read", "fix_statements", "fixes_of"]

Check: TypeAlias = Callable[[Sequence[Statement]], Sequence[Sequence[Diagnostic]]]
"""What is found in each text when all are taken for one statement in several languages."""
Read: TypeAlias = Callable[[str, str], Statement]
"""Reads a text under a name."""

_ROUNDS = 50
_TRIES = 100
_COUNTED = Level.WARNING
"""Findings of this level and above may not become more."""


@dataclass(frozen=True, slots=True)
class Fix:
    """All edits, by text, of one finding or of several that ask for the same; made together."""

    rules: tuple[str, ...]
    edits: tuple[tuple[str, tuple[Edit, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The texts as they are then, in the order given, and how many fixes of each rule were made.

    `refused` are the findings whose fix would have made new ones, by rule.
    """

    texts: tuple[Statement, ...]
    made: Mapping[str, int]
    refused: Mapping[str, int]


def fixes_of(found: Sequence[Sequence[Diagnostic]], names: Sequence[str]) -> Iterator[Fix]:
    """What can be done about the findings that nobody waived, equal edits once."""
    by_edits: dict[tuple[tuple[str, tuple[Edit, ...]], ...], dict[str, None]] = {}
    for name, diagnostics in zip(names, found, strict=True):
        for one in diagnostics:
            if one.edit is not None and one.waiver is None:
                parts = {name: one.edit, **dict(one.beside)}
                edits = tuple((text, tuple(sorted(parts[text]))) for text in sorted(parts))
                by_edits.setdefault(edits, {})[one.rule] = None
    for edits, rules in by_edits.items():
        yield Fix(tuple(rules), edits)


def fix_statements(
    texts: Sequence[Statement], check: Check, read: Read, fixable: frozenset[str]
) -> Fixed:
    """Make every fix that touches only the texts named as fixable.

    The names of the texts differ. Fixes that change the same words are made one after another.
    """
    names = [text.name for text in texts]
    now, found = tuple(texts), check(texts)
    made: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    seen = {_contents(now)}
    for _ in range(_ROUNDS):
        fixes = [
            fix for fix in fixes_of(found, names) if {name for name, _ in fix.edits} <= fixable
        ]
        refused.clear()
        taken: tuple[Fix, ...] = ()
        step = _without_overlaps(fixes)
        if step:
            after = _made(now, step, read)
            found_after = check(after)
            if _is_no_worse(found, found_after):
                taken = step
            else:
                after, found_after, taken = _harmless(now, found, step, check, read)
                left = [fix for fix in step if fix not in taken]
                refused.update(rule for fix in left for rule in fix.rules)
        if not taken or _contents(after) in seen:
            break
        made.update(rule for fix in taken for rule in fix.rules)
        now, found = after, found_after
        seen.add(_contents(now))
    return Fixed(now, dict(made), dict(refused))


def _harmless(
    texts: tuple[Statement, ...],
    found: Sequence[Sequence[Diagnostic]],
    fixes: tuple[Fix, ...],
    check: Check,
    read: Read,
) -> tuple[tuple[Statement, ...], Sequence[Sequence[Diagnostic]], tuple[Fix, ...]]:
    """The fixes that do no harm beside those before them, found by halves; none of them overlap.

    Where very many do harm, those that were not tried are left too.
    """
    taken: tuple[Fix, ...] = ()
    after, best = texts, found
    waiting = [fixes]
    for _ in range(_TRIES):
        if not waiting:
            break
        group = waiting.pop()
        tried = _made(texts, (*taken, *group), read)
        then = check(tried)
        if _is_no_worse(best, then):
            after, best, taken = tried, then, (*taken, *group)
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return after, best, taken


def _without_overlaps(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """Fixes in order, without those that change words which one before them changes."""
    chosen: list[Fix] = []
    made: dict[str, list[Edit]] = {}
    for fix in fixes:
        if all(_is_free(edit, made.get(name, ())) for name, edits in fix.edits for edit in edits):
            chosen.append(fix)
            for name, edits in fix.edits:
                made.setdefault(name, []).extend(edits)
    return tuple(chosen)


def _is_free(edit: Edit, others: Iterable[Edit]) -> bool:
    """Whether an edit keeps clear of others; touching counts, because two may insert there."""
    return all(
        edit.span.end < other.span.start or other.span.end < edit.span.start for other in others
    )


def _made(texts: tuple[Statement, ...], fixes: Iterable[Fix], read: Read) -> tuple[Statement, ...]:
    edits: dict[str, list[Edit]] = {}
    for fix in fixes:
        for name, some in fix.edits:
            edits.setdefault(name, []).extend(some)
    return tuple(
        read(apply_edits(text.source.content, edits[text.name]), text.name)
        if text.name in edits
        else text
        for text in texts
    )


def _is_no_worse(
    before: Sequence[Sequence[Diagnostic]], after: Sequence[Sequence[Diagnostic]]
) -> bool:
    """Whether no text has more errors or warnings of any rule than it had."""
    # Counters are compared as multisets: every count at most that of the other.
    return all(map(operator.le, map(_counted, after), map(_counted, before)))


def _counted(found: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(
        one.rule for one in found if one.waiver is None and one.level.is_at_least(_COUNTED)
    )


def _contents(texts: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(text.source.content for text in texts)
