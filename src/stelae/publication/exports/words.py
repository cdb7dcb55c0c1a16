"""The few words that an exported file adds to a statement, in the statement's language."""

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from stelae.publication.text import LANGUAGE

__all__ = ["Words", "languages_of_exports", "words_in"]


@dataclass(frozen=True, slots=True)
class Words:
    """Headings and labels; `language` is that of these words, English where there are no others."""

    language: str
    addressed: str
    signatories: str
    references: str
    facts: str
    waived: str


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    data = importlib.resources.files("stelae.publication.exports") / "words.toml"
    table: dict[str, dict[str, str]] = tomllib.loads(data.read_text(encoding="utf-8"))
    return table


def languages_of_exports() -> tuple[str, ...]:
    """The codes of the languages that have words."""
    return tuple(_table())


def words_in(tag: str) -> Words:
    """The words for a language tag; a script or region of it has the words of the language."""
    code = tag.split("-", 1)[0]
    found = code if code in _table() else LANGUAGE
    return Words(language=found, **_table()[found])
