"""`stelae link` as people and programs meet it: results, and refusals that say what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from stelae.cli import link_folder
from stelae.values.digests import digest_of

Run = Callable[..., tuple[int, str, str]]

MAPPING = 'id = "id"\n[fields]\nname = "name"\nbirth = "birth"\nsex = "sex"\nplace = "place"\n'
HEADER = "id,name,birth,sex,place\n"
NAME_ONLY = '[fields]\nname = "name"\n'
GIVEN = ("Anna", "Boris", "Karen", "Shushan", "Hovhannes", "Leyla", "Rashid")


def rows(count: int, begin: int = 0) -> str:
    return "".join(
        f"{at},{GIVEN[at % 7]} Person{at % 11}yan,{1910 + at % 80}-0{1 + at % 9}-1{at % 9},"
        f"{'fm'[at % 2]},Town{at % 5}\n"
        for at in range(begin, begin + count)
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: a list, and a mapping of its columns."""
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "ok.csv").write_text(HEADER + rows(30))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- results ------------------------------------------------------------------------------------


def test_the_folder_holds_what_the_manifest_says(run: Run, linked: Path) -> None:
    out = linked / "out"
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["schema"] == "stelae-link-manifest/1"
    assert set(manifest["outputs"]) == {path.name for path in out.iterdir()} - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert digest_of((out / name).read_bytes()) == digest
    church = (linked / "lists" / "church.csv").read_bytes()
    assert manifest["inputs"]["church.csv"] == digest_of(church)
    for name in ("clusters", "pairs"):
        csv = pl.read_csv(out / f"{name}.csv", infer_schema=False)
        parquet = pl.read_parquet(out / f"{name}.parquet")
        assert csv.columns == parquet.columns
        assert csv.height == parquet.height


def test_the_same_lists_and_seed_give_the_same_bytes(
    relink: Callable[..., tuple[int, str, str]], linked: Path
) -> None:
    before = contents(linked / "out")
    assert relink()[0] == 0
    assert contents(linked / "out") == before
    assert relink("--draws", "2")[0] == 0
    drawn = contents(linked / "out")
    assert drawn["clusters.csv"] == before["clusters.csv"]
    assert relink("--draws", "2")[0] == 0
    assert contents(linked / "out") == drawn
    assert relink("--draws", "2", "--seed", "2")[0] == 0
    assert contents(linked / "out")["draws.csv"] != drawn["draws.csv"]


def test_json_is_the_summary(run: Run, folder: Path) -> None:
    code, out, _ = run("link", "ok.csv", "--map", "m.toml", "-o", "out", "--json")
    assert code == 0
    value = json.loads(out)
    assert value["schema"] == "stelae-link/1"
    assert value["records"] == 30
    keys = {"records", "clusters", "pairs_scored", "pairs_matched", "seconds", "outputs"}
    assert keys <= value.keys()
    assert value["outputs"].keys() >= {"clusters.csv", "pairs.parquet"}


def test_without_a_folder_it_says_that_nothing_was_kept(run: Run, folder: Path) -> None:
    code, out, err = run("link", "ok.csv", "--map", "m.toml")
    assert code == 0
    assert "30 records are" in out
    assert "Nothing was written; give a folder with -o" in err
    assert {path.name for path in folder.iterdir()} == {"m.toml", "ok.csv"}


def test_a_guessed_mapping_is_said_to_be_guessed(run: Run, folder: Path) -> None:
    code, _, err = run("link", "ok.csv")
    assert code == 0
    assert "the columns were guessed" in err


