"""Pages that would keep a parser busy for hours are known by their tags."""

import pytest

from stelae.evidence.extracted import Limits, NoText
from stelae.evidence.html_shape import DEEPEST, MOST_ATTRIBUTES, why_not_parsed
from stelae.evidence.html_text import html_text


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 6000,
        "<div>" * 6000 + "</div>" * 6000,
        "<ol><li>" * 6000,
        '<a href="#b"><table><tr><td>x' * 6000,
        "<div></p>" * 6000,
        "<div></unknown>" * 6000,
        "<div><table><tr><td></div>" * 6000,
        "<x-y a='>'>" * 6000,
        '<div a=b="c>' * 6000,
        '<div ="c>' * 6000,
        "<div a\"b='>'>" * 6000,
        "<i>" * 6000 + "</i>" * 6000,
    ],
)
def test_elements_inside_one_another_without_end_are_not_parsed(page: str) -> None:
    assert "inside one another" in (why_not_parsed(page) or "")


def test_attributes_without_end_are_not_parsed() -> None:
    page = "<p " + " ".join(f"a{n}=b" for n in range(MOST_ATTRIBUTES + 1)) + ">"
    assert "attributes" in (why_not_parsed(page) or "")
    assert why_not_parsed(f'<p class="{"a " * 100_000}">') is None


def test_formatting_left_open_before_many_paragraphs_is_not_parsed() -> None:
    fonts = "".join(f"<font color={n}>" for n in range(1500))
    assert "formatting" in (why_not_parsed(fonts + "<p>x" * 1500) or "")
    assert why_not_parsed("<font>" * 1500 + "<p>x" * 1500) is None


@pytest.mark.parametrize(
    "page",
    [
        "<p>x" * 100_000,
        "<ul>" + "<li>x" * 100_000 + "</ul>",
        "<table>" + "<tr><td><b>x" * 100_000 + "</table>",
        "<div><p>x</div>" * 100_000,
        "<div><span>x</div>" * 10_000,
        "<br>" * 100_000,
        "<p>a <b>b <i>c</i></b>" * 50_000,
        "1 < 2 and 3 > 2 " * 10_000,
        "<div>" * (DEEPEST - 1),
    ],
)
def test_long_and_untidy_pages_are_parsed(page: str) -> None:
    assert why_not_parsed(page) is None


def test_no_text_is_taken_from_such_a_page_and_the_reason_is_given() -> None:
    found = html_text(b"<div>" * 6000, Limits())
    assert isinstance(found, NoText)
    assert "inside one another" in found.reason
