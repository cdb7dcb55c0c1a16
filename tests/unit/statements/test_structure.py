import pytest

from stelae.statements.model import PartKind, Statement
from stelae.statements.read import read_statement

NATIVE = """---
title: On the day of remembrance in Ruritania
language: en
date: 2020-01-12
occasion: strelsau-1990
dossier: ruritania
addressees: [the Council of Ruritania]
version of: first
---

## Recitals

Whereas [about 90](figure:strelsau-1990/killed/hope) people were killed [2, ch. 5; 3] in
Strelsau on [13 January 1990](date:strelsau-1990), {#killed}

- noting that ["it was planned"](quote:src-12#p3) [4–7],

## We demand

We call on the Parliament of Ruritania to open the archives [1].

## References

1. hope-2003: p. 90
2. [A. Hope, Strelsau in Flames, 1894](source:hope-1894), pp. 120-128
3. Free text without an id

## Signatories

- Rudolf Rassendyll, historian
- Society of Zenda
"""

PUBLISHED = """Statement of the people of Zenda (January 13, 1990)

The year begins with sad days.

Confirming what is known, namely:

– that “it was planned” [2 – chapter 5, 3];

– that it was “done in haste. ”[2 – chapter 2],

We consider that:

– all is to be told [3].

We, the undersigned, in the year of the 30th anniversary of the fire

Declare that:

– it must not be again

and urge

the parliament of the land to open the archives.


Council of Societies of Zenda (CSZ)

Society “Good Words” (“Bonmots”, France)

Committee of cultural, scientific and other matters “Tower”

January 12, 2020

This Statement is open for joining.


  1. Statement of the CSZ, 2015
  2. The Book of Zenda, pp. 120-128
"""


def kinds(statement: Statement) -> list[str]:
    return [part.kind.value for part in statement.parts]


def test_the_native_form_is_read_whole() -> None:
    statement = read_statement(NATIVE, "a.md")
    assert statement.title == "On the day of remembrance in Ruritania"
    assert (statement.language, statement.occasion) == ("en", "strelsau-1990")
    assert (statement.dossier, statement.version_of) == ("ruritania", "first")
    assert statement.date is not None
    assert statement.date.edtf == "2020-01-12"
    assert kinds(statement) == ["title", "recitals", "demands", "references", "signatories"]
    assert [clause.id for clause in statement.clauses][:4] == [
        *("title-1", "killed", "recitals-1", "demands-1"),
    ]
    assert [a.name for a in statement.addressees] == [
        *("the Council of Ruritania", "the Parliament of Ruritania"),
    ]
    assert statement.notes == ()


def test_references_carry_ids_places_or_free_text() -> None:
    first, second, third = read_statement(NATIVE, "a.md").references
    assert (first.source, [str(place) for place in first.locators]) == ("hope-2003", ["p. 90"])
    assert (second.source, [str(place) for place in second.locators]) == (
        *("hope-1894", ["p. 120-128"]),
    )
    assert (third.source, third.text) == (None, "Free text without an id")


def test_an_id_may_stand_before_printed_words() -> None:
    statement = read_statement(
        "# T\n\n## References\n\n1. hope-1894 — A. Hope, 13 January 1894, p. 90\n2. ibid — so\n",
        "a.md",
    )
    first, second = statement.references
    assert (first.source, first.text) == ("hope-1894", "A. Hope, 13 January 1894, p. 90")
    assert [str(place) for place in first.locators] == ["p. 90"]
    assert (second.source, second.text) == (None, "ibid — so")


def test_bound_words_show_their_fact_though_prose_would_not() -> None:
    text = "# T\n\nSo [1000](figure:a/b/c), in [1915](date:a), [January 1990](date:b) 37th.\n"
    (clause,) = list(read_statement(text, "a.md", "en").clauses)[1:]
    assert [str(number.count) for number in clause.numbers] == ["1000"]
    assert [date.edtf for date in clause.dates] == ["1915", "1990-01"]


def test_signatories_have_roles_where_the_name_is_a_persons() -> None:
    first, second = read_statement(NATIVE, "a.md").signatories
    assert (first.name, first.role) == ("Rudolf Rassendyll", "historian")
    assert (second.name, second.role) == ("Society of Zenda", "")


