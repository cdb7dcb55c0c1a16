"""How common each word of a name is in the lists at hand: a rare surname weighs more."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import log

from stelae.linkage.coding import code
from stelae.linkage.fields import NAMES, Lists
from stelae.linkage.names import tokenize
from stelae.linkage.names.tokens import script_of

__all__ = ["name_frequencies"]


def name_frequencies(lists: Lists) -> Mapping[str, float]:
    """The log share of each word among all words of its script in people's names."""
    counts: Counter[str] = Counter()
    for field in lists.fields:
        if field.kind in NAMES:
            coded = code(lists.frame, [field.name])
            total = len(coded.ids) - int((coded.ids < 0).sum())
            for value, share in zip(coded.values[field.name], coded.share, strict=True):
                for word in tokenize(value):
                    counts[word] += round(share * total)
    totals: dict[str | None, int] = defaultdict(int)
    scripts = {word: script_of(word[0]) for word in counts}
    for word, number in counts.items():
        totals[scripts[word]] += number
    return {word: log(number / totals[scripts[word]]) for word, number in counts.items()}
