import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.cli.estimate_folder import document
from stelae.estimation.checks import Checks
from stelae.estimation.estimates import Estimates
from stelae.values.digests import digest_of

Run = Callable[..., tuple[int, str, str]]

FOUR = "A,B,C,D,count\n" + "".join(
    f"{m & 1},{m >> 1 & 1},{m >> 2 & 1},{m >> 3 & 1},{200 // (1 + m.bit_count() ** 2) + m}\n"
    for m in range(1, 16)
)
TWO = "A,B,count\n1,0,180\n0,1,80\n1,1,20\n"


@pytest.fixture
def four(tmp_path: Path) -> Path:
    path = tmp_path / "lists.csv"
    path.write_text(FOUR)
    return path


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.csv"
    path.write_text(TWO)
    return path


def test_the_result_is_a_table_with_what_it_rests_on(run: Run, four: Path) -> None:
    code, out, err = run("estimate", four, "--method", "chao", "--no-checks")
    assert code == 0
    assert out.startswith("stratum")
    assert "holds only under the assumptions of its method" in out
    assert "What would change it" not in out
    assert "lists.csv: counts of people; lists: A, B, C, D." in err


def test_checks_are_shown_by_default(run: Run, four: Path) -> None:
    code, out, _ = run("estimate", four, "--method", "chao")
    assert code == 0
    assert "without one list:" in out
    assert "Held out: the intervals cover" in out


def test_json_has_the_keys_that_others_rely_on(run: Run, four: Path) -> None:
    code, out, _ = run("estimate", four, "--method", "chao", "--json", "--level", "0.9")
    value = json.loads(out)
    assert code == 0
    assert value["schema"] == "stelae-estimate/1"
    (found,) = value["estimates"]
    assert (found["method"], found["status"], found["level"]) == ("chao", "ok", 0.9)
    assert found["inputs"] == {"lists.csv": digest_of(FOUR.encode())}
    assert found["interval"][0] <= found["point"] <= found["interval"][1]
    assert value["checks"]["held_out_tried"] == 4


def test_two_lists_are_estimated_by_chapman_and_it_is_said(run: Run, two: Path) -> None:
    code, out, err = run("estimate", two, "--json")
    assert code == 0
    assert "With two lists only Chapman's estimator is offered" in err
    value = json.loads(out)
    assert value["estimates"][0]["method"] == "chapman"
    assert [each["method"] for each in value["checks"]["methods"]] == ["chao"]


def test_all_methods_are_whole_estimates(run: Run, two: Path) -> None:
    code, out, _ = run("estimate", two, "--method", "all", "--no-checks", "--json")
    assert code == 0
    value = json.loads(out)
    assert [each["method"] for each in value["estimates"]] == ["chapman", "chao"]
    assert [each["method"] for each in value["totals"]] == ["chapman", "chao"]
    assert {each["parameters"]["draws"] for each in value["estimates"]} == {4000}


def test_a_method_for_more_lists_is_refused_with_those_there_are(run: Run, four: Path) -> None:
    code, _, err = run("estimate", four, "--method", "chapman")
    assert code == 3
    assert "chapman takes 2 at most, and there are 4" in err


def test_a_faulty_file_is_refused_with_its_places_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "lists.csv"
    path.write_text("A,B,count\n1,0,-4\n1,1,x\n")
    code, out, err = run("estimate", path, "-o", tmp_path / "out", "--json")
    assert code == 3
    assert "lists.csv, row 2, column count: '-4' is negative" in err
    assert [each["row"] for each in json.loads(out)["problems"]] == [2, 3]
    assert not (tmp_path / "out").exists()