def test_a_published_text_without_headings_is_read_by_its_opening_words_and_its_tail() -> None:
    statement = read_statement(PUBLISHED, "a.txt")
    assert kinds(statement) == [
        *("title", "preamble", "recitals", "considerations", "declarations", "demands"),
        *("signatories", "plain", "joining", "references"),
    ]
    assert [(m.numbers, [str(p) for p in m.locators]) for _, m in statement.markers] == [
        ((2,), ["ch. 5, 3"]),
        ((2,), ["ch. 2"]),
        ((3,), []),
    ]
    assert [reference.number for reference in statement.references] == [1, 2]
    assert [s.name for s in statement.signatories] == [
        "Council of Societies of Zenda (CSZ)",
        "Society “Good Words” (“Bonmots”, France)",
        "Committee of cultural, scientific and other matters “Tower”",
    ]
    assert [a.name for a in statement.addressees] == ["the parliament of the land"]
    assert statement.joining is not None
    assert statement.date is not None
    assert statement.date.edtf == "2020-01-12"


def test_every_span_points_at_its_words() -> None:
    for text in (NATIVE, PUBLISHED):
        statement = read_statement(text, "a.md" if text is NATIVE else "a.txt")
        for clause in statement.clauses:
            assert statement.source.at(clause.span) == clause.text
            for marker in clause.markers:
                assert statement.source.at(marker.span).startswith("[")
            for binding in clause.bindings:
                assert statement.source.at(binding.text_span) == binding.text


def test_numbering_may_begin_at_zero() -> None:
    statement = read_statement(
        "A Statement of Zenda\n\nWe declare that it is so [0] and so [1].\n\n[0] One\n[1] Two\n"
    )
    assert [reference.number for reference in statement.references] == [0, 1]


def test_a_list_where_every_item_is_numbered_one_is_counted() -> None:
    statement = read_statement(
        "A Statement of Zenda\n\nWe declare that it is so [1].\n\n1. One\n1. Two\n"
    )
    assert [reference.number for reference in statement.references] == [1, 2]
    assert "same number" in statement.notes[0].what


def test_definitions_may_stand_between_paragraphs() -> None:
    statement = read_statement(
        "A Statement of Zenda\n\nSo it is [1].\n\n[1] The Book of Zenda\n\nThe end is near.\n"
    )
    assert [reference.text for reference in statement.references] == ["The Book of Zenda"]
    assert [clause.shown for clause in statement.clauses][-1] == "The end is near."


def test_a_citation_at_the_start_of_a_paragraph_stays_one() -> None:
    statement = read_statement(
        "A Statement of Zenda\n\n[3] says so, and the others do not.\n\nThe end is near.\n"
    )
    assert [marker.numbers for _, marker in statement.markers] == [(3,)]
    assert statement.references == ()


def test_a_numbered_list_of_others_is_no_list_of_signatories_or_references() -> None:
    statement = read_statement(
        "A Statement of Zenda\n\nThe court tried these people:\n\n1. Black Michael\n"
        "2. Rupert of Hentzau\n\nSo it ended.\n"
    )
    assert statement.signatories == ()
    assert statement.references == ()


def test_brackets_that_are_no_citation_cite_nothing() -> None:
    statement = read_statement("A Statement of Zenda\n\nThe [increasing] fire of [1918] [171.\n")
    assert list(statement.markers) == []
    assert [note.what for note in statement.notes] == ["a square bracket without its partner"]


def test_names_under_their_heading_are_one_to_a_line() -> None:
    statement = read_statement(
        "# Lettre de Zenda\n\nNous le disons à tous et pour tous dans les rues de la ville.\n\n"
        "\\*Signataires :\n\nAnne Hope, *maire* de Zenda\nFlavie, poète\nSociété de la Tour\n",
        "a.md",
    )
    assert statement.language == "fr"
    assert [(s.name, s.role) for s in statement.signatories] == [
        ("Anne Hope", "maire de Zenda"),
        ("Flavie", "poète"),
        ("Société de la Tour", ""),
    ]


