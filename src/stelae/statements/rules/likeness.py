"""What a clause holds in whatever language, and how alike two clauses of two languages are.

No word is translated. Numbers, dates, links, citations and terms of qualification are the same in
every language, and a translation is about as long as what it translates.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from stelae.statements.facts import DateFact, NumberFact
from stelae.statements.model import BindingKind, Clause, PartKind

__all__ = ["STRETCH_MOST", "Trait", "Traits", "likeness", "misfit", "traits_of", "weights"]

Trait = tuple[object, ...]
"""A kind and what it says: `("day", 1, 13)`."""

_LEAST = 10
"""Smaller numbers stand in every second clause, and languages put them in other ways."""
_UNSHARED = 0.5
_UNSHARED_MOST = 1.5
"""A clause whose facts all differ is still the counterpart, and its drift is what to find."""
_SHARED_MOST = 6.0
_SAME_PART = 0.5
_NAMED = 10.0
_STRETCH = 3.0
STRETCH_MOST = 2.0
_WEIGHT = {
    "link": 2.0,
    "web": 1.0,
    "cited": 0.7,
    "number": 1.5,
    "scale": 1.0,
    "year": 0.7,
    "month": 0.5,
    "day": 1.0,
    "anniversary": 1.0,
    "term": 0.7,
}
_UNREAD = {"link", "web", "cited"}
"""What does not hang on the words, so that it can be seen in every language."""
_UNSAID = {PartKind.PLAIN, PartKind.PREAMBLE}
"""Parts that a text falls into where no words of its language say what it does."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One clause, or two run together. `length` is in code points as a reader sees them.

    `names` are ids that the author gave, of texts whose authors gave them in common.
    """

    held: frozenset[Trait]
    length: int
    kind: PartKind
    names: frozenset[str] = frozenset()

    def __add__(self, other: "Traits") -> "Traits":
        return Traits(
            self.held | other.held,
            self.length + other.length,
            self.kind,
            self.names | other.names,
        )


def traits_of(
    clause: Clause, kind: PartKind, cited: Mapping[int, str], *, is_read: bool, is_named: bool
) -> Traits:
    """The traits of a clause of a part; `cited` gives what both texts call a reference by its
    number. `is_read` says that the words of both languages can be read, `is_named` that the
    clause's id is to be trusted."""
    held = frozenset(
        trait for trait in _traits(clause, cited) if is_read or str(trait[0]) in _UNREAD
    )
    names = frozenset({clause.id} if is_named else ())
    return Traits(held, max(len(clause.shown), 1), kind, names)


def _traits(clause: Clause, cited: Mapping[int, str]) -> Iterator[Trait]:
    for binding in clause.bindings:
        if binding.kind is BindingKind.WEB:
            yield "web", *_address(binding.target)
        else:
            yield "link", binding.kind, binding.target
    for marker in clause.markers:
        for number in marker.numbers:
            yield "cited", cited.get(number, f"[{number}]")
    for fact in clause.facts:
        if isinstance(fact, NumberFact):
            yield from _sizes(fact)
        elif isinstance(fact, DateFact):
            yield from _calendar(fact)
    for anniversary in clause.anniversaries:
        yield "anniversary", anniversary.years
    for term in clause.terms:
        yield "term", term.term


def _address(target: str) -> tuple[str, ...]:
    """Host and path, without the language that some sites have in the path."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return (target,)
    return parts.netloc, *(step for step in parts.path.split("/") if len(step) > 2)


def _sizes(fact: NumberFact) -> Iterator[Trait]:
    if fact.scale is not None:
        yield "scale", fact.scale
    for value in fact.readings:
        if value >= _LEAST:
            yield "number", value


def _calendar(fact: DateFact) -> Iterator[Trait]:
    for stated in (fact.start, fact.end, fact.other):
        if stated is None:
            continue
        if stated.year is not None:
            yield "year", stated.year
        if stated.day is not None:
            yield "day", stated.month, stated.day
        elif stated.month is not None:
            yield "month", stated.month


def weights(mine: Sequence[Traits], theirs: Sequence[Traits]) -> dict[Trait, float]:
    """What each trait tells: the less, the more clauses of one text have it."""
    counts = [Counter(trait for one in text for trait in one.held) for text in (mine, theirs)]
    return {
        trait: _WEIGHT[str(trait[0])] / math.sqrt(max(count[trait] for count in counts))
        for trait in counts[0] | counts[1]
    }


def likeness(one: Traits, other: Traits, weight: Mapping[Trait, float]) -> float:
    """What both hold, less in part what only one holds; 0 where neither holds anything.

    Ids that the author gave outweigh the rest.
    """
    if one.names and other.names:
        return _NAMED if one.names & other.names else -_NAMED
    shared = sum(map(weight.__getitem__, one.held & other.held))
    unshared = sum(map(weight.__getitem__, one.held ^ other.held))
    part = one.kind is other.kind and one.kind not in _UNSAID
    return (
        min(shared, _SHARED_MOST)
        - min(_UNSHARED * unshared, _UNSHARED_MOST)
        + (_SAME_PART if part else 0.0)
    )


def misfit(one: Traits, other: Traits, ratio: float) -> float:
    """How far the lengths are from the `ratio` of the two languages, at most 2."""
    return min(_STRETCH * abs(math.log(other.length / (one.length * ratio))), STRETCH_MOST)
