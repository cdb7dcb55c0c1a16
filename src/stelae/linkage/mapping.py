"""Which column of which list says what: the mapping that people write, or `guessing` proposes.

A mapping has a default section and sections for single files; a section says only what differs.
../formats/list-mapping.md describes the file; `mapping_toml` reads and writes it.
"""

from dataclasses import dataclass, fields, replace
from dataclasses import field as attribute
from enum import StrEnum
from fnmatch import fnmatchcase
from types import MappingProxyType

from stelae.linkage.fields import Field, Kind
from stelae.values.dates import Calendar

__all__ = [
    "ABOUT",
    "KNOWN",
    "FieldFrom",
    "Mapping",
    "Order",
    "Section",
    "columns_of_field",
    "known_field",
]

ABOUT = 2
"""So many years (months, days) a date that is marked as uncertain may lie to either side."""


class Order(StrEnum):
    """The order of the parts of a date in digits."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


KNOWN = MappingProxyType(
    {
        "name": Field("name", Kind.NAME),
        "full_name": Field("full_name", Kind.NAME),
        "given": Field("given", Kind.GIVEN),
        "family": Field("family", Kind.FAMILY),
        "patronymic": Field("patronymic", Kind.PATRONYMIC),
        "former": Field("former", Kind.FORMER),
        "father": Field("father", Kind.RELATIVE, role="father"),
        "mother": Field("mother", Kind.RELATIVE, role="mother"),
        "spouse": Field("spouse", Kind.RELATIVE, role="spouse"),
        "child": Field("child", Kind.RELATIVE, role="child"),
        "birth": Field("birth", Kind.DATE),
        "death": Field("death", Kind.DATE),
        "age": Field("age", Kind.AGE),
        "sex": Field("sex", Kind.SEX),
        "place": Field("place", Kind.PLACE),
        "residence": Field("residence", Kind.PLACE),
        "postcode": Field("postcode", Kind.CODE),
        "occupation": Field("occupation", Kind.TEXT),
        "note": Field("note", Kind.TEXT),
    }
)
"""Fields whose kind follows from their name."""
_ENDINGS = {"_place": Kind.PLACE, "_date": Kind.DATE}


def known_field(name: str) -> Field | None:
    """The field that a name alone says; None where a kind must be given."""
    if name in KNOWN:
        return KNOWN[name]
    for ending, kind in _ENDINGS.items():
        if name.endswith(ending) and name != ending:
            return Field(name, kind)
    return None


_ENDINGS_OF = {
    Kind.DATE: ("_first", "_last", "_style"),
    Kind.AGE: ("_low", "_high"),
    Kind.SEX: ("_code",),
    Kind.PLACE: ("_parts", "_lat", "_lon", "_ids"),
}


def columns_of_field(field: Field) -> frozenset[str]:
    """The names of all columns that a field may have in the joined table."""
    endings = ("", *_ENDINGS_OF.get(field.kind, ()))
    return frozenset(f"{field.name}{ending}" for ending in endings)


@dataclass(frozen=True, slots=True)
class FieldFrom:
    """One field, and where a list says it.

    Either `columns` (several are joined; of places, the smallest first), or the columns of a
    date's `year`, `month` and `day`, or one `value` that holds for the whole list. `words` give
    the sex that the list's own words mean; `at` is the time of a place's name, a date field or a
    date. `reason` says why a guess was made; it changes nothing.
    """

    field: Field
    columns: tuple[str, ...] = ()
    year: str | None = None
    month: str | None = None
    day: str | None = None
    value: str | None = None
    order: Order | None = None
    calendar: Calendar | None = None
    lat: str | None = None
    lon: str | None = None
    largest_first: bool = False
    at: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    reason: str = attribute(default="", compare=False)

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns of year, month and day that are there, in this order."""
        return tuple(name for name in (self.year, self.month, self.day) if name is not None)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that the field is read from."""
        others = tuple(name for name in (self.lat, self.lon) if name is not None)
        return (*self.columns, *self.parts, *others)


@dataclass(frozen=True, slots=True)
class Section:
    """What is said of one list, or of all: None and empty are not said.

    `files` is a pattern of file names; `id` the column of the list's own ids; `list` the column
    that names each record's list, where a file holds several; `missing` are cells that say nothing;
    `about` is the width of `ABOUT`; `century_from` the first of the hundred years in which years of
    two digits lie; `without` names fields of the default that this list lacks.
    """

    files: str | None = None
    name: str | None = None
    id: str | None = None
    list: str | None = None
    once: bool | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: int | None = None
    missing: tuple[str, ...] = ()
    order: Order | None = None
    calendar: Calendar | None = None
    about: int | None = None
    century_from: int | None = None
    ignore: tuple[str, ...] = ()
    fields: tuple[FieldFrom, ...] = ()
    without: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = attribute(default=(), compare=False)

    def over(self, default: "Section") -> "Section":
        """This section, and what the default says where this one says nothing."""
        own = {each.field.name: each for each in self.fields}
        kept = [own.pop(each.field.name, each) for each in default.fields]
        merged = {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) not in (None, ())
        }
        merged["fields"] = tuple(
            each for each in (*kept, *own.values()) if each.field.name not in self.without
        )
        merged["without"] = ()
        return replace(default, **merged)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The mapping of all lists. `gazetteer` is the path of a file of places, as it was written."""

    default: Section = Section()
    lists: tuple[Section, ...] = ()
    gazetteer: str | None = None

    def of(self, file: str) -> Section:
        """What holds for a file of this name: its first section that fits, over the default."""
        for section in self.lists:
            if section.files is not None and fnmatchcase(file, section.files):
                return section.over(self.default)
        return self.default

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that some list may have, in the order in which they are mapped."""
        found: dict[str, Field] = {}
        for section in (self.default, *self.lists):
            for each in section.fields:
                found.setdefault(each.field.name, each.field)
        return tuple(found.values())

    @classmethod
    def from_toml(cls, text: str, name: str = "mapping.toml") -> "Mapping":
        """Read a mapping file; ImportRefused with every fault in it and its line."""
        from stelae.linkage.mapping_toml import read_mapping

        return read_mapping(text, name)

    def to_toml(self) -> str:
        """The mapping as a file, with the reasons of guesses as comments."""
        from stelae.linkage.mapping_writing import write_mapping

        return write_mapping(self)
