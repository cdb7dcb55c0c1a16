import pytest

from stelae.errors import BadInput
from stelae.evidence.extracted import (
    ExtractedText,
    Limits,
    decode_pages,
    encode_pages,
    finish,
    tidy_page,
)


def test_pages_are_joined_by_form_feeds_in_utf_8() -> None:
    assert encode_pages(["один", "", "three"]) == "один\f\fthree".encode()
    assert decode_pages("один\f\fthree".encode()) == ("один", "", "three")
    assert decode_pages(b"") == ("",)


@pytest.mark.parametrize("pages", [[], ["a\fb"], ["\ud800"]])
def test_pages_that_would_not_come_back_are_refused(pages: list[str]) -> None:
    with pytest.raises(BadInput):
        encode_pages(pages)


def test_a_damaged_derived_object_is_refused() -> None:
    with pytest.raises(BadInput, match="byte 1"):
        decode_pages(b"a\xff")


@pytest.mark.parametrize("pages", [(), ("a\fb",), ("\udfff",)])
def test_an_extracted_text_cannot_be_wrong(pages: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="page"):
        ExtractedText(pages, (), "test")


def test_line_ends_and_control_characters_are_tidied() -> None:
    assert tidy_page("a\r\nb\rc\x0bd\fe\tf\x85") == ("a\nb\nc\nd\ne\tf\x85", 0)
    assert tidy_page("a\0b\x1b\x7f\x80\ud800") == ("a\ufffdb\ufffd\ufffd\ufffd\ufffd", 5)


def test_what_is_replaced_or_cut_is_noted() -> None:
    assert finish(["a\0", "\0"], ["n"], "m", Limits()).notes == (
        "n",
        "2 control characters were replaced by U+FFFD",
    )
    few = finish(["a", "b", "c"], [], "m", Limits(pages=2))
    assert few.pages == ("a", "b")
    assert few.notes == ("only the first 2 of 3 pages were taken",)
    short = finish(["abc", "def", "ghi"], [], "m", Limits(characters=5))
    assert short.pages == ("abc", "de")
    assert short.notes == ("cut after 5 characters, on page 2 of 3",)
