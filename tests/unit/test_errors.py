import inspect

import pytest

from stelae import errors
from stelae.errors import (
    BadInput,
    BadValue,
    ImportRefused,
    IntegrityError,
    Problem,
    StaleDossier,
    StelaeError,
)


def classes() -> dict[str, type[StelaeError]]:
    found = inspect.getmembers(errors, inspect.isclass)
    return {name: type_ for name, type_ in found if issubclass(type_, StelaeError)}


def test_the_docstring_draws_the_whole_tree() -> None:
    lines = (errors.__doc__ or "").splitlines()
    drawn: dict[str, str | None] = {}
    above: list[str] = []
    for line in lines:
        name = line.lstrip("│├└─ ").split(" ")[0]
        if name in classes():
            depth = (len(line) - len(line.lstrip("│├└─ "))) // 4
            above[depth:] = [name]
            drawn[name] = above[depth - 1] if depth else None
    assert drawn.keys() == classes().keys()
    for name, parent in drawn.items():
        if parent:
            assert issubclass(classes()[name], classes()[parent])
            assert classes()[parent] in classes()[name].__bases__


def test_everything_public_is_exported() -> None:
    assert set(errors.__all__) == {*classes(), "Problem"}


def test_an_error_says_what_and_what_to_do_next() -> None:
    error = StaleDossier("it is old", hint="Restore the newest one.")
    assert (error.what, error.hint) == ("it is old", "Restore the newest one.")
    assert str(error) == "it is old\n  Restore the newest one."
    assert str(StelaeError("alone")) == "alone"
    assert isinstance(error, IntegrityError)


def test_a_bad_value_is_a_value_error_for_those_who_know_no_stelae() -> None:
    with pytest.raises(ValueError, match="no"):
        raise BadValue("no")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("odd"), "odd"),
        (Problem("odd", "a.csv"), "a.csv: odd"),
        (
            Problem("odd", "a.csv", 3, "count", "Mend it."),
            "a.csv, row 3, column count: odd (Mend it.)",
        ),
        (Problem("odd", row=0), "row 0: odd"),
    ],
)
def test_a_problem_says_where(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_refused_import_says_every_problem() -> None:
    one = ImportRefused([Problem("odd", "a.csv", 2)])
    assert str(one) == "refused, nothing was changed: 1 problem\n  a.csv, row 2: odd"
    assert "2 problems" in str(ImportRefused([Problem("a"), Problem("b")]))
    assert isinstance(one, BadInput)
