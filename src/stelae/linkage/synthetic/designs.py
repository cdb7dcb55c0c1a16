"""Designs of lists: how each is written, what it prints, how often it errs and whom it reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from stelae.errors import BadValue
from stelae.linkage.synthetic.spelling import spelling

__all__ = ["AGES", "Capture", "ListDesign", "Rates", "designs"]

AGES: Mapping[str, int] = {"0-14": 0, "15-44": 15, "45-64": 45, "65+": 65}
"""Strata of age at death, each with its lowest age."""

_NONE: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a list errs: shares of cells, or of records, between 0 and 1."""

    typing: float = 0.02
    """Name parts and places with a slip of the keys."""
    scanning: float = 0.0
    """Name parts and places with a letter misread from a scan."""
    short: float = 0.02
    """Given names in a short form, where the custom has one."""
    initial: float = 0.0
    """Given names as an initial."""
    maiden: float = 0.1
    """Wives, of those with a name by marriage, under the name before it."""
    reordered: float = 0.01
    """Records with given and family name exchanged."""
    swapped: float = 0.02
    """Dates with day and month exchanged, where the day may be a month."""
    year: float = 0.02
    """Dates with a wrong year."""
    partial: float = 0.1
    """Dates of which the year alone is given."""
    rounded: float = 0.4
    """Ages rounded to fives: `about 60`."""
    missing: Mapping[str, float] = field(default_factory=lambda: _NONE)
    """Cells left empty, by column."""

    def times(self, factor: float) -> "Rates":
        """The errors, not what is missing, partial or rounded, so many times as frequent."""
        names = ("typing", "scanning", "short", "initial", "reordered", "swapped", "year")
        return replace(self, **{name: min(1.0, getattr(self, name) * factor) for name in names})


@dataclass(frozen=True, slots=True)
class Capture:
    """Whom a list holds: its log odds for a person are a sum.

    `log odds = a + region + sex + age + classes[class] + follows * (on the list before)`, with a
    such that `mean` of all people are expected on the list. `classes` are latent: a person's
    class acts on every list and is recorded nowhere. Regions are named by their number from 0.
    """

    mean: float = 0.4
    region: tuple[float, ...] = ()
    sex: Mapping[str, float] = field(default_factory=lambda: _NONE)
    age: Mapping[str, float] = field(default_factory=lambda: _NONE)
    classes: tuple[float, ...] = (0.0, 0.0)
    follows: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.mean < 1:
            raise BadValue(f"a capture probability lies between 0 and 1, not at {self.mean:g}")


@dataclass(frozen=True, slots=True)
class ListDesign:
    """One list. `birth` and `death` are `day`, `year` or None, `birth` also `age` (at death)."""

    name: str
    spelling: str = "latin-english"
    others: tuple[str, ...] = ()
    """Spellings of other clerks of the list, in the same script; each writes as many records."""
    one_cell: bool = False
    """The whole name in one cell, in the order of the custom or of `order`."""
    order: tuple[str, ...] | None = None
    patronymic: bool = False
    father: bool = False
    former: bool = False
    kunya: bool = False
    sex: bool = True
    birth: str | None = "day"
    death: str | None = "day"
    dates: str = "ymd-"
    """Order of a date's parts and what stands between."""
    julian: bool = False
    birth_place: bool = False
    home: bool = True
    death_place: bool = False
    second_names: float = 0.0
    """The share of places by their second name."""
    districts: bool = False
    occupation: bool = False
    repeats: float = 0.0
    """The share of records that another record of the same person follows; 0: each person once."""
    rates: Rates = Rates()
    capture: Capture = Capture()

    def __post_init__(self) -> None:
        scripts = {spelling(name).script for name in (self.spelling, *self.others)}
        if len(scripts) > 1:
            raise BadValue(f"a list is in one script, not in {' and '.join(sorted(scripts))}")
        if not 0 <= self.repeats < 0.9:
            raise BadValue(f"a rate of repeats lies between 0 and 0.9, not at {self.repeats:g}")
        if self.birth not in {"day", "year", "age", None}:
            raise BadValue(f"births are printed by day, year or age, not by {self.birth}")
        if self.death not in {"day", "year", None}:
            raise BadValue(f"deaths are printed by day or year, not by {self.death}")