def test_a_refused_stratum_is_something_found(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text(
        "region,A,B,C,count\n"
        + "".join(f"n,{m & 1},{m >> 1 & 1},{m >> 2 & 1},{30 - m}\n" for m in range(1, 8))
        + "s,1,1,1,5\n"
    )
    code, out, _ = run("estimate", path, "--by", "region", "--method", "chao", "--no-checks")
    assert code == 1
    assert "s: refused: " in out
    assert "The total does not cover 1 of 2 strata, with 5 people listed." in out


def test_the_folder_holds_everything_with_its_digests(run: Run, four: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    code, _, err = run(
        "estimate", four, "--method", "chao", "--lists", "A,", "--lists", "C", "-o", folder
    )
    assert code == 0
    assert f"Wrote {folder}" in err
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["schema"] == "stelae-estimate-manifest/1"
    assert manifest["lists"] == ["A", "C"]
    assert manifest["inputs"] == {"lists.csv": digest_of(FOUR.encode())}
    for name, digest in manifest["outputs"].items():
        assert digest_of((folder / name).read_bytes()) == digest
    content = (folder / "estimates.json").read_bytes()
    estimates = Estimates.from_bytes(content)
    checks = Checks.from_json(json.loads(content)["checks"])
    assert document(estimates, checks) == content
    assert estimates.strata[0].replicates[0].draws is not None


def test_the_same_seed_gives_the_same_bytes_with_one_thread_or_two(
    run: Run, four: Path, tmp_path: Path
) -> None:
    for workers in (1, 2):
        words = (
            "--method",
            "chao",
            "--no-checks",
            "--workers",
            workers,
            "-o",
            tmp_path / f"{workers}",
        )
        assert run("estimate", four, *words)[0] == 0
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / w).rglob("*") if p.is_file()}
        for w in ("1", "2")
    )
    assert one == two
    assert {"index.html", "overlaps.svg", "overlaps.png"} <= set(one)


def test_the_report_holds_the_command_that_makes_it_again(
    run: Run, four: Path, tmp_path: Path
) -> None:
    words = (
        "--method",
        "chao",
        "--lists",
        "A,B",
        "--lists",
        "C,D",
        "--no-checks",
        "--workers",
        "1",
    )
    assert run("estimate", four, *words, "--json", "-o", tmp_path / "o")[0] == 0
    page = (tmp_path / "o" / "index.html").read_text()
    command = (
        "stelae estimate lists.csv --lists A,B --lists C,D --method chao --seed 1 --level 0.95"
        " --no-checks -o out"
    )
    assert f"<code>{command}</code>" in page
    assert str(tmp_path) not in page


def test_the_command_names_the_method_that_was_chosen(run: Run, two: Path, tmp_path: Path) -> None:
    code, _, err = run("estimate", two, "-o", tmp_path / "o")
    assert code == 0
    assert "index.html, plots, manifest.json" in err
    assert "lists" not in (tmp_path / "o" / "index.html").read_text().partition("<code>")[2]
    assert "two.csv --method chapman --seed 1" in (tmp_path / "o" / "index.html").read_text()


def test_results_may_be_written_again_but_never_over_strangers(
    run: Run, four: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    words = ("estimate", four, "--method", "chao", "--no-checks", "-o", folder)
    assert run(*words)[0] == 0
    assert run(*words, "--seed", "2")[0] == 0
    assert json.loads((folder / "manifest.json").read_bytes())["seed"] == 2
    (folder / "notes.txt").write_text("mine")
    code, _, err = run(*words)
    assert code == 3
    assert "holds notes.txt" in err
    assert (folder / "notes.txt").read_text() == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    code, _, err = run("estimate", four, "--method", "chao", "-o", other)
    assert code == 3
    assert "is not empty and holds no estimates" in err


@pytest.mark.parametrize(
    "words", [("--level", "1"), ("--draws", "0"), ("--method", "guess"), ("--seed", "-1")]
)
def test_usage_is_checked_before_anything_is_read(
    run: Run, four: Path, words: tuple[str, ...]
) -> None:
    assert run("estimate", four, *words)[0] == 2


def test_a_missing_file_is_usage(run: Run, tmp_path: Path) -> None:
    assert run("estimate", tmp_path / "absent.csv")[0] == 2


def test_tempering_belongs_to_latent_classes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text("A,B,C,count\n1,0,0,5\n0,1,0,4\n0,0,1,6\n1,1,0,3\n0,1,1,2\n")
    code, _, said = run("estimate", path, "--method", "chao", "--tempering")
    assert code == 3
    assert "--tempering belongs to latent-class" in said
