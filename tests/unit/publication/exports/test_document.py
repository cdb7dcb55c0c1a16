import pytest
from export_texts import ARABIC, HEBREW, NATIVE, PLAIN, STANDING, WAIVED, document

from stelae.publication.exports.runs import RunKind, clean, text_of
from stelae.publication.exports.words import languages_of_exports, words_in
from stelae.statements.languages import language
from stelae.statements.model import PartKind
from stelae.statements.openings import heading_kind
from stelae.statements.passage import Passage
from stelae.statements.text import Span


def test_language_and_direction_are_those_of_the_text() -> None:
    assert [(one.language, one.direction) for one in map(document, (NATIVE, ARABIC, HEBREW))] == [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
    ]


def test_a_text_of_no_known_language_runs_as_its_letters_do() -> None:
    unknown = document("---\nlanguage: und\n---\n\nשלום\n")
    assert (unknown.language, unknown.direction) == ("und", "rtl")


def test_date_and_addressees_are_printed_only_where_no_clause_says_them() -> None:
    native, plain = document(NATIVE), document(PLAIN, "ferry.txt")
    assert (native.day, native.date) == ("2026-01-20", "20 January 2026")
    assert native.addressees == ("Parliament of the Land", "Town council")
    assert (plain.day, plain.date, plain.addressees) == ("2026-01-20", "", ())


def test_the_words_are_those_that_a_reader_sees() -> None:
    made = document()
    shown = [clean(one.clause.shown) for section in made.sections for one in section.paragraphs]
    assert [text_of(one.runs) for section in made.sections for one in section.paragraphs] == shown


def test_each_citation_leads_to_its_item_and_the_item_back_to_it() -> None:
    made = document()
    places = {
        place: made.leads_to(run)
        for section in made.sections
        for one in section.paragraphs
        for run, place in zip(one.runs, one.places, strict=True)
        if run.kind is RunKind.MARKER
    }
    anchors = {f"#{item.anchor}" for item in made.references}
    assert set(places.values()) <= anchors
    for item in made.references:
        assert item.backs
        for back in item.backs:
            assert places.get(back, f"#{item.anchor}") == f"#{item.anchor}"


def test_an_item_cited_only_inside_a_range_leads_back_to_the_clause() -> None:
    second = document().references[1]
    assert [back.startswith("~cite") for back in second.backs] == [True, False]


def test_with_a_record_items_have_its_citation_and_bound_words_what_they_rest_on() -> None:
    made = document(recorded=True)
    first, second, third = made.references
    assert first.citation is not None
    assert first.citation.title == "Paper A of 16 January"
    assert second.citation is None
    assert third.citation is not None
    assert not third.runs  # the item was nothing but the id of the source
    facts = {fact.target: fact for fact in made.facts}
    assert facts["figure:f-a"].says[0].startswith("48 killed: Paper A (synthetic)")
    assert facts["figure:f-a"].rivals


def test_without_a_record_nothing_is_said_of_what_words_rest_on() -> None:
    made = document()
    assert made.facts == ()
    assert [item.citation for item in made.references] == [None, None, None]


def test_only_waived_findings_are_printed() -> None:
    made = document()
    assert [one.remark for one in made.waived] == [WAIVED]
    assert STANDING not in [one.remark for one in made.waived]
    assert made.waived[0].anchor == "killed"


def test_signatories_keep_their_roles() -> None:
    names = [
        (one.signatory.name, one.signatory.role)
        for section in document().sections
        for one in section.paragraphs
        if one.signatory
    ]
    assert names == [
        ("Example Association (synthetic)", ""),
        ("Anna Example", "teacher (synthetic)"),
    ]


def test_characters_that_no_xml_may_hold_are_replaced() -> None:
    assert clean("a\x07b\ufffe\nc\td") == "a\ufffdb\ufffd c d"


@pytest.mark.parametrize("code", languages_of_exports())
def test_added_headings_are_read_back_as_what_they_are(code: str) -> None:
    words, table = words_in(code), language(code)
    for text, kind in (
        (words.signatories, PartKind.SIGNATORIES),
        (words.references, PartKind.REFERENCES),
    ):
        assert heading_kind(Passage.of(text, Span(0, len(text))), table) is kind
