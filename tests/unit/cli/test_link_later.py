import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import polars as pl

from stelae.values.digests import digest_of

Run = Callable[..., tuple[int, str, str]]
LATER = ("link", "lists/families.csv", "--map", "lists/mapping.toml", "--into", "out")


def contents() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("out").iterdir()}


def clusters() -> dict[tuple[str, str], int]:
    frame = pl.read_csv("out/clusters.csv", schema_overrides={"record": pl.String})
    return {(one, record): cluster for one, record, cluster in frame.iter_rows()}


def test_a_later_list_changes_what_it_touches_and_says_what(run: Run, linked: Path) -> None:
    before, model = clusters(), json.loads(Path("out/model.json").read_text())
    code, shown, said = run(*LATER)
    assert code == 0
    after = clusters()
    assert {one for one, _ in after} == {"church", "hospital", "families"}
    changed = pl.read_csv("out/changes.csv", schema_overrides={"record": pl.String})
    assert changed.columns == ["list", "record", "before", "after", "change"]
    told = {(one, record): now for one, record, _, now, _ in changed.iter_rows()}
    for record, cluster in after.items():
        assert cluster == told.get(record, before.get(record))
    value = json.loads(Path("out/changes.json").read_text())
    assert value["schema"] == "stelae-link-changes/1"
    assert f"{value['joined']} clusters were joined by new records, {value['new']} are new" in shown
    assert value["clusters_after"] == len(set(after.values()))
    assert "changes.csv" in said
    now = json.loads(Path("out/model.json").read_text())
    assert {**now, "fields": 0} == {**model, "fields": 0}
    assert now["learned_from"] == ["church", "hospital"]


def test_the_folder_is_whole_and_can_be_explained_and_joined_to_again(
    run: Run, linked: Path
) -> None:
    assert run(*LATER)[0] == 0
    manifest = json.loads(Path("out/manifest.json").read_text())
    for name, digest in manifest["outputs"].items():
        assert digest_of(Path("out", name).read_bytes()) == digest
    assert set(manifest["inputs"]) == {"church.csv", "hospital.csv", "families.csv"}
    sections = tomllib.loads(Path("out/mapping.toml").read_text())["lists"]
    assert [each["name"] for each in sections] == ["church", "hospital", "families"]
    assert run("link", "explain", "C01", "F01")[0] == 0
    lists = [f"lists/{name}.csv" for name in ("church", "hospital", "families")]
    assert run("link", *lists, "--map", "out/mapping.toml", "--guess")[0] == 0
    code, _, said = run(*LATER)
    assert code == 3
    assert "linked already" in said


def test_the_same_seed_gives_the_same_bytes(run: Run, linked: Path) -> None:
    first = contents()
    run(*LATER)
    once = contents()
    for name in once:
        Path("out", name).unlink()
    for name, content in first.items():
        Path("out", name).write_bytes(content)
    run(*LATER)
    assert contents() == once


def test_results_are_json_if_asked(run: Run, linked: Path) -> None:
    code, shown, _ = run(*LATER, "--json")
    assert code == 0
    value = json.loads(shown)
    assert value["changes"]["clusters_after"] == value["clusters"]
    assert set(value["outputs"]) >= {"changes.csv", "changes.json", "changes.parquet"}


def test_options_that_make_no_sense_together_are_refused(run: Run, linked: Path) -> None:
    before = contents()
    assert run(*LATER, "-o", "other")[0] == 2
    assert run(*LATER, "--draws", "5")[0] == 2
    code, _, said = run("link", "lists/families.csv", "--into", "nowhere")
    assert code == 3
    assert "nowhere holds no linkage" in said
    assert contents() == before


def test_ids_that_were_given_are_not_given_again(run: Run, linked: Path) -> None:
    manifest = json.loads(Path("out/manifest.json").read_text())
    manifest["highest_cluster"] = 5000
    Path("out/manifest.json").write_text(json.dumps(manifest))
    run(*LATER)
    changes = pl.read_csv("out/changes.csv")
    assert changes.filter(pl.col("change") == "new")["after"].to_numpy().min() > 5000
    given = changes.filter(pl.col("after") > 5000)["after"]  # also the rest of one that was split
    assert sorted(set(given)) == list(range(5001, 5001 + given.n_unique()))
    assert json.loads(Path("out/manifest.json").read_text())["highest_cluster"] == given.max()