@pytest.mark.parametrize(
    ("lists", "mapping"),
    [
        ({"a.csv": "name\nAnna B\nanna b\nC D\n"}, NAME_ONLY),
        ({"a.csv": HEADER + "1,Anna B,1900,f,X\n2,C D,,,\n"}, MAPPING),
        ({"a.csv": HEADER + "1,Anna B,1900,f,X\n", "b.csv": HEADER + rows(9)}, MAPPING),
        ({"a.csv": HEADER + "1,,,,\n2,-,?,,\n", "b.csv": HEADER + rows(9)}, MAPPING),
        ({"a.csv": HEADER, "b.csv": HEADER + rows(9)}, MAPPING),
        ({"a.csv": "id,x\n" + "".join(f"{n},{'mf'[n % 2]}\n" for n in range(400))},
         'id = "id"\n[fields]\nsex = "x"\n'),
        ({"a.csv": "id,x\n" + "".join(f"{n},{n % 9}\n" for n in range(400))},
         'id = "id"\n[fields]\npostcode = "x"\n'),
        ({"a.csv": HEADER + rows(200)}, "once = true\n" + MAPPING),
        ({"список ю.csv": HEADER + rows(5), "Ցուցակ 1.csv": HEADER + rows(5, 3)}, MAPPING),
        ({"a.csv": HEADER + "1,\u200fمحمد\u200f علی,1900,m,X\n2,\u202emuhammad ali\u202c,1900,,X\n"
          "3,Aннa Петpoв,1900,f,X\n4,Анна Петров,,f,X\n5,A\x01nna\x07 P\x1b[31mx,,f,X\n"}, MAPPING),
        ({"a.csv": HEADER + "".join(
            f"{n},{'abc'[n % 3] * 10_000} {'b' * 5_000},1900,f,{'x' * 10_000}\n" for n in range(6)
          ) + f"9,{'a ' * 5_000},1900,f,{'x,' * 0}\n"}, MAPPING),
    ],
    ids=[
        "one column", "two records", "one record", "all missing in one list", "an empty list",
        "sexes alone", "codes alone", "each person once", "file names of any script",
        "marks and mixed scripts", "names of ten thousand letters",
    ],
)  # fmt: skip
def test_odd_lists_are_linked(
    run: Run, tmp_path: Path, lists: dict[str, str], mapping: str
) -> None:
    (tmp_path / "m.toml").write_text(mapping)
    for name, text in lists.items():
        (tmp_path / name).write_text(text)
    paths = [tmp_path / name for name in lists]
    out = tmp_path / "out"
    code, shown, err = run("link", *paths, "--map", tmp_path / "m.toml", "-o", out, "--draws", "2")
    assert code == 0, err
    found = pl.read_csv(out / "clusters.csv", infer_schema=False)
    assert f"{found.height:,} records are {found['cluster'].n_unique():,} people" in shown
    assert set(found["list"]) <= {Path(name).stem for name in lists}
    assert pl.read_csv(out / "draws.csv", infer_schema=False).height == 2 * found.height
    assert "\x1b" not in shown


