"""REF: markers and the list that they point into."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

import re
import unicodedata
from collections.abc import Iterator

from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.languages import script_of
from stelae.statements.model import Marker, Reference, Statement
from stelae.statements.rules.cited import linked_sources, read_in
from stelae.statements.rules.numbering import renumbered, sorted_list
from stelae.statements.rules.rule import Rule, series
from stelae.statements.rules.versions import versions

__all__ = ["Ambiguous", "Dangling", "Order", "Unused"]

_SORTED = 5
"""So many entries in the order of their words are so on purpose."""
_MARKS = re.compile(r"^[^\w]+")


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

        A number that may be read as a citation counts as one, and so does a citation in another
        entry, or a link to something of the record that is read in this source. Where nothing at
        all is cited, one finding stands for the whole list.
        """
        if not statement.references:
            return
        texts = (statement, *versions(statement, context))
        numbers = {number for text in texts for number in _numbers(text)}
        sources = {source for text in texts for source in _sources(text, context.record)}
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
        yield from marker.perhaps
    for reference in statement.references:
        for marker in reference.markers:
            yield from (number for number in marker.numbers if number != reference.number)


def _sources(statement: Statement, record: RecordContext | None) -> Iterator[str]:
    by_number = {reference.number: reference.source for reference in statement.references}
    for number in _numbers(statement):
        if source := by_number.get(number):
            yield source
    yield from (source for source, _ in linked_sources(statement))
    if record is not None:
        yield from (source for source, _ in read_in(statement, record))


class Order(Rule):
    """REF-order."""

    id = "REF-order"
    level = Level.NOTE
    why = "A list numbered in the order of the text is quicker to follow, and gaps show."
    mends = (
        "numbers the list and every marker in the order of the original, in all languages given"
        " together; puts entries in the order of their numbers"
    )

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield numbers that repeat or run backwards in the list, and the first citation out of
        order; a list that is sorted by its words, or cited by words, need not follow the text."""
        seen: dict[int, Reference] = {}
        last = None
        by_words = _is_sorted(statement.references)
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
                    reference.span,
                    f"entry {number} stands after entry {last} in the list",
                    edit=None if by_words else sorted_list(statement),
                )
            seen.setdefault(number, reference)
            last = number
        if by_words or any(one.label for one in statement.references):
            return
        highest = 0
        cited: set[int] = set()
        for _, marker in statement.markers:
            for number in marker.numbers:
                if number in seen and number not in cited and number < highest:
                    yield self._cited_early(statement, context, marker, number, highest)
                    return
                cited.add(number)
                highest = max(highest, number if number in seen else 0)
            cited.update(marker.perhaps)

    def _cited_early(
        self,
        statement: Statement,
        context: CheckContext,
        marker: Marker,
        number: int,
        highest: int,
    ) -> Diagnostic:
        others = tuple(versions(statement, context))
        alone = context.partial or (statement.translation_of is not None and not others)
        edits = None if alone else renumbered(statement, others)
        together = ", in all languages at once" if others or alone else ""
        return self.found(
            marker.span,
            f"entry {number} is first cited here, after entry {highest}",
            fix=f"number the entries in the order in which the text cites them{together}",
            edit=edits[statement.name] if edits else None,
            beside={name: of for name, of in (edits or {}).items() if name != statement.name},
        )


def _is_sorted(references: tuple[Reference, ...]) -> bool:
    """Whether the list follows the alphabet, one script after the other in either order."""
    words = [_alphabetical(reference.text) for reference in references]
    scripts = [script_of(word[:1]) for word in words]
    ranks = {script: rank for rank, script in enumerate(dict.fromkeys(scripts))}
    keys = [(ranks[script], word) for script, word in zip(scripts, words, strict=True)]
    return len(keys) >= _SORTED and keys == sorted(keys)


def _alphabetical(text: str) -> str:
    """The words without accents and without marks before them."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(letter)
    )
    return _MARKS.sub("", plain)


class Ambiguous(Rule):
    """REF-ambiguous."""

    id = "REF-ambiguous"
    level = Level.NOTE
    why = "A number after a comma can be a place in the source or another source."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield markers in which a number of the place is also the number of an entry."""
        numbers = {reference.number for reference in statement.references}
        for _, marker in statement.markers:
            for number in marker.perhaps:
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
