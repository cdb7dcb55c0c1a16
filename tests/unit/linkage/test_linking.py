from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner
from linkage_truth import pairwise_f1

from stelae.cli.main import cli
from stelae.errors import BadInput
from stelae.estimation.columns import Wanted
from stelae.estimation.reading import read_histories
from stelae.linkage.decisions import NOTHING_DECIDED, Answer, Applied, Decision, applied
from stelae.linkage.engine import DuckEngine
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.linking import Linkage, Settings, link
from stelae.linkage.mapping import Mapping
from stelae.linkage.names import NameModel
from stelae.linkage.reading import read_lists
from stelae.linkage.results import clusters, draws, model_json, pairs, within_lists

NAMES = ("church", "hospital", "families")
SMALL = Settings(random_pairs=20_000)


def linked(
    lists: Lists,
    settings: Settings = SMALL,
    *,
    threads: int = 1,
    seed: int = 1,
    decided: Applied | None = None,
    draws: int = 0,
) -> Linkage:
    bound = NOTHING_DECIDED if decided is None else decided
    with DuckEngine(threads=threads) as engine:
        rng = np.random.default_rng(seed)
        return link(lists, NameModel.shipped(), engine, rng, settings, draws=draws, decided=bound)


def named(names: Sequence[str | None], of: Sequence[str] = ()) -> Lists:
    """Records of a name each."""
    lists = list(of) or ["one"] * len(names)
    frame = pl.DataFrame(
        {
            "row": range(len(names)),
            "list": lists,
            "record": [str(at) for at in range(len(names))],
            "line": range(2, len(names) + 2),
            "name": names,
        },
        schema_overrides={"row": pl.Int64, "line": pl.Int64, "name": pl.String},
    )
    entries = tuple(ListOf(name, f"{name}.csv", "", 0) for name in dict.fromkeys(lists))
    return Lists(frame, (Field("name", Kind.NAME),), entries)


@pytest.fixture(scope="session")
def truth(simulated: Path) -> pl.DataFrame:
    """list, record, person."""
    return pl.read_csv(simulated / "truth.csv", infer_schema=False)


def test_people_are_found(linkage: Linkage, truth: pl.DataFrame) -> None:
    """.88 as measured; relatives of one house and war dead of one village are not easily parted."""
    known = clusters(linkage).join(truth, on=["list", "record"], validate="1:1")
    assert known.height == linkage.lists.frame.height
    assert pairwise_f1(known, ["list", "record"], "person") > 0.85


