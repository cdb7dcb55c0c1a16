"""TRN: the language versions of a text say the same, clause by clause.

A text that names its original (`translation_of` in the front matter) is held against that;
texts that name none are held against each other. Clauses answer to one another by their ids.
Where the ids do not agree and the author gave none, the texts are compared as wholes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import DateFact, NumberFact, StatedDate
from stelae.statements.languages import languages
from stelae.statements.model import Binding, BindingKind, Clause, Marker, PartKind, Statement
from stelae.statements.rules.bounds import count_in_words
from stelae.statements.rules.rule import Rule, prose_clauses, quoted, series
from stelae.statements.text import Span
from stelae.statements.waivers import front_value
from stelae.values.digests import digest_of, parse_digest
from stelae.values.figures import Count, CountForm

__all__ = ["Dates", "Figures", "Missing", "Names", "References", "Stale"]

_AUTOMATIC = re.compile(rf"(?:{'|'.join(PartKind)})-\d+")
_LEAST = 10
"""Smaller numbers are words such as `two` and `both`, which languages put otherwise."""
_NAMES = {BindingKind.EVENT, BindingKind.PERSON, BindingKind.PLACE}
_SOURCES = {
    BindingKind.SOURCE,
    BindingKind.QUOTE,
    BindingKind.DETERMINATION,
    BindingKind.RECOGNITION,
    BindingKind.DAY,
}


@dataclass(frozen=True, slots=True)
class _Passage:
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


def _originals(statement: Statement, context: CheckContext) -> Iterator[Statement]:
    """The texts that this one is held against."""
    if statement.translation_of:
        name = PurePath(statement.translation_of).name
        yield from (text for text in context.siblings if PurePath(text.name).name == name)
        return
    own = PurePath(statement.name).name
    for sibling in context.siblings:
        if sibling.translation_of is None and PurePath(sibling.name).name != own:
            yield sibling


def _clauses(statement: Statement) -> dict[str, Clause]:
    return {clause.id: clause for clause in prose_clauses(statement)}


def _aligned(mine: dict[str, Clause], theirs: dict[str, Clause]) -> bool:
    """Whether ids may be trusted: all agree, or authors gave some of their own."""
    return mine.keys() == theirs.keys() or any(
        not _AUTOMATIC.fullmatch(identifier) for identifier in (mine.keys() & theirs.keys())
    )


def _passages(statement: Statement, context: CheckContext) -> Iterator[_Passage]:
    for original in _originals(statement, context):
        mine, theirs = _clauses(statement), _clauses(original)
        if not mine or not theirs:
            continue
        if _aligned(mine, theirs):
            for identifier, clause in mine.items():
                if identifier in theirs:
                    yield _Passage((clause,), (theirs[identifier],), statement, original)
        else:
            whole = tuple(mine.values()), tuple(theirs.values())
            yield _Passage(*whole, statement, original)


def _bindings(clauses: Iterable[Clause], kinds: Iterable[BindingKind]) -> dict[str, Binding]:
    wanted = set(kinds)
    return {
        f"{binding.kind}:{binding.target}": binding
        for clause in clauses
        for binding in clause.bindings
        if binding.kind in wanted
    }


class _Compared(Rule):
    """What the four rules on facts have in common: links by target, in both directions."""

    def _links(
        self, passage: _Passage, kinds: Iterable[BindingKind], what: str
    ) -> Iterator[Diagnostic]:
        mine = _bindings(passage.mine, kinds)
        theirs = _bindings(passage.theirs, kinds)
        for target, binding in theirs.items():
            if target not in mine:
                yield self.found(
                    passage.span,
                    f"{what} {target} is bound in {passage.there.name} and not here",
                    related=[passage.other(binding.text_span)],
                    fix="bind the words that answer to it",
                )
        for target, binding in mine.items():
            if target not in theirs:
                yield self.found(
                    binding.span,
                    f"{what} {target} is bound here and not in {passage.there.name}",
                    related=[passage.other()],
                    fix="bind it there too, or leave it out here",
                )


class Figures(_Compared):
    """TRN-figures."""

    id = "TRN-figures"
    level = Level.ERROR
    why = "Two figures in two languages are two statements."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield figures bound in one text and not in the other, and numbers that the other text
        does not have. Free numbers below ten are passed over, and so are languages whose numbers
        cannot be read."""
        for passage in _passages(statement, context):
            yield from self._links(passage, [BindingKind.FIGURE], "the figure")
            yield from self._same_target(passage)
            if _is_read(passage.here) and _is_read(passage.there):
                yield from self._free(passage)

    def _same_target(self, passage: _Passage) -> Iterator[Diagnostic]:
        """Words bound to one figure that put it otherwise."""
        theirs = _bound_counts(passage.theirs)
        for target, (binding, counts) in _bound_counts(passage.mine).items():
            if target not in theirs or not counts or not theirs[target][1]:
                continue
            other, others = theirs[target]
            if not {_bounds(count) for count in counts} & {_bounds(count) for count in others}:
                yield self.found(
                    binding.span,
                    f"{_in_words(counts)} here, {_in_words(others)} in {passage.there.name},"
                    f" both bound to {target}",
                    related=[passage.other(other.text_span)],
                    fix="put it in both languages as the record has it",
                )

    def _free(self, passage: _Passage) -> Iterator[Diagnostic]:
        mine, theirs = _free_numbers(passage.mine), _free_numbers(passage.theirs)
        known = {bounds for fact in theirs for bounds in _readings(fact)}
        held = {bounds for fact in mine for bounds in _readings(fact)}
        for fact in mine:
            if known.isdisjoint(_readings(fact)):
                near = next((other for other in theirs if _sizes(other) & _sizes(fact)), None)
                words = quoted(passage.here.source.at(fact.span))
                how = "puts that number otherwise" if near else "does not have that number"
                yield self.found(
                    fact.span,
                    f"{words} stands here; {passage.there.name} {how}",
                    related=[passage.other(near.span if near else None)],
                    fix="give the same figure in every language",
                )
        sizes = {size for fact in mine for size in _sizes(fact)}
        for fact in theirs:
            if held.isdisjoint(_readings(fact)) and not _sizes(fact) & sizes:
                words = quoted(passage.there.source.at(fact.span))
                yield self.found(
                    passage.span,
                    f"{words} stands in {passage.there.name} and not here",
                    related=[passage.other(fact.span)],
                    fix="give the same figure in every language",
                )


