"""What rules on language versions have in common: facts of one text that the other lacks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Binding, BindingKind, Clause
from stelae.statements.rules.alignment import Alignment, Passage
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.text import Span

__all__ = ["Compared", "Drift", "Facts", "drifts"]

_SAME = "give the same {} in every language"

T = TypeVar("T")


class Facts(Generic[T]):
    """How one kind of fact is compared."""

    def of(self, clauses: Iterable[Clause]) -> list[T]:
        """Each fact once, where it first stands."""
        raise NotImplementedError

    def without(self, facts: Sequence[T], others: Sequence[T]) -> list[T]:
        """Those of `facts` that none of the others can be."""
        raise NotImplementedError

    def alike(self, fact: T, other: T) -> bool:
        """Whether two facts that differ are two ways to put one thing: `90`, and `up to 90`.

        Of most facts nothing says so.
        """
        del fact, other
        return False


@dataclass(frozen=True, slots=True)
class Drift(Generic[T]):
    """What of a passage has no counterpart: put otherwise in the other text, or not there."""

    passage: Passage
    otherwise: tuple[tuple[T, T], ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]


def drifts(alignment: Alignment, kind: Facts[T]) -> Iterator[Drift[T]]:
    """Passage by passage; what stands in another clause of the other text is no drift."""
    found: list[Drift[T]] = []
    for passage in alignment.passages:
        mine, theirs = kind.of(passage.mine), kind.of(passage.theirs)
        own, others = kind.without(mine, theirs), kind.without(theirs, mine)
        pairs: list[tuple[T, T]] = []
        for fact in tuple(own):
            other = next((other for other in others if kind.alike(fact, other)), None)
            if other is not None:
                own.remove(fact)
                others.remove(other)
                pairs.append((fact, other))
        found.append(Drift(passage, tuple(pairs), tuple(own), tuple(others)))
    spare = kind.of(lack.clause for lack in alignment.added)
    spare_there = kind.of(lack.clause for lack in alignment.lacking)
    own = [*spare, *(fact for one in found for fact in one.mine)]
    others = [*spare_there, *(fact for one in found for fact in one.theirs)]
    for one in found:
        yield Drift(
            one.passage,
            one.otherwise,
            tuple(kind.without(one.mine, others)),
            tuple(kind.without(one.theirs, own)),
        )


class Compared(Rule):
    """A rule that holds language versions against each other, in both directions."""

    def links(
        self, passage: Passage, kinds: Iterable[BindingKind], what: str
    ) -> Iterator[Diagnostic]:
        """Links of these kinds that one text has and the other has not, by their targets."""
        wanted = set(kinds)
        mine, theirs = _bindings(passage.mine, wanted), _bindings(passage.theirs, wanted)
        for target, binding in theirs.items():
            if target not in mine:
                yield self.found(
                    passage.span,
                    f"{what}{target} is bound in {passage.called} and not here",
                    related=passage.other(binding.text_span),
                    fix="bind the words that answer to it",
                )
        for target, binding in mine.items():
            if target not in theirs:
                yield self.found(
                    binding.span,
                    f"{what}{target} is bound here and not in {passage.called}",
                    related=passage.other(),
                    fix="bind it there too, or leave it out here",
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

    def otherwise(self, passage: Passage, own: Span, other: Span, what: str) -> Diagnostic:
        """One thing that the two texts put in two ways."""
        here, there = passage.here.source, passage.there.source
        return self.found(
            own,
            f"{quoted(here.at(own))} here, {quoted(there.at(other))} in {passage.called}",
            related=passage.other(other),
            fix=_SAME.format(what),
        )


def _bindings(clauses: Iterable[Clause], kinds: set[BindingKind]) -> dict[str, Binding]:
    return {
        f"{binding.kind}:{binding.target}": binding
        for clause in clauses
        for binding in clause.bindings
        if binding.kind in kinds
    }
