"""`compiled`: the functions of this room turned into machine code (`stelae.values.compiled`)."""

from pathlib import Path

from stelae.values.compiled import compiler_of

__all__ = ["compiled"]

compiled = compiler_of(Path(__file__).parent)
