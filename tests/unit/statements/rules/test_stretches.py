from stelae.statements.read import read_statement
from stelae.statements.rules.stretches import Stretches, links, quotations
from stelae.statements.text import Span


def test_the_outermost_stretch_holds_what_lies_wholly_in_it() -> None:
    stretches = Stretches([(Span(10, 20), "b"), (Span(0, 5), "a"), (Span(12, 14), "inner")])
    assert stretches.holding(Span(12, 14)) == "b"
    assert stretches.holding(Span(0, 5)) == "a"
    assert stretches.holding(Span(4, 6)) is None
    assert stretches.holding(Span(7, 8)) is None


def test_a_stretch_is_touched_from_either_side() -> None:
    stretches = Stretches([(Span(0, 5), 1), (Span(10, 20), 2)])
    assert stretches.touches(Span(4, 6))
    assert stretches.touches(Span(8, 11))
    assert not stretches.touches(Span(5, 10))
    assert not Stretches([]).touches(Span(0, 9))


def test_links_and_closed_quotations_of_a_clause_are_stretches() -> None:
    text = "See [90](figure:x) and “so it was” and “so."
    (clause,) = read_statement(text, "a.md", "en").clauses
    at = text.index("90")
    binding = links(clause).holding(Span(at, at + 2))
    assert binding is not None
    assert binding.target == "x"
    inside, after = text.index("it was"), text.rindex("so")
    assert quotations(clause).holding(Span(inside, inside + 2))
    assert not quotations(clause).holding(Span(after, after + 2))
