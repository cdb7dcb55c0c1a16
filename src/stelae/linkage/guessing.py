"""A mapping proposed for lists that nobody has mapped yet, with a reason for every guess.

It is a draft for people to read: `to_toml` writes each reason beside what it is for.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stelae.errors import ImportRefused, Problem
from stelae.evidence.encodings import Decoded
from stelae.linkage.fields import Field
from stelae.linkage.guessed_fields import guess_fields
from stelae.linkage.mapping import FieldFrom, Mapping, Section
from stelae.linkage.opening import Opened, likely_encoding, open_list
from stelae.linkage.profiles import Profile, profiles_of
from stelae.records.spreadsheets import is_spreadsheet, sheet_names

__all__ = ["guess"]

_MOST_TITLES = 8
"""So many rows above that of the names are looked through."""
_SURE = 2
"""A row with so many known headings is the row of names."""


def guess(paths: Sequence[Path]) -> Mapping:
    """A mapping for these files; ImportRefused with everything that keeps one from being read.

    Files whose columns mean the same share the default section.
    """
    problems: list[Problem] = []
    sections: list[Section] = []
    for path in dict.fromkeys(paths):
        try:
            sections.append(_section(path))
        except ImportRefused as error:
            problems += error.problems
    if not paths:
        problems.append(Problem("no list is given"))
    if problems:
        raise ImportRefused(problems)
    sections = _consistent(sections)
    alike = {replace(section, files=None) for section in sections}
    if len(alike) == 1:
        return Mapping(replace(sections[0], files=None))
    return Mapping(Section(), tuple(sections))


def _section(path: Path) -> Section:
    reasons: dict[str, str] = {}
    section = _with_encoding(path, reasons)
    opened, profiles, section = _with_header(path, _with_sheet(path, section, reasons), reasons)
    guesses = guess_fields(profiles)
    if not guesses.fields:
        raise ImportRefused(
            [
                opened.sheet.problem(
                    "no column is understood",
                    section.header or 1,
                    hint="Write a mapping by hand: docs/formats/list-mapping.md.",
                )
            ]
        )
    missing = tuple(dict.fromkeys(cell for each in profiles for cell in each.unknown))
    if missing:
        reasons["missing"] = "seem to say that something is not known; keep out what is a name"
    return replace(
        section,
        missing=missing,
        files=_pattern(path.name),
        id=guesses.id,
        ignore=guesses.ignored,
        fields=guesses.fields,
        reasons=tuple({**reasons, **guesses.reasons, "once": _ONCE}.items()),
    )


def _consistent(sections: Sequence[Section]) -> list[Section]:
    """The sections with no name for two things: an age at death here, an age alone there."""
    known: dict[str, Field] = {}
    made: list[Section] = []
    for section in sections:
        fields: list[FieldFrom] = []
        for source in section.fields:
            field, number = source.field, 2
            while known.get(field.name, field) != field:
                field, number = replace(field, name=f"{source.field.name}_{number}"), number + 1
            known[field.name] = field
            fields.append(replace(source, field=field))
        made.append(replace(section, fields=tuple(fields)))
    return made


_ONCE = "once = true says that the list holds each person once; a file does not tell"


def _pattern(name: str) -> str:
    """The name as a pattern that fits it alone."""
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in name)


def _with_encoding(path: Path, reasons: dict[str, str]) -> Section:
    with path.open("rb") as file:
        head = file.read(8)
    if is_spreadsheet(head) or head.startswith(b"PAR1"):
        return Section()
    try:
        open_list(path, path.name, Section())
    except ImportRefused as error:
        if "encoding" not in str(error):
            return Section()
        found: Decoded = likely_encoding(path, path.name)
        reasons["encoding"] = f"{found.note}: make sure that the names read well"
        return Section(encoding=found.codec)
    return Section()


def _with_sheet(path: Path, section: Section, reasons: dict[str, str]) -> Section:
    with path.open("rb") as file:
        if not is_spreadsheet(file.read(8)):
            return section
    names = sheet_names(path, path.name)
    if len(names) < 2:
        return section
    known = {name: _understood(path, replace(section, sheet=name)) for name in names}
    best = max(names, key=lambda name: known[name])
    reasons["sheet"] = f"of the sheets {', '.join(names)} it has most headings that are known"
    return replace(section, sheet=best)


def _understood(path: Path, section: Section) -> int:
    return max(
        (_known(path, replace(section, header=header)) for header in range(1, _MOST_TITLES + 1)),
        default=0,
    )


def _known(path: Path, section: Section) -> int:
    """How many headings of the file, read so, are known; 0 where it cannot be read so."""
    from stelae.linkage.headings import said_by

    try:
        columns = open_list(path, path.name, section).sheet.columns
    except ImportRefused:
        return 0
    return sum(bool(said_by(column)) for column in columns)


def _with_header(
    path: Path, section: Section, reasons: dict[str, str]
) -> tuple[Opened, tuple[Profile, ...], Section]:
    """The file opened at the row that names the columns: the first, unless a later one is known."""
    if _known(path, section) < _SURE:
        for header in range(2, _MOST_TITLES + 1):
            if _known(path, replace(section, header=header)) >= _SURE:
                reasons["header"] = f"row {header} is the first with headings that are known"
                section = replace(section, header=header)
                break
    opened = open_list(path, path.name, section)
    return opened, profiles_of(opened.sheet), section
