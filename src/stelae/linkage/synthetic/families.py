"""Genealogies: founders of lineages, their children who marry each other, and the grandchildren.

Names repeat as they do in life: given names are skewed, children bear their grandparents' names, so
that cousins are namesakes, and lineages of a village share a few family names.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stelae.linkage.synthetic.cultures import Culture
from stelae.linkage.synthetic.name_stock import Names
from stelae.linkage.synthetic.places import Places

__all__ = ["Families", "families"]

Whole: TypeAlias = NDArray[np.int64]

_YEAR = 365.25
_PER_LINEAGE = 8.0
_CHILDREN = 3.2
_MARRIED = 0.85
_OF_VILLAGE = 0.85
_PER_FAMILY_NAME = 4
_REDRAWS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """Everybody in a random order, parents by row; -1 where there is none. Days since 1970."""

    custom: Whole
    man: NDArray[np.bool_]
    given: Whole
    family: Whole
    former: Whole
    father: Whole
    mother: Whole
    spouse: Whole
    father_given: Whole
    grandfather_given: Whole
    child_given: Whole
    birth: Whole
    last_child: Whole
    birth_place: Whole
    home: Whole
    family_names: tuple[tuple[int, int, int], ...]
    """Custom, stem and suffix of each family name."""


def families(
    people: int,
    customs: tuple[Culture, ...],
    shares: NDArray[np.float64],
    land: Places,
    days: tuple[int, int],
    rng: np.random.Generator,
) -> Families:
    """Exactly so many people. The youngest are left out where lineages made too many."""
    names = Names(customs, shares * people, rng)
    lineages = int(people / _PER_LINEAGE) + 2
    while True:
        made = _generations(lineages, names, customs, shares, land, days, rng)
        if len(made["custom"]) >= people:
            break
        lineages = int(lineages * 1.2) + 2
    return _shuffled(_cut(made, people), rng)


def _generations(
    lineages: int,
    names: Names,
    customs: tuple[Culture, ...],
    shares: NDArray[np.float64],
    land: Places,
    days: tuple[int, int],
    rng: np.random.Generator,
) -> dict[str, Whole]:
    """Founders, children, grandchildren, in this order, each generation in a random one."""
    home = rng.choice(len(land.first), size=lineages, p=land.size)
    stranger = rng.choice(len(customs), size=lineages, p=shares)
    custom = np.where(rng.random(lineages) < _OF_VILLAGE, land.culture[home], stranger)
    # The lineages of one custom in one village share few family names: each takes one of its pool.
    slots = np.maximum(1, np.bincount(home, minlength=len(land.first))[home] // _PER_FAMILY_NAME)
    slot = (rng.random(lineages) * slots).astype(np.int64)
    pool = (home * len(customs) + custom) * 100_000 + slot
    _, first, inverse = np.unique(pool, return_index=True, return_inverse=True)
    family = names.draw_family(custom[first])[inverse]
    oldest = days[0] - (72 * _YEAR)
    man = np.repeat([True, False], lineages)
    both = np.tile(custom, 2)
    nobody = np.full(2 * lineages, -1)
    birth_man = (oldest + rng.random(lineages) * 14 * _YEAR).astype(np.int64)
    birth_woman = birth_man + (rng.normal(3, 3, lineages).clip(-4, 12) * _YEAR).astype(np.int64)
    maiden = names.draw_family(custom)
    takes = _takes(custom, customs, rng)
    numbers = np.arange(lineages)
    founders = {
        "custom": both,
        "man": man.astype(np.int64),
        "given": names.draw(both, man),
        "family": np.concatenate([family, np.where(takes, family, maiden)]),
        "former": np.concatenate([np.full(lineages, -1), np.where(takes, maiden, -1)]),
        "father": nobody,
        "mother": nobody,
        "spouse": np.concatenate([numbers + lineages, numbers]),
        "father_given": names.draw(both, np.ones(2 * lineages, dtype=np.bool_)),
        "grandfather_given": names.draw(both, np.ones(2 * lineages, dtype=np.bool_)),
        "birth": np.concatenate([birth_man, birth_woman]),
        "birth_place": np.concatenate([home, rng.choice(len(land.first), lineages, p=land.size)]),
        "home": np.tile(home, 2),
        "line": np.tile(numbers, 2),
    }
    first_couples = numbers, numbers + lineages
    children = _children(founders, *first_couples, names, customs, days, rng)
    couples = _marry(children, customs, rng)
    offset = 2 * lineages
    known = {key: np.concatenate([founders[key], children[key]]) for key in founders}
    known["spouse"][offset:] = np.where(children["spouse"] < 0, -1, children["spouse"] + offset)
    grandchildren = _children(
        known, couples[0] + offset, couples[1] + offset, names, customs, days, rng
    )
    return {key: np.concatenate([known[key], grandchildren[key]]) for key in founders}


def _takes(
    custom: Whole, customs: tuple[Culture, ...], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Whether each wife takes her husband's family name, by his custom."""
    husband = np.array([each.husband for each in customs])
    return np.asarray(rng.random(len(custom)) < husband[custom])


