"""Comparisons are symmetric, and give a level to all that is said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from compared_values import every_level, likeness
from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.linkage.coding import code
from stelae.linkage.comparisons.codes import CodeComparison
from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.comparisons.people import NameComparison
from stelae.linkage.comparisons.places import PlaceComparison
from stelae.linkage.comparisons.sexes import SexComparison
from stelae.linkage.comparisons.texts import TextComparison

TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("абвгд աբգ אבג علی aabbc -.,'\u200f\u202e\x00"),
    max_size=12,
)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NEAR = st.dates(date(1929, 1, 1), date(1934, 12, 31))


@st.composite
def dates(draw: st.DrawFn) -> tuple[str, date | None, date | None]:
    """A date as printed, and its days: one, a range with one end or two, or none."""
    one, two = sorted((draw(DAYS | NEAR), draw(DAYS | NEAR)))
    first, last = draw(
        st.sampled_from([(one, one), (one, two), (one, None), (None, two), (None, None)])
    )
    return draw(TEXTS), first, last


def lawful(comparison: Comparison, values: pl.DataFrame) -> None:
    found = every_level(comparison, values)
    assert (found == found.T).all()
    assert found.min() >= 0
    assert found.max() < len(comparison.levels)
    assert found.dtype == np.int8


@given(st.lists(dates(), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_dates_are_symmetric(given_dates: Sequence[tuple[str, date | None, date | None]]) -> None:
    schema = {"d": pl.String, "d_first": pl.Date, "d_last": pl.Date}
    lawful(DateComparison("d"), pl.DataFrame(given_dates, schema, orient="row"))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_a_day_is_nearest_to_itself(days: Sequence[date]) -> None:
    frame = pl.DataFrame({"d": [day.isoformat() for day in days], "d_first": days, "d_last": days})
    assert (np.diag(every_level(DateComparison("d"), frame)) <= 1).all()


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(deadline=None)
def test_words_of_every_kind_are_symmetric(texts: Sequence[str]) -> None:
    values = pl.DataFrame({"x": texts})
    for comparison in (NameComparison("x", likeness()), CodeComparison("x"), TextComparison("x")):
        lawful(comparison, values)


@given(
    st.lists(
        st.tuples(
            TEXTS,
            st.none() | st.lists(TEXTS, max_size=3),
            st.none() | st.lists(st.sampled_from("abc"), max_size=2),
            st.none() | st.floats(-90, 90),
            st.none() | st.floats(-180, 180),
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(deadline=None, max_examples=40)
def test_places_are_symmetric(places: Sequence[tuple[object, ...]]) -> None:
    schema: dict[str, Any] = {
        "p": pl.String,
        "p_parts": pl.List(pl.String),
        "p_ids": pl.List(pl.String),
        "p_lat": pl.Float64,
        "p_lon": pl.Float64,
    }
    values = pl.DataFrame(places, schema, orient="row")
    for known in (False, True):
        lawful(PlaceComparison("p", likeness(), gazetteer=known, coordinates=known), values)


@given(st.lists(st.sampled_from("mf"), min_size=1, max_size=4))
def test_sexes_are_symmetric(sexes: Sequence[str]) -> None:
    lawful(SexComparison("s"), pl.DataFrame({"s_code": sexes}))


@given(st.lists(st.tuples(st.none() | TEXTS, st.none() | st.integers(0, 2)), max_size=12))
def test_values_are_numbered_by_what_they_are(
    rows: Sequence[tuple[str | None, int | None]],
) -> None:
    frame = pl.DataFrame(rows, {"a": pl.String, "b": pl.Int64}, orient="row")
    coded = code(frame, ["a", "b"])
    values = coded.values.rows()
    assert len(set(values)) == len(values)
    assert abs(coded.share.sum() - bool(values)) < 1e-9
    for row, number in zip(rows, coded.ids.tolist(), strict=True):
        assert (number == -1) == (row[0] is None)
        assert row[0] is None or values[number] == row
    turned = code(frame.reverse(), ["a", "b"])
    assert turned.values.equals(coded.values)
    assert turned.ids.tolist() == coded.ids.tolist()[::-1]
