import itertools

import pytest

from stelae.errors import BadValue
from stelae.estimation.loglinear.models import (
    Model,
    family_of,
    hierarchical_models,
    independence,
)


@pytest.mark.parametrize(("lists", "models"), [(2, 1), (3, 8), (4, 113), (5, 6893)])
def test_there_are_as_many_hierarchical_models_as_dedekind_counts(lists: int, models: int) -> None:
    found = hierarchical_models(lists)
    assert len(found) == len(set(found)) == models


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 64), (5, 1024)])
def test_with_terms_of_two_lists_there_is_a_model_for_each_graph(lists: int, graphs: int) -> None:
    assert len(hierarchical_models(lists, 2)) == graphs
    assert hierarchical_models(lists, 1) == (independence(lists),)


def test_three_and_four_lists_have_the_models_that_trying_every_set_of_terms_finds() -> None:
    for lists in (3, 4):
        possible = [t for t in range(1 << lists) if 2 <= t.bit_count() < lists]
        found = set()
        for kept in itertools.product((False, True), repeat=len(possible)):
            terms = {t for t, keep in zip(possible, kept, strict=True) if keep}
            if all(p in terms for t in terms for p in possible if p & t == p):
                found.add(Model.of(lists, terms))
        assert set(hierarchical_models(lists)) == found


def test_a_model_holds_with_a_term_all_its_parts() -> None:
    model = Model.of(4, [0b0111])
    assert model.generators == (0b1000, 0b0111)
    assert model.terms == (0, 1, 2, 4, 8, 3, 5, 6, 7)


def test_a_model_is_written_as_papers_write_it() -> None:
    model = Model.named("ABCD", [["C", "A"], ["B", "C", "D"], ["D"]])
    assert model.written("ABCD") == "[B C D][A C]"
    assert model.names("ABCD") == [["B", "C", "D"], ["A", "C"]]


@pytest.mark.parametrize(
    ("generators", "why"),
    [
        ((7,), "never all"),
        ((1, 2), "every list"),
        ((1, 3, 4), "part of another"),
        ((3, 4), "ascend"),
        ((4, 4, 3), "ascend"),
    ],
)
def test_what_is_no_model_is_refused(generators: tuple[int, ...], why: str) -> None:
    with pytest.raises(BadValue, match=why):
        Model(3, generators)


def test_a_generator_of_an_unknown_list_is_refused() -> None:
    with pytest.raises(BadValue, match="no list X"):
        Model.named("ABC", [["A", "X"]])


def test_all_models_of_six_lists_are_not_enumerated() -> None:
    with pytest.raises(BadValue, match="2 to 5 lists"):
        hierarchical_models(6)
    with pytest.raises(BadValue, match="at least one list"):
        hierarchical_models(3, 0)


def test_a_family_has_the_terms_of_its_models_row_by_row() -> None:
    family = family_of(hierarchical_models(3))
    for model, terms, size in zip(family.models, family.terms, family.sizes, strict=True):
        assert tuple(terms[:size]) == model.terms
        assert not terms[size:].any()
