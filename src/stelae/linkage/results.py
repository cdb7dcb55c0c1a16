"""The tables of a linkage that others read: clusters, pairs, draws, records.

Weights are given in bits (log odds to base 2): one more doubles the odds that a pair is a match.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.fields import Field, Lists
from stelae.linkage.linking import Linkage
from stelae.linkage.weights import probability
from stelae.values.canonical import Json

__all__ = [
    "clusters",
    "draws",
    "kind_of",
    "model_json",
    "pairs",
    "people",
    "records",
    "summary",
    "words",
]

_BITS = 1.0 / np.log(2.0)
_DIGITS = 4


def people(linkage: Linkage) -> int:
    """How many clusters there are."""
    return len(np.unique(linkage.labels))


def within_lists(linkage: Linkage) -> float:
    """The share of joined pairs whose two records are of one list; 0 without any."""
    joined = linkage.pairs.filter(pl.col("together"))
    of = linkage.lists.frame["list"]
    same = (of.gather(joined["a"]) == of.gather(joined["b"])).to_numpy()
    return float(same.mean()) if len(same) else 0.0


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
    frame, kept = linkage.lists.frame, linkage.without_lean().pairs
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


def records(lists: Lists) -> pl.DataFrame:
    """The records as their lists print them, with what was read from them: the joined table.

    Columns as `stelae.linkage.fields` describes them, in the order of the rows, without `row`.
    """
    return lists.frame.drop("row")


def model_json(linkage: Linkage) -> dict[str, Json]:
    """The comparisons with their levels and weights (bits), and what they were learned with."""

    def bits(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
        return [round(float(value) * _BITS, _DIGITS) for value in values]

    first, last = linkage.first_weights, linkage.without_lean().weights
    return {
        "schema": "stelae-link-model/1",
        "prior": round(last.prior * _BITS, _DIGITS),
        "comparisons": [
            {
                "name": comparison.name,
                "kind": kind_of(comparison),
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
        "fields": [_field(field) for field in linkage.as_read.fields],
        "learned_from": list(linkage.learned_from or (one.name for one in linkage.as_read.lists)),
        "lean": round(linkage.settings.lean * _BITS, _DIGITS),
        "cap": round(linkage.settings.cap * _BITS, _DIGITS),
        "apart": round(linkage.settings.apart * _BITS, _DIGITS),
    }


def words(linkage: Linkage) -> pl.DataFrame:
    """word, log_share: how common each word of a name was taken to be (natural log)."""
    listed = sorted(linkage.common.items())
    return pl.DataFrame(listed, schema={"word": pl.String, "log_share": pl.Float64}, orient="row")


def kind_of(comparison: Comparison) -> str:
    """The word for what a comparison compares: name, date, sex, place, code or text."""
    return type(comparison).__name__.removesuffix("Comparison").lower()


def _field(field: Field) -> dict[str, Json]:
    said = {"at": field.at, "towards": field.towards, "role": field.role}
    return {
        "name": field.name,
        "kind": field.kind.value,
        **{key: value for key, value in said.items() if value is not None},
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
        **_people_json(linkage),
        "outputs": dict(outputs or {}),
    }


def _people_json(linkage: Linkage) -> dict[str, Json]:
    """The number of people by draws: an interval, or the reasons why there is none."""
    said = linkage.people
    if said is None:
        return {}
    interval = None if said.interval is None else list(said.interval)
    return {
        "people": {
            "interval": interval,
            "drawn": list(said.drawn),
            "verdict": said.verdict,
            "reasons": list(said.reasons),
        }
    }
