"""How pairs usually spread over the levels of a comparison, before the lists at hand say it.

Short lists do not tell by themselves: of twenty records perhaps ten pairs match, and what is
learned from these alone takes relatives for one person, or nobody. So learning starts from what is
usual, and counts it as a few pairs more; on long lists these weigh nothing. The numbers are
rounded means of what pairs of known answer do in rldata10000, febrl3, hist50k and lists made by
`stelae.linkage.synthetic`: matches, pairs that share a key without being matches, random pairs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Usual"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Usual:
    """Shares of the levels, from the most alike to the least, among three kinds of pairs."""

    matching: tuple[float, ...]
    related: tuple[float, ...]
    """Of relatives, neighbours and namesakes: no matches, but more alike than any two records."""
    random: tuple[float, ...]

    def of(self, kind: str) -> Floats:
        """The shares of one kind, `matching`, `related` or `random`, which add up to 1."""
        values = np.array(getattr(self, kind))
        return np.asarray(values / values.sum())
