"""`compiled`: functions turned into machine code by Numba, kept on disk between runs.

Numba keeps compiled code by the file of a function alone: when a function that it calls, in
another file, has changed, the old code would go on being used. So the code is kept in a folder
named after the digest of all sources of this room; a changed line anywhere means new code.

Arithmetic is strict: with sums reordered for speed, two copies of one function round otherwise,
and which copy runs depends on whether it was compiled or loaded. One seed gives the same bytes.
"""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

__all__ = ["compiled"]

F = TypeVar("F", bound=Callable[..., Any])


@functools.cache
def _folder() -> str | None:
    """Where compiled code of these sources is kept; None where no such folder can be made."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    folder = platformdirs.user_cache_path("stelae") / "kernels" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder)


def compiled(function: F) -> F:
    """The function as machine code that runs without the interpreter's lock."""
    settings: Any = numba.config
    before = settings.CACHE_DIR
    folder = before or _folder()
    settings.CACHE_DIR = folder or ""
    try:
        made: Any = numba.njit(cache=folder is not None, nogil=True)(function)
    finally:
        settings.CACHE_DIR = before
    return cast(F, made)
