"""Places within a source, by the locator terms of CSL 1.0.2 (Citation Style Language)."""

import functools
import importlib.resources
import re
import tomllib
from dataclasses import dataclass
from types import MappingProxyType

from stelae.errors import BadValue

_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2010-\u2015\u2212]\s*(\d{1,6}))?")
_COMMAS = re.compile("[,;\u060c\u061b]")
_LONGEST = 300
_STEM = 4
"""Letters that the forms of a word share at least."""


@dataclass(frozen=True, slots=True)
class Locator:
    """One place in a source. `label` is a CSL term, or None where the place is named in words."""

    label: str | None
    value: str

    def __post_init__(self) -> None:
        if self.label is not None and self.label not in labels():
            raise BadValue(f"{self.label!r} is no locator term of CSL")
        if not self.value.strip():
            raise BadValue("a locator without a value")

    def numbers(self) -> tuple[int, int] | None:
        """First and last number of `120-128`, or None; `120-8` is read as 120-128.

        The digits may be of any script.
        """
        match = _RANGE.fullmatch(self.value.strip())
        if not match:
            return None
        first = int(match[1])
        if match[2] is None:
            return first, first
        tail = match[2]
        last = int(match[1][: -len(tail)] + tail) if len(tail) < len(match[1]) else int(tail)
        return (first, last) if first <= last else None

    def __str__(self) -> str:
        if self.label is None:
            return self.value
        return f"{shown(self.label)} {self.value}"


@functools.cache
def _table() -> MappingProxyType[str, MappingProxyType[str, tuple[str, ...]]]:
    data = importlib.resources.files("stelae.values") / "data" / "locators.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            label: MappingProxyType({language: tuple(words) for language, words in rows.items()})
            for label, rows in table.items()
        }
    )


def labels() -> frozenset[str]:
    """The locator terms of CSL 1.0.2 that a locator may carry."""
    return frozenset(_table())


def shown(label: str, language: str = "en") -> str:
    """How a term is printed before its value ("p.", "ch."), in English where unknown."""
    words = _table()[label]
    return words.get(language, words["en"])[0]


def _key(word: str) -> str:
    return word.casefold().rstrip(".\N{ONE DOT LEADER}")


@functools.cache
def _labels_by_word(language: str | None) -> MappingProxyType[str, str]:
    found: dict[str, str] = {}
    for label, rows in _table().items():
        for row_language, words in rows.items():
            if language in (None, row_language) or row_language == "en":
                for word in words:
                    found.setdefault(_key(word), label)
    # What the asked language says wins over what another language says with the same letters.
    if language is not None:
        for label, rows in _table().items():
            for word in rows.get(language, ()):
                found[_key(word)] = label
    return MappingProxyType(found)


def term_of(word: str, language: str | None = None, *, inflected: bool = False) -> str | None:
    """The locator term that a word names, or None; `inflected` takes other endings of longer words
    as well (`странице`, `էջում`)."""
    known = _labels_by_word(language)
    key = _key(word)
    if key in known or not inflected:
        return known.get(key)
    return next(
        (
            label
            for term, label in known.items()
            if len(term) >= _STEM and key.startswith(term[: max(_STEM, len(term) - 1)])
        ),
        None,
    )


_WORD = re.compile(
    r"([^\W\d_][^\s\d,;:\u0589]*|[\N{SECTION SIGN}\N{PILCROW SIGN}\N{NUMERO SIGN}]+)\s*"
)


def parse_locators(text: str, language: str | None = None) -> tuple[Locator, ...]:
    """Read `ch. 5, p. 90-93` or `chapter 5, 3` into places, in the order printed.

    A comma starts a new place only where a locator term follows it; `chapter 5, 3` is one place,
    since what the 3 counts is not said. What carries no known term is kept in words. `language`
    (BCP 47) decides between languages that share a word; English words are always known.
    """
    text = " ".join(text.split())
    if not text:
        return ()
    if len(text) > _LONGEST:
        raise BadValue(f"a locator of {len(text)} characters: {text[:40]!r}…")
    known = _labels_by_word(language)
    places: list[Locator] = []
    for piece in _COMMAS.split(text):
        part = piece.strip()
        if not part:
            continue
        match = _WORD.match(part)
        label = known.get(_key(match[1])) if match else None
        rest = part[match.end() :].strip() if match else ""
        if label is not None and rest:
            places.append(Locator(label, rest))
        elif places and part[0].isdigit():
            places[-1] = Locator(places[-1].label, f"{places[-1].value}, {part}")
        else:
            places.append(Locator(None, part))
    return tuple(places)
