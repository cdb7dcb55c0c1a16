"""Places by the names that lists print: each name with its language, its time and its parent.

A gazetteer is a CSV file with one row for each name of a place; ../formats/list-mapping.md
describes it. A printed place that several places may be stays the set of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from stelae.errors import BadValue, ImportRefused, Problem
from stelae.linkage.place_words import bare, fold_place
from stelae.records.sheets import ROW, Sheet, collect, open_sheet
from stelae.values.dates import PartialDate
from stelae.values.names import parse_language
from stelae.values.places import Coordinates

__all__ = ["Gazetteer", "PlaceEntry", "PlaceNamed", "read_gazetteer"]

_NEEDED = ("place", "name")
_COLUMNS = (*_NEEDED, "language", "from", "to", "parent", "lat", "lon")
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """One name of a place; `first` and `last` bound the days of its use where they are known."""

    place: str
    name: str
    language: str | None = None
    first: date | None = None
    last: date | None = None

    def in_use(self, first: date | None, last: date | None) -> bool:
        """Whether it may have been in use on some day from first to last."""
        starts_after = self.first is not None and last is not None and self.first > last
        ended_before = self.last is not None and first is not None and self.last < first
        return not (starts_after or ended_before)


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place: the larger one that it lies in, and where it is in degrees."""

    id: str
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Places and their names; `digest` is that of the file."""

    places: Mapping[str, PlaceEntry]
    names: tuple[PlaceNamed, ...]
    digest: str = field(default="", compare=False)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[PlaceNamed, ...]]:
        found: dict[str, list[PlaceNamed]] = {}
        for each in self.names:
            for key in {fold_place(each.name), bare(each.name)}:
                found.setdefault(key, []).append(each)
        return {key: tuple(names) for key, names in found.items()}

    def ancestors(self, place: str) -> Iterator[str]:
        """The larger places that it lies in, the smallest first."""
        entry = self.places.get(place)
        for _ in range(_DEEPEST):
            if entry is None or entry.parent is None:
                return
            yield entry.parent
            entry = self.places.get(entry.parent)

    def called(
        self, name: str, first: date | None = None, last: date | None = None
    ) -> frozenset[str]:
        """The places of this name; those only that bore it in these days, where there are any."""
        names = self._by_name.get(fold_place(name)) or self._by_name.get(bare(name)) or ()
        then = frozenset(each.place for each in names if each.in_use(first, last))
        return then or frozenset(each.place for each in names)

    def find(
        self, parts: Sequence[str], first: date | None = None, last: date | None = None
    ) -> tuple[str, ...]:
        """The places that the first of these parts may be, lying in what the others name.

        Empty where the first part is unknown; a larger part that is unknown, or in which none of
        them lies, rules nothing out: lists name larger places loosely.
        """
        if not parts:
            return ()
        found = self.called(parts[0], first, last)
        for larger in parts[1:]:
            around = self.called(larger, first, last)
            inside = frozenset(
                place for place in found if not around.isdisjoint(self.ancestors(place))
            )
            found = inside or found
        return tuple(sorted(found))

    def resolve(
        self, frame: pl.DataFrame, name: str, at: tuple[pl.Expr, pl.Expr] | None = None
    ) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """Columns NAME_ids, NAME_lat and NAME_lon for the places in NAME_parts, and notes.

        The coordinates are those of the gazetteer where the place is one. `at` are the first and
        last day of the time of which each record speaks.
        """
        first, last = at or (pl.lit(None, pl.Date), pl.lit(None, pl.Date))
        asked = frame.select(
            pl.col(f"{name}_parts").alias("parts"), first.alias("first"), last.alias("last")
        ).with_columns(pl.col("parts").list.join("\x1f").alias("key"))
        keys = ["key", "first", "last"]
        distinct = asked.unique(keys, maintain_order=True)
        rows: list[tuple[list[str] | None, float | None, float | None]] = []
        nowhere = PlaceEntry("")
        for parts, start, end in distinct.select("parts", "first", "last").iter_rows():
            ids = list(self.find(parts or (), start, end))
            entry = self.places.get(ids[0], nowhere) if len(ids) == 1 else nowhere
            rows.append((ids or None, entry.lat, entry.lon))
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            f"{name}_ids": pl.List(pl.String),
            f"{name}_lat": pl.Float64,
            f"{name}_lon": pl.Float64,
        }
        table = pl.concat(
            [distinct.select(keys), pl.DataFrame(rows, schema=schema, orient="row")],
            how="horizontal",
        )
        found = asked.select(keys).join(
            table, on=keys, how="left", nulls_equal=True, maintain_order="left"
        )
        return found.select(*schema), tuple(self._notes(asked, found, name))

    def _notes(self, asked: pl.DataFrame, found: pl.DataFrame, name: str) -> Iterator[str]:
        ids = found[f"{name}_ids"]
        unknown = asked.filter(ids.is_null() & pl.col("key").is_not_null())
        if unknown.height:
            most = unknown.group_by(pl.col("parts").list.first()).len()
            shown = most.sort("len", "parts", descending=[True, False])["parts"].head(5).to_list()
            yield (
                f"{name}: not in the gazetteer: {unknown.height:,}; the most frequent:"
                f" {', '.join(shown)}"
            )
        several = int((ids.list.len() > 1).sum())
        if several:
            yield f"{name}: may be several places of the gazetteer: {several:,}"


def read_gazetteer(path: Path, name: str | None = None) -> Gazetteer:
    """The places of a CSV file; ImportRefused with every fault in it, each with row and column."""
    shown = name or path.name
    try:
        sheet = open_sheet(path, shown)
    except OSError as error:
        problem = Problem(f"cannot be read: {error.strerror or error}", shown)
        raise ImportRefused([problem]) from error
    problems = [*sheet.faults, *_of_header(sheet)]
    if problems:
        raise ImportRefused(problems)
    given = [column for column in _COLUMNS if column in sheet.columns]
    rows = collect(sheet, sheet.rows.select(ROW, *given))
    reader = _Reader(sheet)
    for row in rows.iter_rows(named=True):
        reader.take(row[ROW], {column: row[column] for column in given})
    reader.check()
    if reader.problems:
        raise ImportRefused(sorted(reader.problems, key=lambda problem: problem.row or 0))
    return Gazetteer(reader.places, tuple(reader.names), sheet.digest)


def _of_header(sheet: Sheet) -> Iterator[Problem]:
    hint = f"A gazetteer has the columns {', '.join(_COLUMNS)}."
    for column in _NEEDED:
        if column not in sheet.columns:
            yield sheet.problem("is missing", 1, column, hint)
    for column in sheet.columns:
        if column not in _COLUMNS:
            yield sheet.problem("is no column of a gazetteer", 1, column, hint)


class _Reader:
    """Takes rows one by one; a place's parent and coordinates may stand in any of its rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems = list[Problem]()
        self.places: dict[str, PlaceEntry] = {}
        self.names: list[PlaceNamed] = []
        self.rows: dict[str, int] = {}

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        seen = len(self.problems)
        for column in _NEEDED:
            if not cells[column]:
                self.fault("is missing", row, column)
        language = cells.get("language") or None
        if language is not None:
            try:
                parse_language(language)
            except BadValue as error:
                self.fault(error.what, row, "language", error.hint)
        first, last = self.day(cells, row, "from"), self.day(cells, row, "to")
        if first is not None and last is not None and last < first:
            self.fault("ends before it starts", row, "to")
        entry = PlaceEntry(cells["place"], cells.get("parent") or None, *self.degrees(cells, row))
        if len(self.problems) > seen:
            return
        self.names.append(PlaceNamed(cells["place"], cells["name"], language, first, last))
        self.rows.setdefault(entry.id, row)
        self.places[entry.id] = self.merged(self.places.get(entry.id, entry), entry, row)

    def merged(self, known: PlaceEntry, more: PlaceEntry, row: int) -> PlaceEntry:
        if known.parent and more.parent and known.parent != more.parent:
            self.fault(f"place {known.id!r} lies in {known.parent!r} already", row, "parent")
        points = {(each.lat, each.lon) for each in (known, more) if each.lat is not None}
        if len(points) > 1:
            self.fault(f"place {known.id!r} lies elsewhere already", row, "lat")
        has_point = known if known.lat is not None else more
        return PlaceEntry(known.id, known.parent or more.parent, has_point.lat, has_point.lon)

    def day(self, cells: Mapping[str, str], row: int, column: str) -> date | None:
        text = cells.get(column)
        if not text:
            return None
        try:
            found = PartialDate.parse(text)
            day = found.earliest if column == "from" else found.latest
            return day.to_date() if day is not None else None
        except BadValue as error:
            self.fault(error.what, row, column, error.hint)
            return None

    def degrees(self, cells: Mapping[str, str], row: int) -> tuple[float | None, float | None]:
        lat, lon = cells.get("lat"), cells.get("lon")
        if not lat and not lon:
            return None, None
        try:
            found = Coordinates.parse(f"{lat}, {lon}")
        except BadValue as error:
            self.fault(error.what, row, "lat", error.hint)
            return None, None
        return float(found.latitude), float(found.longitude)

    def check(self) -> None:
        """Parents that are no places, and places that lie within themselves."""
        for id_, entry in self.places.items():
            if entry.parent is not None and entry.parent not in self.places:
                self.fault(
                    f"there is no place {entry.parent!r}",
                    self.rows[id_],
                    "parent",
                    "Give it a row of its own.",
                )
                continue
            if self.is_endless(id_):
                self.fault(
                    f"place {id_!r} lies in a circle of places, or too deep",
                    self.rows[id_],
                    "parent",
                )

    def is_endless(self, place: str) -> bool:
        above: str | None = place
        for _ in range(_DEEPEST):
            entry = self.places.get(above) if above is not None else None
            if entry is None:
                return False
            above = entry.parent
        return True

    def fault(self, what: str, row: int, column: str, hint: str | None = None) -> None:
        self.problems.append(self.sheet.problem(what, row, column, hint))
