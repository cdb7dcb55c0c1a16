import json
from pathlib import Path

import pytest

from stelae.errors import BadInput
from stelae.publication.layout import MARK, log_names, require_replaceable, strangers
from stelae.publication.manifest import NAME, format_manifest
from stelae.records.dossier import Dossier

FILES = [("index.html", b"one"), ("a/b/c.html", b"two")]
LISTED = [name for name, _ in FILES]


def put(folder: Path, origin: str, number: int = 1) -> None:
    """An edition as far as its place in a folder is concerned."""
    mark = json.dumps({"origin": origin, "number": number}).encode()
    for name, content in [*FILES, (NAME, format_manifest(FILES)), (MARK, mark)]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_an_empty_or_new_folder_and_an_older_edition_may_be_replaced(
    tmp_path: Path, dossier: Dossier
) -> None:
    require_replaceable(tmp_path / "none", dossier.settings)
    (tmp_path / "empty").mkdir()
    require_replaceable(tmp_path / "empty", dossier.settings)
    put(tmp_path / "site", dossier.settings.origin)
    require_replaceable(tmp_path / "site", dossier.settings, 2)


def test_an_edition_of_another_dossier_or_a_newer_one_stays(
    tmp_path: Path, dossier: Dossier
) -> None:
    put(tmp_path / "theirs", "another-0000/log1")
    with pytest.raises(BadInput, match="of another dossier"):
        require_replaceable(tmp_path / "theirs", dossier.settings)
    put(tmp_path / "newer", dossier.settings.origin, 3)
    with pytest.raises(BadInput, match="newer than 2"):
        require_replaceable(tmp_path / "newer", dossier.settings, 2)


@pytest.mark.parametrize("files", [["thesis.odt"], ["edition.json", "thesis.odt"], [NAME]])
def test_a_folder_with_anything_else_is_never_replaced(
    tmp_path: Path, dossier: Dossier, files: list[str]
) -> None:
    (tmp_path / "place").mkdir()
    for name in files:
        (tmp_path / "place" / name).write_text("mine")
    with pytest.raises(BadInput, match="holds no edition: it is not overwritten"):
        require_replaceable(tmp_path / "place", dossier.settings)


def test_what_a_person_put_beside_an_edition_is_not_lost(tmp_path: Path, dossier: Dossier) -> None:
    put(tmp_path / "site", dossier.settings.origin)
    (tmp_path / "site" / ".git").mkdir()
    (tmp_path / "site" / ".git" / "config").write_text("mine")
    with pytest.raises(BadInput, match=r"holds \.git/config, which is no part of the edition"):
        require_replaceable(tmp_path / "site", dossier.settings)


def test_a_file_or_a_link_is_no_place_for_an_edition(tmp_path: Path, dossier: Dossier) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("file", "link"):
        with pytest.raises(BadInput, match="is not a folder"):
            require_replaceable(tmp_path / name, dossier.settings)


def test_links_and_files_of_other_names_are_strangers_also_below_the_log(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(site, "o/log1")
    for name in log_names(3):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    assert list(strangers(site, LISTED, 3)) == []
    (site / "log" / "evil.html").touch()
    (site / "etc").symlink_to("/etc")
    (site / "a" / "more").symlink_to(tmp_path)
    assert set(strangers(site, LISTED, 3)) == {"log/evil.html", "etc", "a/more"}
