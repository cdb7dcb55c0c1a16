from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from stelae.errors import BadInput, ImportRefused
from stelae.linkage.decisions import NOTHING_DECIDED, Applied
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Field, Kind, Lists
from stelae.linkage.joining_later import Joined, join_later, with_later
from stelae.linkage.linking import Linkage, Settings, link
from stelae.linkage.list_merging import merged_mapping
from stelae.linkage.mapping import Mapping
from stelae.linkage.names import NameModel
from stelae.linkage.reading import read_lists
from stelae.linkage.results import people

FEW = Settings(random_pairs=20_000)


@pytest.fixture(scope="module")
def two(simulated: Path, mapping: Mapping) -> Linkage:
    files = [simulated / "church.csv", simulated / "hospital.csv"]
    with DuckEngine(threads=1) as engine:
        return link(
            read_lists(files, mapping), NameModel.shipped(), engine, np.random.default_rng(1), FEW
        )


@pytest.fixture(scope="module")
def third(simulated: Path, mapping: Mapping) -> Lists:
    """The list of the families, who say nothing that the two others do not."""
    return read_lists([simulated / "families.csv"], mapping)


def join(
    opened: Linkage, later: Lists, decided: Applied = NOTHING_DECIDED, seed: int = 1
) -> Joined:
    with DuckEngine(threads=1) as engine:
        return join_later(
            with_later(opened, later),
            engine,
            np.random.default_rng(seed),
            decided=decided,
            highest=int(opened.labels.max()) + 1,
        )


@pytest.fixture(scope="module")
def joined(two: Linkage, third: Lists) -> Joined:
    return join(two, third)


def test_every_record_is_in_a_cluster_and_the_weights_stay(two: Linkage, joined: Joined) -> None:
    made = joined.linkage
    assert made.lists.frame.height == len(made.labels) == len(joined.before)
    assert (made.labels >= 0).all()
    assert made.weights is two.weights
    assert made.learned_from == ("church", "hospital")
    assert joined.changes.clusters_before == people(two)
    assert joined.changes.clusters_after == people(made)


def test_clusters_that_no_new_record_touches_stay_with_their_ids(
    two: Linkage, joined: Joined
) -> None:
    old = len(two.labels)
    rows = {row for change in joined.changes.changed for row in change.rows}
    same = [row for row in range(old) if row not in rows]
    assert len(same) > old // 3
    assert joined.linkage.labels[same].tolist() == two.labels[same].tolist()


def test_new_records_come_to_old_clusters(joined: Joined) -> None:
    assert joined.changes.counts()["joined"] >= 10
    table = joined.changes.table(joined.linkage.as_read.frame, joined.before)
    assert table.columns == ["list", "record", "before", "after", "change"]
    assert table.filter(pl.col("list") == "families")["before"].is_null().all()


def test_old_pairs_keep_their_weights(two: Linkage, joined: Joined) -> None:
    was = {(a, b): odds for a, b, odds in two.pairs.select("a", "b", "log_odds").iter_rows()}
    now = joined.linkage.pairs.filter(pl.col("b") < len(two.labels))
    for a, b, odds in now.select("a", "b", "log_odds").iter_rows():
        if (a, b) in was:
            assert odds == pytest.approx(was[a, b])
    assert joined.linkage.pairs.columns[:3] == ["a", "b", "log_odds"]


def test_pairs_say_of_the_clusters_of_now_whether_they_are_together(joined: Joined) -> None:
    labels = joined.linkage.labels
    a, b = (joined.linkage.pairs[side].to_numpy() for side in ("a", "b"))
    assert joined.linkage.pairs["together"].to_list() == (labels[a] == labels[b]).tolist()


def test_the_same_seed_joins_alike(two: Linkage, third: Lists, joined: Joined) -> None:
    again = join(two, third)
    assert again.linkage.labels.tolist() == joined.linkage.labels.tolist()
    assert again.linkage.pairs.equals(joined.linkage.pairs)


def test_candidates_of_many_records_are_found_by_keys(two: Linkage, third: Lists) -> None:
    found = join(replace(two, settings=replace(two.settings, all_pairs_below=10)), third)
    assert found.compared < len(two.labels) * third.frame.height / 3
    assert found.changes.counts()["joined"] >= 10


def test_decisions_made_since_bind_old_records_and_new(two: Linkage, third: Lists) -> None:
    old = len(two.labels)
    apart = two.pairs.filter(pl.col("together")).row(0, named=True)
    once = {one.name for one in two.lists.lists if one.once}
    names = two.as_read.frame["list"].to_list()
    far = next(
        row
        for row in range(old)
        if two.labels[row] != two.labels[apart["a"]]
        and not {names[row]} & once
        and names[apart["a"]] != names[row]
    )
    decided = Applied(
        np.array([apart["a"], apart["a"], far]),
        np.array([apart["b"], far, old]),
        np.array([False, True, True]),
    )
    found = join(two, third, decided).linkage.labels
    assert found[apart["a"]] != found[apart["b"]]
    assert found[apart["a"]] == found[far] == found[old]


def test_a_list_that_is_there_already_is_refused(two: Linkage, third: Lists) -> None:
    again = replace(third, lists=(replace(third.lists[0], name="church", digest="sha256:0"),))
    with pytest.raises(ImportRefused, match="called 'church' as one that is linked already"):
        with_later(two, again)
    same = replace(third, lists=(replace(third.lists[0], digest=two.lists.lists[0].digest),))
    with pytest.raises(ImportRefused, match=r"is the same file as church\.csv"):
        with_later(two, same)
    file = replace(third, lists=(replace(third.lists[0], file="church.csv"),))
    with pytest.raises(ImportRefused, match="file of this name"):
        with_later(two, file)


def test_a_field_that_means_something_else_is_refused(two: Linkage, third: Lists) -> None:
    other = tuple(
        Field("birth", Kind.TEXT) if field.name == "birth" else field for field in third.fields
    )
    with pytest.raises(ImportRefused, match="birth is date in the lists that are linked, and text"):
        with_later(two, replace(third, fields=other))


def test_lists_in_a_form_that_the_weights_do_not_know_are_refused(tmp_path: Path) -> None:
    parts = tmp_path / "parts.csv"
    whole = tmp_path / "whole.csv"
    parts.write_text("g,f,b\n" + "".join(f"Ani,Petrosyan{n},19{n}\n" for n in range(10, 40)))
    whole.write_text("n,b\n" + "".join(f"Ani Petrosyan{n},19{n}\n" for n in range(20, 50)))
    read = read_lists([parts], Mapping.from_toml('[fields]\ngiven="g"\nfamily="f"\nbirth="b"'))
    with DuckEngine(threads=1) as engine:
        opened = link(read, NameModel.shipped(), engine, np.random.default_rng(1), FEW)
    later = read_lists([whole], Mapping.from_toml('[fields]\nname="n"\nbirth="b"'))
    with pytest.raises(BadInput, match="weighs given, family"):
        with_later(opened, later)


def test_a_mapping_of_both_says_of_each_file_what_its_own_said() -> None:
    one = Mapping.from_toml('order = "dmy"\n[fields]\nname = "N"\nbirth = "B"\n')
    two = Mapping.from_toml('[fields]\nname = "Name"\n')
    both = merged_mapping(one, ["a.csv", "b[1].csv"], two, ["c.csv"])
    again = Mapping.from_toml(both.to_toml())
    for file, mapping in (("a.csv", one), ("b[1].csv", one), ("c.csv", two)):
        section = replace(again.of(file), files=None)
        assert section == replace(mapping.of(file), files=None)