_LAYOUTS = (
    ListDesign(
        "church",
        patronymic=True,
        former=True,
        dates="dmy.",
        julian=True,
        birth_place=True,
        home=False,
        rates=Rates(missing={"former": 0.3, "born": 0.1, "birth_place": 0.1}),
        capture=Capture(region=(0.4, -0.4), age={"0-14": 0.3}, sex={"f": 0.2}),
    ),
    ListDesign(
        "hospital",
        one_cell=True,
        birth="age",
        dates="dmy/",
        second_names=0.3,
        repeats=0.03,
        rates=Rates(typing=0.04, missing={"age": 0.1, "home": 0.15, "died": 0.05}),
        capture=Capture(region=(-0.3, 0.3), sex={"m": 0.4}, age={"0-14": -0.3}),
    ),
    ListDesign(
        "families",
        father=True,
        kunya=True,
        birth="year",
        death="year",
        second_names=1.0,
        occupation=True,
        rates=Rates(short=0.06, maiden=0.2, missing={"born": 0.15, "occupation": 0.3}),
        capture=Capture(region=(0.2, 0.0), sex={"f": 0.3}, age={"65+": -0.3}),
    ),
    ListDesign(
        "press",
        one_cell=True,
        order=("given", "family"),
        birth="age",
        sex=False,
        dates="mdy/",
        death_place=True,
        home=False,
        second_names=0.5,
        repeats=0.05,
        rates=Rates(
            scanning=0.04, initial=0.05, reordered=0.03, missing={"age": 0.3, "death_place": 0.2}
        ),
        capture=Capture(region=(0.0, -0.5), sex={"m": 0.5}, age={"0-14": -0.6}),
    ),
    ListDesign(
        "court",
        patronymic=True,
        father=True,
        dates="dmy.",
        districts=True,
        birth_place=True,
        death_place=True,
        rates=Rates(typing=0.01, missing={"born": 0.05, "birth_place": 0.2}),
        capture=Capture(region=(-0.2, 0.4), age={"0-14": -0.4, "65+": -0.2}),
    ),
    ListDesign(
        "relief",
        one_cell=True,
        patronymic=True,
        kunya=True,
        birth="year",
        death="year",
        districts=True,
        second_names=0.5,
        occupation=True,
        repeats=0.02,
        rates=Rates(scanning=0.02, missing={"born": 0.2, "occupation": 0.4, "sex": 0.05}),
        capture=Capture(region=(0.5, 0.1), sex={"f": 0.1}, age={"0-14": 0.5}),
    ),
)

_CYCLE = ("armenian-reformed", "cyrillic-russian", "latin-azerbaijani", "latin-english")


def designs(
    count: int = 3,
    scripts: Sequence[str] = _CYCLE,
    *,
    errors: float | None = None,
    overlap: Sequence[float] = (0.45,),
    heterogeneity: float = 1.0,
    dependence: float = 0.0,
) -> tuple[ListDesign, ...]:
    """Unlike lists, written in these scripts or spellings in turn; `a+b` is a list of two clerks.

    `errors` is the share of name parts mistyped or misread, with all other errors in proportion;
    by default 2 to 6 %, by list. `overlap` gives each list's mean capture probability in turn,
    `heterogeneity` the difference of the two latent classes in log odds, `dependence` how much
    more likely in log odds those on the list before are.
    """
    if not 1 <= count <= 30:
        raise BadValue(f"there are 1 to 30 lists, not {count}")
    if not scripts or not overlap:
        raise BadValue("lists need a script and a capture probability at least")
    if errors is not None and not 0 <= errors <= 1:
        raise BadValue(f"a rate of errors lies between 0 and 1, not at {errors:g}")
    made = []
    for at in range(count):
        layout = _LAYOUTS[at % len(_LAYOUTS)]
        again = at // len(_LAYOUTS)
        rates = layout.rates
        first, *others = (spelling(each).name for each in scripts[at % len(scripts)].split("+"))
        if errors is not None:
            rates = rates.times(errors / (rates.typing + rates.scanning))
        made.append(
            replace(
                layout,
                name=layout.name if again == 0 else f"{layout.name}-{again + 1}",
                spelling=first,
                others=tuple(others),
                rates=rates,
                capture=replace(
                    layout.capture,
                    mean=overlap[at % len(overlap)],
                    classes=(heterogeneity / 2, -heterogeneity / 2),
                    follows=dependence if at else 0.0,
                ),
            )
        )
    return tuple(made)
