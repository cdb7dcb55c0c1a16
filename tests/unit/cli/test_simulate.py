import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from stelae.linkage.synthetic import documents
from stelae.values.digests import digest_of

Run = Callable[..., tuple[int, str, str]]
SMALL = ("--people", "300", "--lists", "3")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_folder_holds_lists_truth_mapping_and_manifest(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, shown, said = run("simulate", "-o", out, *SMALL)
    assert code == 0
    assert {path.name for path in out.iterdir()} == {
        *("church.csv", "hospital.csv", "families.csv", "truth.csv", "people.csv"),
        *("overlaps.csv", "mapping.toml", "population.json", "README.txt"),
    }
    assert "armenian-reformed" in shown
    assert "SYNTHETIC" in said
    assert (out / "README.txt").read_text().startswith("SYNTHETIC")
    value = json.loads((out / "population.json").read_bytes())
    assert value["schema"] == "stelae-simulation/1"
    assert value["seed"] == 1
    assert sum(each["people"] for each in value["strata"]) == value["people"] == 300
    for name, digest in value["outputs"].items():
        assert digest == digest_of((out / name).read_bytes())


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    run: Run, tmp_path: Path
) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert run("simulate", "-o", tmp_path / name, *SMALL, "--seed", seed)[0] == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert contents(tmp_path / "a")["church.csv"] != contents(tmp_path / "c")["church.csv"]


def test_the_mapping_names_the_columns_that_there_are(run: Run, tmp_path: Path) -> None:
    assert run("simulate", "-o", tmp_path, *SMALL, "--lists", "6")[0] == 0
    mapping = tomllib.loads((tmp_path / "mapping.toml").read_text())
    assert mapping["format"] == 1
    assert len(mapping["lists"]) == 6
    for section in mapping["lists"]:
        header = pl.read_csv(tmp_path / section["files"], infer_schema=False).columns
        mapped = [
            each if isinstance(each, str) else each["column"] for each in section["fields"].values()
        ]
        assert sorted([section["id"], *mapped]) == sorted(header)


def test_the_truth_is_estimated_from(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("simulate", "-o", out, *SMALL)[0] == 0
    chao = ("--by", "region", "--method", "chao", "--no-checks")
    code, _, said = run("estimate", out / "overlaps.csv", *chao)
    assert code == 0
    assert "lists: church, hospital, families" in said


def test_parquet_holds_what_csv_holds(run: Run, tmp_path: Path) -> None:
    for ending in ("csv", "parquet"):
        assert run("simulate", "-o", tmp_path / ending, *SMALL, "--format", ending)[0] == 0
    left = pl.read_csv(tmp_path / "csv" / "church.csv", infer_schema=False)
    assert left.equals(pl.read_parquet(tmp_path / "parquet" / "church.parquet"))
    assert 'files = "church.parquet"' in (tmp_path / "parquet" / "mapping.toml").read_text()


def test_json_is_the_manifest(run: Run, tmp_path: Path) -> None:
    code, shown, _ = run("simulate", "-o", tmp_path, *SMALL, "--json", "--overlap", "0.3,0.6")
    assert code == 0
    value = json.loads(shown)
    assert value == json.loads((tmp_path / "population.json").read_bytes())
    means = [each["design"]["capture"]["mean"] for each in value["lists"].values()]
    assert sorted(means) == [0.3, 0.3, 0.6]


def test_a_folder_of_strangers_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    code, _, said = run("simulate", "-o", tmp_path, *SMALL)
    assert code == 3
    assert "not overwritten" in said
    assert contents(tmp_path) == {"mine.txt": b"keep"}


def test_an_earlier_simulation_is_replaced_whole(run: Run, tmp_path: Path) -> None:
    assert run("simulate", "-o", tmp_path, *SMALL, "--lists", "6")[0] == 0
    assert run("simulate", "-o", tmp_path, *SMALL, "--lists", "1")[0] == 0
    assert not (tmp_path / "press.csv").exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--scripts", "klingon"), "no spelling or script 'klingon'"),
        (("--customs", "elvish"), "no naming custom 'elvish'"),
        (("--customs", " , "), "has naming customs"),
        (("--overlap", "1.2"), "no probability between 0 and 1"),
        (("--overlap", "half"), "is no number"),
        (("--people", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_is_a_fault_of_usage(
    run: Run, tmp_path: Path, options: tuple[str, ...], reason: str
) -> None:
    code, _, said = run("simulate", "-o", tmp_path / "out", *options)
    assert code == 2
    assert reason in said
    assert not (tmp_path / "out").exists()


def test_stopping_leaves_nothing_half_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("simulate", "-o", out, *SMALL)[0] == 0
    before = contents(out)

    def stopped(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(documents, "readme", stopped)  # after the lists are written
    code, _, said = run("simulate", "-o", out, *SMALL, "--seed", "9")
    assert code == 130
    assert "nothing was left half-written" in said
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
