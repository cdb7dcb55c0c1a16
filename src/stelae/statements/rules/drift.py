"""What rules on language versions have in common: facts of one text that the other lacks."""

import re
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.facts import QuotationFact, TermFact
from stelae.statements.model import Binding, BindingKind, Clause
from stelae.statements.rules.alignment import Alignment, Passage
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.rules.stretches import Stretches
from stelae.statements.text import Span

__all__ = ["Compared", "Drift", "Facts", "Lacking", "drifts"]

_SAME = "give the same {} in every language"

_QUOTING = (QuotationFact, TermFact)
_DIGITS = re.compile(r"\d+")
_LONGEST = 15

T = TypeVar("T")
Lacking: TypeAlias = Callable[[Sequence[T]], list[T]]


class Facts(Generic[T]):
    """How one kind of fact is compared."""

    def of(self, clauses: Iterable[Clause]) -> list[T]:
        """Each fact once, where it first stands."""
        raise NotImplementedError

    def lacking(self, others: Sequence[T]) -> Lacking[T]:
        """What picks, of facts that it is given, those that none of these others can be.

        It looks them up: it is asked for each passage, and the others may be those of the text.
        """
        raise NotImplementedError

    def gist(self, fact: T) -> Collection[Hashable]:
        """What two facts share that differ and are two ways to put one thing: of `90` and `up to
        90` the number. Of most facts nothing says so."""
        del fact
        return ()

    def digits(self, fact: T) -> set[int]:
        """The numbers that a reader of no language sees in the fact."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Drift(Generic[T]):
    """What of a passage has no counterpart: put otherwise in the other text, or not there."""

    passage: Passage
    otherwise: tuple[tuple[T, T], ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]


def drifts(alignment: Alignment, kind: Facts[T]) -> Iterator[Drift[T]]:
    """Passage by passage; what stands in another clause of the other text is no drift.

    Nor is what the other text has in digits of which its reader makes no fact: there the reader
    may be at fault.
    """
    found: list[Drift[T]] = []
    for passage in alignment.passages:
        mine, theirs = kind.of(passage.mine), kind.of(passage.theirs)
        own = _read(kind.lacking(theirs)(mine), passage.theirs, kind) if mine else []
        others = _read(kind.lacking(mine)(theirs), passage.mine, kind) if theirs else []
        found.append(_paired(passage, own, others, kind))
    spare = kind.of(lack.clause for lack in alignment.added)
    spare_there = kind.of(lack.clause for lack in alignment.lacking)
    own = [*spare, *(fact for one in found for fact in one.mine)]
    others = [*spare_there, *(fact for one in found for fact in one.theirs)]
    lacking_there, lacking_here = kind.lacking(others), kind.lacking(own)
    for one in found:
        yield Drift(
            one.passage,
            one.otherwise,
            tuple(lacking_there(one.mine)),
            tuple(lacking_here(one.theirs)),
        )


def _paired(passage: Passage, own: list[T], others: list[T], kind: Facts[T]) -> Drift[T]:
    """Each fact with the first of the others that has its gist and is not yet taken."""
    waiting: dict[Hashable, list[int]] = {}
    for place in reversed(range(len(others))):
        for gist in kind.gist(others[place]):
            waiting.setdefault(gist, []).append(place)
    pairs: list[tuple[T, T]] = []
    left: list[T] = []
    taken: set[int] = set()
    for fact in own:
        firsts: list[int] = []
        for places in (waiting.get(gist, []) for gist in kind.gist(fact)):
            while places and places[-1] in taken:
                places.pop()
            firsts.extend(places[-1:])
        if firsts:
            taken.add(min(firsts))
            pairs.append((fact, others[min(firsts)]))
        else:
            left.append(fact)
    rest = (other for place, other in enumerate(others) if place not in taken)
    return Drift(passage, tuple(pairs), tuple(left), tuple(rest))


def _read(facts: list[T], there: Iterable[Clause], kind: Facts[T]) -> list[T]:
    if not facts:
        return facts
    unread = {number for clause in there for number in _unread(clause)}
    return [fact for fact in facts if not kind.digits(fact) or not kind.digits(fact) <= unread]


def _unread(clause: Clause) -> Iterator[int]:
    """Numbers in digits that stand in no fact."""
    known = Stretches((fact.span, True) for fact in clause.facts if not isinstance(fact, _QUOTING))
    for digits in _DIGITS.finditer(clause.prose):
        at = clause.span.start
        where = Span(at + digits.start(), at + digits.end())
        if len(where) <= _LONGEST and known.holding(where) is None:
            yield int(digits[0])


class Compared(Rule):
    """A rule that holds language versions against each other, in both directions."""

    def links(
        self, passage: Passage, kinds: Collection[BindingKind], what: str
    ) -> Iterator[Diagnostic]:
        """Links of these kinds that one text has and the other has not, by their targets."""
        mine, theirs = _bindings(passage.mine, kinds), _bindings(passage.theirs, kinds)
        yield from self.one_sided(
            passage,
            {what + target: binding.span for target, binding in mine.items()},
            {what + target: binding.text_span for target, binding in theirs.items()},
            "bound",
            ("bind it there too, or leave it out here", "bind the words that answer to it"),
        )

    def one_sided(
        self,
        passage: Passage,
        mine: Mapping[str, Span],
        theirs: Mapping[str, Span],
        said: str,
        fixes: tuple[str, str],
    ) -> Iterator[Diagnostic]:
        """What is `said` to be bound or cited in one text alone; fixes for what stands here, and
        for what stands there."""
        for what, span in theirs.items():
            if what not in mine:
                yield self.found(
                    passage.span,
                    f"{what} is {said} in {passage.called} and not here",
                    related=passage.other(span),
                    fix=fixes[1],
                )
        for what, span in mine.items():
            if what not in theirs:
                yield self.found(
                    span,
                    f"{what} is {said} here and not in {passage.called}",
                    related=passage.other(),
                    fix=fixes[0],
                )

    def unmatched(
        self, passage: Passage, mine: Sequence[Span], theirs: Sequence[Span], what: str
    ) -> Iterator[Diagnostic]:
        """What has no counterpart; one on each side of a passage are taken for the same thing."""
        fix = _SAME.format(what)
        here, there = passage.here.source, passage.there.source
        paired = 0 if passage.whole else min(len(mine), len(theirs))
        for own, other in zip(mine[:paired], theirs[:paired], strict=True):
            yield self.otherwise(passage, own, other, what)
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

    def otherwise(
        self, passage: Passage, own: Span, other: Span, what: str, level: Level | None = None
    ) -> Diagnostic:
        """One thing that the two texts put in two ways."""
        here, there = passage.here.source, passage.there.source
        return self.found(
            own,
            f"{quoted(here.at(own))} here, {quoted(there.at(other))} in {passage.called}",
            related=passage.other(other),
            fix=_SAME.format(what),
            level=level,
        )


def _bindings(clauses: Iterable[Clause], kinds: Collection[BindingKind]) -> dict[str, Binding]:
    return {
        f"{binding.kind}:{binding.target}": binding
        for clause in clauses
        for binding in clause.bindings
        if binding.kind in kinds
    }
