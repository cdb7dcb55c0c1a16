"""Naming customs: given names, parts of family names and of places, patronymics, married names.

The data (data/cultures.toml) have one table of the same form for each. All names are synthetic.
"""

import importlib.resources
import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from stelae.errors import BadValue

__all__ = ["Culture", "Patronymic", "Suffix", "culture", "cultures"]

_ORDER = 7
"""Seed of the fixed order in which a custom's stems are more and less frequent."""


@dataclass(frozen=True, slots=True)
class Suffix:
    """What makes a stem a family name, of men and of women; `{s}` is the stem, else it follows."""

    man: str
    woman: str
    weight: float


@dataclass(frozen=True, slots=True)
class Patronymic:
    """How the father's name is made part of one's own; without scripts, in every script."""

    man: str
    woman: str
    weight: float
    scripts: tuple[str, ...]

    @property
    def names_grandfather(self) -> bool:
        """Whether the father's father follows."""
        return "{g}" in self.man


@dataclass(frozen=True, slots=True)
class Culture:
    """One naming custom; names by sound, more frequent ones first."""

    name: str
    spelling: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    stems: tuple[str, ...]
    places: tuple[str, ...]
    suffixes: tuple[Suffix, ...]
    patronymics: tuple[Patronymic, ...]
    joins: tuple[tuple[str, str], ...]
    husband: float
    elders: float
    order: tuple[str, ...]
    short: Mapping[str, str]
    kunya: tuple[str, str] | None

    def joined(self, text: str) -> str:
        """A name whose parts were put side by side, with what meets there mended."""
        for old, new in self.joins:
            text = text.replace(old, new)
        return text

    def family(self, stem: int, suffix: int) -> tuple[str, str]:
        """A family name of men and of women."""
        chosen, text = self.suffixes[suffix], self.stems[stem]
        return self._with(text, chosen.man), self._with(text, chosen.woman)

    def _with(self, stem: str, suffix: str) -> str:
        made = suffix.format(s=stem) if "{s}" in suffix else stem + suffix
        return self.joined(made)


def cultures() -> tuple[str, ...]:
    """The names of all naming customs."""
    return tuple(_data())


@cache
def culture(name: str) -> Culture:
    """The naming custom of this name; BadValue where there is none."""
    if name not in _data():
        raise BadValue(
            f"there is no naming custom {name!r}", hint=f"There are: {', '.join(_data())}."
        )
    table = _data()[name]
    men = tuple(table["men"].split())
    heads, tails = table["heads"].split(), table["tails"].split()
    order = np.random.default_rng(_ORDER)
    short = [*men, *map("".join, itertools.product(heads, tails))]
    long = ["".join(each) for each in itertools.product(heads, tails, tails)]
    stems = [short[at] for at in order.permutation(len(short))]
    stems += [long[at] for at in order.permutation(len(long))]
    ends = table["places"].split()
    places = ["".join(each) for each in itertools.product(short, ends)]
    return Culture(
        name=name,
        spelling=table["spelling"],
        men=men,
        women=tuple(table["women"].split()),
        stems=tuple(dict.fromkeys(stems)),
        places=tuple(dict.fromkeys(places[at] for at in order.permutation(len(places)))),
        suffixes=tuple(Suffix(*each) for each in table["suffixes"]),
        patronymics=tuple(
            Patronymic(man, woman, weight, tuple(scripts))
            for man, woman, weight, *scripts in table["patronymics"]
        ),
        joins=tuple((old, new) for old, new in table["joins"]),
        husband=table["husband"],
        elders=table["elders"],
        order=tuple(table["order"].split()),
        short=dict(pair.split(":") for pair in table["short"].split()),
        kunya=tuple(table["kunya"]) if "kunya" in table else None,
    )


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    path = importlib.resources.files("stelae.linkage.synthetic") / "data" / "cultures.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
