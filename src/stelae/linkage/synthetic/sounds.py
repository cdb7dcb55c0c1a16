"""Names by sound: the notation of the data, and its symbols, one private character each.

A name is written with one or several letters a sound: `kh` and `gh` the velar fricatives, `sh`,
`zh`, `ch`, `ts`, `dz`, `j` (as in *jam*), `p' t' k' ts' ch'` the aspirates that Armenian and
Georgian write with letters of their own, `rr` the trilled r, `H S T D Z` the sounds of ح ص ط ض ظ,
a backquote that of ع, `A O U Y` those of ä ö ü ı, doubled vowels long ones, and `ă ĕ ĭ ŏ ŭ` short
ones, which Arabic and Hebrew letters leave out. `|` stands between letters that are two sounds.
Every other character stands for itself.
"""

import re

__all__ = ["nearest", "symbols"]

_SEVERAL = (
    *("aa", "ii", "uu", "ts'", "ts", "dz", "ch'", "ch", "sh", "zh", "kh", "gh", "th", "dh"),
    *("p'", "t'", "k'", "rr"),
)
_SYMBOL = {text: chr(0xE000 + at) for at, text in enumerate(_SEVERAL)}
_TOKEN = re.compile("|".join(sorted(map(re.escape, _SEVERAL), key=len, reverse=True)))

_NEAREST = (
    "aa:a ii:i uu:u ts':ts ch':ch p':p t':t k':k rr:r A:a O:o U:u Y:i ă:a ĕ:e ĭ:i ŏ:o ŭ:u"
    " H:h S:s T:t D:d Z:z q:k w:v th:t dh:d gh:g kh:h"
)


def symbols(text: str) -> str:
    """The sounds of a name, one character each."""
    return _TOKEN.sub(lambda found: _SYMBOL[found[0]], text)


def nearest(sound: str) -> str:
    """The sound that is written in a sound's place where a spelling has no letter for it, or ""."""
    return _FALLBACK.get(sound, "")


_FALLBACK = {
    symbols(one): symbols(other) for one, other in (pair.split(":") for pair in _NEAREST.split())
}
