import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len

Run = Callable[..., tuple[int, str, str]]


def pair(folder: Path, *, together: bool) -> dict[str, object]:
    pairs = pl.read_parquet(folder / "out" / "pairs.parquet")
    return pairs.filter(pl.col("together") == together).row(0, named=True)


def test_a_joined_pair_is_explained_in_words(run: Run, linked: Path) -> None:
    row = pair(linked, together=True)
    a, b = f"{row['list_a']}:{row['record_a']}", f"{row['list_b']}:{row['record_b']}"
    code, shown, said = run("link", "explain", a, b)
    assert (code, said) == (0, "")
    lines = shown.splitlines()
    assert f"{a} and {b}: " in lines[0]
    assert any(line.startswith("They are in one cluster") for line in lines)
    assert any(line.startswith("sum ") and f"{row['weight']:+.1f}" in line for line in lines)
    assert any("letter by letter" in line for line in lines)


def test_the_record_alone_is_enough_where_it_is_unique(run: Run, linked: Path) -> None:
    row = pair(linked, together=False)
    ends = (f"{row['list_a']}:{row['record_a']}", f"{row['list_b']}:{row['record_b']}")
    alone = run("link", "explain", row["record_a"], row["record_b"], "--in", "out")
    assert alone == run("link", "explain", *ends, "-o", "out")


def test_a_pair_that_was_not_kept_is_explained(run: Run, linked: Path) -> None:
    pairs = pl.read_parquet("out/pairs.parquet")
    known = set(pairs.select("record_a", "record_b").rows())
    records = pl.read_parquet("out/records.parquet")
    church = records.filter(pl.col("list") == "church")["record"].to_list()
    hospital = records.filter(pl.col("list") == "hospital")["record"].to_list()
    a, b = next((a, b) for a in church for b in hospital if (a, b) not in known)
    code, shown, _ = run("link", "explain", a, b, "--json")
    assert code == 0
    value = json.loads(shown)
    assert value["schema"] == "stelae-link-pair/1"
    assert value["probability"] < 0.01
    weights = [each["weight"] for each in value["comparisons"]]
    assert value["weight"] == pytest.approx(value["prior"] + sum(weights), abs=1e-3)


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(
    run: Run, linked: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    row = pair(linked, together=True)
    _, shown, _ = run("link", "explain", row["record_a"], row["record_b"])
    assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("C01", "nobody"), "no list has a record 'nobody'"),
        (("C01", "church:H01"), "church has no record 'H01'"),
        (("C01", "C01"), "are one record"),
        (("C01", "H01", "--in", "lists"), "lists holds no linkage"),
        (("C01", "H01", "--in", "nowhere"), "nowhere holds no linkage"),
    ],
)
def test_wrong_words_are_refused_with_what_is_there(
    run: Run, linked: Path, words: tuple[str, ...], what: str
) -> None:
    code, shown, said = run("link", "explain", *words)
    assert (code, shown) == (3, "")
    assert what in said
    assert len(said.splitlines()) >= 2


def test_a_folder_with_damage_is_refused(run: Run, linked: Path) -> None:
    (linked / "out" / "records.parquet").write_bytes(b"PAR1")
    code, _, said = run("link", "explain", "C01", "H01")
    assert code == 3
    assert "missing or damaged" in said
