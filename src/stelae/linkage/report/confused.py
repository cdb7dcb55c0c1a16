"""Names taken for one another: spellings joined most often, and names at even odds.

Spellings are words of names that stand beside each other in pairs of records, as the model of
names sets them. A word and the same word in other capitals or signs are one spelling.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from stelae.linkage.linking import Linkage
from stelae.linkage.names import tokenize
from stelae.linkage.names.comparison import assignment
from stelae.linkage.names.tokens import script_of
from stelae.linkage.report.printed import name_of
from stelae.linkage.results import kind_of
from stelae.linkage.weights import probability

__all__ = ["Near", "Spellings", "Words", "near", "script", "spellings"]

SHOWN = 15
_OFTEN = 2
"""Spellings joined so often are shown."""
_NO_LETTERS = "no letters"
_MOST_PAIRS = 3000
"""Distinct pairs of names that are taken apart into words, the most frequent ones."""
_LOOKED_AT = 1000
"""Pairs nearest to even odds among which those of different names are found."""
_SCHEMA = {"left": pl.String, "right": pl.String, "joined": pl.Int64, "apart": pl.Int64}
_LONGEST, _MOST_WORDS = 200, 8
"""Letters of a name that is taken apart, and its words: the search doubles with each."""


@dataclass(frozen=True, slots=True)
class Words:
    """Two spellings, how many pairs of records with them are in one cluster, and in two.

    Pairs in two clusters count only where they are at least 1 % probable.
    """

    left: str
    right: str
    scripts: tuple[str, str]
    joined: int
    apart: int


@dataclass(frozen=True, slots=True)
class Spellings:
    """The pairs of words joined most often: across scripts, and within one.

    They are counted in the most frequent `names` pairs of names, of `of` in all.
    """

    across: tuple[Words, ...]
    within: tuple[Words, ...]
    names: int
    of: int


@dataclass(frozen=True, slots=True)
class Near:
    """Two records whose names differ and whose own weight leaves it about even."""

    left: tuple[str, str]
    right: tuple[str, str]
    names: tuple[str, str]
    probability: float
    together: bool


def script(word: str) -> str:
    """The script of a word's first letter; `no letters` for one without."""
    return next((found for letter in word if (found := script_of(letter))), _NO_LETTERS)


def spellings(linkage: Linkage) -> Spellings:
    """The words of names of different spelling that stand beside each other most often."""
    names = pl.concat([pl.DataFrame(schema=_SCHEMA), *_names(linkage)])
    pairs = (
        names.group_by("left", "right")
        .agg(pl.col("joined", "apart").sum())
        .filter(pl.col("joined") > 0)
        .sort(["joined", "apart", "left", "right"], descending=[True, True, False, False])
    )
    joined: Counter[tuple[str, str]] = Counter()
    apart: Counter[tuple[str, str]] = Counter()
    for left, right, one, two in pairs.head(_MOST_PAIRS).iter_rows():
        for words in _beside(linkage, left, right):
            joined[words] += one
            apart[words] += two
    found = [
        Words(left, right, (script(left), script(right)), times, apart[left, right])
        for (left, right), times in sorted(joined.items(), key=lambda each: (-each[1], each[0]))
        if times >= _OFTEN and _NO_LETTERS not in {script(left), script(right)}
    ]
    across = [each for each in found if each.scripts[0] != each.scripts[1]]
    within = [each for each in found if each.scripts[0] == each.scripts[1]]
    return Spellings(
        tuple(across[:SHOWN]),
        tuple(within[:SHOWN]),
        min(pairs.height, _MOST_PAIRS),
        pairs.height,
    )


def _names(linkage: Linkage) -> Iterator[pl.DataFrame]:
    """For each field of names the pairs of names that differ: how often joined and apart."""
    frame, pairs = linkage.lists.frame, linkage.pairs
    for comparison in linkage.comparisons:
        if kind_of(comparison) != "name":
            continue
        one, two = (frame[comparison.name].gather(pairs[side]) for side in ("a", "b"))
        sides = pl.DataFrame({"one": one, "two": two, "together": pairs["together"]})
        yield (
            sides.filter(pl.col("one") != pl.col("two"))
            .select(
                left=pl.min_horizontal("one", "two"),
                right=pl.max_horizontal("one", "two"),
                together=pl.col("together"),
            )
            .group_by("left", "right")
            .agg(
                pl.col("together").sum().cast(pl.Int64).alias("joined"),
                (~pl.col("together")).sum().cast(pl.Int64).alias("apart"),
            )
        )


def _beside(linkage: Linkage, left: str, right: str) -> Iterator[tuple[str, str]]:
    """The words of two names that stand beside each other and differ, in one order."""
    sides = tokenize(left[:_LONGEST]), tokenize(right[:_LONGEST])
    if max(map(len, sides)) > _MOST_WORDS:
        return
    found, _ = assignment(linkage.model, *sides)
    for some, others, odds in found:
        one, two = " ".join(some), " ".join(others)
        if one and two and one != two and odds > 0:
            yield (one, two) if (script(one), one) <= (script(two), two) else (two, one)


def near(linkage: Linkage, most: int = SHOWN) -> tuple[Near, ...]:
    """Pairs of records of different names whose probability is nearest to one half.

    Of the pairs with the same two names the nearest is shown.
    """
    found: dict[frozenset[tuple[str, ...]], Near] = {}
    rows = (
        linkage.pairs.select("a", "b", "log_odds", "together", doubt=pl.col("log_odds").abs())
        .sort("doubt", "a", "b")
        .head(_LOOKED_AT)
    )
    ids = linkage.lists.frame.select("list", "record")
    for a, b, odds, together, _ in rows.iter_rows():
        if len(found) == most:
            break
        names = name_of(linkage, a), name_of(linkage, b)
        key = frozenset(map(tokenize, names))
        if all(names) and len(key) == 2 and key not in found:
            chance = float(probability(np.array(odds)))
            found[key] = Near(ids.row(a), ids.row(b), names, chance, bool(together))
    return tuple(found.values())
