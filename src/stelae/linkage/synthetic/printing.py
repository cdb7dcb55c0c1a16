"""Records of one list as it prints them: names, dates, ages, places, words."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stelae.linkage.synthetic.designs import ListDesign
from stelae.linkage.synthetic.mistakes import misread, mistyped, words
from stelae.linkage.synthetic.population import People
from stelae.linkage.synthetic.printed_dates import printed, wrong_years
from stelae.linkage.synthetic.spelling import Spelling, spell, spelling

__all__ = ["print_records"]

Whole: TypeAlias = NDArray[np.int64]
_VARIANTS = ((3_000, 8), (30_000, 4))
_FEWEST_VARIANTS = 2
_KUNYA = 0.3


def print_records(
    people: People, rows: Whole, ages: Whole, design: ListDesign, rng: np.random.Generator
) -> pl.DataFrame:
    """The columns of a list for these people in this order, all text, null where empty."""
    clerk = _Clerk(people, rows, design, rng)
    made: dict[str, pl.Series] = clerk.names()
    if design.father:
        made["father"] = clerk.given_of("father_given")
    if design.sex:
        made["sex"] = clerk.word("sex", (clerk.frame["sex"] == "m").to_numpy().astype(np.int64))
    if design.birth == "age":
        made["age"] = clerk.age(ages[rows])
    elif design.birth:
        made["born"] = clerk.date("birth", design.birth)
    if design.death:
        made["died"] = clerk.date("death", design.death)
    for column in ("birth_place", "home", "death_place"):
        if getattr(design, column):
            made[column] = clerk.place(column)
    if design.occupation:
        codes = clerk.frame["occupation"]
        said = clerk.word("occupation", codes.fill_null(0).to_numpy().astype(np.int64))
        made["occupation"] = said.set(codes.is_null(), None)
    for column, rate in design.rates.missing.items():
        if column in made:
            made[column] = made[column].set(pl.Series(clerk.chance(rate)), None)
    return pl.DataFrame(made)


class _Clerk:
    """Writes one list: its people in order, its spelling, its errors."""

    def __init__(
        self, people: People, rows: Whole, design: ListDesign, rng: np.random.Generator
    ) -> None:
        self.people = people
        self.frame = people.frame[rows]
        self.design = design
        self.rates = design.rates
        self.spelling: Spelling = spelling(design.spelling)
        self.spellings = (self.spelling, *map(spelling, design.others))
        self.rng = rng
        self.clerk = rng.integers(len(self.spellings), size=len(rows))
        self.man = (self.frame["sex"] == "m").to_numpy().astype(np.int64)
        self.custom = self.frame["custom"].to_numpy().astype(np.int64)

    def chance(self, rate: float) -> NDArray[np.bool_]:
        """Which records something happens to."""
        return np.asarray(self.rng.random(self.frame.height) < rate)

    def spelled(self, codes: Whole, sounds: Sequence[str]) -> pl.Series:
        """Names by code, each in one of its forms; null for a code below 0."""
        used, where = np.unique(codes, return_inverse=True)
        used_sounds = ["" if code < 0 else sounds[code] for code in used.tolist()]
        variants = next((v for most, v in _VARIANTS if len(used) <= most), _FEWEST_VARIANTS)
        forms = [
            form for way in self.spellings for form in spell(used_sounds, way, variants, self.rng)
        ]
        drawn = self.rng.integers(variants, size=len(codes))
        at = (self.clerk * len(used) + where) * variants + drawn
        made = pl.Series(forms, dtype=pl.String).gather(at)
        return made.set(pl.Series(codes < 0), None) if used.size and used[0] < 0 else made

    def slipped(self, cells: pl.Series) -> pl.Series:
        """With slips of the keys and misread letters."""
        script = self.spelling.script
        cells = mistyped(cells, script, self.rates.typing, self.rng)
        return misread(cells, script, self.rates.scanning, self.rng)

    def codes(self, column: str) -> Whole:
        """A column of codes, -1 for null."""
        return self.frame[column].fill_null(-1).to_numpy().astype(np.int64)

    def given_of(self, column: str) -> pl.Series:
        """Given names of a relative."""
        return self.slipped(self.spelled(self.codes(column), self.people.given))

    def names(self) -> dict[str, pl.Series]:
        """The parts of the name, or the whole of it in one cell."""
        parts = {"given": self._given(), "family": self._family()}
        if self.design.patronymic:
            parts["patronymic"] = self._patronymic()
        if self.design.former:
            parts["former"] = self.slipped(self._family_words(self.codes("former")))
        swap = pl.Series(self.chance(self.rates.reordered)) & parts["family"].is_not_null()
        given, family = parts["given"], parts["family"]
        parts["given"] = family.zip_with(swap, given)
        parts["family"] = given.zip_with(swap, family)
        kunya = self._kunya() if self.design.kunya else None
        if not self.design.one_cell:
            if kunya is not None:
                parts["given"] = _beside(kunya, parts["given"])
            return parts
        return {"name": self._in_one_cell(parts, kunya)}

    def _given(self) -> pl.Series:
        customs = self.people.customs
        shorts = dict(pair for custom in customs for pair in custom.short.items())
        sounds = list(self.people.given)
        short_of = np.arange(len(sounds))
        for at, sound in enumerate(self.people.given):
            if sound in shorts:
                short_of[at] = len(sounds)
                sounds.append(shorts[sound])
        codes = self.codes("given")
        codes = np.where(self.chance(self.rates.short), short_of[codes], codes)
        cells = self.slipped(self.spelled(codes, sounds))
        if not self.rates.initial:
            return cells
        initial = cells.str.slice(0, 1) + "."
        return initial.zip_with(pl.Series(self.chance(self.rates.initial)), cells)

    def _family(self) -> pl.Series:
        former = self.codes("former")
        maiden = self.chance(self.rates.maiden) & (former >= 0)
        return self.slipped(self._family_words(np.where(maiden, former, self.codes("family"))))

    def _family_words(self, codes: Whole) -> pl.Series:
        sounds = _Pairs(self.people.family)
        return self.spelled(np.where(codes < 0, -1, codes * 2 + 1 - self.man), sounds)

    def _patronymic(self) -> pl.Series:
        """In each custom's way of this script; the clerk keeps to one."""
        customs, script = self.people.customs, self.spelling.script
        ways = []
        for custom in customs:
            able = [way for way in custom.patronymics if not way.scripts or script in way.scripts]
            weights = np.array([way.weight for way in able])
            chosen = int(self.rng.choice(len(able), p=weights / weights.sum())) if able else -1
            ways.append(able[chosen] if able else None)
        father = self.codes("father_given")
        packed = (self.custom * 2 + self.man) * len(self.people.given) + father
        none = np.array([way is None for way in ways])[self.custom] | (father < 0)
        used, where = np.unique(np.where(none, -1, packed), return_inverse=True)
        sounds = []
        for code in used.tolist():
            who, name = divmod(code, len(self.people.given))
            way = ways[who // 2] if code >= 0 else None
            if way is None:
                sounds.append("")
                continue
            text = (way.man if who % 2 else way.woman).replace(" {g}", "")
            sounds.append(customs[who // 2].joined(text.format(f=self.people.given[name])))
        codes = np.where(none, -1, where)
        made = self.spelled(codes, sounds)
        chains = np.array([way is not None and way.names_grandfather for way in ways])[self.custom]
        grandfather = np.where(chains & ~none, self.codes("grandfather_given"), -1)
        return self.slipped(_beside(made, self.spelled(grandfather, self.people.given)))

    def _kunya(self) -> pl.Series:
        """Father or mother of the oldest son, where it is the custom."""
        customs = self.people.customs
        has = np.array([custom.kunya is not None for custom in customs])[self.custom]
        child = self.codes("child_given")
        said = has & (child >= 0) & self.chance(_KUNYA)
        packed = np.where(said, (self.custom * 2 + self.man) * len(self.people.given) + child, -1)
        used, where = np.unique(packed, return_inverse=True)
        sounds = []
        for code in used.tolist():
            who, name = divmod(code, len(self.people.given))
            kunya = customs[who // 2].kunya if code >= 0 else None
            sounds.append(kunya[1 - who % 2].format(c=self.people.given[name]) if kunya else "")
        return self.spelled(np.where(said, where, -1), sounds)

    def _in_one_cell(self, parts: dict[str, pl.Series], kunya: pl.Series | None) -> pl.Series:
        frame = pl.DataFrame({**parts, "custom": self.custom})

        def whole(order: Sequence[str]) -> pl.Expr:
            return pl.concat_str([p for p in order if p in parts], separator=" ", ignore_nulls=True)

        if self.design.order is not None:
            made = frame.select(whole(self.design.order)).to_series()
        else:
            ways = {custom.order for custom in self.people.customs}
            text = pl.lit(None, dtype=pl.String)
            for way in sorted(ways):
                of = [at for at, each in enumerate(self.people.customs) if each.order == way]
                text = pl.when(pl.col("custom").is_in(of)).then(whole(way)).otherwise(text)
            made = frame.select(text).to_series()
        return made if kunya is None else _beside(kunya, made)

    def age(self, ages: Whole) -> pl.Series:
        """Full years, or a round number with a word before it."""
        about = words()["about"][self.spelling.language]
        fives = np.maximum(5, (ages + 2) // 5 * 5)
        rounded = self.chance(self.rates.rounded) & (ages > 15)
        frame = pl.DataFrame({"age": np.where(rounded, fives, ages), "r": rounded})
        years = pl.col("age").cast(pl.String)
        text = pl.when("r").then(pl.concat_str(pl.lit(f"{about} "), years)).otherwise(years)
        return frame.select(text).to_series()

    def date(self, column: str, way: str) -> pl.Series:
        """A day or a year, in the list's calendar."""
        if way == "year":
            return wrong_years(
                self.frame[column],
                old_style=self.design.julian,
                rate=self.rates.year,
                rng=self.rng,
            )
        return printed(
            self.frame[column],
            old_style=self.design.julian,
            form=self.design.dates,
            swapped=self.rates.swapped,
            wrong_year=self.rates.year,
            partial=self.rates.partial,
            rng=self.rng,
        )

    def place(self, column: str) -> pl.Series:
        """A village by one of its names, with its district where the list prints it."""
        land = self.people.places
        village = self.codes(column)
        second = self.chance(self.design.second_names)
        names = (*land.first, *land.second)
        made = self.spelled(village + second * len(land.first), names)
        made = self.slipped(made)
        if not self.design.districts:
            return made
        district = self.spelled(land.district[village], land.districts)
        return made + ", " + district

    def word(self, kind: str, codes: Whole) -> pl.Series:
        """A word of the list's language by its number."""
        return pl.Series(words()[kind][self.spelling.language], dtype=pl.String).gather(codes)


class _Pairs(Sequence[str]):
    """Pairs of a man's and a woman's form, one after the other, without making a list of them."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = pairs

    def __len__(self) -> int:
        return 2 * len(self.pairs)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # whole numbers only
        return self.pairs[at // 2][at % 2]


def _beside(left: pl.Series, right: pl.Series) -> pl.Series:
    """Two texts with a space between, or the one that there is."""
    frame = pl.DataFrame({"left": left, "right": right})
    both = pl.concat_str(["left", "right"], separator=" ", ignore_nulls=True)
    there = pl.col("left").is_not_null() | pl.col("right").is_not_null()
    return frame.select(pl.when(there).then(both)).to_series()