def test_no_signatories_are_guessed_where_nothing_closes_the_text() -> None:
    assert read_statement("A Statement of Zenda\n\nIt is so.\n\nThe End\n").signatories == ()


def test_an_own_id_used_twice_is_noted_and_the_second_gets_another() -> None:
    statement = read_statement("# T\n\nOne. {#a}\n\nTwo. {#a}\n", "a.md")
    assert [clause.id for clause in statement.clauses] == ["title-1", "a", "preamble-1"]
    assert "second clause" in statement.notes[0].what


def test_a_short_line_with_a_date_of_publication_dates_the_text() -> None:
    statement = read_statement("A Title of Zenda\n\nPublished on 12 January 2020\n\nSo it is.\n")
    assert statement.date is not None
    assert statement.date.edtf == "2020-01-12"


@pytest.mark.parametrize("heading", ["References", "Литература", "ИСТОЧНИКИ:"])
def test_headings_may_be_in_the_texts_language_or_in_english(heading: str) -> None:
    statement = read_statement(f"# Т\n\nЭто было в городе [1].\n\n## {heading}\n\n1. a-1\n", "a.md")
    assert [reference.source for reference in statement.references] == ["a-1"]


def test_a_part_of_a_kind_is_found() -> None:
    statement = read_statement(NATIVE, "a.md")
    assert len(statement.part(PartKind.DEMANDS)) == 1
    assert statement.clause("killed") is not None
    assert statement.clause("nothing") is None


def test_named_labels_cite_the_items_that_carry_them() -> None:
    statement = read_statement(
        "About 90 people were killed [Hope 1894, p. 4; Zapt], says he [sic] [Nobody].\n\n"
        "They were buried [^Zapt].\n\n"
        "[Hope 1894] A. Hope, Strelsau\n[Zapt] Colonel Zapt, Memoirs\n",
        "a.txt",
    )
    assert [(r.number, r.label, r.text) for r in statement.references] == [
        (1, "Hope 1894", "A. Hope, Strelsau"),
        (2, "Zapt", "Colonel Zapt, Memoirs"),
    ]
    assert [marker.numbers for _, marker in statement.markers] == [(1, 2), (2,)]
    assert [str(place) for _, marker in statement.markers for place in marker.locators] == ["p. 4"]


def test_a_label_beside_one_that_is_cited_belongs_to_the_list() -> None:
    text = "So [Hope 1894].\n\n[Hope 1894] Zenda.\n[Zapt 1895] Ferries.\n"
    statement = read_statement(text, "text.txt", "en")
    assert [reference.label for reference in statement.references] == ["Hope 1894", "Zapt 1895"]


def test_an_entry_may_point_at_another() -> None:
    statement = read_statement("So [1].\n\n[1] Hope, as in [2].\n[2] Zapt.\n", "text.txt", "en")
    assert [[m.numbers for m in one.markers] for one in statement.references] == [[(2,)], []]


def test_a_web_address_before_the_words_of_an_entry_is_no_id() -> None:
    text = "So [1].\n\n## References\n\n1. www.harbour.example — the page\n"
    (reference,) = read_statement(text, "text.md", "en").references
    assert (reference.source, reference.text) == (None, "www.harbour.example — the page")


@pytest.mark.parametrize("name", ["text.txt", "text.md"])
def test_a_heading_may_stand_right_above_the_names(name: str) -> None:
    text = "We urge the Council to act.\n\nSignatories:\nSociety of Zenda\nFritz Zapt, pilot\n"
    statement = read_statement(text, name, "en")
    assert [(one.name, one.role) for one in statement.signatories] == [
        ("Society of Zenda", ""),
        ("Fritz Zapt", "pilot"),
    ]


def test_a_bracket_that_nobody_cites_stays_prose() -> None:
    statement = read_statement("Title\n\n[Increasing] numbers of people left.\n", "a.txt")
    assert statement.references == ()
    assert [clause.text for clause in statement.clauses][-1].startswith("[Increasing]")


def test_a_caret_without_a_note_is_said() -> None:
    statement = read_statement("# T\n\nAbout 90 were killed [^hope].\n", "a.md")
    assert [note.what for note in statement.notes] == ["a citation of a note that is not there"]


