import pytest

from stelae.errors import BadValue
from stelae.records.identifiers import Reference, parse_id


@pytest.mark.parametrize(
    "text", ["a", "baku-1990", "a.b_c-d", "e/killed/f", "1", "x" * 100, "sha256:" + "0" * 64]
)
def test_small_latin_letters_digits_and_marks_between_them_are_an_id(text: str) -> None:
    assert parse_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "A", "é", "a b", "-a", "a-", ".", "..", "../a", "a/../b", "/a", "a/", "a//b",
        "a/b/c/d/e",
        "a:b", "a\n", "a\x00", "x" * 101, "sha256:" + "0" * 63, "٣",
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(BadValue, match="is no id"):
        parse_id(text)


def test_a_reference_says_the_kind_and_comes_back() -> None:
    reference = Reference.parse(" figure:e/killed/f ")
    assert (reference.kind, reference.id) == ("figure", "e/killed/f")
    assert Reference.parse(str(reference)) == reference
    item = "item:sha256:" + "0" * 64
    assert str(Reference.parse(item)) == item


@pytest.mark.parametrize("text", ["a", "", ":a", "event:", "Event:a", "event: a", "event:A"])
def test_what_does_not_say_kind_and_id_is_no_reference(text: str) -> None:
    with pytest.raises(BadValue):
        Reference.parse(text)