_Bounds = tuple[int | None, int | None]


def _is_read(statement: Statement) -> bool:
    return statement.language.split("-", 1)[0] in languages()


def _bounds(count: Count) -> tuple[int | None, int | None, str]:
    return count.low, count.high, count.form


def _bound_counts(clauses: Iterable[Clause]) -> dict[str, tuple[Binding, list[Count]]]:
    found: dict[str, tuple[Binding, list[Count]]] = {}
    for clause in clauses:
        for binding in clause.bindings:
            if binding.kind is BindingKind.FIGURE:
                counts = [
                    fact.count
                    for fact in clause.numbers
                    if fact.span in binding.span
                    and fact.count is not None
                    and fact.count.form is not CountForm.WORDS
                ]
                found.setdefault(f"figure:{binding.target}", (binding, counts))
    return found


def _in_words(counts: Iterable[Count]) -> str:
    return series(count_in_words(count) for count in counts)


def _free_numbers(clauses: Iterable[Clause]) -> list[NumberFact]:
    return [
        fact
        for clause in clauses
        for fact in clause.numbers
        if max(_sizes(fact), default=0) >= _LEAST and not _is_figure(clause, fact)
    ]


def _is_figure(clause: Clause, fact: NumberFact) -> bool:
    binding = clause.binding_at(fact.span)
    return binding is not None and binding.kind is BindingKind.FIGURE


def _readings(fact: NumberFact) -> set[_Bounds]:
    if fact.count is not None and fact.count.form is CountForm.WORDS:
        return {(fact.scale, None)}
    if fact.count is not None:
        return {(fact.count.low, fact.count.high)}
    return {(int(value), int(value)) for value in fact.readings}


def _sizes(fact: NumberFact) -> set[int]:
    return {bound for bounds in _readings(fact) for bound in bounds if bound is not None}


