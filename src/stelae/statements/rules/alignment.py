"""Which clauses of two language versions answer to one another.

Ids that the author gave both texts settle it. Other clauses answer to one another by their order
and by what they hold (see `beads`). Where that tells too little, the texts are compared as wholes.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stelae.statements.diagnostics import Related
from stelae.statements.languages import languages
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.beads import Bead, Beads, strings
from stelae.statements.rules.entries import same_entries
from stelae.statements.rules.identity import Same
from stelae.statements.rules.likeness import Traits, traits_of
from stelae.statements.rules.rule import quoted
from stelae.statements.rules.versions import called, clauses_by_id, given_ids
from stelae.statements.text import Span

__all__ = ["Alignment", "Lack", "Passage", "aligned", "are_read"]

_MOST_WITHOUT = 0.5
"""Where more of the clauses than this have no counterpart, texts are compared as wholes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What answers to one another: clauses and their counterparts, or two whole texts."""

    mine: tuple[Clause, ...]
    theirs: tuple[Clause, ...]
    here: Statement
    there: Statement
    whole: bool = False

    @property
    def span(self) -> Span:
        """Where a finding about something that lacks is shown: the beginning of the passage."""
        clause = self.mine[0]
        end = clause.text.find("\n")
        return clause.span if end < 0 else Span(clause.span.start, clause.span.start + end)

    @property
    def called(self) -> str:
        """What messages call the other text: its file without the folders."""
        return called(self.there)

    def other(self, span: Span | None = None) -> tuple[Related, ...]:
        """The place in the other text; the counterpart as a whole where none is given."""
        if span is None and self.whole:
            return ()
        at = self.theirs[0].span if span is None else span
        line = self.there.position(at.start).line
        words = quoted(self.there.source.at(at))
        return (Related(f"{self.called}, line {line}: {words}"),)


@dataclass(frozen=True, slots=True)
class Lack:
    """A clause that one of two texts has; `beside` is the clause of the other that it follows.

    `beside` is None where it comes before all. `doubtful`: it may as well be a clause near it.
    """

    clause: Clause
    beside: Clause | None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts side by side: what answers to what, and what only one of them has."""

    passages: tuple[Passage, ...]
    lacking: tuple[Lack, ...] = ()
    """Clauses of the other text that this one lacks."""
    added: tuple[Lack, ...] = ()
    """Clauses of this text that the other one lacks."""


def are_read(here: Statement, there: Statement) -> bool:
    """Whether the words of both languages can be read."""
    return all(text.language.split("-", 1)[0] in languages() for text in (here, there))


def aligned(here: Statement, there: Statement) -> Alignment:
    """Two texts side by side."""
    return _aligned(Same(here), Same(there))


@lru_cache(maxsize=32)  # five rules ask for the same two texts
def _aligned(here: Same[Statement], there: Same[Statement]) -> Alignment:
    mine, theirs = clauses_by_id(here.value), clauses_by_id(there.value)
    if not mine or not theirs:
        return Alignment(())
    own, others = tuple(mine.values()), tuple(theirs.values())
    beads = _strings(here.value, there.value)
    if beads is None or _is_torn(beads, here.value, there.value):
        return Alignment((Passage(own, others, here.value, there.value, whole=True),))
    before = _before(beads, own)
    found = tuple(
        Passage(
            tuple(own[at] for at in bead.mine),
            tuple(others[at] for at in bead.theirs),
            here.value,
            there.value,
        )
        for bead in beads
        if not _is_lone(bead)
    )
    return Alignment(
        found,
        lacking=tuple(
            Lack(others[at], before(at), bead.doubtful)
            for bead in beads
            if not bead.mine
            for at in bead.theirs
        ),
        added=tuple(
            Lack(own[at], None, bead.doubtful)
            for bead in beads
            if not bead.theirs
            for at in bead.mine
        ),
    )


def _is_torn(beads: Beads, here: Statement, there: Statement) -> bool:
    """Whether so little answers to anything that the places tell nothing."""
    if given_ids(here) & given_ids(there):
        return False
    lone = sum(_is_lone(bead) for bead in beads)
    return lone > _MOST_WITHOUT * len(beads)


def _is_lone(bead: Bead) -> bool:
    return not (bead.mine and bead.theirs)


def _before(beads: Beads, own: Sequence[Clause]) -> Callable[[int], Clause | None]:
    """What gives the counterpart of the nearest clause before one that has none."""
    pairs = sorted((bead.theirs[-1], bead.mine[-1]) for bead in beads if not _is_lone(bead))

    def before(at: int) -> Clause | None:
        earlier = bisect_left(pairs, (at,))
        return own[pairs[earlier - 1][1]] if earlier else None

    return before


def _strings(here: Statement, there: Statement) -> Beads | None:
    own, others = same_entries(here, there)
    is_read = are_read(here, there)
    has_names = bool(given_ids(here) & given_ids(there))
    return strings(
        [*_traits(here, own, is_read=is_read, has_names=has_names)],
        [*_traits(there, others, is_read=is_read, has_names=has_names)],
    )


def _traits(
    text: Statement, keys: Mapping[int, str], *, is_read: bool, has_names: bool
) -> Iterator[Traits]:
    wanted = clauses_by_id(text)
    named = given_ids(text) if has_names else set()
    for part in text.parts:
        for clause in part.clauses:
            if clause.id in wanted:
                yield traits_of(
                    clause, part.kind, keys, is_read=is_read, is_named=clause.id in named
                )
