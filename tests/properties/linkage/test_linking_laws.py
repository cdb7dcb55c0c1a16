"""Whatever a small table says, it is linked or refused; what comes out is a whole clustering."""

import contextlib
import csv
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stelae.errors import BadInput
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Field, Kind
from stelae.linkage.linking import Settings, link
from stelae.linkage.mapping import FieldFrom, Mapping, Section
from stelae.linkage.names import NameModel
from stelae.linkage.reading import read_lists
from stelae.linkage.results import clusters, draws, model_json, pairs
from stelae.values.canonical import canonical_json

FIELDS = (
    Field("name", Kind.NAME),
    Field("given", Kind.GIVEN),
    Field("family", Kind.FAMILY),
    Field("patronymic", Kind.PATRONYMIC),
    Field("father", Kind.RELATIVE, role="father"),
    Field("birth", Kind.DATE),
    Field("age", Kind.AGE, at="1918", towards="birth"),
    Field("sex", Kind.SEX),
    Field("birth_place", Kind.PLACE),
    Field("residence", Kind.PLACE),
    Field("postcode", Kind.CODE),
    Field("note", Kind.TEXT),
)
CELLS = st.sampled_from(
    [
        *(
            "",
            "",
            "-",
            "?",
            "Anna",
            "АННА",
            "Աննա",
            "Petrosyan",
            "Петросян",
            "A.",
            "Anna Petrosyan",
        ),
        *("1931", "13.05.1931", "13/5/31", "31.02.1931", "1930-1935", "about 60", "60", "0", "f"),
        *(
            "ж",
            "x" * 300,
            "a,b;c",
            "\u202eabc",
            "12-34",
            "1234",
            "Gyumri, Shirak",
            "'; drop table x",
        ),
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[list[str]]], Mapping]:
    """One list or two, and a mapping of some fields to their columns."""
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True))
    row = st.lists(CELLS, min_size=len(fields), max_size=len(fields))
    lists = draw(st.lists(st.lists(row, max_size=8), min_size=1, max_size=2))
    sources = tuple(FieldFrom(field, (f"c{at}",)) for at, field in enumerate(fields))
    return lists, Mapping(Section(once=draw(st.booleans()), fields=sources))


@given(tables(), st.sampled_from([0, 150]))
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_small_tables_are_linked_or_refused(
    table: tuple[list[list[list[str]]], Mapping], all_pairs_below: int
) -> None:
    lists, mapping = table
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(BadInput):
        paths = []
        for at, rows in enumerate(lists):
            paths.append(Path(folder) / f"list{at}.csv")
            with paths[-1].open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([f"c{n}" for n in range(len(mapping.default.fields))])
                writer.writerows(rows)
        read = read_lists(paths, mapping)
        chosen = Settings(all_pairs_below=all_pairs_below, random_pairs=500)
        rng = np.random.default_rng(1)
        with DuckEngine(threads=1) as engine:
            found = link(read, NameModel.shipped(), engine, rng, chosen, draws=1)
        n = read.frame.height
        whole = clusters(found)
        assert whole.height == draws(found).height == n
        assert sorted(set(found.labels.tolist())) == list(range(whole["cluster"].n_unique()))
        for labels in (found.labels, *found.draws):
            if mapping.default.once:
                held = set(zip(read.frame["list"].to_list(), labels.tolist(), strict=True))
                assert len(held) == n
        assert np.isfinite(found.pairs["log_odds"].to_numpy()).all()
        assert pairs(found).height == found.pairs.height
        canonical_json(model_json(found))
