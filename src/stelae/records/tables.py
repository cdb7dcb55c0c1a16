"""CSV and YAML files of records, read as text with the place of every cell kept.

Nothing is guessed: a cell is text, `no` stays "no", 01 stays "01". Types come later, from the
columns of the kind of record.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import yaml

from stelae.errors import Problem
from stelae.records.catalogue import PLURALS, columns
from stelae.records.columns import Column
from stelae.records.csv_form import broken_off, delimiter, foreign_form, has_nul, not_utf8, ragged
from stelae.values.canonical import Json

_MADE = frozenset({"items", "editions"})
LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Row:
    """One record as a file gives it. `rows` holds each column's row (YAML: line) in the file."""

    file: str
    kind: str
    row: int
    body: Mapping[str, Json]
    rows: Mapping[str, int]

    def problem(self, what: str, column: str | None = None, hint: str | None = None) -> Problem:
        """A problem at this record, at one of its columns if given."""
        row = self.rows.get(column, self.row) if column else self.row
        return Problem(what, self.file, row, column, hint)


@dataclass(frozen=True, slots=True)
class Table:
    """The records of one file, and all that is wrong with its form."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def kind_of_file(name: str) -> str | None:
    """The kind of record that a file holds by its name: `events.csv`, `02-figures-1918.csv`."""
    stem = PurePath(name).stem.lower().replace("_", "-")
    stem = re.sub(r"^\d+[-.]", "", stem)
    for plural in sorted(PLURALS, key=len, reverse=True):
        if stem == plural or stem.startswith((f"{plural}-", f"{plural}.")):
            return PLURALS[plural]
    return None


def read_table(name: str, content: bytes) -> Table:
    """Read a .csv, .yaml or .yml file; problems of form are collected, never raised."""
    suffix = PurePath(name).suffix.lower()
    foreign = foreign_form(name, content)
    if foreign is not None:
        return _refused(foreign)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return _refused(not_utf8(name, error.start, row))
    if "\x00" in text:
        return _refused(has_nul(name, text[: text.index("\x00")].count("\n") + 1))
    if suffix == ".csv":
        return _read_csv(name, text)
    if suffix in {".yaml", ".yml"}:
        return _read_yaml(name, text)
    return _refused(Problem("is neither .csv nor .yaml", name, hint="Export the sheet as CSV."))


def _refused(*problems: Problem) -> Table:
    return Table((), problems)


def _unknown_kind(name: str) -> Problem:
    if PurePath(name).stem.lower() in _MADE:
        return Problem(
            "holds what Stelae makes itself, not what people import",
            name,
            hint="Leave this file out: items come by stelae deposit, editions by stelae publish.",
        )
    return Problem(
        "its name does not say what kind of records it holds",
        name,
        hint=f"Name it after one of: {', '.join(f'{plural}.csv' for plural in PLURALS)}",
    )


# --- CSV ---------------------------------------------------------------------------------------


def _read_csv(name: str, text: str) -> Table:
    kind = kind_of_file(name)
    if kind is None:
        return _refused(_unknown_kind(name))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    problems: list[Problem] = []
    rows: list[Row] = []
    number = 0
    try:
        header = [cell.strip() for cell in next(reader, [])]
        number = 1
        problems.extend(_header_problems(name, kind, header))
        if problems:
            return Table((), tuple(problems))
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if [cell.strip() for cell in cells] == header:
                problems.append(Problem("is the header again", name, number, hint="Delete it."))
                continue
            if len(cells) != len(header):
                problems.append(ragged(name, number, len(cells), len(header)))
                continue
            body = _body(kind, zip(header, cells, strict=True))
            rows.append(Row(name, kind, number, body, {}))
    except csv.Error as error:
        problems.append(broken_off(name, number + 1, error))
        return Table((), tuple(problems))
    if not rows and not problems:
        problems.append(Problem("holds no records", name))
    return Table(tuple(rows), tuple(problems))


def _header_problems(name: str, kind: str, header: list[str]) -> Iterator[Problem]:
    if not any(header):
        yield Problem("is empty", name, 1, hint="The first row names the columns.")
        return
    known = {column.name for column in columns(kind)}
    maps = {column.name for column in columns(kind) if is_map(column)}
    for position, cell in enumerate(header, start=1):
        stem, colon, key = cell.partition(":")
        if not cell:
            yield Problem(f"column {position} has no name", name, 1)
        elif stem not in known or (colon and (stem not in maps or not key)):
            yield Problem(
                f"{_an(kind)} has no column {cell!r}",
                name,
                1,
                cell,
                hint=f"It has: {', '.join(_shown(column) for column in columns(kind))}",
            )
        elif stem in maps and not colon:
            yield Problem(
                f"{cell!r} is given by language or code",
                name,
                1,
                cell,
                hint=f"Name the columns {cell}:en, {cell}:hy, …",
            )
        elif header.index(cell) < position - 1:
            yield Problem(f"column {cell!r} is there twice", name, 1, cell)
    present = {cell.partition(":")[0] for cell in header}
    for column in columns(kind):
        if column.required and column.name not in present:
            yield Problem(f"column {_shown(column)!r} is missing", name, 1, column.name)


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _shown(column: Column) -> str:
    return f"{column.name}:en" if is_map(column) else column.name


def is_map(column: Column) -> bool:
    """Whether a column is spread over several, `name:en`, `name:hy`."""
    return getattr(column.type, "__name__", "") == "Names" or (
        getattr(column.type, "__origin__", None) is dict
    )


def _is_list(column: Column) -> bool:
    return getattr(column.type, "__origin__", None) is tuple


def _body(kind: str, cells: Iterable[tuple[str, str]]) -> dict[str, Json]:
    lists = {column.name for column in columns(kind) if _is_list(column)}
    body: dict[str, Json] = {}
    maps: dict[str, dict[str, str]] = {}
    for name, raw in cells:
        text = _tidy(raw)
        if not text:
            continue
        stem, colon, key = name.partition(":")
        if colon:
            maps.setdefault(stem, {})[key] = text
        elif name in lists:
            body[name] = _split(text)
        else:
            body[name] = text
    return {**body, **maps}


def _tidy(text: str) -> str:
    """A cell without space around it, its line ends as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _split(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(LIST_SEPARATOR)) if part]


