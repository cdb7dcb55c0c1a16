import pytest

from stelae.errors import BadValue
from stelae.statements.edits import Edit, apply_edits
from stelae.statements.text import Span


def test_edits_are_made_at_once_over_the_text_as_given() -> None:
    edits = [Edit(Span(4, 7), "one"), Edit(Span(0, 0), "» "), Edit(Span(4, 7), "one")]
    assert apply_edits("see [2] there", edits) == "» see one there"


def test_no_edit_leaves_the_text_as_it_is() -> None:
    assert apply_edits("as it is", []) == "as it is"


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(Span(0, 3), "a"), Edit(Span(2, 4), "b")),
        (Edit(Span(2, 2), "a"), Edit(Span(2, 2), "b")),
        (Edit(Span(3, 30), "a"),),
    ],
)
def test_edits_that_cannot_all_be_made_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(BadValue):
        apply_edits("as it is", edits)
