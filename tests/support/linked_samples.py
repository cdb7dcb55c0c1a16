"""A small linkage made by hand, in four scripts, and ones of any clusters; all are synthetic."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.people import NameComparison
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.linking import Linkage, Settings
from stelae.linkage.names import NameModel
from stelae.linkage.weights import Weights

ODD = 'a <b>&amp; "list"'
NATS = float(np.log(2.0))

_ROWS = [
    (ODD, "1", "Anahit", "Sarkisyan", "1901"),
    (ODD, "2", "Յակոբ", "Մինասյան", "1890-02-03"),
    ("b", "1", "Анаит", "Саркисян", "1901"),
    ("b", "2", "Акоп", "Минасян", None),
    ("b", "3", "يعقوب", "ميناسيان", "1890"),
    ("c", "1", "Anahit", "Sarkissian", None),
    ("c", "2", "Hakop", "Minasian", "1890"),
    ("c", "3", "<i>Vardan</i>", "Petrosyan", "1950"),
]
_PAIRS = [
    # a, b, bits, levels of given, family and birth (-1: one says nothing), one cluster
    (0, 2, 6.0, 12, 13, 3, True),
    (0, 5, 9.0, 1, 6, -1, True),
    (2, 5, 2.0, 12, 13, -1, True),
    (1, 3, 12.0, 12, 12, -1, True),
    (1, 4, -5.0, 15, 14, 5, True),
    (1, 6, 1.0, 13, 12, 5, True),
    (3, 4, 0.5, 14, 13, -1, True),
    (3, 6, 4.0, 12, 12, -1, True),
    (5, 6, -1.0, 20, 21, -1, False),
    (6, 7, -2.5, 21, 20, 11, False),
]


def hand_made(draws: Sequence[Sequence[int]] = ()) -> Linkage:
    """Eight records of three lists, three clusters: rows 0 2 5, rows 1 3 4 6, row 7 alone.

    Row 4 speaks against its cluster; one inner pair, 4 and 6, was never compared.
    """
    rows = [
        {"list": one, "record": record, "given": given, "family": family, "birth": birth}
        for one, record, given, family, birth in _ROWS
    ]
    frame = pl.DataFrame(rows).with_row_index("row")
    frame = frame.with_columns(pl.col("row").cast(pl.Int64), line=pl.col("row").cast(pl.Int64) + 2)
    fields = (
        Field("given", Kind.GIVEN),
        Field("family", Kind.FAMILY),
        Field("birth", Kind.DATE),
        Field("occupation", Kind.TEXT),
    )
    frame = frame.with_columns(occupation=pl.lit(None, pl.String))
    lists = Lists(
        frame,
        fields,
        (
            ListOf(ODD, "a <b>.csv", "ab" * 32, 2, True),
            ListOf("b", "b.csv", "cd" * 32, 3, False, ("birth: <odd> dates: 1",)),
            ListOf("c", "c.csv", "ef" * 32, 3),
        ),
    )
    pairs = pl.DataFrame(
        _PAIRS, ["a", "b", "log_odds", "g0", "g1", "g2", "together"], orient="row"
    ).with_columns(pl.col("log_odds") * NATS)
    comparisons = (
        NameComparison("given", _no_likeness),
        NameComparison("family", _no_likeness),
        DateComparison("birth"),
    )
    sizes = [len(each.levels) for each in comparisons]
    first = Weights(-10.0, tuple(np.linspace(4.0, -4.0, size) for size in sizes))
    last = Weights(-9.0, tuple(np.linspace(5.0, -6.0, size) for size in sizes))
    keys = pl.DataFrame(
        {"key": ["word + birth: year", "sound"], "pairs": [12, 7], "block": [5, 3],
         "passed_over": [0, 40]}
    )  # fmt: skip
    return Linkage(
        lists, lists, NameModel.shipped(), Settings(lean=0.0), comparisons, last, first, 1.5,
        np.array([0, 1, 0, 1, 1, 0, 1, 2]), pairs, 20, keys, 0.9,
        tuple(np.array(labels, dtype=np.int64) for labels in draws),
    )  # fmt: skip


def clustered(lists: Sequence[int], labels: Sequence[int]) -> Linkage:
    """Records that say nothing, each on the list of its number, in the clusters of `labels`."""
    sample = hand_made()
    names = [f"list {at}" for at in range(max(lists) + 1)]
    frame = pl.DataFrame(
        {
            "row": np.arange(len(lists), dtype=np.int64),
            "list": [names[at] for at in lists],
            "record": [str(row) for row in range(len(lists))],
            "line": np.arange(len(lists), dtype=np.int64),
            **{name: pl.Series([None] * len(lists), dtype=pl.String)
               for name in ("given", "family", "birth", "occupation")},
        }
    )  # fmt: skip
    found = Lists(
        frame,
        sample.lists.fields,
        tuple(ListOf(name, f"{name}.csv", f"{at:064}", lists.count(at))
              for at, name in enumerate(names)),
    )  # fmt: skip
    return replace(
        sample,
        lists=found,
        as_read=found,
        labels=np.array(labels, dtype=np.int64),
        pairs=sample.pairs.clear(),
        compared=0,
    )


def _no_likeness(*_: Any) -> Any:
    raise AssertionError("nothing is compared here")