# --- YAML --------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Reads nodes only and no aliases, by which few lines can stand for very many records."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML's
            raise yaml.composer.ComposerError(None, None, "it uses an alias (*name)", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def _read_yaml(name: str, text: str) -> Table:
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        row = text[: error.position].count("\n") + 1
        return _refused(Problem("contains a control character", name, row))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return _refused(
            Problem(f"cannot be read as YAML: {what}", name, mark.line + 1 if mark else None)
        )
    except RecursionError:
        return _refused(Problem("is nested too deeply", name))
    except (ValueError, OverflowError) as error:  # an escape or a version that is no number
        return _refused(Problem(f"cannot be read as YAML: {error}", name))
    if root is None:
        return _refused(Problem("holds no records", name))
    problems: list[Problem] = []
    rows: list[Row] = []
    for kind, node in _blocks(name, root, problems):
        for record in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(record, yaml.MappingNode):
                problems.append(
                    Problem("should be a record, column by column", name, _line(record))
                )
                continue
            read = _yaml_row(name, kind, record, problems)
            if read is not None:
                rows.append(read)
    if not rows and not problems:
        problems.append(Problem("holds no records", name))
    return Table(tuple(rows), tuple(problems))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _blocks(name: str, root: yaml.Node, problems: list[Problem]) -> Iterator[tuple[str, yaml.Node]]:
    """Lists of records with their kind: by the file's name, or under plural keys."""
    kind = kind_of_file(name)
    if isinstance(root, yaml.SequenceNode):
        if kind is None:
            problems.append(_unknown_kind(name))
        else:
            yield kind, root
        return
    if not isinstance(root, yaml.MappingNode):
        problems.append(Problem("should hold lists of records", name, _line(root)))
        return
    for key, value in root.value:
        plural = str(getattr(key, "value", ""))
        if plural in PLURALS:
            yield PLURALS[plural], value
        else:
            problems.append(
                Problem(
                    f"{plural!r} is no kind of records",
                    name,
                    _line(key),
                    hint=f"Write one of: {', '.join(PLURALS)}",
                )
            )


def _yaml_row(name: str, kind: str, node: yaml.MappingNode, problems: list[Problem]) -> Row | None:
    body: dict[str, Json] = {}
    lines: dict[str, int] = {}
    lists = {column.name for column in columns(kind) if _is_list(column)}
    seen = len(problems)
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem("the name of a column should be text", name, _line(key)))
            continue
        column = key.value
        if column in lines:
            problems.append(Problem(f"{column!r} is there twice", name, _line(key), column))
        lines[column] = _line(key)
        read = _plain(value)
        if read is None:
            problems.append(
                Problem(
                    "should be text, a list of texts or a map of texts, nothing twice",
                    name,
                    _line(value),
                    column,
                )
            )
        elif read:
            body[column] = _split(read) if column in lists and isinstance(read, str) else read
    return Row(name, kind, _line(node), body, lines) if len(problems) == seen else None


def _plain(node: yaml.Node) -> str | list[str] | dict[str, str] | None:
    """A scalar as the text that stands there, a list or a map of such; None for anything else."""
    if isinstance(node, yaml.ScalarNode):
        return _tidy(node.value)
    if isinstance(node, yaml.SequenceNode):
        texts = [_tidy(part.value) for part in node.value if isinstance(part, yaml.ScalarNode)]
        return [text for text in texts if text] if len(texts) == len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        pairs = {
            key.value: _tidy(value.value)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
        }
        if len(pairs) != len(node.value):
            return None
        return {key: text for key, text in pairs.items() if text}
    return None