def test_raised_numbers_cite_a_list_of_raised_numbers() -> None:
    statement = read_statement(
        "About 90 people were killed¹ and 20 wounded².\n\n¹ A. Hope\n² Zapt, p. 4\n", "a.txt"
    )
    assert [(r.number, r.text) for r in statement.references] == [(1, "A. Hope"), (2, "Zapt, p. 4")]
    assert [marker.numbers for _, marker in statement.markers] == [(1,), (2,)]


def test_the_title_of_a_resolution_stands_below_the_letterhead() -> None:
    statement = read_statement(
        "Kingdom of Ruritania\nCouncil of Zenda\n\nFIRST SESSION\n\nRESOLUTION NO. 6\n\n"
        "RESOLUTION ON THE DAY OF REMEMBRANCE IN EVERY SCHOOL\n\n"
        "WHEREAS the day is near;\n\nRESOLVED to keep it.\n",
        "a.txt",
    )
    assert statement.title == "RESOLUTION ON THE DAY OF REMEMBRANCE IN EVERY SCHOOL"
    letterhead, title = statement.parts[:2]
    assert (letterhead.kind, title.kind) == (PartKind.PREAMBLE, PartKind.TITLE)
    assert len(letterhead.clauses) == 3


def test_a_first_line_that_is_no_letterhead_stays_the_title() -> None:
    statement = read_statement("On the day of remembrance\n\nStatement for all who wish to read.\n")
    assert statement.title == "On the day of remembrance"


def test_a_numbered_list_after_the_names_is_the_references_of_a_text_that_cites() -> None:
    text = (
        "Title of it\n\nWe declare that about 90 were killed [1] and more fled [2].\n\n"
        "Signatories\n\n- Rudolf Rassendyll\n- Fritz von Tarlenheim\n\n1. A. Hope\n2. Zapt\n"
    )
    statement = read_statement(text, "a.txt")
    assert [one.name for one in statement.signatories] == [
        *("Rudolf Rassendyll", "Fritz von Tarlenheim")
    ]
    assert [reference.text for reference in statement.references] == ["A. Hope", "Zapt"]


def test_a_numbered_list_after_numbered_names_is_the_references_of_a_text_that_cites() -> None:
    text = (
        "We declare that it froze [1].\n\nSigned by:\n\n1. Society of Zenda\n2. Fritz Zapt\n\n"
        "1. The Winter Harbour.\n"
    )
    statement = read_statement(text, "text.txt", "en")
    assert [one.name for one in statement.signatories] == ["Society of Zenda", "Fritz Zapt"]
    assert [one.text for one in statement.references] == ["The Winter Harbour."]


SIGNED = "Open letter\n\nWe urge the Council to act.\n\nZenda, 13 January 2020\n\n"


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("Society of Zenda\nFritz Zapt\n", ["Society of Zenda", "Fritz Zapt"]),
        ("1. Society of Zenda\n2. Fritz Zapt\n", ["Society of Zenda", "Fritz Zapt"]),
        ("Contact: harbour@example.org\n", []),
        ("1. The Winter Harbour, 2001.\n2. Report, 1992.\n", []),
        ("The archive is to be opened.\n", []),
    ],
)
def test_names_may_stand_below_the_date(below: str, names: list[str]) -> None:
    statement = read_statement(SIGNED + below, "text.txt", "en")
    assert [one.name for one in statement.signatories] == names


def test_short_lines_below_the_date_of_a_letterhead_are_no_names() -> None:
    text = "Society of Zenda\n\n13 January 2020\n\nTo the Council\n"
    assert read_statement(text, "text.txt", "en").signatories == ()


def test_a_paragraph_after_the_items_of_demands_ends_them() -> None:
    text = (
        "We demand:\n\n1. that it be opened;\n2. that it be marked.\n\n"
        "The reasons are these:\n\n1. it froze;\n2. it thawed.\n"
    )
    statement = read_statement(text, "text.txt", "en")
    assert [(part.kind, len(part.clauses)) for part in statement.parts] == [
        (PartKind.DEMANDS, 3),
        (PartKind.PLAIN, 3),
    ]