def test_one_name_ten_thousand_times_makes_no_block_explode(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    lines = "".join(f"{at},John Smith,,,\n" for at in range(10_000))
    (tmp_path / "a.csv").write_text(HEADER + lines + rows(40, 10_000))
    code, out, err = run("link", tmp_path / "a.csv", "--map", tmp_path / "m.toml", "--json")
    assert code == 0, err
    assert json.loads(out)["pairs_scored"] < 10_000


def test_where_no_pair_is_compared_it_claims_no_reach(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(NAME_ONLY)
    (tmp_path / "a.csv").write_text("name\n" + "John Smith\n" * 2_000)
    code, out, _ = run("link", tmp_path / "a.csv", "--map", tmp_path / "m.toml")
    assert code == 0
    assert "No two records that may be one person share anything that few others share." in out
    assert "%" not in out


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason", "hint"),
    [
        (b"", "is empty", "The first row names the columns"),
        (HEADER.encode(), "fewer than two records", "Give more lists"),
        ((HEADER + "1,Anna B,1900,f,X\n").encode(), "fewer than two records", "Give more lists"),
        ((HEADER + "1,,,,\n2,-,?,,\n").encode(), "no record says anything", "Map columns of names"),
        ((HEADER + "1,A\0nna B,,,\n2,C,,,\n").encode(), "row 2", ""),
        ((HEADER + "1,Анна,,,\n2,Пётр,,,\n").encode("cp1251"), "is not UTF-8", "encoding = "),
        (HEADER.encode() + b"1,A\xff\xfe\x80 B,,,\n2,C,,,\n", "UTF-8", "encoding"),
        ((HEADER + "7,A B,,,\n7,C D,,,\n").encode(), "row 3", ""),
        ((HEADER + '1,"A B,1900,f,X\n2,C,,,\n').encode(), "row ", ""),
        (
            b"id,name\n1,A\n2,B\n",
            "column birth: the mapping names a column that is not",
            "There are",
        ),
        (b"PAR1xxxxPAR1", "a.csv", ""),
        (b"PK\x03\x04xxxx", "a.csv", ""),
    ],
    ids=[
        *("empty", "header only", "one record", "all missing", "NUL", "cp1251", "no encoding"),
        *("repeated id", "open quote", "missing columns", "no Parquet", "no workbook"),
    ],
)
def test_lists_that_cannot_be_linked_are_refused(
    run: Run, folder: Path, content: bytes, reason: str, hint: str
) -> None:
    (folder / "a.csv").write_bytes(content)
    before = contents(folder)
    code, out, err = run("link", "a.csv", "--map", "m.toml", "-o", "out", "--json")
    assert code == 3
    assert reason in err
    assert hint in err
    assert "Traceback" not in err
    value = json.loads(out)
    assert (value["schema"], value["ok"]) == ("stelae-error/1", False)
    assert contents(folder) == before


def test_every_fault_of_every_file_is_said_at_once(run: Run, folder: Path) -> None:
    (folder / "a.csv").write_text("id,name\n1,A\n1,B\n")
    (folder / "b.csv").write_text(HEADER + "7,A B,,,\n7,C D,,,\n")
    code, out, _ = run("link", "a.csv", "b.csv", "--map", "m.toml", "--json")
    assert code == 3
    problems = json.loads(out)["problems"]
    assert {each["file"] for each in problems} == {"a.csv", "b.csv"}
    assert {each["column"] for each in problems if each["file"] == "a.csv"} >= {"birth", "sex"}


def test_a_list_is_given_once(run: Run, folder: Path) -> None:
    code, _, err = run("link", "ok.csv", "ok.csv", "--map", "m.toml")
    assert code == 3
    assert "ok.csv: is given twice" in err
    (folder / "copy.csv").write_bytes((folder / "ok.csv").read_bytes())
    code, _, err = run("link", "ok.csv", "copy.csv", "--map", "m.toml")
    assert code == 3
    assert "copy.csv: is the same file as ok.csv, byte for byte" in err


def test_two_lists_of_one_name_are_refused_and_two_files_of_one_name_are_told_apart(
    run: Run, folder: Path
) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "ok.csv").write_text(HEADER + rows(5, 3))
    code, out, _ = run("link", "ok.csv", "other/ok.csv", "--map", "m.toml", "--json")
    assert code == 0
    assert len({each["list"] for each in json.loads(out)["lists"]}) == 2
    (folder / "m.toml").write_text(MAPPING + '[[lists]]\nfiles = "*.csv"\nname = "L"\n')
    code, _, err = run("link", "ok.csv", "other/ok.csv", "--map", "m.toml")
    assert code == 3
    assert "its list is called 'L'" in err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe[fields", "m.toml, line 1: is not UTF-8 (Save the file as UTF-8.)"),
        (b"# \n# \xe9\n[fields]\n", "m.toml, line 2: is not UTF-8"),
        (b"[[[", "m.toml, line 1: cannot be read as TOML"),
        (b"", "maps no column"),
        (b"[fields]\nweight = { column = 'name', kind = 'text' }\n", "'weight' cannot be the name"),
        (b"[fields]\nlist_a = { column = 'name', kind = 'text' }\n", "'list_a' cannot be the name"),
        (b"[places]\ngazetteer = 'nowhere.csv'\n[fields]\nname = 'name'\n", "nowhere.csv"),
        (b"[fields]\nage = { column = 'birth', at = '1918' }\n", "no record says anything"),
    ],
)
def test_mappings_that_cannot_be_are_refused(
    run: Run, folder: Path, content: bytes, reason: str
) -> None:
    (folder / "m.toml").write_bytes(content)
    code, _, err = run("link", "ok.csv", "--map", "m.toml")
    assert code == 3
    assert reason in err


