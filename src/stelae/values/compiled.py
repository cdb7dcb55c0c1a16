"""`compiler_of`: functions turned into machine code by Numba, kept on disk between runs.

Numba keeps compiled code by the file of a function alone: when a function that it calls, in
another file, has changed, the old code would go on being used. So the code is kept in a folder
named after the digest of all sources of a room; a changed line anywhere in it means new code.

Arithmetic is strict: with sums reordered for speed, two copies of one function round otherwise,
and which copy runs depends on whether it was compiled or loaded. One seed gives the same bytes.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import numba
import platformdirs

__all__ = ["Compiler", "compiler_of"]

F = TypeVar("F", bound=Callable[..., Any])


class Compiler(Protocol):
    """Gives a function as machine code that runs without the interpreter's lock."""

    def __call__(self, function: F) -> F:
        """The function, compiled when it is first called."""
        ...


def compiler_of(room: Path) -> Compiler:
    """The decorator for the functions of a room, a folder of sources that call only each other."""
    folder = _folder(room)

    def compiled(function: F) -> F:
        settings: Any = numba.config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = before or folder or ""
        try:
            made: Any = numba.njit(cache=bool(before or folder), nogil=True)(function)
        finally:
            settings.CACHE_DIR = before
        return cast(F, made)

    return compiled


def _folder(room: Path) -> str | None:
    """Where compiled code of these sources is kept; None where no such folder can be made."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(room.rglob("*.py")):
        digest.update(path.read_bytes())
    folder = platformdirs.user_cache_path("stelae") / "kernels" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder)
