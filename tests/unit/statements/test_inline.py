import pytest

from stelae.statements.inline import Inline, read_inline
from stelae.statements.model import BindingKind
from stelae.statements.text import Span


def read(text: str) -> Inline:
    return read_inline(text, 100, language="en")


def visible(text: str) -> str:
    hidden = read(text).hidden
    return "".join(
        letter
        for at, letter in enumerate(text)
        if not any(Span(at + 100, at + 101) in h for h in hidden)
    )


def test_a_bound_figure_keeps_its_words_and_its_target() -> None:
    (binding,) = read("[about 90](figure:strelsau-1990/killed/hope) died").bindings
    assert binding.kind is BindingKind.FIGURE
    assert binding.target == "strelsau-1990/killed/hope"
    assert binding.text == "about 90"
    assert binding.text_span == Span(101, 109)
    assert binding.span == Span(100, 144)


def test_a_bound_quotation_may_hold_brackets() -> None:
    (binding,) = read('["it […] was planned"](quote:src-12#p3)').bindings
    assert (binding.kind, binding.target) == (BindingKind.QUOTE, "src-12#p3")
    assert binding.text == '"it […] was planned"'


def test_a_link_to_a_page_binds_nothing_and_an_unknown_kind_is_noted() -> None:
    assert read("[x](https://example.org/a_(b))").bindings[0].kind is BindingKind.WEB
    assert read("[x](figures:a)").notes[0].what == "a link of an unknown kind, 'figures'"
    assert read("[x](figure:)").notes[0].what == "a link to no figure: the id is missing"


def test_addresses_emphasis_ids_and_raw_html_are_hidden() -> None:
    assert visible("**WHEREAS**, [x](date:y) <br/> \\*a {#id-1}") == "WHEREAS, x  *a "


def test_underscores_inside_words_and_lone_asterisks_stay() -> None:
    assert visible("snake_case 2 * 3") == "snake_case 2 * 3"


def test_emphasis_is_not_looked_for_inside_addresses() -> None:
    assert visible("[x](https://example.org/a_b_c) y") == "x y"


def test_an_id_stands_at_the_end_only() -> None:
    assert read("text {#killed}").id == "killed"
    assert read("{#killed} text").id is None


def test_an_image_is_wholly_hidden() -> None:
    assert visible("a ![alt [1]](b.jpg) c") == "a  c"
    assert not read("![alt](b.jpg)").bindings


def test_a_citation_is_no_link_and_a_link_is_no_citation() -> None:
    found = read("[1] and [2](https://example.org)")
    assert [marker.numbers for marker in found.markers] == [(1,)]
    assert found.markers[0].span == Span(100, 103)


def test_a_bracket_without_its_partner_is_noted_and_cites_nothing() -> None:
    found = read("signed by nobody [171")
    assert not found.markers
    assert [note.what for note in found.notes] == ["a square bracket without its partner"]


def test_an_escaped_bracket_is_no_bracket() -> None:
    assert not read("\\[1\\]").markers


def test_template_variables_and_control_characters_are_noted() -> None:
    assert "template" in read("Dear {{ name }}").notes[0].what
    assert "control" in read("a\x02b").notes[0].what


def test_a_closing_quotation_mark_glued_to_a_citation_does_not_hide_it() -> None:
    assert [m.numbers for m in read("“as they say. ”[2 – chapter 2];").markers] == [(2,)]


def test_a_citation_between_turned_brackets_is_one_where_text_runs_from_the_right() -> None:
    text = "غادروا ]١؛ ٣[ ثم عادوا [٢]."
    found = read_inline(text, 0, language="ar")
    assert [marker.numbers for marker in found.markers] == [(1, 3), (2,)]
    assert found.notes == ()
    assert [marker.numbers for marker in read("left ]1[ and [2]").markers] == [(2,)]


def test_an_address_between_angles_is_shown() -> None:
    assert (
        visible("see <https://example.org/a> or <b>so</b>") == "see <https://example.org/a> or so"
    )


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("the people of %NAME% and {city}", 2),
        ("on [DATE] in [PLACE OF EVENT]", 2),
        ("signed [your name here]", 1),
        ("a witness [name withheld] said so", 0),
        ("100 % of 20 % and {#an-id} of it", 0),
        ("[DATE](date:zenda-1990)", 0),
    ],
)
def test_what_was_to_be_filled_in_is_noted(text: str, notes: int) -> None:
    found = [note for note in read(text).notes if "not filled in" in note.what]
    assert len(found) == notes