def _children(
    known: dict[str, Whole],
    fathers: Whole,
    mothers: Whole,
    names: Names,
    customs: tuple[Culture, ...],
    days: tuple[int, int],
    rng: np.random.Generator,
) -> dict[str, Whole]:
    """The children of couples, born a year apart at least, before their mother is 46."""
    count = rng.poisson(_CHILDREN, size=len(fathers))
    couple = np.repeat(np.arange(len(fathers)), count)
    order = np.arange(len(couple)) - np.repeat(np.cumsum(count) - count, count)
    younger = np.maximum(known["birth"][fathers], known["birth"][mothers])
    wedding = younger + (rng.uniform(18, 26, size=len(fathers)) * _YEAR).astype(np.int64)
    gaps = 300 + rng.gamma(2.0, 300.0, size=len(couple)).astype(np.int64)
    since = np.cumsum(gaps)
    before = np.concatenate([[0], since])[np.cumsum(count) - count]
    birth = wedding[couple] + since - before[couple]
    last = np.minimum(days[1], known["birth"][mothers] + int(46 * _YEAR))
    kept = np.flatnonzero(birth < last[couple])
    kept = kept[rng.permutation(len(kept))]
    couple, birth, order = couple[kept], birth[kept], order[kept]
    father, mother = fathers[couple], mothers[couple]
    custom = known["custom"][father]
    man = rng.random(len(couple)) < 0.51
    given = _given(known, father, couple * 2 + man, order, custom, man, names, customs, rng)
    return {
        "custom": custom,
        "man": man.astype(np.int64),
        "given": given,
        "family": known["family"][father],
        "former": np.full(len(couple), -1),
        "father": father,
        "mother": mother,
        "spouse": np.full(len(couple), -1),
        "father_given": known["given"][father],
        "grandfather_given": known["father_given"][father],
        "birth": birth,
        "birth_place": known["home"][father],
        "home": known["home"][father],
        "line": known["line"][father],
    }


def _given(
    known: dict[str, Whole],
    father: Whole,
    brothers: Whole,
    order: Whole,
    custom: Whole,
    man: NDArray[np.bool_],
    names: Names,
    customs: tuple[Culture, ...],
    rng: np.random.Generator,
) -> Whole:
    """The eldest son is named after his father's father, the eldest daughter after that
    grandmother, as is the custom; `brothers` numbers the siblings of one sex.
    """
    given = names.draw(custom, man)
    by_age = np.lexsort((order, brothers))
    eldest = np.zeros(len(brothers), dtype=np.bool_)
    eldest[by_age[np.unique(brothers[by_age], return_index=True)[1]]] = True
    grandmother = known["mother"][father]
    of_grandmother = np.where(grandmother >= 0, known["given"][grandmother], -1)
    elder = np.where(man, known["father_given"][father], of_grandmother)
    shares = np.array([each.elders for each in customs])
    named = eldest & (elder >= 0) & (rng.random(len(given)) < shares[custom])
    given = np.where(named, elder, given)
    # Siblings of one name are rare: the others draw again, and few are alike in the end.
    first = np.argsort(~named, kind="stable")
    for _ in range(_REDRAWS):
        again = np.ones(len(given), dtype=np.bool_)
        again[first[np.unique((brothers * 1_000_000 + given)[first], return_index=True)[1]]] = False
        given[again] = names.draw(custom[again], man[again])
    return given


