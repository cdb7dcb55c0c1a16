"""What the columns of a table of all lists mean: fields, their kinds, and the lists themselves.

The joined table (`Lists.frame`) has one row for each record, in the order of the files, with

    row      Int64, 0, 1, 2 ... over all lists
    list     String, the name of the list
    record   String, the list's own id of the record, or its line as text where it has none
    line     Int64, the line (CSV), row (sheet) or position of the record in its file, from 1

and for each field the columns of its kind, null where nothing is said:

    names    NAME                                String, as printed (given, family, patronymic,
                                                 full names, names before marriage, relatives)
    date     NAME, NAME_first, NAME_last         String as printed; the days (Date) between which it
                                                 lies, both included, in the Gregorian calendar
             NAME_style                          String: `gregorian`, `julian` or null: not said
    age      NAME, NAME_low, NAME_high           String as printed; full years (Int32), inclusive
    sex      NAME                                String as printed; NAME_code `f`, `m` or null
    place    NAME, NAME_parts                    String as printed; List(String), smallest first
             NAME_lat, NAME_lon                  Float64 degrees, only where a list gives them
    code     NAME                                String: house numbers, post codes, identity numbers
    text     NAME                                String: occupations, free text
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

__all__ = ["NAMES", "Field", "Kind", "ListOf", "Lists"]


class Kind(StrEnum):
    """What a field holds; its comparison follows from it."""

    NAME = "name"
    """A full name in one cell, its parts in any order."""
    GIVEN = "given"
    FAMILY = "family"
    PATRONYMIC = "patronymic"
    FORMER = "former"
    """The family name before marriage, or another one that the person bore."""
    RELATIVE = "relative"
    """The full or given name of the father, mother, spouse or another relative (`Field.role`)."""
    DATE = "date"
    AGE = "age"
    """Full years at the date in `Field.at`."""
    SEX = "sex"
    PLACE = "place"
    CODE = "code"
    TEXT = "text"


NAMES = frozenset({Kind.NAME, Kind.GIVEN, Kind.FAMILY, Kind.PATRONYMIC, Kind.FORMER, Kind.RELATIVE})
"""The kinds that hold names of people."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that records say of a person.

    `name` is that of its column (`family`, `birth`, `birth_place`). Of an age, `at` names the date
    field at which it was reached (`death`), and `towards` the date that it dates (`birth`). Of a
    relative, `role` says who: `father`, `mother`, `spouse`, `child` or another word.
    """

    name: str
    kind: Kind
    at: str | None = None
    towards: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ListOf:
    """One list: its name, its file, the digest of the file's bytes and how it was read.

    With `once`, the list holds each person at most once: two of its records are never one person.
    """

    name: str
    file: str
    digest: str
    records: int
    once: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The records of all lists in one table, as the module describes it."""

    frame: pl.DataFrame
    fields: tuple[Field, ...]
    lists: tuple[ListOf, ...]

    def of_kind(self, *kinds: Kind) -> tuple[Field, ...]:
        """The fields of these kinds, in the order in which they were mapped."""
        return tuple(field for field in self.fields if field.kind in kinds)

    def field(self, name: str) -> Field:
        """The field of this name; a KeyError where there is none."""
        return self.by_name[name]

    @property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}
