"""TRN: the language versions of a text say the same, clause by clause."""

from collections.abc import Iterable, Iterator

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import DateFact, NumberFact, StatedDate
from stelae.statements.languages import languages
from stelae.statements.model import Binding, BindingKind, Clause, Marker, Statement
from stelae.statements.rules.agreement import Agreeing, Fields
from stelae.statements.rules.alignment import Passage, passages
from stelae.statements.rules.rule import Rule, quoted, series
from stelae.statements.rules.stretches import links
from stelae.statements.text import Span
from stelae.values.figures import Count, CountForm

__all__ = ["Dates", "Figures", "Names", "References"]

_SAME = "give the same {} in every language"
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
        self, passage: Passage, kinds: Iterable[BindingKind], what: str
    ) -> Iterator[Diagnostic]:
        mine = _bindings(passage.mine, kinds)
        theirs = _bindings(passage.theirs, kinds)
        for target, binding in theirs.items():
            if target not in mine:
                yield self.found(
                    passage.span,
                    f"{what} {target} is bound in {passage.called} and not here",
                    related=passage.other(binding.text_span),
                    fix="bind the words that answer to it",
                )
        for target, binding in mine.items():
            if target not in theirs:
                yield self.found(
                    binding.span,
                    f"{what} {target} is bound here and not in {passage.called}",
                    related=passage.other(),
                    fix="bind it there too, or leave it out here",
                )

    def _unmatched(
        self, passage: Passage, mine: list[Span], theirs: list[Span], what: str
    ) -> Iterator[Diagnostic]:
        """What has no counterpart; one on each side of a clause are taken for the same thing."""
        fix = _SAME.format(what)
        here, there = passage.here.source, passage.there.source
        paired = min(len(mine), len(theirs)) if len(passage.mine) == 1 else 0
        for own, other in zip(mine[:paired], theirs[:paired], strict=True):
            yield self._otherwise(passage, own, other, what)
        for own in mine[paired:]:
            yield self.found(
                own,
                f"{quoted(here.at(own))} stands here; {passage.called} has no such {what}",
                related=passage.other(),
                fix=fix,
            )
        for other in theirs[paired:]:
            yield self.found(
                passage.span,
                f"{quoted(there.at(other))} stands in {passage.called} and not here",
                related=passage.other(other),
                fix=fix,
            )

    def _otherwise(self, passage: Passage, own: Span, other: Span, what: str) -> Diagnostic:
        here, there = passage.here.source, passage.there.source
        return self.found(
            own,
            f"{quoted(here.at(own))} here, {quoted(there.at(other))} in {passage.called}",
            related=passage.other(other),
            fix=_SAME.format(what),
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
        for passage in passages(statement, context):
            yield from self._links(passage, [BindingKind.FIGURE], "the figure")
            yield from self._same_target(passage)
            if _is_read(passage.here) and _is_read(passage.there):
                yield from self._free(passage)

    def _same_target(self, passage: Passage) -> Iterator[Diagnostic]:
        """Words bound to one figure that put it otherwise."""
        theirs = _bound_counts(passage.theirs)
        for target, (binding, counts) in _bound_counts(passage.mine).items():
            if target not in theirs or not counts or not theirs[target][1]:
                continue
            other, others = theirs[target]
            if not {_bounds(count) for count in counts} & {_bounds(count) for count in others}:
                yield self.found(
                    binding.span,
                    f"{_in_words(counts)} here, {_in_words(others)} in {passage.called},"
                    f" both bound to {target}",
                    related=passage.other(other.text_span),
                    fix="put it in both languages as the record has it",
                )

    def _free(self, passage: Passage) -> Iterator[Diagnostic]:
        mine, theirs = _free_numbers(passage.mine), _free_numbers(passage.theirs)
        known = {bounds for fact in theirs for bounds in _readings(fact)}
        held = {bounds for fact in mine for bounds in _readings(fact)}
        others = [fact for fact in theirs if held.isdisjoint(_readings(fact))]
        # The places of those that have a bound, the first last, so that the first is taken first.
        places: dict[int, list[int]] = {}
        for place in reversed(range(len(others))):
            for size in _sizes(others[place]):
                places.setdefault(size, []).append(place)
        own: list[Span] = []
        taken: set[int] = set()
        for fact in mine:
            if not known.isdisjoint(_readings(fact)):
                continue
            firsts = []
            for waiting in (places.get(size, []) for size in _sizes(fact)):
                while waiting and waiting[-1] in taken:
                    waiting.pop()
                firsts.extend(waiting[-1:])
            if not firsts:
                own.append(fact.span)
                continue
            taken.add(min(firsts))
            yield self._otherwise(passage, fact.span, others[min(firsts)].span, "figure")
        left = [fact.span for place, fact in enumerate(others) if place not in taken]
        yield from self._unmatched(passage, own, left, "figure")


_Bounds = tuple[int | None, int | None]


def _is_read(statement: Statement) -> bool:
    return statement.language.split("-", 1)[0] in languages()


def _bounds(count: Count) -> tuple[int | None, int | None, str]:
    return count.low, count.high, count.form


def _bound_counts(clauses: Iterable[Clause]) -> dict[str, tuple[Binding, list[Count]]]:
    found: dict[str, tuple[Binding, list[Count]]] = {}
    for clause in clauses:
        counts: dict[Span, list[Count]] = {}
        bound = links(clause)
        for fact in clause.numbers:
            holder = bound.holding(fact.span)
            if holder and fact.count is not None and fact.count.form is not CountForm.WORDS:
                counts.setdefault(holder.span, []).append(fact.count)
        for binding in clause.bindings:
            if binding.kind is BindingKind.FIGURE:
                pair = binding, counts.get(binding.span, [])
                found.setdefault(f"figure:{binding.target}", pair)
    return found


def _in_words(counts: Iterable[Count]) -> str:
    return series(count.in_words() for count in counts)


def _free_numbers(clauses: Iterable[Clause]) -> list[NumberFact]:
    """Each number of ten and more once, where it first stands; of a link, the target counts."""
    found: dict[frozenset[_Bounds], NumberFact] = {}
    for clause in clauses:
        bound = links(clause)
        for fact in clause.numbers:
            holder = bound.holding(fact.span)
            is_free = holder is None or holder.kind is BindingKind.WEB
            if is_free and max(_sizes(fact), default=0) >= _LEAST:
                found.setdefault(frozenset(_readings(fact)), fact)
    return list(found.values())


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
        for passage in passages(statement, context):
            yield from self._links(passage, [BindingKind.DATE], "the date")
            if not (_is_read(passage.here) and _is_read(passage.there)):
                continue
            mine, theirs = _dates(passage.mine), _dates(passage.theirs)
            yield from self._unmatched(
                passage, _unanswered(mine, theirs), _unanswered(theirs, mine), "date"
            )


def _dates(clauses: Iterable[Clause]) -> list[DateFact]:
    """Each date once, where it first stands."""
    found: dict[tuple[object, ...], DateFact] = {}
    for clause in clauses:
        for fact in clause.dates:
            found.setdefault((fact.start, fact.end, fact.other), fact)
    return list(found.values())


def _unanswered(dates: list[DateFact], others: list[DateFact]) -> list[Span]:
    """Where the dates stand that none of the others can be, as far as both say."""
    wholes = Agreeing(_fields(date.start, date.end or date.start) for date in others)
    # One language may give only the other style.
    starts = Agreeing(_fields(date.start) for date in others)
    styled = Agreeing(_fields(date.other) for date in others if date.other is not None)
    return [
        date.span
        for date in dates
        if _fields(date.start, date.end or date.start) not in wholes
        and _fields(date.start) not in styled
        and (date.other is None or _fields(date.other) not in starts)
    ]


def _fields(*dates: StatedDate) -> Fields:
    return tuple(field for date in dates for field in (date.year, date.month, date.day))


class References(_Compared):
    """TRN-refs."""

    id = "TRN-refs"
    level = Level.ERROR
    why = "Every language must rest on the same sources, at the same places."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield citations, and links to sources and acts, that one text has and the other lacks."""
        for passage in passages(statement, context):
            yield from self._links(passage, _SOURCES, "")
            mine = _citations(passage.mine, passage.here)
            theirs = _citations(passage.theirs, passage.there)
            for cited, marker in mine.items():
                if cited not in theirs:
                    yield self.found(
                        marker.span,
                        f"{cited} is cited here and not in {passage.called}",
                        related=passage.other(),
                        fix="cite the same sources in every language",
                    )
            for cited, marker in theirs.items():
                if cited not in mine:
                    yield self.found(
                        passage.span,
                        f"{cited} is cited in {passage.called} and not here",
                        related=passage.other(marker.span),
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
        for passage in passages(statement, context):
            yield from self._links(passage, _NAMES, "")
