"""Which entries of two lists of references name the same source.

Each language sorts its list by its own alphabet, and notes are numbered as they come: a number says
little. An entry is told by its source in the record, by its address, by the words and numbers of a
title that is cited as printed; by its own number only where nothing else tells.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from stelae.statements.model import Reference, Statement
from stelae.statements.rules.rule import quoted
from stelae.statements.words import TokenKind, tokens

__all__ = ["same_entries"]

_ALIKE = 0.5
"""Of all words and numbers of two entries, this part at least must be common to both (Dice)."""
_SAME_NUMBERS = 0.6
"""What entries come to of which the numbers alone are common, and no other entry's."""
_LONGEST = 200
"""Longer lists are told by ids, addresses and numbers alone."""
_SHOWN = 40
_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s<>\"«»()\[\]]{4,400})|\b(10\.\d{4,9}/\S{1,200})")


def same_entries(here: Statement, there: Statement) -> tuple[dict[int, str], dict[int, str]]:
    """What to call each number of each text, so that one source is called the same in both."""
    mine = {entry.number: entry for entry in here.references}
    theirs = {entry.number: entry for entry in there.references}
    partner: dict[int, int] = {}
    for tell in (_sources, _addresses, _alike, _numbered):
        loose = [entry for number, entry in mine.items() if number not in partner]
        taken = set(partner.values())
        free = [entry for number, entry in theirs.items() if number not in taken]
        for number, other in tell(loose, free):
            if number not in partner and other not in taken:
                partner[number] = other
                taken.add(other)
    keys = {number: entry.source or f"[{number}]" for number, entry in mine.items()}
    others = {number: entry.source or _by_words(entry) for number, entry in theirs.items()}
    return keys, others | {other: keys[number] for number, other in partner.items()}


_Pairs = Iterator[tuple[int, int]]


def _by_words(entry: Reference) -> str:
    return f"[{entry.number}] {quoted(entry.text, _SHOWN)}"


def _sources(mine: Sequence[Reference], theirs: Sequence[Reference]) -> _Pairs:
    known = {entry.source: entry.number for entry in reversed(theirs) if entry.source}
    for entry in mine:
        if entry.source in known:
            yield entry.number, known[entry.source]


def _addresses(mine: Sequence[Reference], theirs: Sequence[Reference]) -> _Pairs:
    known = {place: entry.number for entry in reversed(theirs) for place in _places(entry)}
    for entry in mine:
        yield from ((entry.number, known[place]) for place in _places(entry) if place in known)


def _places(entry: Reference) -> list[str]:
    return [(match[1] or match[2]).rstrip("./,;") for match in _ADDRESS.finditer(entry.text)]


def _alike(mine: Sequence[Reference], theirs: Sequence[Reference]) -> _Pairs:
    """The most alike first; two sources of the record, or two addresses, are not one."""
    if max(len(mine), len(theirs)) > _LONGEST:
        return
    bags = [{entry.number: _words(entry) for entry in text} for text in (mine, theirs)]
    years = [
        {number: frozenset(filter(str.isdecimal, bag)) for number, bag in text.items()}
        for text in bags
    ]
    common = [Counter(text.values()) for text in years]
    scored: list[tuple[float, int, int]] = []
    for one, other in product(mine, theirs):
        if not _may_be(one, other):
            continue
        left, right = bags[0][one.number], bags[1][other.number]
        value = 2 * (left & right).total() / max(left.total() + right.total(), 1)
        numbers = years[0][one.number]
        alone = common[0][numbers] == common[1][numbers] == 1
        if numbers and numbers == years[1][other.number] and alone:
            value = max(value, _SAME_NUMBERS)
        if value >= _ALIKE:
            scored.append((-value, one.number, other.number))
    yield from ((number, other) for _, number, other in sorted(scored))


def _words(entry: Reference) -> Counter[str]:
    return Counter(token.folded for token in tokens(entry.text) if token.kind is not TokenKind.MARK)


def _numbered(mine: Sequence[Reference], theirs: Sequence[Reference]) -> _Pairs:
    known = {entry.number: entry for entry in theirs}
    for entry in mine:
        other = known.get(entry.number)
        if other is not None and _may_be(entry, other):
            yield entry.number, entry.number


def _may_be(one: Reference, other: Reference) -> bool:
    if one.source and other.source:
        return False
    return not (_places(one) and _places(other)) or bool(one.source or other.source)
