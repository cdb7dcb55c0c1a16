"""Random numbers that belong to a table, not to its turn.

A table's stream follows from the seed, its stratum, its replicate and what it is drawn for. So
the same seed gives the same numbers on one core or two, in any order, and a stratum's numbers stay
when another stratum is added.
"""

import hashlib
from collections.abc import Mapping

import numpy as np

from stelae.estimation.histories import Replicate
from stelae.values.canonical import canonical_json

__all__ = ["stream_of"]


def stream_of(
    seed: int, stratum: Mapping[str, str], replicate: Replicate, purpose: str = ""
) -> np.random.Generator:
    """The generator of one table; `purpose` tells apart several fits of it.

    numpy's SeedSequence with the seed as entropy and, as spawn key, the first 128 bits of the
    SHA-256 of stratum, replicate and purpose as canonical JSON.
    """
    told = canonical_json([dict(stratum), replicate.imputation, replicate.linkage, purpose])
    digest = hashlib.sha256(told).digest()
    key = tuple(int.from_bytes(digest[at : at + 4], "big") for at in range(0, 16, 4))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
