"""Other forms of a word: nicknames, feminine family names, patronymics; each at a cost.

Rules and tables are in data/forms.json, compiled by hand for Stelae from common knowledge of the
languages. A form is compared in place of its word; the evidence is that of the word, less the cost.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

__all__ = ["WORDS", "forms_of", "mass_of"]

WORDS = 1 << 19
"""Words of which what was found is remembered: more than a million records have. A memory that is
too small for one pass over all words helps no second one."""
_NICKNAME = 2.0
"""Log odds lost where a name is met as its diminutive."""
_INITIAL_MASS = 0.3
_MOST_FORMS = 4


@dataclass(frozen=True, slots=True)
class _Forms:
    nicknames: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[tuple[str, str, float, int], ...]]
    """By last letter: an ending, what stands for it, the cost, and the letters left before it."""
    beginnings: Mapping[str, tuple[tuple[str, str, float], ...]]
    """By first letter."""
    masses: Mapping[str, float]


@functools.cache
def _forms() -> _Forms:
    text = resources.files("stelae.linkage.names").joinpath("data", "forms.json").read_text("utf-8")
    data = json.loads(text)
    nicknames: dict[str, list[str]] = {}
    for names in data["nicknames"].values():
        for full, short in names.items():
            for one in short.split():
                nicknames.setdefault(one, []).append(full)
    endings: dict[str, list[tuple[str, str, float, int]]] = {}
    for old, new, cost, left in data["endings"]:
        endings.setdefault(old[-1], []).append((old, new, float(cost), int(left)))
    beginnings: dict[str, list[tuple[str, str, float]]] = {}
    for old, new, cost in data["beginnings"]:
        beginnings.setdefault(old[0], []).append((old, new, float(cost)))
    return _Forms(
        {short: tuple(full) for short, full in nicknames.items()},
        {letter: tuple(rules) for letter, rules in endings.items()},
        {letter: tuple(rules) for letter, rules in beginnings.items()},
        {word: float(mass) for mass, words in data["masses"].items() for word in words.split()},
    )


@functools.lru_cache(maxsize=WORDS)
def forms_of(token: str) -> tuple[tuple[str, float], ...]:
    """Words that a word may stand for, each with its cost in log odds; the word itself not."""
    forms = _forms()
    found: dict[str, float] = dict.fromkeys(forms.nicknames.get(token, ()), _NICKNAME)
    for old, new, cost, left in forms.endings.get(token[-1:], ()):
        if token.endswith(old) and len(token) - len(old) >= left:
            found.setdefault(token[: len(token) - len(old)] + new, cost)
    for old, new, cost in forms.beginnings.get(token[:1], ()):
        if token.startswith(old) and len(token) > len(old) + 2:
            found.setdefault(new + token[len(old) :], cost)
    found.pop(token, None)
    return tuple(found.items())[:_MOST_FORMS]


@functools.lru_cache(maxsize=WORDS)
def mass_of(token: str) -> float:
    """How much a word counts where it is left over: particles, titles and initials little."""
    if len(token) <= 1:
        return _INITIAL_MASS
    return _forms().masses.get(token, 1.0)
