"""The kinds of record, and how each becomes JSON and comes back.

A body holds text, lists of text and maps of text, so that a spreadsheet's row, a YAML block and
an entry of the journal say the same thing. Fields at their default are left out.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError

from stelae.errors import BadValue
from stelae.records import notation
from stelae.records.assertions import Assertion, Figure
from stelae.records.columns import Column, columns_of
from stelae.records.events import Event, Link, Place, PlaceName
from stelae.records.identifiers import Reference, parse_id
from stelae.records.judgments import Edition, Preference, Retraction
from stelae.records.recognition import Day, Instrument, Recognition
from stelae.records.sources import Item, Party, Source
from stelae.records.vocabularies import check_code, value_form, vocabularies
from stelae.values.canonical import Json
from stelae.values.dates import PartialDate
from stelae.values.digests import parse_digest
from stelae.values.figures import Count, FigureKind
from stelae.values.locators import parse_locators
from stelae.values.month_days import parse_month_days
from stelae.values.names import Names, parse_language
from stelae.values.places import Coordinates

AnyRecord: TypeAlias = (
    Party
    | Source
    | Item
    | Place
    | PlaceName
    | Event
    | Link
    | Assertion
    | Figure
    | Instrument
    | Recognition
    | Day
    | Preference
    | Retraction
    | Edition
)

KINDS: Mapping[str, type[AnyRecord]] = MappingProxyType(
    {
        "party": Party,
        "source": Source,
        "item": Item,
        "place": Place,
        "place-name": PlaceName,
        "event": Event,
        "link": Link,
        "assertion": Assertion,
        "figure": Figure,
        "instrument": Instrument,
        "recognition": Recognition,
        "day": Day,
        "preference": Preference,
        "retraction": Retraction,
        "edition": Edition,
    }
)
KIND_OF: Mapping[type[AnyRecord], str] = MappingProxyType({v: k for k, v in KINDS.items()})

PLURALS: Mapping[str, str] = MappingProxyType(
    {
        "parties": "party",
        "sources": "source",
        "places": "place",
        "place-names": "place-name",
        "events": "event",
        "links": "link",
        "assertions": "assertion",
        "figures": "figure",
        "instruments": "instrument",
        "recognitions": "recognition",
        "days": "day",
        "preferences": "preference",
        "retractions": "retraction",
    }
)
"""File names and YAML keys of the kinds that people import; items and editions are made."""

Body: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one column of one record."""

    column: str | None
    what: str
    hint: str | None = None


class BadRecord(BadValue):
    """A body that is no record of its kind: every fault of it at once."""

    def __init__(self, kind: str, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"no {kind}: "
            + "; ".join(f"{f.column}: {f.what}" if f.column else f.what for f in faults)
        )


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WEB = re.compile(r"(?:https?|ftp)://[^\s<>\"]+")


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise BadValue(f"{value!r} should be text")
    if _CONTROL.search(value):
        raise BadValue("contains control characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadValue("contains half of a surrogate pair, which is no character") from error
    return value


def _figure_kind(text: str) -> FigureKind:
    if text not in set(FigureKind):
        raise BadValue(
            f"{text!r} is no kind of figure", hint=f"It is one of: {', '.join(FigureKind)}"
        )
    return FigureKind(text)


def _whole(value: object, _: object) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,15}", str(value), re.ASCII):
        raise BadValue(f"{value!r} is no whole number")
    return int(str(value))


def _names(value: object, _: object) -> Names:
    if not isinstance(value, Mapping):
        raise BadValue("names are given by language", hint="Use columns name:en, name:hy, …")
    return Names.of({_text(tag, None): _text(text, None) for tag, text in value.items()})


