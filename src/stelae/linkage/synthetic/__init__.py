"""Synthetic people and the lists that hold some of them, with the truth: for tests, bench and demo.

    frames, truth = synthetic.sample(seed=1, people=1000)

All of it is made up: names are put together from common parts and are nobody's.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl

from stelae.linkage.synthetic.designs import Capture, ListDesign, Rates, designs
from stelae.linkage.synthetic.lists import SyntheticLists, lists
from stelae.linkage.synthetic.population import Parameters, People, population

__all__ = [
    "Capture",
    "ListDesign",
    "Parameters",
    "People",
    "Rates",
    "SyntheticLists",
    "designs",
    "lists",
    "population",
    "sample",
    "simulate",
]


def simulate(
    parameters: Parameters,
    chosen: Sequence[ListDesign],
    seed: int,
    progress: Callable[[int, float], None] | None = None,
) -> SyntheticLists:
    """A population and its lists; the same arguments give the same lists.

    `progress` is told when the people (0) and each list (from 1) are done.
    """
    rng = np.random.default_rng(seed)
    people = population(parameters, rng)
    if progress is None:
        return lists(people, chosen, rng)
    progress(0, 1.0)
    return lists(people, chosen, rng, lambda at, share: progress(at + 1, share))


def sample(
    seed: int = 1,
    people: int = 1000,
    scripts: Sequence[str] = ("armenian", "cyrillic", "latin-azerbaijani", "latin-english"),
    *,
    errors: float | None = None,
) -> tuple[Mapping[str, pl.DataFrame], pl.DataFrame]:
    """A list in each of these scripts or spellings, by name, and the person of each record.

    The tables are text, with the list's own id in `record`; the truth has list, record, person.
    """
    made = simulate(Parameters(people=people), designs(len(scripts), scripts, errors=errors), seed)
    return made.frames, made.truth
