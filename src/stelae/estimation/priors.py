"""Priors on how many people there are in all, N."""

from dataclasses import dataclass

from stelae.errors import BadValue
from stelae.values.canonical import Json

__all__ = ["INVERSE", "SizePrior"]


@dataclass(frozen=True, slots=True)
class SizePrior:
    """p(N) proportional to Gamma(N + s) / N! q^N, and nothing above a bound if one is set.

    `inverse()` is 1/N (s = 0, q = 1), `flat()` is constant (s = 1, q = 1),
    `negative_binomial(a, b)` is a Poisson whose mean is Gamma with shape a and scale b (s = a,
    q = b / (1 + b)). `cap`: the unlisted are at most so many times the listed, as some published
    work had it; None: no cap.
    """

    kind: str = "inverse"
    s: float = 0.0
    q: float = 1.0
    cap: float | None = None

    def __post_init__(self) -> None:
        if not (self.s >= 0 and 0 < self.q <= 1):
            raise BadValue(f"no prior on N has s = {self.s} and q = {self.q}")
        if self.cap is not None and not self.cap > 0:
            raise BadValue(f"a cap is above zero, not {self.cap}")

    @classmethod
    def inverse(cls, cap: float | None = None) -> "SizePrior":
        """1/N: the same weight for every order of magnitude."""
        return cls("inverse", 0.0, 1.0, cap)

    @classmethod
    def flat(cls, cap: float | None = None) -> "SizePrior":
        """The same weight for every number; it favours large ones."""
        return cls("flat", 1.0, 1.0, cap)

    @classmethod
    def negative_binomial(cls, shape: float, scale: float, cap: float | None = None) -> "SizePrior":
        """What is known before: about shape x scale people, give or take scale x sqrt(shape)."""
        if not (shape > 0 and scale > 0):
            raise BadValue("shape and scale of a negative binomial are above zero")
        return cls("negative-binomial", shape, scale / (1 + scale), cap)

    def most_unlisted(self, observed: int) -> int | None:
        """The bound on n_0 for a table of so many observed, if there is one."""
        return None if self.cap is None else int(self.cap * observed)

    def to_json(self) -> dict[str, Json]:
        """The prior as a report prints it."""
        return {"kind": self.kind, "s": self.s, "q": self.q, "cap": self.cap}


INVERSE = SizePrior()
"""1/N without a cap, the default of every Bayesian method here."""