def _marry(
    people: dict[str, Whole], customs: tuple[Culture, ...], rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """Sons with daughters of other lineages; she moves to his village. Changes `people`."""
    man = people["man"] == 1
    wed = rng.random(len(man)) < _MARRIED
    # Sorted by custom, then by village with some moving about, then by age: neighbours marry.
    place = people["home"] + (rng.random(len(man)) < 0.3) * rng.integers(0, 50, size=len(man))
    decade = people["birth"] // int(6 * _YEAR)
    key = (people["custom"] << 40) + (place << 20) + decade
    sides = []
    for side in (man, ~man):
        rows = np.flatnonzero(side & wed)
        rows = rows[np.argsort(key[rows], kind="stable")]
        custom = people["custom"][rows]
        starts = np.searchsorted(custom, custom)
        sides.append((rows, custom * len(man) + np.arange(len(rows)) - starts))
    _, left, right = np.intersect1d(sides[0][1], sides[1][1], return_indices=True)
    husband, wife = sides[0][0][left], sides[1][0][right]
    strangers = people["line"][husband] != people["line"][wife]
    ages = np.abs(people["birth"][husband] - people["birth"][wife]) < 20 * _YEAR
    husband, wife = husband[strangers & ages], wife[strangers & ages]
    takes = _takes(people["custom"][husband], customs, rng)
    people["former"][wife] = np.where(takes, people["family"][wife], -1)
    people["family"][wife] = np.where(takes, people["family"][husband], people["family"][wife])
    people["home"][wife] = people["home"][husband]
    people["spouse"][wife], people["spouse"][husband] = husband, wife
    return husband, wife


def _cut(made: dict[str, Whole], people: int) -> dict[str, Whole]:
    """The first so many: parents come before their children, so nobody loses them."""
    cut = {key: values[:people] for key, values in made.items()}
    cut["spouse"] = np.where(cut["spouse"] < people, cut["spouse"], -1)
    return cut


def _shuffled(made: dict[str, Whole], rng: np.random.Generator) -> Families:
    count = len(made["custom"])
    last_child = np.full(count, np.iinfo(np.int64).min)
    child_given = np.full(count, -1)
    oldest = np.argsort(-made["birth"], kind="stable")
    for parent in ("father", "mother"):
        of = made[parent][oldest]
        has = of >= 0
        np.maximum.at(last_child, of[has], made["birth"][oldest][has])
        sons = has & (made["man"][oldest] == 1)
        child_given[of[sons]] = made["given"][oldest][sons]  # the oldest son is written last
    order = rng.permutation(count)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)

    def moved(rows: Whole) -> Whole:
        return np.where(rows[order] < 0, -1, place[rows[order]])

    used = np.unique(np.concatenate([made["family"], made["former"]]))
    used = used[used >= 0]
    former = made["former"][order]
    return Families(
        custom=made["custom"][order],
        man=made["man"][order] == 1,
        given=made["given"][order],
        family=np.searchsorted(used, made["family"][order]),
        former=np.where(former < 0, -1, np.searchsorted(used, former)),
        father=moved(made["father"]),
        mother=moved(made["mother"]),
        spouse=moved(made["spouse"]),
        father_given=made["father_given"][order],
        grandfather_given=made["grandfather_given"][order],
        child_given=child_given[order],
        birth=made["birth"][order],
        last_child=last_child[order],
        birth_place=made["birth_place"][order],
        home=made["home"][order],
        family_names=tuple(
            (code >> 40, code >> 8 & 0xFFFFFFFF, code & 0xFF) for code in used.tolist()
        ),
    )