def _texts(value: object, _: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise BadValue(f"{value!r} should be a list of texts")
    return tuple(_text(part, None) for part in value)


def _texts_by_code(value: object, _: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise BadValue(f"{value!r} should be texts by code")
    return {_text(code, None): _text(text, None) for code, text in value.items()}


def _from_text(parse: Callable[[str], Any]) -> Callable[[object, object], Any]:
    return lambda value, _: parse(_text(value, None))


def _is_a(generic: type) -> Callable[[Any], bool]:
    return lambda type_: getattr(type_, "__origin__", None) is generic


def _converter(*, detailed: bool) -> cattrs.Converter:
    converter = cattrs.Converter(
        forbid_extra_keys=True, omit_if_default=True, detailed_validation=detailed
    )
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(Names, _names)
    converter.register_unstructure_hook(Names, Names.as_mapping)
    converter.register_structure_hook(PartialDate, _from_text(notation.parse_date))
    converter.register_unstructure_hook(PartialDate, notation.format_date)
    for type_, parse in (
        (Count, Count.parse),
        (Coordinates, Coordinates.parse),
        (Reference, Reference.parse),
        (FigureKind, _figure_kind),
    ):
        converter.register_structure_hook(type_, _from_text(parse))
        converter.register_unstructure_hook(type_, str)
    converter.register_structure_hook_func(_is_a(tuple), _texts)
    converter.register_structure_hook_func(_is_a(dict), _texts_by_code)
    converter.register_unstructure_hook_func(_is_a(tuple), list)
    return converter


_CAREFUL = _converter(detailed=True)
_QUICK = _converter(detailed=False)


@functools.cache
def columns(kind: str) -> tuple[Column, ...]:
    """The columns of a kind of record, in the order in which they are declared."""
    return tuple(columns_of(KINDS[kind]))


def to_body(record: AnyRecord) -> dict[str, Json]:
    """The JSON of a record; fields at their default are left out."""
    body: dict[str, Json] = _QUICK.unstructure(record)
    return body


def from_body(kind: str, body: Body) -> AnyRecord:
    """The record that a body holds, checked in itself; BadRecord holds every fault."""
    type_ = KINDS[kind]
    try:
        record: AnyRecord = _CAREFUL.structure(body, type_)
    except ClassValidationError as group:
        raise BadRecord(kind, list(_faults(group))) from group
    except BadValue as error:
        raise BadRecord(kind, [Fault(None, error.what, error.hint)]) from error
    faults = list(_check(kind, record))
    if faults:
        raise BadRecord(kind, faults)
    return record


def from_logged_body(kind: str, body: Body) -> AnyRecord:
    """The record of a body that was checked before it was logged; quicker, first fault only."""
    try:
        record: AnyRecord = _QUICK.structure(body, KINDS[kind])
    except KeyError as error:
        raise BadRecord(kind, [Fault(str(error.args[0]), "is missing")]) from error
    except BadValue as error:
        raise BadRecord(kind, [Fault(None, error.what, error.hint)]) from error
    except (ForbiddenExtraKeysError, TypeError, ValueError) as error:
        raise BadRecord(kind, [Fault(None, str(error))]) from error
    return record


def _faults(group: ClassValidationError) -> Iterator[Fault]:
    noted, _ = group.group_exceptions()
    for error, note in noted:
        yield _fault(error, note.name)
    for error in group.group_exceptions()[1]:
        if isinstance(error, ForbiddenExtraKeysError):
            for name in sorted(error.extra_fields):
                yield Fault(name, "there is no such column")
        elif isinstance(error, BadValue):
            yield Fault(None, error.what, error.hint)
        else:
            yield Fault(None, str(error))


def _fault(error: BaseException, name: str) -> Fault:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, KeyError):
        return Fault(name, "is missing", "Every record of this kind needs it.")
    if isinstance(error, BadValue):
        return Fault(name, error.what, error.hint)
    return Fault(name, str(error))


def _texts_of(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and value else ()


def _check(kind: str, record: AnyRecord) -> Iterator[Fault]:
    for col in columns(kind):
        value = getattr(record, col.name)
        try:
            if col.name == "id":
                parse_id(value)
            elif col.required and value in ("", ()):
                yield Fault(col.name, "is empty", "Every record of this kind needs it.")
            elif col.vocabulary:
                check_code(col.vocabulary, value)
            elif col.refers and "*" not in col.refers:
                for target in _texts_of(value):
                    parse_id(target)
            elif col.name == "language" and value:
                parse_language(value)
            elif col.name == "locator":
                parse_locators(value)
            elif col.name == "url" and value and not _WEB.fullmatch(value):
                yield Fault(col.name, f"{value[:80]!r} is no address", "Write https://…")
        except BadValue as error:
            yield Fault(col.name, error.what, error.hint)
    yield from _check_kind(record)


def _check_kind(record: AnyRecord) -> Iterator[Fault]:
    match record:
        case Preference(prefers=prefers) if prefers.kind not in {"figure", "assertion"}:
            hint = "Write figure: or assertion: and its id."
            yield Fault("prefers", f"a {prefers.kind} has no rivals", hint)
        case Assertion(qualifiers=qualifiers):
            for name, code in qualifiers.items():
                if name in vocabularies() and code not in vocabularies()[name]:
                    hint = f"It is one of: {', '.join(vocabularies()[name])}"
                    yield Fault(f"qualifiers:{name}", f"{code!r} is no code of it", hint)
        case _:
            pass
    try:
        match record:
            case Assertion(slot=slot, value=value):
                _check_slot_value(slot, value)
            case Day(date=date):
                parse_month_days(date)
            case Item(id=digest):
                parse_digest(digest)
            case _:
                pass
    except BadValue as error:
        name = {"Assertion": "value", "Day": "date", "Item": "id"}[type(record).__name__]
        yield Fault(name, error.what, error.hint)


def _check_slot_value(slot: str, value: str) -> None:
    match value_form(slot):
        case "date":
            notation.parse_date(value)
        case "place":
            parse_id(value)
        case "act":
            check_code("act", value)
        case _:
            pass
