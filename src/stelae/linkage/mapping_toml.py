"""Mapping files in TOML, read with every fault at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from stelae.errors import ImportRefused, Problem
from stelae.linkage.fields import Field, Kind
from stelae.linkage.mapping import (
    FieldFrom,
    Mapping,
    Order,
    Section,
    columns_of_field,
    known_field,
)
from stelae.linkage.toml_lines import Path, line_of
from stelae.values.dates import Calendar, PartialDate

__all__ = ["FORMAT", "read_mapping"]

FORMAT = 1
_RESERVED = frozenset({"row", "list", "record", "line"})
_OF_PAIRS = frozenset(
    {"list_a", "record_a", "list_b", "record_b", "probability", "weight", "together"}
)
"""Columns of the table of pairs, where each field has a column of its name."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")

_TEXTS = ("files", "name", "id", "list", "encoding", "delimiter", "sheet")
_SECTION_KEYS = frozenset(
    {*_TEXTS, "once", "header", "missing", "order", "calendar", "about", "century_from", "ignore"}
)
_FIELD_KEYS = frozenset(
    {
        "kind",
        "column",
        "columns",
        "year",
        "month",
        "day",
        "value",
        "order",
        "calendar",
        "at",
        "towards",
        "role",
        "lat",
        "lon",
        "largest_first",
        "words",
    }
)
_OF_KIND = {
    "year": Kind.DATE,
    "month": Kind.DATE,
    "day": Kind.DATE,
    "order": Kind.DATE,
    "calendar": Kind.DATE,
    "towards": Kind.AGE,
    "role": Kind.RELATIVE,
    "lat": Kind.PLACE,
    "lon": Kind.PLACE,
    "largest_first": Kind.PLACE,
    "words": Kind.SEX,
}


