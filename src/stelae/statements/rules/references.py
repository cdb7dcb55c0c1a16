"""REF: markers and the list that they point into."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

import re
from collections.abc import Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import BindingKind, Marker, Reference, Statement
from stelae.statements.rules.repairs import renumbered
from stelae.statements.rules.rule import Rule, series
from stelae.statements.rules.versions import versions

__all__ = ["Ambiguous", "Dangling", "Order", "Unused", "maybe_cited"]

_SORTED = 5
"""So many entries in the order of their words are so on purpose."""
_AFTER_COMMA = re.compile(r",\s*(\d{1,3})(?!\d)")


def maybe_cited(marker: Marker) -> Iterator[int]:
    """Numbers that stand in the place of a citation and may be meant as references.

    In `[2, ch. 5, 3]` the 3 is a section of the chapter or the third reference.
    """
    for locator in marker.locators:
        yield from (int(number) for number in _AFTER_COMMA.findall(locator.value))


class Dangling(Rule):
    """REF-dangling."""

    id = "REF-dangling"
    level = Level.ERROR
    why = "A marker that points at no entry leaves the reader without the source."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield one finding for each number of a marker that the list does not have."""
        numbers = {reference.number for reference in statement.references}
        entries = _entries(sorted(numbers))
        for _, marker in statement.markers:
            for number in dict.fromkeys(marker.numbers):
                if number not in numbers:
                    yield self.found(
                        marker.span,
                        f"marker [{number}] has no entry: {_why_not(number, numbers, entries)}",
                        fix=f"add entry {number} to the list of references, or correct the number",
                    )


def _why_not(number: int, numbers: set[int], entries: str) -> str:
    if not numbers:
        return "the text has no list of references"
    if number > max(numbers):
        return f"the list of references ends at {max(numbers)}"
    if number < min(numbers):
        return f"the list of references begins at {min(numbers)}"
    return f"the list of references has {entries}"


def _entries(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str] = []
    for run in runs:
        short = [str(number) for number in run]
        shown += [f"{run[0]}\N{EN DASH}{run[-1]}"] if len(run) > 2 else short
    return series(shown)


class Unused(Rule):
    """REF-unused."""

    id = "REF-unused"
    level = Level.WARNING
    why = "An entry that nothing cites supports nothing, in whichever language one reads."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield every entry that no marker of this text or of its other languages names.

        A number that may be read as a citation counts as one. Where nothing at all is cited,
        one finding stands for the whole list.
        """
        if not statement.references:
            return
        texts = (statement, *versions(statement, context))
        numbers = {number for text in texts for number in _numbers(text)}
        sources = {source for text in texts for source in _sources(text)}
        unused = [
            reference
            for reference in statement.references
            if reference.number not in numbers and reference.source not in sources
        ]
        if len(unused) == len(statement.references) > 1:
            first = unused[0]
            yield self.found(
                first.span,
                f"none of the {len(unused)} entries of the list is cited in the text",
                fix="put a marker such as [1] where an entry supports the text",
            )
            return
        for reference in unused:
            yield self.found(
                reference.span,
                f"entry {reference.number} is never cited",
                fix=f"cite it where it supports the text, as [{reference.number}], or leave it out",
            )


def _numbers(statement: Statement) -> Iterator[int]:
    for _, marker in statement.markers:
        yield from marker.numbers
        yield from maybe_cited(marker)


def _sources(statement: Statement) -> Iterator[str]:
    by_number = {reference.number: reference.source for reference in statement.references}
    for number in _numbers(statement):
        if source := by_number.get(number):
            yield source
    for clause in statement.clauses:
        for binding in clause.bindings:
            if binding.kind in {BindingKind.SOURCE, BindingKind.QUOTE}:
                yield binding.target.partition("#")[0]


class Order(Rule):
    """REF-order."""

    id = "REF-order"
    level = Level.NOTE
    why = "A list numbered in the order of the text is quicker to follow, and gaps show."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield numbers that repeat or run backwards in the list, and the first citation out of
        order; a list that is sorted by its words need not follow the text."""
        seen: dict[int, Reference] = {}
        last = None
        for reference in statement.references:
            number = reference.number
            if number in seen:
                yield self.found(
                    reference.span,
                    f"a second entry {number}: a marker [{number}] may mean either",
                    related=[Related(f"the first entry {number}", seen[number].span)],
                    fix="give every entry its own number",
                )
            elif last is not None and number < last:
                yield self.found(
                    reference.span, f"entry {number} stands after entry {last} in the list"
                )
            seen.setdefault(number, reference)
            last = number
        if _is_sorted(statement.references):
            return
        highest = 0
        cited: set[int] = set()
        for _, marker in statement.markers:
            for number in marker.numbers:
                if number in seen and number not in cited and number < highest:
                    yield self.found(
                        marker.span,
                        f"entry {number} is first cited here, after entry {highest}",
                        fix="number the entries in the order in which the text cites them",
                        # Other languages of the text number their lists alike.
                        edit=None if context.siblings else renumbered(statement),
                    )
                    return
                cited.add(number)
                highest = max(highest, number if number in seen else 0)
            cited.update(maybe_cited(marker))


def _is_sorted(references: tuple[Reference, ...]) -> bool:
    words = [reference.text.casefold() for reference in references]
    return len(words) >= _SORTED and words == sorted(words)


class Ambiguous(Rule):
    """REF-ambiguous."""

    id = "REF-ambiguous"
    level = Level.NOTE
    why = "A number after a comma can be a place in the source or another source."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield markers in which a number of the place is also the number of an entry."""
        numbers = {reference.number for reference in statement.references}
        for _, marker in statement.markers:
            for number in maybe_cited(marker):
                if number in numbers and number not in marker.numbers:
                    first = marker.numbers[0]
                    yield self.found(
                        marker.span,
                        f"the {number} here can be read as part of the place in entry {first}"
                        f" or as entry {number}",
                        fix=f"part two entries with a semicolon, as [{first}, ch. 1; {number}],"
                        f" or name what the {number} counts",
                    )
                    break
