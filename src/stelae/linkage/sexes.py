"""The sex that a list's words mean, in many languages at once; data/sexes.toml holds the words.

One column is in one language, or in a few: a word that means both (Turkish `k` is a woman,
Azerbaijani `k` a man) is read by the languages of the other words beside it, else not at all.
"""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

from stelae.errors import BadValue
from stelae.linkage.date_words import fold

__all__ = ["SexWords", "is_sex_word", "sex_words"]

_UNSAID = frozenset({"0", "9", "u", "unknown", "x", "н", "н/д", "неизвестно", "անհայտ", "naməlum"})


@cache
def _by_word() -> Mapping[str, frozenset[tuple[str, str]]]:
    """By word, the languages that use it and what they mean by it."""
    file = resources.files("stelae.linkage").joinpath("data/sexes.toml")
    found: dict[str, set[tuple[str, str]]] = {}
    for language, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for code, row in table.items():
            for word in row:
                found.setdefault(_key(word), set()).add((language, code))
    return {word: frozenset(meanings) for word, meanings in found.items()}


def _key(text: str) -> str:
    return fold(text).strip(" .,;:()")


def is_sex_word(text: str) -> bool:
    """Whether some language writes a sex so."""
    return _key(text) in _by_word()


class SexWords:
    """Reads the cells of one column; `sex_words` makes it from the column's distinct cells."""

    def __init__(self, own: Mapping[str, str], known: Mapping[str, frozenset[str]]) -> None:
        self._own = own
        self._known = known

    def code(self, text: str) -> str | None:
        """`f`, `m`, or None where the cell says that it is not known; BadValue where unreadable."""
        key = _key(text)
        if key in self._own:
            return self._own[key] or None
        if key in _UNSAID:
            return None
        codes = self._known.get(key)
        if codes is None:
            raise BadValue("is no word for a sex that is known here")
        if len(codes) > 1:
            raise BadValue("is a woman in one language and a man in another")
        return next(iter(codes))


def sex_words(cells: Collection[str], own: Mapping[str, str]) -> SexWords:
    """The reader for a column with these distinct cells; `own` words of the mapping come first."""
    given = {_key(word): code for word, code in own.items()}
    keys = {_key(cell) for cell in cells} - set(given) - _UNSAID
    known = {key: set(_by_word()[key]) for key in keys if key in _by_word()}
    # In Spanish alone m can be a woman (mujer), and only where a man is h or v.
    if "m" in known and not {"h", "v"} & keys:
        known["m"].discard(("es", "f"))
    likely = _languages(known)
    return SexWords(
        given,
        {
            key: frozenset(code for language, code in meanings if language in likely)
            or frozenset(code for _, code in meanings)
            for key, meanings in known.items()
        },
    )


def _languages(known: Mapping[str, set[tuple[str, str]]]) -> frozenset[str]:
    """The languages that have all these words; of them those that tell both sexes, if any do."""
    spoken = [{language for language, _ in meanings} for meanings in known.values()]
    common = set.intersection(*spoken) if spoken else set()
    both = {
        language
        for language in common
        if len({code for each in known.values() for own, code in each if own == language}) == 2
    }
    return frozenset(both or common)