class Dates(_Compared):
    """TRN-dates."""

    id = "TRN-dates"
    level = Level.ERROR
    why = "A date that differs between languages is wrong in one of them."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield dates bound in one text and not in the other, and dates that nothing in the other
        text can be. A date may say less than its counterpart."""
        for passage in _passages(statement, context):
            yield from self._links(passage, [BindingKind.DATE], "the date")
            if not (_is_read(passage.here) and _is_read(passage.there)):
                continue
            mine, theirs = _dates(passage.mine), _dates(passage.theirs)
            for fact in mine:
                if not any(_answers(fact, other) for other in theirs):
                    yield self.found(
                        fact.span,
                        f"{quoted(passage.here.source.at(fact.span))} stands here;"
                        f" {passage.there.name} has no such date",
                        related=[passage.other()],
                        fix="give the same date in every language",
                    )
            for fact in theirs:
                if not any(_answers(fact, other) for other in mine):
                    yield self.found(
                        passage.span,
                        f"{quoted(passage.there.source.at(fact.span))} stands in"
                        f" {passage.there.name} and not here",
                        related=[passage.other(fact.span)],
                        fix="give the same date in every language",
                    )


def _dates(clauses: Iterable[Clause]) -> list[DateFact]:
    return [fact for clause in clauses for fact in clause.dates]


def _answers(one: DateFact, other: DateFact) -> bool:
    """Whether two dates can be the same, as far as both say."""
    ends = (one.end or one.start, other.end or other.start)
    if _meet(one.start, other.start) and _meet(*ends):
        return True
    # One language may give only the other style.
    return any(
        extra is not None and _meet(extra, plain)
        for extra, plain in ((one.other, other.start), (other.other, one.start))
    )


def _meet(one: StatedDate, other: StatedDate) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(left is None or right is None or left == right for left, right in pairs)


class References(_Compared):
    """TRN-refs."""

    id = "TRN-refs"
    level = Level.ERROR
    why = "Every language must rest on the same sources, at the same places."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations, and links to sources and acts, that one text has and the other lacks."""
        for passage in _passages(statement, context):
            yield from self._links(passage, _SOURCES, "")
            mine = _citations(passage.mine, passage.here)
            theirs = _citations(passage.theirs, passage.there)
            for cited, marker in mine.items():
                if cited not in theirs:
                    yield self.found(
                        marker.span,
                        f"{cited} is cited here and not in {passage.there.name}",
                        related=[passage.other()],
                        fix="cite the same sources in every language",
                    )
            for cited, marker in theirs.items():
                if cited not in mine:
                    yield self.found(
                        passage.span,
                        f"{cited} is cited in {passage.there.name} and not here",
                        related=[passage.other(marker.span)],
                        fix="cite the same sources in every language",
                    )


def _citations(clauses: Iterable[Clause], statement: Statement) -> dict[str, Marker]:
    """What is cited, by the id of the source or the number, with the places."""
    by_number = {reference.number: reference.source for reference in statement.references}
    found: dict[str, Marker] = {}
    for clause in clauses:
        for marker in clause.markers:
            for citation in marker.citations:
                source = by_number.get(citation.number)
                places = ", ".join(
                    str(place) for place in citation.locators if place.label is not None
                )
                name = source or f"[{citation.number}]"
                found.setdefault(f"{name}, {places}" if places else name, marker)
    return found


class Names(_Compared):
    """TRN-names."""

    id = "TRN-names"
    level = Level.ERROR
    why = "A name bound in one language alone may mean another in the next."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield events, persons and places bound in one text and not in the other."""
        for passage in _passages(statement, context):
            yield from self._links(passage, _NAMES, "")


class Missing(Rule):
    """TRN-missing."""

    id = "TRN-missing"
    level = Level.ERROR
    why = "A clause that one language lacks was said to some readers only."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield clauses that only one of two texts has.

        Where the texts differ in shape and the author gave no ids, one finding says so.
        """
        for original in _originals(statement, context):
            mine, theirs = _clauses(statement), _clauses(original)
            if not mine:
                continue
            if not _aligned(mine, theirs):
                first = next(iter(mine.values()))
                yield self.found(
                    first.span,
                    f"this text has {len(mine)} clauses, {original.name} has {len(theirs)}:"
                    " which answers to which cannot be told",
                    fix="give the clauses ids, such as {#figures}, the same in every language",
                )
                continue
            last = next(iter(mine.values()))
            for identifier, clause in theirs.items():
                if identifier in mine:
                    last = mine[identifier]
                    continue
                line = original.position(clause.span.start).line
                yield self.found(
                    last.span,
                    f"the clause {identifier} of {original.name} is missing after this one",
                    related=[Related(f"{original.name}, line {line}: {quoted(clause.shown)}")],
                    fix=f"translate it and give it the id {{#{identifier}}}",
                )
            for identifier, clause in mine.items():
                if identifier not in theirs:
                    yield self.found(
                        clause.span,
                        f"{original.name} has no clause {identifier}",
                        fix="add it there, or give it the id of the clause that it translates",
                    )


class Stale(Rule):
    """TRN-stale."""

    id = "TRN-stale"
    level = Level.WARNING
    why = "A translation of a text that has changed since says what nobody says any more."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield a translation whose `original_digest` is not that of the original as it is now.

        The digest is the SHA-256 of the original's text in UTF-8, as `sha256sum` prints it.
        """
        given = front_value(statement.source, "original_digest")
        if statement.translation_of is None or given is None:
            return
        digest, span = given
        for original in _originals(statement, context):
            now = digest_of(original.source.content.encode("utf-8", "surrogatepass"))
            if not _is_digest(digest):
                yield self.found(
                    span,
                    f"{quoted(digest)} is no digest of the original",
                    fix=f"write original_digest: {now}",
                )
            elif digest != now:
                yield self.found(
                    span,
                    f"{original.name} has changed since it was translated here",
                    fix=f"compare the two, then write original_digest: {now}",
                )


def _is_digest(text: str) -> bool:
    try:
        parse_digest(text)
    except ValueError:
        return False
    return True
