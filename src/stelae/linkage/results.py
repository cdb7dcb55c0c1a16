"""The tables of a linkage that others read: clusters, pairs, draws, records.

Weights are given in bits (log odds to base 2): one more doubles the odds that a pair is a match.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from stelae.linkage.fields import Lists
from stelae.linkage.linking import Linkage
from stelae.linkage.weights import probability
from stelae.values.canonical import Json

__all__ = ["clusters", "draws", "model_json", "pairs", "people", "printed", "summary"]

_BITS = 1.0 / np.log(2.0)
_DIGITS = 4


def people(linkage: Linkage) -> int:
    """How many clusters there are."""
    return int(linkage.labels.max() + 1) if len(linkage.labels) else 0


def clusters(linkage: Linkage) -> pl.DataFrame:
    """list, record, cluster: every record with its cluster, numbered from 1."""
    return linkage.lists.frame.select("list", "record").with_columns(
        cluster=pl.Series(linkage.labels + 1, dtype=pl.Int64)
    )


def draws(linkage: Linkage) -> pl.DataFrame:
    """list, record, cluster, draw: whole clusterings drawn from their distribution, from 1."""
    ids = linkage.lists.frame.select("list", "record")
    made = [
        ids.with_columns(
            cluster=pl.Series(labels + 1, dtype=pl.Int64), draw=pl.lit(number, pl.Int32)
        )
        for number, labels in enumerate(linkage.draws, 1)
    ]
    return pl.concat(made)


def pairs(linkage: Linkage) -> pl.DataFrame:
    """The kept pairs: records, probability, weight, and the weight of each comparison, in bits.

    A comparison's cell is null where one of the two records says nothing.
    """
    frame, kept = linkage.lists.frame, linkage.pairs
    log_odds = kept["log_odds"].to_numpy()
    sides = {
        f"{what}_{side}": frame[what].gather(kept[side])
        for side in ("a", "b")
        for what in ("list", "record")
    }
    columns: dict[str, pl.Series] = {
        **{name: sides[name] for name in ("list_a", "record_a", "list_b", "record_b")},
        "probability": pl.Series(np.round(probability(log_odds), 6)),
        "weight": pl.Series(np.round(log_odds * _BITS, _DIGITS)),
        "together": kept["together"],
    }
    for at, comparison in enumerate(linkage.comparisons):
        levels = kept[f"g{at}"].to_numpy()
        bits = np.append(linkage.weights.by_level[at] * _BITS, np.nan)[levels]
        columns[comparison.name] = pl.Series(np.round(bits, _DIGITS)).fill_nan(None)
    return pl.DataFrame(columns)


def printed(lists: Lists) -> pl.DataFrame:
    """The records as their lists print them: list, record, line, and one column for each field."""
    return lists.frame.select("list", "record", "line", *(field.name for field in lists.fields))


def model_json(linkage: Linkage) -> dict[str, Json]:
    """The comparisons with their levels and weights (bits), and what they were learned with."""

    def bits(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
        return [round(float(value) * _BITS, _DIGITS) for value in values]

    first, last = linkage.first_weights, linkage.weights
    return {
        "schema": "stelae-link-model/1",
        "prior": round(last.prior * _BITS, _DIGITS),
        "comparisons": [
            {
                "name": comparison.name,
                "kind": type(comparison).__name__.removesuffix("Comparison").lower(),
                "levels": [
                    {"means": words, "weight": weight, "first": before}
                    for words, weight, before in zip(
                        comparison.levels,
                        bits(last.by_level[at]),
                        bits(first.by_level[at]),
                        strict=True,
                    )
                ],
            }
            for at, comparison in enumerate(linkage.comparisons)
        ],
        "names": {"version": linkage.model.version, "digest": f"sha256:{linkage.model.digest}"},
        "inflation": round(linkage.inflation, _DIGITS),
        "cap": round(linkage.settings.cap * _BITS, _DIGITS),
        "apart": round(linkage.settings.apart * _BITS, _DIGITS),
    }


def summary(linkage: Linkage, outputs: Mapping[str, str] | None = None) -> dict[str, Json]:
    """What `stelae link --json` prints; seconds vary from run to run."""
    seconds = linkage.seconds
    return {
        "schema": "stelae-link/1",
        "records": linkage.lists.frame.height,
        "clusters": people(linkage),
        "pairs_scored": linkage.compared,
        "pairs_matched": int(linkage.pairs["together"].sum()),
        "candidates_found": round(linkage.found, _DIGITS),
        "lists": [
            {"list": one.name, "file": one.file, "records": one.records, "once": one.once}
            for one in linkage.lists.lists
        ],
        "seconds": {stage: round(took, 2) for stage, took in seconds.items()},
        "outputs": dict(outputs or {}),
    }
