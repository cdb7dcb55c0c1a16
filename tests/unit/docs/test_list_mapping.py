"""The example of docs/formats/list-mapping.md is a mapping, and its tables name what there is."""

import re
from dataclasses import fields
from pathlib import Path

from stelae.linkage.fields import Kind
from stelae.linkage.mapping import KNOWN, FieldFrom, Mapping, Section

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats" / "list-mapping.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_example_is_a_mapping_that_says_what_the_page_says() -> None:
    block = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert block is not None
    mapping = Mapping.from_toml(block[1])
    assert mapping.gazetteer == "places.csv"
    section = mapping.of("hospital-1.xlsx")
    assert (section.name, section.sheet, section.header, section.once) == (
        "hospital",
        "People",
        3,
        True,
    )
    assert {each.field.name for each in section.fields} == {
        each.field.name for each in mapping.default.fields
    } - {"age"}


def test_every_key_is_in_a_table_of_the_page() -> None:
    shown = set(re.findall(r"`([a-z_]+)`", TEXT))
    keys = {each.name for each in (*fields(Section), *fields(FieldFrom))}
    assert keys - {"fields", "without", "reasons", "reason", "field"} <= shown
    assert {str(kind) for kind in Kind} | set(KNOWN) <= shown
