"""Lists of codes, as data: acts, measures, connection of the source, reliability and others."""

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stelae.errors import BadValue


@dataclass(frozen=True, slots=True)
class Code:
    """One code of one vocabulary, with labels by language (English always)."""

    code: str
    labels: Mapping[str, str]
    properties: Mapping[str, object]

    def label(self, language: str = "en") -> str:
        """The label in a language, in English where that is missing."""
        return self.labels.get(language, self.labels["en"])


_PROPERTIES = {"value", "single", "people", "publishable", "meaning"}


@functools.cache
def vocabularies() -> Mapping[str, Mapping[str, Code]]:
    """Every vocabulary by name, its codes in the order of the data file."""
    data = importlib.resources.files("stelae.records") / "data" / "vocabularies.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: MappingProxyType({code: _code(code, entry) for code, entry in codes.items()})
            for name, codes in table.items()
        }
    )


def _code(code: str, entry: Mapping[str, object]) -> Code:
    return Code(
        code=code,
        labels=MappingProxyType({k: str(v) for k, v in entry.items() if k not in _PROPERTIES}),
        properties=MappingProxyType({k: v for k, v in entry.items() if k in _PROPERTIES}),
    )


def check_code(vocabulary: str, code: str) -> str:
    """The code as given, or BadValue with the codes there are."""
    codes = vocabularies()[vocabulary]
    if code not in codes:
        raise BadValue(
            f"{code!r} is no code of the vocabulary {vocabulary!r}",
            hint=f"It has: {', '.join(codes)}",
        )
    return code


def label(vocabulary: str, code: str, language: str = "en") -> str:
    """How a code is shown to readers; a code of an unknown vocabulary row is shown as it is."""
    found = vocabularies()[vocabulary].get(code)
    return found.label(language) if found else code


def is_publishable(consent: str, sensitivity: str) -> bool:
    """Whether consent and sensitivity let a record into an edition (rule 9).

    A code that this Stelae does not know does not.
    """
    known = vocabularies()
    return all(
        code in known[name] and known[name][code].properties.get("publishable", True)
        for name, code in (("consent", consent), ("sensitivity", sensitivity))
    )


def value_form(slot: str) -> str:
    """What a slot's values are: date, place, act or text; text for a slot of a later Stelae."""
    found = vocabularies()["slot"].get(slot)
    return str(found.properties["value"]) if found else "text"
