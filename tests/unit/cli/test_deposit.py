import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.records.dossier import Dossier
from stelae.records.sources import Item

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    assert run("init", tmp_path / "town")[0] == 0
    return tmp_path / "town"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text("kept\n")
    return path


def test_the_digests_are_the_result(run: Run, folder: Path, page: Path) -> None:
    code, out, err = run("deposit", folder, page, "--source", "s", "--open", "--note", "n")
    (item,) = Dossier.open(folder).state().all(Item)
    assert (code, out) == (0, f"{item.id}  {page}\n")
    assert (item.access, item.note, item.source) == ("open", "n", "s")
    assert "Source 's' is not recorded yet" in err
    assert err.endswith("1 item kept, 0 there already.\n")


def test_again_it_is_there_already(run: Run, folder: Path, page: Path) -> None:
    run("deposit", folder, page, "--source", "s")
    code, out, err = run("deposit", folder, page, "--source", "s")
    assert code == 0
    assert out.startswith("sha256:")
    assert err.endswith("0 items kept, 1 there already.\n")


def test_with_json_the_keys_are_those_documented(run: Run, folder: Path, page: Path) -> None:
    code, out, _ = run("deposit", folder, page, "--source", "s", "--json")
    found = json.loads(out)
    assert code == 0
    assert found.keys() == {"schema", "items"}
    assert found["schema"] == "stelae-deposit/1"
    (item,) = found["items"]
    assert item.keys() == {"file", "digest", "size", "media_type", "new", "text", "remarks"}
    assert (item["file"], item["size"], item["media_type"]) == (str(page), 5, "text/plain")
    assert (item["new"], item["text"]) == (True, None)


def test_every_file_that_cannot_be_kept_is_named_and_none_is_kept(
    run: Run, folder: Path, page: Path, tmp_path: Path
) -> None:
    code, out, err = run(
        "deposit", folder, page, tmp_path / "none", tmp_path, "x" * 300, "--source", "s"
    )
    assert (code, out) == (3, "")
    assert "refused, nothing was changed: 3 problems" in err
    assert f"{tmp_path / 'none'}: there is no such file" in err
    assert Dossier.open(folder).log().size == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--source", "No Id"], (3, "'No Id' is no id")),
        ([], (2, "Missing option '--source'")),
        (["--source", "s", "--note", "\x1b"], (3, "control characters")),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, folder: Path, page: Path, arguments: list[str], expected: tuple[int, str]
) -> None:
    code, out, err = run("deposit", folder, page, *arguments)
    assert (code, out) == (expected[0], "")
    assert expected[1] in err
    assert Dossier.open(folder).log().size == 0


def test_a_folder_that_is_no_dossier_is_named(run: Run, page: Path, tmp_path: Path) -> None:
    code, out, err = run("deposit", tmp_path, page, "--source", "s")
    assert (code, out) == (3, "")
    assert "is no dossier" in err
    assert "stelae init" in err


def test_a_file_name_of_any_bytes_is_kept_and_shown(run: Run, folder: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfc.txt"))
    path.write_text("kept\n")
    code, out, _ = run("deposit", folder, path, "--source", "s")
    assert code == 0
    assert "\ufffd.txt" in out
    code, out, _ = run("deposit", folder, path, "--source", "s", "--json")
    assert json.loads(out)["items"][0]["file"].endswith("\ufffd.txt")


def test_bytes_kept_for_another_source_are_refused(run: Run, folder: Path, page: Path) -> None:
    run("deposit", folder, page, "--source", "s")
    code, out, err = run("deposit", folder, page, "--source", "t")
    assert (code, out) == (3, "")
    assert "kept already as an item of source 's'" in err


def test_a_wrong_source_is_corrected_with_a_reason_and_the_text_goes_along(
    run: Run, small: Dossier, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>Page</title><p>Words of a report (synthetic).")
    assert run("deposit", small.folder, page, "--source", "reprot")[0] == 0
    code, _, err = run("deposit", small.folder, page, "--source", "report")
    assert code == 3
    assert "item of source 'reprot'" in err
    assert "--correct" in err
    code, _, _ = run("deposit", small.folder, page, "--source", "report", "--correct", "mistyped")
    assert code == 0
    items = [item for item in small.state().all(Item) if item.source == "report"]
    assert len(items) == 2
    assert not [item for item in small.state().all(Item) if item.source == "reprot"]
    size = small.log().size
    assert run("deposit", small.folder, page, "--source", "report")[0] == 0
    assert small.log().size == size


def test_what_was_closed_is_opened_with_a_reason(run: Run, small: Dossier, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Words (synthetic).")
    run("deposit", small.folder, page, "--source", "report")
    assert run("deposit", small.folder, page, "--source", "report", "--open")[0] == 3
    assert (
        run("deposit", small.folder, page, "--source", "report", "--open", "--correct", "agreed")[0]
        == 0
    )
    assert [item.access for item in small.state().all(Item) if item.file_name == "page.txt"] == [
        "open"
    ]
