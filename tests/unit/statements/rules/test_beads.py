from stelae.statements.model import PartKind
from stelae.statements.rules.beads import Bead, strings
from stelae.statements.rules.likeness import Traits


def clause(length: int = 100, *held: int, name: str = "") -> Traits:
    traits = frozenset(("number", number) for number in held)
    return Traits(traits, length, PartKind.PLAIN, frozenset({name} if name else ()))


def pairs(mine: list[Traits], theirs: list[Traits]) -> list[tuple[tuple[int, ...], ...]]:
    found = strings(mine, theirs)
    assert found is not None
    return [(bead.mine, bead.theirs) for bead in found]


def test_clauses_of_one_shape_answer_in_their_order() -> None:
    assert pairs([clause()] * 3, [clause()] * 3) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_a_clause_whose_facts_the_other_text_lacks_is_the_one_without_counterpart() -> None:
    mine = [clause(100, 11), clause(100, 22), clause(100, 33)]
    theirs = [clause(100, 11), clause(100, 33)]
    assert pairs(mine, theirs) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_clauses_whose_facts_all_differ_still_answer_to_one_another() -> None:
    mine = [clause(100, 11), clause(90, 22), clause(100, 33)]
    theirs = [clause(100, 11), clause(90, 44), clause(100, 33)]
    assert pairs(mine, theirs) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_a_clause_that_is_parted_in_two_is_one_bead() -> None:
    parted = [clause(60, 11), clause(50, 22), clause(80, 33)]
    whole = [clause(110, 11, 22), clause(80, 33)]
    assert pairs(parted, whole) == [((0, 1), (0,)), ((2,), (1,))]
    assert pairs(whole, parted) == [((0,), (0, 1)), ((1,), (2,))]


def test_a_short_clause_is_not_swallowed_by_its_neighbour() -> None:
    mine = [clause(200, 11), clause(30), clause(150, 33)]
    theirs = [clause(200, 11), clause(150, 33)]
    assert ((1,), ()) in pairs(mine, theirs)


def test_a_clause_that_stands_elsewhere_is_found_there() -> None:
    mine = [clause(100, 11), clause(100, 22), clause(100, 33), clause(100, 44)]
    theirs = [mine[3], mine[0], mine[1], mine[2]]
    assert pairs(mine, theirs) == [((0,), (1,)), ((1,), (2,)), ((2,), (3,)), ((3,), (0,))]


def test_ids_outweigh_what_the_clauses_hold() -> None:
    mine = [clause(100, 11, name="ice"), clause(100, 22, name="boats")]
    theirs = [clause(100, 22, name="ice"), clause(100, 11, name="boats")]
    assert pairs(mine, theirs) == [((0,), (0,)), ((1,), (1,))]


def test_where_any_of_three_may_be_the_one_without_counterpart_the_bead_says_so() -> None:
    found = strings([clause()] * 3, [clause()] * 2)
    assert found is not None
    (lone,) = [bead for bead in found if not bead.theirs]
    assert lone.doubtful
    sure = strings([clause(100, 11), clause(100, 22), clause(100, 33)], [clause(100, 11)])
    assert sure is not None
    assert sure == (Bead((0,), (0,)), Bead((1,), ()), Bead((2,), ()))


def test_long_texts_of_very_different_length_are_not_held_against_each_other() -> None:
    assert strings([clause()] * 2000, [clause()] * 1000) is None
    assert strings([], [clause()] * 3) is not None