def test_people_are_found_among_some_hundreds(tmp_path: Path) -> None:
    """Neither too few for keys nor so many that all is learned from them."""
    folder = tmp_path / "lists"
    words = ["simulate", "-o", str(folder), "--people", "600", "--lists", "3", "--seed", "2"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    mapping = Mapping.from_toml((folder / "mapping.toml").read_text(encoding="utf-8"))
    lists = read_lists([folder / f"{name}.csv" for name in NAMES], mapping)
    truth = pl.read_csv(folder / "truth.csv", infer_schema=False)
    found = linked(lists)
    known = clusters(found).join(truth, on=["list", "record"])
    assert pairwise_f1(known, ["list", "record"], "person") > 0.85
    every = lists.frame.height * (lists.frame.height - 1) / 2
    assert found.compared < every / 5
    assert 0.9 < found.found <= 1.0
    assert {"key", "pairs", "block", "passed_over"} == set(found.keys.columns)


def simulated_f1(folder: Path, people: int, seed: int, *, once: bool) -> tuple[float, Linkage]:
    words = ["simulate", "-o", str(folder), "--people", str(people), "--lists", "3"]
    assert CliRunner().invoke(cli, [*words, "--seed", str(seed)]).exit_code == 0
    text = (folder / "mapping.toml").read_text(encoding="utf-8")
    assert "once = true" in text
    mapping = Mapping.from_toml(text if once else text.replace("once = true", "once = false"))
    found = linked(read_lists([folder / f"{name}.csv" for name in NAMES], mapping))
    truth = pl.read_csv(folder / "truth.csv", infer_schema=False)
    known = clusters(found).join(truth, on=["list", "record"])
    return pairwise_f1(known, ["list", "record"], "person"), found


def test_relatives_of_one_list_are_not_taken_for_one_person(tmp_path: Path) -> None:
    """Nobody says that lists hold each person once; joined all the same, F1 was .06 here."""
    f1, found = simulated_f1(tmp_path / "lists", 1000, 3, once=False)
    assert f1 > 0.8
    assert within_lists(found) < 0.1


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("people", [20, 40, 80])
def test_short_lists_are_joined_with_what_is_usual(
    tmp_path: Path, people: int, *, once: bool
) -> None:
    """Learned from these pairs alone it was .25 for 20 people, and .08 for 80: relatives."""
    found = [simulated_f1(tmp_path / str(seed), people, seed, once=once)[0] for seed in (2, 3, 5)]
    assert min(found) > 0.65
    assert sum(found) / len(found) > 0.75


@pytest.mark.parametrize("all_pairs_below", [0, 500])
def test_the_same_seed_gives_the_same_with_one_thread_or_two(
    lists: Lists, all_pairs_below: int
) -> None:
    settings = Settings(all_pairs_below=all_pairs_below, random_pairs=20_000)
    one = linked(lists, settings, draws=2)
    two = linked(lists, settings, draws=2, threads=2)
    assert clusters(one).equals(clusters(two))
    assert pairs(one).equals(pairs(two))
    assert draws(one).equals(draws(two))
    assert model_json(one) == model_json(two)


def test_the_order_of_files_changes_next_to_nothing(
    simulated: Path, mapping: Mapping, linkage: Linkage
) -> None:
    turned = read_lists([simulated / f"{name}.csv" for name in NAMES[::-1]], mapping)
    again = clusters(linked(turned, Settings()))
    before = clusters(linkage)
    both = before.join(again, on=["list", "record"], suffix="_again")
    assert both.height == before.height == again.height
    assert pairwise_f1(both, ["list", "record"], "cluster_again") > 0.97


def test_a_list_that_holds_each_person_once_is_not_joined_with_itself(linkage: Linkage) -> None:
    once = [one.name for one in linkage.lists.lists if one.once]
    assert once
    found = clusters(linkage).filter(pl.col("list").is_in(once))
    assert found.select("list", "cluster").is_unique().all()


def test_decisions_bind(lists: Lists, linkage: Linkage) -> None:
    """The surest joined pair is parted, and two strangers are joined."""
    kept = linkage.pairs.filter("together").sort("log_odds", descending=True)
    far, near = (int(kept[side][0]) for side in ("a", "b"))
    labels = linkage.labels
    lists_of = lists.frame["list"].to_list()
    alone = np.flatnonzero(np.bincount(labels)[labels] == 1)
    one = int(alone[0])
    two = next(int(each) for each in alone if lists_of[each] != lists_of[one])

    def decision(a: int, b: int, answer: Answer) -> Decision:
        records = lists.frame["record"].to_list()
        return Decision(
            lists_of[a], records[a], "", lists_of[b], records[b], "", answer, "me", "2026-01-01"
        )

    decided = applied(
        [decision(far, near, Answer.NON_MATCH), decision(one, two, Answer.MATCH)], lists.frame
    )
    again = linked(lists, Settings(), decided=decided, draws=3)
    for each in (again.labels, *again.draws):
        assert each[far] != each[near]
        assert each[one] == each[two]


def test_draws_are_read_by_the_estimation(lists: Lists, tmp_path: Path) -> None:
    found = linked(lists, draws=4)
    path = tmp_path / "draws.csv"
    draws(found).write_csv(path)
    read = read_histories([path], Wanted())
    assert len(read.tables) == 4
    assert set(read.tables[0].lists) == set(NAMES)
    for table, labels in zip(read.tables, found.draws, strict=True):
        assert table.observed == len(np.unique(labels))
    once = {one.name for one in lists.lists if one.once}
    for labels in found.draws:
        frame = lists.frame.with_columns(cluster=pl.Series(labels))
        of_once = frame.filter(pl.col("list").is_in(sorted(once)))
        assert of_once.select("list", "cluster").is_unique().all()


def test_clusters_are_read_by_the_estimation(linkage: Linkage, tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    clusters(linkage).write_csv(path)
    (table,) = read_histories([path], Wanted()).tables
    assert table.observed == len(np.unique(linkage.labels))


def test_progress_ends_every_stage_it_begins(lists: Lists) -> None:
    told: list[tuple[str, float]] = []
    ticks = iter(range(1000))
    with DuckEngine(threads=1) as engine:
        found = link(
            lists,
            NameModel.shipped(),
            engine,
            np.random.default_rng(1),
            SMALL,
            draws=1,
            progress=lambda stage, share: told.append((stage, share)),
            clock=lambda: float(next(ticks)),
        )
    stages = {stage for stage, _ in told}
    assert stages == {"read", "candidates", "score", "weights", "cluster", "draws"}
    assert all(0.0 <= share <= 1.0 for _, share in told)
    assert dict(told) == dict.fromkeys(stages, 1.0)
    assert found.seconds.keys() == stages


def test_where_nothing_is_said_nothing_is_linked() -> None:
    with pytest.raises(BadInput, match="no record says anything that can be compared"):
        linked(named([None, None, None]))


def test_one_record_that_says_something_is_enough_to_be_alone() -> None:
    found = linked(named(["Anna Petrova", None, None]))
    assert found.labels.tolist() == [0, 1, 2]


def test_one_name_of_many_is_not_compared_with_itself() -> None:
    found = linked(named(["John Smith"] * 3000), draws=1)
    assert found.compared == 0
    assert len(np.unique(found.labels)) == 3000
