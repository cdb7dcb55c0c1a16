"""`compiled`: the functions of this room turned into machine code (`stelae.values.compiled`).

`inlined` functions become part of those that call them: a call counts the references of each array
that it hands over, which for a score of arrays takes longer than aligning two words.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from stelae.values.compiled import compiler_of

__all__ = ["compiled", "inlined"]

F = TypeVar("F", bound=Callable[..., Any])

compiled = compiler_of(Path(__file__).parent)


def inlined(function: F) -> F:
    """A function that only compiled functions call, put where it is called."""
    made: Any = numba.njit(inline="always")(function)
    return cast(F, made)
