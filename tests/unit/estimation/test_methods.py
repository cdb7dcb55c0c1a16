import pytest
from fake_methods import Doubling

from stelae.errors import BadInput, NotEstimable
from stelae.estimation.chao import ChaoLowerBound
from stelae.estimation.chapman import Chapman
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.methods import (
    DEFAULT,
    METHODS,
    lighter,
    make,
    offered_for,
    require_offered,
    with_parameters,
)

TWO = CaptureHistories.of("AB", {1: 5, 2: 4, 3: 3})
FOUR = CaptureHistories.of("ABCD", {1: 5, 3: 4, 15: 3})


@pytest.mark.parametrize("name", [name for name, entry in METHODS.items() if entry.is_there])
def test_a_method_has_the_name_by_which_it_is_found(name: str) -> None:
    assert make(name).name == name


def test_level_and_draws_are_set_where_a_method_has_them() -> None:
    assert make("chapman", level=0.8, draws=7) == Chapman(0.8, 7)
    assert with_parameters(Doubling(), draws=9) == Doubling(draws=9)


def test_a_lighter_method_makes_a_quarter_of_the_draws_but_not_too_few() -> None:
    assert lighter(Doubling(draws=8000)) == Doubling(draws=2000)
    assert lighter(Doubling(draws=900)) == Doubling(draws=500)
    assert lighter(Doubling(draws=80)) == Doubling(draws=80)


def test_an_unknown_method_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match=r"no method 'lincoln'\n.*chapman, chao"):
        make("lincoln")


def test_two_lists_have_chapman_and_the_lower_bound_only() -> None:
    assert offered_for([TWO]) == ("chapman", "chao")
    assert make(offered_for([TWO])[1]) == ChaoLowerBound()


def test_three_lists_or_more_begin_with_the_default_where_it_is_there() -> None:
    offered = offered_for([FOUR, TWO])
    assert "chapman" not in offered
    if METHODS[DEFAULT].is_there:
        assert offered[0] == DEFAULT


def test_one_list_has_no_method() -> None:
    with pytest.raises(NotEstimable, match="needs two lists, has 1"):
        offered_for([CaptureHistories.of("A", {1: 5})])


def test_a_method_for_other_numbers_of_lists_is_refused() -> None:
    require_offered("chao", [TWO])
    with pytest.raises(NotEstimable, match="chapman takes 2 at most, and there are 4"):
        require_offered("chapman", [FOUR])