def read_mapping(text: str, name: str) -> Mapping:
    """The mapping that a file holds, or ImportRefused with every fault and its line."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        what = _AT_LINE.sub("", str(error)).strip()
        line = int(at[1]) if at else len(text.splitlines())
        problem = Problem(f"cannot be read as TOML: {what}", name, line)
        raise ImportRefused([problem]) from error
    except RecursionError as error:
        raise ImportRefused([Problem("is nested too deeply", name)]) from error
    reader = _Reader(name, text)
    mapping = reader.mapping(table)
    if reader.problems:
        raise ImportRefused(sorted(reader.problems, key=lambda problem: problem.row or 0))
    return mapping


@dataclass(slots=True)
class _Reader:
    """Reads one file; what is wrong gathers in `problems`."""

    file: str
    text: str
    problems: list[Problem] = dataclass_field(default_factory=list)

    def mapping(self, table: dict[str, Any]) -> Mapping:
        if table.get("format", FORMAT) != FORMAT:
            self.fault(f"is of format {table['format']!r}; this Stelae reads {FORMAT}", ("format",))
        known = {"format", "places", "fields", "lists", *_SECTION_KEYS} - {"files", "name"}
        self.unknown(table, known, ())
        default = self.section(table, ())
        sections = []
        listed = table.get("lists", [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.fault("should be sections, each headed [[lists]]", ("lists",))
            listed = []
        for number, each in enumerate(listed):
            path = ("lists", number)
            self.unknown(each, {"fields", *_SECTION_KEYS}, path)
            if not isinstance(each.get("files"), str):
                self.fault("a section of [[lists]] says which files it is of", path, _FILES)
            sections.append(self.section(each, path))
        mapping = Mapping(default, tuple(sections), self.gazetteer(table))
        for fault in self.of_whole(mapping):
            self.problems.append(fault)
        return mapping

    def gazetteer(self, table: dict[str, Any]) -> str | None:
        places = table.get("places", {})
        if not isinstance(places, dict):
            self.fault("should be a table: [places]", ("places",))
            return None
        self.unknown(places, {"gazetteer"}, ("places",))
        found = places.get("gazetteer")
        if found is None or isinstance(found, str):
            return found
        self.fault("should be the path of a file of places", ("places", "gazetteer"))
        return None

    def section(self, table: dict[str, Any], path: Path) -> Section:
        given: dict[str, Any] = {}
        for key in _TEXTS:
            if key in table:
                given[key] = self.text_of(table[key], (*path, key))
        if given.get("delimiter") is not None and len(given["delimiter"]) != 1:
            self.fault("should be one character", (*path, "delimiter"))
        if given.get("encoding") is not None:
            given["encoding"] = self.encoding(given["encoding"], (*path, "encoding"))
        if "once" in table:
            given["once"] = table["once"]
            if not isinstance(table["once"], bool):
                self.fault("should be true or false", (*path, "once"))
        for key, least, most in (
            ("header", 1, 1000),
            ("about", 0, 50),
            ("century_from", 1, 9900),
        ):
            if key in table:
                value = table[key]
                given[key] = value
                if not isinstance(value, int) or isinstance(value, bool):
                    self.fault("should be a whole number", (*path, key))
                elif not least <= value <= most:
                    self.fault(f"should lie between {least} and {most}", (*path, key))
        for key in ("missing", "ignore"):
            if key in table:
                given[key] = self.texts_of(table[key], (*path, key))
        given.update(self.order_and_calendar(table, path))
        fields, without = self.fields(table.get("fields", {}), (*path, "fields"))
        return Section(**given, fields=fields, without=without)

    def order_and_calendar(self, table: dict[str, Any], path: Path) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for key, choices in (("order", tuple(Order)), ("calendar", tuple(Calendar))):
            if key not in table:
                continue
            found = [choice for choice in choices if choice.value == table[key]]
            if found:
                given[key] = found[0]
            else:
                allowed = " or ".join(choice.value for choice in choices)
                self.fault(f"{table[key]!r} should be {allowed}", (*path, key))
        return given

    def encoding(self, name: str, path: Path) -> str | None:
        import codecs

        try:
            codec = codecs.lookup(name).name
            "a".encode(codec)
        except (LookupError, ValueError, UnicodeError, TypeError):
            self.fault(f"there is no encoding {name!r}", path, "Such as utf-8, cp1251, koi8-r.")
            return None
        return "utf-8" if codec == "utf-8-sig" else codec

    def fields(self, table: object, path: Path) -> tuple[tuple[FieldFrom, ...], tuple[str, ...]]:
        if not isinstance(table, dict):
            self.fault("should be a table of fields", path)
            return (), ()
        found: list[FieldFrom] = []
        without: list[str] = []
        for name, given in table.items():
            here = (*path, name)
            if given is False:
                without.append(name)
                continue
            if not _NAME.fullmatch(name) or name in _RESERVED | _OF_PAIRS:
                self.fault(
                    f"{name!r} cannot be the name of a field",
                    here,
                    "Small Latin letters, digits, _; a letter first; no column that results have:"
                    f" {', '.join(sorted(_RESERVED | _OF_PAIRS))}.",
                )
                continue
            each = self.field(name, given, here)
            if each is not None:
                found.append(each)
        return tuple(found), tuple(without)

    def field(self, name: str, given: object, path: Path) -> FieldFrom | None:
        if isinstance(given, str | list):
            given = {"columns": given}
        if not isinstance(given, dict):
            self.fault("should be a column, columns, or a table", path)
            return None
        self.unknown(given, _FIELD_KEYS, path)
        field = self.described(name, given, path)
        if field is None:
            return None
        if "at" in given and field.kind not in (Kind.AGE, Kind.PLACE):
            self.fault("at is of an age or a place", (*path, "at"))
        for key, kind in _OF_KIND.items():
            if key in given and field.kind is not kind:
                self.fault(f"{key} is of a field of kind {kind}, not {field.kind}", (*path, key))
        if "column" in given and "columns" in given:
            self.fault("has both column and columns", path, "Write one of them.")
        columns = self.texts_of(given.get("columns", given.get("column", [])), (*path, "columns"))
        parts: dict[str, Any] = {
            key: self.text_of(given[key], (*path, key))
            for key in ("year", "month", "day", "value", "lat", "lon")
            if key in given
        }
        if "at" in given and field.kind is Kind.PLACE:
            parts["at"] = self.text_of(given["at"], (*path, "at"))
        source = FieldFrom(
            field,
            columns,
            **parts,
            **self.order_and_calendar(given, path),
            largest_first=given.get("largest_first", False),
            words=self.words(given.get("words", {}), (*path, "words")),
        )
        ways = [bool(source.columns), bool(source.parts), source.value is not None]
        if sum(ways) != 1:
            self.fault("is read from one thing: columns, or year, month and day, or a value", path)
        if source.parts and source.year is None:
            self.fault("a month or day without a year says nothing", path, "Name the year's too.")
        if source.day is not None and source.month is None:
            self.fault("a day without a month says nothing", path, "Name the month's column too.")
        if field.kind not in _SEVERAL and len(source.columns) > 1:
            self.fault(f"a field of kind {field.kind} is read from one column", path)
        if (source.lat is None) != (source.lon is None):
            self.fault("has only one of lat and lon", path, "Name both columns.")
        if not isinstance(source.largest_first, bool):
            self.fault("should be true or false", (*path, "largest_first"))
        return source

    def described(self, name: str, given: dict[str, Any], path: Path) -> Field | None:
        known = known_field(name)
        kind = known.kind if known else None
        if "kind" in given:
            kind = next((each for each in Kind if each.value == given["kind"]), None)
            if kind is None:
                self.fault(f"there is no kind {given['kind']!r}", (*path, "kind"), _KINDS)
                return None
        if kind is None:
            self.fault(f"the field {name!r} says no kind", path, _KINDS)
            return None
        more = {
            key: self.text_of(given[key], (*path, key))
            for key in ("at", "towards", "role")
            if key in given and (key != "at" or kind is Kind.AGE)
        }
        role = known.role if known and known.kind is kind else None
        field = Field(name, kind, **{"role": role, **more})
        if kind is Kind.RELATIVE and field.role is None:
            self.fault("a relative has a role", path, 'Such as role = "father".')
        return field

    def words(self, given: object, path: Path) -> tuple[tuple[str, str], ...]:
        if not isinstance(given, dict):
            self.fault('should be a table of words: {"k" = "f"}', path)
            return ()
        for word, code in given.items():
            if code not in ("f", "m", ""):
                self.fault(f"{word!r} should mean f, m, or nothing by empty text", path)
        return tuple((str(word), str(code)) for word, code in given.items())

    # --- small things ------------------------------------------------------------------------

    def text_of(self, value: object, path: Path) -> str | None:
        if isinstance(value, str) and value.strip() == value and value:
            return value
        if isinstance(value, str) and path[-1] == "delimiter":
            return value
        self.fault("should be text, without space around it", path)
        return None

    def texts_of(self, value: object, path: Path) -> tuple[str, ...]:
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
            self.fault("should be text, or a list of texts", path)
            return ()
        twice = [each for each, count in Counter(given).items() if count > 1]
        if twice:
            self.fault(f"names {twice[0]!r} twice", path)
        return tuple(given)

    def unknown(self, table: dict[str, Any], known: set[str] | frozenset[str], path: Path) -> None:
        for key in table:
            if key not in known:
                hint = f"There are: {', '.join(sorted(known))}"
                self.fault(f"nothing is called {key!r} here", (*path, key), hint)

    def fault(self, what: str, path: Path, hint: str | None = None) -> None:
        shown = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)
        self.problems.append(
            Problem(
                f"{shown}: {what}" if shown else what,
                self.file,
                line_of(self.text, path),
                hint=hint,
            )
        )

    def of_whole(self, mapping: Mapping) -> Iterator[Problem]:
        """Faults that show only when all sections are seen together."""
        first: dict[str, Field] = {}
        sections = [
            ((), mapping.default),
            *(((("lists", n)), s) for n, s in enumerate(mapping.lists)),
        ]
        for path, section in sections:
            merged = section.over(mapping.default) if path else section
            dates = {f.field.name for f in merged.fields if f.field.kind is Kind.DATE}
            if merged.name is not None and merged.list is not None:
                yield self._problem(
                    (*path, "list"),
                    "lists that a column names have no other name",
                    "Take out name.",
                )
            for each in section.fields:
                here = (*path, "fields", each.field.name)
                known = first.setdefault(each.field.name, each.field)
                if known != each.field:
                    yield self._problem(
                        here,
                        "is another thing in an earlier section",
                        "A field has one kind, at, towards and role in all lists.",
                    )
                at = each.field.at or each.at
                if at is not None and at not in dates and not _is_date(at):
                    yield self._problem(
                        (*here, "at"), f"there is no date {at!r} in this section", _AT
                    )
            if (path or not mapping.lists) and not merged.fields and not self.problems:
                yield self._problem((*path, "fields"), "maps no column", "Map one at least.")
        for field in mapping.fields:
            for other in mapping.fields:
                if other.name != field.name and other.name in columns_of_field(field):
                    yield self._problem(
                        ("fields", other.name), f"would hide a column of {field.name!r}"
                    )
        for field in mapping.fields:
            towards = field.towards
            kinds = {each.kind for each in mapping.fields if each.name == towards}
            if towards is not None and not (_NAME.fullmatch(towards) and kinds <= {Kind.DATE}):
                yield self._problem(("fields", field.name), f"{towards!r} is no date field")

    def _problem(self, path: Path, what: str, hint: str | None = None) -> Problem:
        shown = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in path)
        return Problem(f"{shown}: {what}", self.file, line_of(self.text, path), hint=hint)


_FILES = 'Such as files = "hospital*.csv".'
_KINDS = f"Write kind = one of: {', '.join(Kind)}"
_AT = 'Name a date field of the list, or write the date itself: at = "1918-09".'
_SEVERAL = frozenset(
    {
        Kind.NAME,
        Kind.GIVEN,
        Kind.FAMILY,
        Kind.PATRONYMIC,
        Kind.FORMER,
        Kind.RELATIVE,
        Kind.PLACE,
        Kind.TEXT,
        Kind.CODE,
    }
)


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
