"""Mapping files written in TOML, the reasons of guesses as comments."""

import re
from dataclasses import replace

import tomli_w

from stelae.linkage.mapping import FieldFrom, Mapping, Section, known_field
from stelae.linkage.mapping_toml import FORMAT

__all__ = ["write_mapping"]


def write_mapping(mapping: Mapping) -> str:
    """The text of a mapping file; `read_mapping` reads the same mapping from it."""
    lines = [f"format = {FORMAT}"]
    lines += _section_lines(mapping.default)
    if mapping.gazetteer is not None:
        lines += ["", "[places]", _pair("gazetteer", mapping.gazetteer)]
    lines += _field_lines(mapping.default, "fields")
    for section in mapping.lists:
        lines += ["", "[[lists]]", *_section_lines(section), *_field_lines(section, "lists.fields")]
    return "\n".join(lines) + "\n"


def _pair(key: str, value: object) -> str:
    return f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(_pair(key, each) for key, each in value.items())} }}"
    if isinstance(value, str):
        value = str(value)
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def _comment(text: str) -> list[str]:
    return [f"# {' '.join(line.split())}" for line in text.splitlines() if line.strip()]


def _section_lines(section: Section) -> list[str]:
    reasons = dict(section.reasons)
    lines = []
    for key in (
        "files",
        "name",
        "id",
        "list",
        "once",
        "encoding",
        "delimiter",
        "sheet",
        "header",
        "missing",
        "order",
        "calendar",
        "about",
        "century_from",
        "ignore",
    ):
        value = getattr(section, key)
        lines += _comment(reasons.get(key, ""))
        if value not in (None, ()):
            lines.append(_pair(key, value))
    return lines


def _field_lines(section: Section, heading: str) -> list[str]:
    if not section.fields and not section.without:
        return []
    lines = ["", f"[{heading}]"]
    for each in section.fields:
        lines += [*_comment(each.reason), _pair(each.field.name, _field_value(each))]
    lines += [f"{_key(name)} = false" for name in section.without]
    return lines


def _field_value(each: FieldFrom) -> object:
    field = each.field
    known = known_field(field.name)
    table: dict[str, object] = {}
    if known is None or known.kind is not field.kind:
        table["kind"] = str(field.kind)
    if len(each.columns) == 1:
        table["column"] = each.columns[0]
    elif each.columns:
        table["columns"] = each.columns
    for key in ("year", "month", "day", "value", "order", "calendar", "lat", "lon"):
        value = getattr(each, key)
        if value is not None:
            table[key] = str(value)
    for key in ("at", "towards", "role"):
        value = each.at if key == "at" and each.at else getattr(field, key)
        if value is not None and (key != "role" or replace(field, at=None, towards=None) != known):
            table[key] = value
    if each.largest_first:
        table["largest_first"] = True
    if each.words:
        table["words"] = dict(each.words)
    if table.keys() == {"column"}:
        return each.columns[0]
    if table.keys() == {"columns"}:
        return each.columns
    return table
