import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.records.catalogue import PLURALS
from stelae.records.dossier import Dossier
from stelae.records.tables import read_table

Run = Callable[..., tuple[int, str, str]]

PARTIES = "id,name:en,kind\np-1,One,press\n"


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    assert run("init", tmp_path / "town")[0] == 0
    return tmp_path / "town"


@pytest.fixture
def files(tmp_path: Path, small_files: dict[str, str]) -> list[Path]:
    (tmp_path / "in").mkdir()
    for name, text in small_files.items():
        (tmp_path / "in" / name).write_text(text)
    return [tmp_path / "in" / name for name in small_files]


def test_an_import_is_told_on_standard_error(run: Run, folder: Path, files: list[Path]) -> None:
    assert run("record", folder, "import", *files) == (
        0, "", "25 records recorded, 0 corrected, 0 there already.\n",
    )  # fmt: skip
    assert run("record", folder, "import", *files)[2] == (
        "0 records recorded, 0 corrected, 25 there already.\n"
    )


def test_with_json_the_keys_are_those_documented(run: Run, folder: Path, files: list[Path]) -> None:
    code, out, err = run("record", folder, "import", *files, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "schema": "stelae-import/1",
        "added": 25,
        "corrected": 0,
        "unchanged": 0,
        "recorded": True,
    }


def test_a_dry_run_records_nothing_and_needs_no_key(
    run: Run, folder: Path, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STELAE_CONFIG", str(tmp_path / "stranger"))
    code, _, err = run("record", folder, "import", "--dry-run", *files)
    assert (code, err) == (0, "25 records would be recorded, 0 corrected, 0 there already.\n")
    assert Dossier.open(folder).log().size == 0


def test_every_problem_of_every_file_is_said_at_once(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "parties.csv").write_text(PARTIES + "P,,rumour\n")
    (tmp_path / "sources.csv").write_bytes(b"\xff")
    (tmp_path / "events.csv").mkdir()
    names = [tmp_path / name for name in ("parties.csv", "sources.csv", "events.csv", "days.csv")]
    code, out, err = run("record", folder, "import", *names, names[0])
    assert (code, out) == (3, "")
    lines = err.splitlines()
    assert lines[0] == "stelae: refused, nothing was changed: 5 problems"
    assert [line.split(": ")[1] for line in lines[1:]] == [
        "cannot be read",
        "cannot be read",
        "is given twice (Name it once.)",
        "is missing (Every record of this kind needs it.)",
        "is not UTF-8",
    ]
    assert Dossier.open(folder).log().size == 0


def test_a_correction_needs_the_word_and_a_reason(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_text(PARTIES)
    run("record", folder, "import", path)
    path.write_text(PARTIES.replace("One", "Two"))
    code, _, err = run("record", folder, "import", path)
    assert code == 3
    assert '--correct "why"' in err
    code, _, err = run("record", folder, "import", path, "--correct", " ")
    assert code == 2
    assert "say why" in err
    code, _, err = run("record", folder, "import", path, "--correct", "a misprint")
    assert (code, err) == (0, "0 records recorded, 1 corrected, 0 there already.\n")
    assert Dossier.open(folder).state().logged("party", "p-1").why == "a misprint"
    _, out, _ = run("record", folder, "show", "party:p-1")
    assert "corrected 1 times; last because: a misprint" in out


def test_a_record_is_shown_as_text_and_as_json(run: Run, folder: Path, files: list[Path]) -> None:
    run("record", folder, "import", *files)
    code, out, err = run("record", folder, "show", "event:town-1990")
    assert (code, err) == (0, "")
    assert out.startswith("event:town-1990\n")
    code, out, err = run("record", folder, "show", "event:town-1990", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["schema"] == "stelae-show/1"


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("event:nowhere", "there is no event 'nowhere' in this dossier"),
        ("town-1990", "does not say what kind of record it points to"),
        ("event:Town", "is no id"),
    ],
)
def test_what_is_not_there_is_refused(run: Run, folder: Path, reference: str, says: str) -> None:
    code, out, err = run("record", folder, "show", reference)
    assert (code, out) == (3, "")
    assert says in err


@pytest.mark.parametrize("plural", PLURALS)
def test_a_template_is_the_header_of_a_file_without_a_fault(
    run: Run, folder: Path, plural: str
) -> None:
    code, out, err = run("record", folder, "template", plural)
    assert (code, err) == (0, "")
    table = read_table(f"{plural}.csv", out.encode())
    assert [problem.what for problem in table.problems] == ["holds no records"]


def test_a_dossier_whose_journal_was_edited_is_refused_with_what_to_do(
    run: Run, folder: Path, files: list[Path]
) -> None:
    run("record", folder, "import", *files)
    for part in ("log/tile/entries", "vault"):
        path = next(p for p in (folder / part).rglob("*") if p.is_file())
        content = path.read_bytes()
        path.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
        for arguments in (["import", *files], ["show", "event:town-1990"]):
            code, out, err = run("record", folder, *arguments)
            assert (code, out) == (3, "")
            assert "backup" in err or "changed after it was logged" in err
        path.write_bytes(content)
    assert run("record", folder, "import", *files)[0] == 0


def test_a_second_writer_is_told_to_wait(
    run: Run, folder: Path, files: list[Path], tmp_path: Path
) -> None:
    from stelae.cli.terminal import hand

    with Dossier.open(folder).writing(hand(tmp_path / "config")):
        code, out, err = run("record", folder, "import", *files)
    assert (code, out) == (3, "")
    assert "another process is writing" in err
    assert "Wait for it, then repeat." in err
