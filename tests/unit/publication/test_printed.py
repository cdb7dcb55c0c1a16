from stelae.publication.printed import (
    anchors_of,
    cut,
    head_addressees,
    number_spans,
    signatories_by_clause,
)
from stelae.statements.model import Statement
from stelae.statements.read import read_statement


def one(text: str) -> Statement:
    return read_statement(f"---\nlanguage: en\n---\n\n{text}\n", "one.md")


def linked(text: str, known: tuple[int, ...]) -> list[tuple[str, int]]:
    statement = one(text)
    _, marker = next(iter(statement.markers))
    spans = number_spans(statement, marker, known)
    return [(statement.source.at(span), number) for span, number in spans]


def test_a_marker_of_one_reference_leads_to_it_as_a_whole() -> None:
    assert linked("So it is [2, ch. 5].", (2,)) == [("[2, ch. 5]", 2)]


def test_a_marker_of_several_leads_to_each_of_them() -> None:
    assert linked("So it is [2, ch. 5; 3].", (2, 3)) == [("[2, ch. 5;", 2), ("3]", 3)]


def test_the_inside_of_a_range_leads_nowhere() -> None:
    assert linked("So it is [4–6].", (4, 5, 6)) == [("[4–", 4), ("6]", 6)]


def test_a_number_without_an_entry_leads_nowhere() -> None:
    assert linked("So it is [2; 9].", (2,)) == [("[2; 9]", 2)]
    assert linked("So it is [9].", ()) == []


def test_the_words_are_cut_where_a_span_begins_and_ends() -> None:
    statement = one("We *know* [48](figure:f-a) names.")
    clause = next(statement.clauses)
    binding = clause.bindings[0]
    pieces = list(cut(statement, clause, [binding.text_span]))
    assert pieces == [(None, "We know "), (binding.text_span, "48"), (None, " names.")]


def test_addressees_of_the_head_are_found_where_the_title_stands_in_the_head_too() -> None:
    text = "---\ntitle: On it\naddressees: [Parliament]\n---\n\nWe urge the council to act.\n"
    assert head_addressees(read_statement(text, "a.md")) == ("Parliament",)


def test_ids_that_differ_in_unsafe_letters_only_keep_fragments_of_their_own() -> None:
    statement = one("One. {#a:b}\n\nTwo. {#a-b}")
    assert sorted(anchors_of(statement).values()) == ["a-b", "a-b~2"]


def test_prose_among_the_signatories_is_nobodys_name() -> None:
    text = "Words.\n\n## Signatories\n\nAnna Example\n\nThese have signed so far, and more will.\n"
    statement = one(text)
    names = [found.name for found in signatories_by_clause(statement).values()]
    assert names == [signatory.name for signatory in statement.signatories]
    assert "Anna Example" in names
