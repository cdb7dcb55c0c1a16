"""Spellings: rules that write sounds, or the letters of another spelling, in one script.

The rules are data (data/spellings.toml), with variants and their weights.
"""

import importlib.resources
import itertools
import tomllib
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from stelae.errors import BadValue
from stelae.linkage.synthetic.sounds import nearest, symbols

__all__ = ["BY_SCRIPT", "PARTICLE", "Spelling", "spell", "spelling", "spellings"]

_LONGEST = 8
_RANDOM = 1 << 16
PARTICLE = "_"
"""Marks a word that is written small: `_oghlu`."""

BY_SCRIPT: Mapping[str, str] = {
    "armenian": "armenian-reformed",
    "cyrillic": "cyrillic-russian",
    "latin": "latin-english",
    "hebrew": "hebrew",
    "arabic": "arabic",
    "persian": "persian",
    "greek": "greek",
    "georgian": "georgian",
}
"""The spelling that is meant where only a script is named."""


@dataclass(frozen=True, slots=True)
class Variants:
    """The forms that a rule writes and the cumulated shares of them all but the last."""

    forms: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one kind of clerk writes: a script, a language, and rules by what they rewrite."""

    name: str
    script: str
    language: str
    rules: Mapping[str, Variants]
    source: str | None = None
    """The spelling whose letters are rewritten, or None: sounds are."""
    case: bool = True
    single: bool = False
    """Whether doubled consonants are written once."""
    capitals: Mapping[str, str] = field(default_factory=dict, hash=False)

    def title(self, text: str) -> str:
        """Each word but particles with a capital letter, where the script has them."""
        words = [
            word[1:] if word.startswith(PARTICLE) else self._capitals(word)
            for word in text.split(" ")
        ]
        return " ".join(words)

    def _capitals(self, word: str) -> str:
        return "-".join(map(self._capital, word.split("-"))) if self.case else word

    def _capital(self, word: str) -> str:
        return self.capitals.get(word[:1], word[:1].upper()) + word[1:]


def spellings() -> tuple[str, ...]:
    """The names of all spellings."""
    return tuple(_data())


@cache
def spelling(name: str) -> Spelling:
    """The spelling of this name, or the usual one of a script; BadValue where there is none."""
    name = BY_SCRIPT.get(name, name)
    if name not in _data():
        raise BadValue(
            f"there is no spelling or script {name!r}",
            hint=f"There are: {', '.join([*BY_SCRIPT, *_data()])}.",
        )
    table = _data()[name]
    source = table.get("from")
    read = symbols if source is None else str
    own = {read(what): _variants(forms) for what, forms in table["rules"].items()}
    rules = {**spelling(table["like"]).rules, **own} if "like" in table else own
    capitals = {pair[0]: pair[1:] for pair in table.get("capitals", "").split()}
    if "like" in table and not capitals:
        capitals = dict(spelling(table["like"]).capitals)
    return Spelling(
        name=name,
        script=table["script"],
        language=table["language"],
        rules=rules,
        source=source,
        case=table.get("case", True),
        single=table.get("single", False),
        capitals=capitals,
    )


def spell(
    sounds: Sequence[str], spelling_: Spelling, variants: int, rng: np.random.Generator
) -> list[str]:
    """So many forms of each name, one after another; some may be alike.

    A name may be several words. The forms of one name are independent draws from the rules.
    """
    if spelling_.source is None:
        written = _written(map(symbols, sounds), spelling_, variants, rng)
    else:
        first = _written(map(symbols, sounds), spelling(spelling_.source), variants, rng)
        written = _written(first, spelling_, 1, rng)
    return list(map(spelling_.title, written))


def _written(
    names: Iterable[str], spelling_: Spelling, variants: int, rng: np.random.Generator
) -> list[str]:
    """Forms in small letters, their particles still marked."""
    chances = itertools.cycle(rng.random(_RANDOM).tolist())
    known: dict[str, list[str | Variants]] = {}
    out = []
    for name in names:
        parts = known.get(name)
        if parts is None:
            parts = known[name] = _parts(name, spelling_)
        if len(parts) == 1 and isinstance(parts[0], str):
            out += [parts[0]] * variants
            continue
        for _ in range(variants):
            forms = [
                part if isinstance(part, str) else part.forms[bisect(part.shares, next(chances))]
                for part in parts
            ]
            out.append("".join(forms))
    return out


def _parts(name: str, spelling_: Spelling) -> list[str | Variants]:
    """The pieces of a name as the rules write them; neighbours that are certain are joined."""
    rules = spelling_.rules
    pieces: list[str | Variants] = []
    for number, given in enumerate(name.split(" ")):
        if number:
            _add(pieces, " ")
        word = given.removeprefix(PARTICLE)
        if word != given:
            _add(pieces, PARTICLE)
        letters = f"^{_without_doubles(word) if spelling_.single else word}$"
        whole = rules.get(letters)
        if whole is not None:
            _add(pieces, whole.forms[0] if len(whole.forms) == 1 else whole)
            continue
        at = 0
        while at < len(letters):
            for end in range(min(len(letters), at + _LONGEST), at, -1):
                rule = rules.get(letters[at:end])
                if rule is not None:
                    _add(pieces, rule.forms[0] if len(rule.forms) == 1 else rule)
                    at = end
                    break
            else:
                near = nearest(letters[at])
                if near:
                    letters = letters[:at] + near + letters[at + 1 :]
                    continue
                if letters[at] not in "^$|":
                    _add(pieces, _other(letters[at], spelling_))
                at += 1
    return pieces


def _add(pieces: list[str | Variants], piece: str | Variants) -> None:
    if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
        pieces[-1] += piece
    elif piece != "":
        pieces.append(piece)


def _other(letter: str, spelling_: Spelling) -> str:
    """What no rule writes: a hyphen stays, any other letter is a fault of the data."""
    if letter == "-":
        return letter
    raise BadValue(f"the spelling {spelling_.name} has no rule for {letter!r}")


def _without_doubles(word: str) -> str:
    vowels = "aeiou"
    return "".join(
        letter
        for at, letter in enumerate(word)
        if at == 0 or letter != word[at - 1] or letter in vowels
    )


def _variants(text: str) -> Variants:
    """`kh 8, h 1` as its forms and cumulated shares."""
    pairs = [each.split() for each in text.split(",")]
    forms = tuple("" if pair[0] == "0" else pair[0] for pair in pairs)
    weights = [float(pair[1]) if len(pair) > 1 else 1.0 for pair in pairs]
    total = sum(weights)
    return Variants(forms, tuple(sum(weights[: at + 1]) / total for at in range(len(weights) - 1)))


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    path = importlib.resources.files("stelae.linkage.synthetic") / "data" / "spellings.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
