"""How common each word of a name is in the lists at hand: a rare surname weighs more."""

from collections import defaultdict
from collections.abc import Mapping
from math import log

import numpy as np

from stelae.linkage.coding import code
from stelae.linkage.fields import NAMES, Lists
from stelae.linkage.names import word_rows
from stelae.linkage.names.tokens import script_of

__all__ = ["name_frequencies"]


def name_frequencies(lists: Lists) -> Mapping[str, float]:
    """The log share of each word among all words of its script in people's names."""
    counts: dict[str, int] = defaultdict(int)
    for field in lists.fields:
        if field.kind in NAMES:
            coded = code(lists.frame, [field.name])
            rows = word_rows(coded.values[field.name])
            said = np.bincount(coded.ids[coded.ids >= 0], minlength=coded.values.height)
            times = np.bincount(
                rows.places, weights=said[rows.whose], minlength=len(rows.tokens)
            ).astype(np.int64)
            for word, number in zip(rows.tokens, times.tolist(), strict=True):
                counts[word] += number
    totals: dict[str | None, int] = defaultdict(int)
    scripts = {word: script_of(word[0]) for word in counts}
    for word, number in counts.items():
        totals[scripts[word]] += number
    return {word: log(number / totals[scripts[word]]) for word, number in counts.items()}
