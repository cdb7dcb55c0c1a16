"""`stelae names`: models learned from a file, names explained."""

import json
from pathlib import Path

import pytest
from spelled_people import spelled_people

from stelae.cli.main import main


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def write(path: Path, count: int = 60) -> Path:
    rows = [f"{k},{name}" for k, names in enumerate(spelled_people(count)) for name in names]
    path.write_text("\n".join(["person,name", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_model_is_learned_and_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names, model = write(tmp_path / "names.csv"), tmp_path / "model.gz"
    assert run("names", "train", str(names), "-o", str(model), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 180
    assert run("names", "compare", "Shanu", "Шану", "--model", str(model), "--json") == 0
    compared = json.loads(capsys.readouterr().out)
    assert compared["model"]["digest"] == told["digest"]
    assert compared["log_odds"] > 2


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    names = write(tmp_path / "names.csv")
    for name in ("a.gz", "b.gz"):
        assert run("names", "train", str(names), "-o", str(tmp_path / name)) == 0
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_two_names_are_explained_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("names", "compare", "Aram Grigoryan", "Արամ Գրիգորյան") == 0
    assert "grigoryan / գրիգորյան" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name\nAnna\n", "has no column person"),
        ("person,name\n", "has no rows"),
        ("person,name\n,Anna\n,Berta\n", "row 3, column person: names no person"),
    ],
)
def test_a_file_that_says_too_little_is_refused(
    text: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "n.csv").write_text(text, encoding="utf-8")
    assert run("names", "train", str(tmp_path / "n.csv"), "-o", str(tmp_path / "m.gz")) == 3
    assert what in capsys.readouterr().err
    assert not (tmp_path / "m.gz").exists()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    for name, content in (("n.csv", b"\xff\xfe\x00"), ("n.csv.gz", b"no gzip")):
        (tmp_path / name).write_bytes(content)
        assert run("names", "train", str(tmp_path / name), "-o", str(tmp_path / "m.gz")) == 3


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.gz").write_bytes(b"no model")
    assert run("names", "compare", "a", "b", "--model", str(tmp_path / "m.gz")) == 3