def test_a_mapping_may_begin_with_a_mark_of_its_encoding(run: Run, folder: Path) -> None:
    (folder / "m.toml").write_text(MAPPING, encoding="utf-8-sig")
    assert run("link", "ok.csv", "--map", "m.toml")[0] == 0


@pytest.mark.parametrize(
    ("option", "content", "reason"),
    [
        ("--names", b"id,name\n", "holds no model of names"),
        ("--names", b"\x1f\x8b\x08\x00trash", "holds no model of names"),
        ("--decisions", b"id,name\n", "line 1: is no decision"),
        ("--decisions", b"\xff\x00\n{}\n", "is no decision"),
    ],
)
def test_other_files_that_cannot_be_are_refused(
    run: Run, folder: Path, option: str, content: bytes, reason: str
) -> None:
    (folder / "x").write_bytes(content)
    code, _, err = run("link", "ok.csv", "--map", "m.toml", option, "x")
    assert code == 3
    assert reason in err.replace(", row 1", ", line 1")


@pytest.mark.parametrize(
    "words",
    [
        ("absent.csv", "--map", "m.toml"),
        (".", "--map", "m.toml"),
        ("ok.csv", "--map", "."),
        ("ok.csv", "--map", "absent.toml"),
        ("--map", "m.toml"),
        ("ok.csv", "--map", "m.toml", "-o", "ok.csv"),
        ("ok.csv", "--map", "m.toml", "--draws", "-1"),
        ("ok.csv", "--map", "m.toml", "--seed", "-1"),
        ("ok.csv", "--map", "m.toml", "--engine", "abacus"),
        ("ok.csv", "--map", "m.toml", "-o", "out", "--into", "out"),
    ],
)
def test_usage_is_checked_before_anything_is_read(
    run: Run, folder: Path, words: tuple[str, ...]
) -> None:
    code, _, err = run("link", *words)
    assert code == 2
    assert "Usage" in err
    assert not (folder / "out").exists()


def test_a_folder_of_strangers_is_not_overwritten(run: Run, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("keep")
    code, _, err = run("link", "ok.csv", "--map", "m.toml", "-o", "mine")
    assert code == 3
    assert "is not empty and holds no linkage" in err
    assert contents(folder / "mine") == {"notes.txt": b"keep"}
    assert run("link", "ok.csv", "--map", "m.toml", "-o", "out")[0] == 0
    (folder / "out" / "notes.txt").write_text("keep")
    code, _, err = run("link", "ok.csv", "--map", "m.toml", "-o", "out")
    assert code == 3
    assert "holds notes.txt" in err


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_what_stops_it_while_it_writes_leaves_the_old_results(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    words = ("link", "ok.csv", "--map", "m.toml", "-o", "out")
    assert run(*words)[0] == 0
    before = contents(folder / "out")

    def stopped(*_: object) -> bytes:
        raise stop

    monkeypatch.setattr(link_folder, "model_json", stopped)  # after the tables are written
    code, _, err = run(*words, "--seed", "9")
    assert code == (130 if isinstance(stop, KeyboardInterrupt) else 3)
    assert ("half-written" if code == 130 else "No space left") in err
    assert contents(folder / "out") == before
    assert sorted(path.name for path in folder.iterdir()) == ["m.toml", "ok.csv", "out"]


def test_of_few_records_it_is_said_that_they_teach_little(run: Run, tmp_path: Path) -> None:
    rows = ["name,birth", *(f"Anna {letter}yan,19{at + 10}" for at, letter in enumerate("BCDE"))]
    for name, lines in (("a", rows), ("b", [rows[0], *reversed(rows[1:])])):
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    code, _, said = run("link", tmp_path / "a.csv", tmp_path / "b.csv")
    assert code == 0
    assert "These are few records" in said
    assert "of the 8 records" in said
