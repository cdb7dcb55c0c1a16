"""How a regular expression can backtrack, told from its form alone.

The positions of a pattern (Glushkov, 1961) make an automaton without empty steps; how many of its
runs read the same words is how often a backtracking matcher reads them. Runs are exponentially many
where a position comes back to itself in two ways over one word, and polynomially many where one
loop is followed by another that reads the same (Weber and Seidl, 1991, criteria EDA and IDA).

Bounds: lookarounds may fail and are otherwise passed over, a reference to a group reads anything,
classes are compared over sample characters, and a repetition of at most `few` is written out.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from re import _compiler, _parser  # type: ignore[attr-defined] # the stubs leave these out
from re import _constants as sre  # type: ignore[attr-defined] # as above
from typing import Any

__all__ = ["Growth", "growth"]

_SAMPLES = " \t\n\r\x00-_.,;:!?'\"()[]{}<>*+/\\|~#$%&@^=0123456789azAZéЖжաԱ١あ\u0301\u00ad\u00a0…»“"
_COPIES = 3
_BEGINNING = "the beginning of the text"


@dataclass(frozen=True, slots=True)
class Growth:
    """`exponential`, or the power of the length with which the time of a failed match grows."""

    exponential: bool
    power: int


@dataclass(slots=True)
class _Piece:
    """A part of a pattern; numbers of ways are cut at 2. `empty` is how it matches nothing."""

    empty: int = 0
    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    sure: bool = False
    """Whether it matches nothing and asks nothing."""
    sure_last: set[int] = field(default_factory=set)
    """Positions after which it surely has matched."""


class _Automaton:
    """The positions of one pattern: what each reads, and in how many ways each follows another."""

    def __init__(self, few: int, alphabet: str, flags: int) -> None:
        self.few, self.alphabet, self.flags = few, alphabet, flags
        self.reads: list[frozenset[str]] = []
        self.keeping: set[int] = set()
        self.follow: dict[int, dict[int, int]] = {}

    def position(self, reads: frozenset[str]) -> _Piece:
        number = len(self.reads)
        self.reads.append(reads)
        self.follow[number] = {}
        return _Piece(0, {number: 1}, {number: 1}, sure_last={number})

    def then(self, one: _Piece, two: _Piece) -> _Piece:
        self._join(one.last, two.first)
        return _Piece(
            min(2, one.empty * two.empty),
            _sum(one.first, two.first, one.empty),
            _sum(two.last, one.last, two.empty),
            one.sure and two.sure,
            two.sure_last | (one.sure_last if two.sure else set()),
        )

    def either(self, one: _Piece, two: _Piece) -> _Piece:
        return _Piece(
            min(2, one.empty + two.empty),
            _sum(one.first, two.first, 1),
            _sum(one.last, two.last, 1),
            one.sure or two.sure,
            one.sure_last | two.sure_last,
        )

    def loop(self, one: _Piece) -> _Piece:
        self._join(one.last, one.first)
        return one

    def _join(self, last: dict[int, int], first: dict[int, int]) -> None:
        for (here, ways), (there, more) in itertools.product(last.items(), first.items()):
            if here in self.keeping and self.reads[there] <= self.reads[here]:
                continue  # a possessive repetition leaves nothing that it reads
            self.follow[here][there] = min(2, self.follow[here].get(there, 0) + ways * more)

    def build(self, tree: Any) -> _Piece:
        whole = _Piece(1, sure=True)
        for operator, argument in tree:
            whole = self.then(whole, self._one(operator, argument))
        return whole

    def _one(self, operator: Any, argument: Any) -> _Piece:
        match operator:
            case sre.LITERAL | sre.NOT_LITERAL | sre.ANY | sre.IN:
                return self.position(self._class(operator, argument))
            case sre.GROUPREF:
                return self.loop(self.position(frozenset(self.alphabet)))
            case sre.SUBPATTERN:
                return self.build(argument[-1])
            case sre.ATOMIC_GROUP:
                return self.build(argument)
            case sre.BRANCH:
                pieces = [self.build(branch) for branch in argument[1]]
                return _fold(self.either, pieces)
            case sre.MAX_REPEAT | sre.MIN_REPEAT:
                return self._repeat(*argument)
            case sre.POSSESSIVE_REPEAT:
                before = len(self.reads)
                piece = self._repeat(*argument)
                self.keeping.update(range(before, len(self.reads)))
                return piece
            case sre.AT if argument is sre.AT_BEGINNING and not self.flags & re.MULTILINE:
                return self.position(frozenset({_BEGINNING}))
            case sre.AT | sre.ASSERT | sre.ASSERT_NOT:
                return _Piece(1)
        raise NotImplementedError(f"no analysis of {operator}")

    def _repeat(self, least: int, most: int, tree: Any) -> _Piece:
        pieces = [self.build(tree) for _ in range(min(least, _COPIES))]
        if most > max(self.few, least):
            again = self.loop(self.build(tree))
            pieces.append(self.either(_Piece(1, sure=True), again))
        elif most > least:
            # `a{0,3}` is (a(a(a)?)?)?, in which nothing is read in two ways.
            inside = self.build(tree)
            for _ in range(min(most - least, _COPIES) - 1):
                inside = self.then(self.build(tree), self.either(_Piece(1, sure=True), inside))
            pieces.append(self.either(_Piece(1, sure=True), inside))
        return _fold(self.then, pieces) if pieces else _Piece(1, sure=True)

    def _class(self, operator: Any, argument: Any) -> frozenset[str]:
        single = _parser.SubPattern(_parser.State(), [(operator, argument)])
        pattern = _compiled(single, self.flags)
        return frozenset(letter for letter in self.alphabet if pattern.fullmatch(letter))


def _compiled(tree: Any, flags: int) -> "re.Pattern[str]":
    tree.state.flags = flags
    compiled: re.Pattern[str] = _compiler.compile(tree, flags)
    return compiled


def _sum(one: dict[int, int], two: dict[int, int], ways: int) -> dict[int, int]:
    total = dict(one)
    if ways:
        for number, more in two.items():
            total[number] = min(2, total.get(number, 0) + ways * more)
    return total


def _fold(join: Any, pieces: list[_Piece]) -> _Piece:
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = join(whole, piece)
    return whole


def growth(
    pattern: "re.Pattern[str] | re.Pattern[bytes]", use: str = "search", *, few: int = 3
) -> Growth:
    """How the time of a match that fails grows with the text; power 1 is linear.

    `use` is `search`, where the match may begin anywhere, `match`, where it is tried at one place,
    or `fullmatch`, where it must also reach the end.
    """
    text = pattern.pattern
    source = text if isinstance(text, str) else text.decode("latin-1")
    flags = pattern.flags if isinstance(text, str) else pattern.flags | re.ASCII
    automaton = _Automaton(few, _alphabet(source), flags)
    whole = automaton.build(_parser.parse(source, flags))
    if use == "search":
        start = automaton.loop(automaton.position(frozenset(automaton.alphabet)))
        whole = automaton.then(start, whole)
    live = set(automaton.follow)
    return _judged(automaton, live if use == "fullmatch" else live - whole.sure_last)


def _alphabet(source: str) -> str:
    near = {chr(max(0, ord(letter) + step)) for letter in source for step in (-1, 0, 1)}
    cased = {cased for letter in near for cased in (*letter.lower(), *letter.upper())}
    return "".join(sorted({*_SAMPLES, *near, *cased}))


def _judged(automaton: _Automaton, live: set[int]) -> Growth:
    follow = {
        here: {
            there: ways
            for there, ways in automaton.follow[here].items()
            if there in live and automaton.reads[there]
        }
        for here in live
    }
    looping = [here for here in live if here in _reached(follow, here)]
    steps = _Steps(follow, automaton.reads)
    exponential = any(steps.returns_twice(here) for here in looping)
    return Growth(exponential, 1 + _longest(steps, looping))


def _reached(follow: dict[int, dict[int, int]], start: int) -> set[int]:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        for there in follow[waiting.pop()]:
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


@dataclass(slots=True)
class _Steps:
    """Several runs at once that read the same words."""

    follow: dict[int, dict[int, int]]
    reads: list[frozenset[str]]

    def together(self, places: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for there in itertools.product(*(self.follow[place] for place in places)):
            if frozenset.intersection(*(self.reads[place] for place in there)):
                yield there

    def reach(self, start: tuple[int, ...], end: tuple[int, ...]) -> bool:
        seen: set[tuple[int, ...]] = set()
        waiting = [start]
        while waiting:
            for there in self.together(waiting.pop()):
                if there == end:
                    return True
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
        return False

    def returns_twice(self, place: int) -> bool:
        """EDA: whether two runs lead from a position to itself over one word."""
        own = _reached(self.follow, place)
        loop = {here for here in own if place in _reached(self.follow, here)}
        if any(
            ways > 1 and there in loop for here in loop for there, ways in self.follow[here].items()
        ):
            return True
        seen = {(place, place)}
        waiting = [(place, place)]
        while waiting:
            here = waiting.pop()
            for there in self.together(here):
                if not loop.issuperset(there):
                    continue
                pair = (there[0], there[1])
                if pair not in seen:
                    if pair[0] != pair[1] and self.reach(pair, (place, place)):
                        return True
                    seen.add(pair)
                    waiting.append(pair)
        return False


def _longest(steps: _Steps, looping: list[int]) -> int:
    """IDA: the longest chain of loops, each of which can hand over to the next on one word."""
    after = {
        one: [
            two
            for two in looping
            if one != two
            and two in _reached(steps.follow, one)
            and one not in _reached(steps.follow, two)
            and steps.reach((one, one, two), (one, two, two))
        ]
        for one in looping
    }
    beyond = {one: _reached(steps.follow, one) for one in looping}

    def length(one: int) -> int:
        """Hand-overs on the longest chain that begins in this loop or one that it leads to."""
        own = max((1 + length(two) for two in after[one]), default=0)
        rest = max(
            (length(two) for two in looping if two in beyond[one] and one not in beyond[two]),
            default=0,
        )
        return max(own, rest)

    return max(map(length, looping), default=0)
