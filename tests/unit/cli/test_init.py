import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.records.dossier import Dossier
from stelae.transparency.notes import VerifierKey

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def test_the_public_key_is_the_result_and_the_rest_is_said_beside_it(
    run: Run, tmp_path: Path, config: Path
) -> None:
    code, out, err = run("init", tmp_path / "town")
    dossier = Dossier.open(tmp_path / "town")
    assert (code, out) == (0, f"{dossier.settings.log_key}\n")
    assert VerifierKey.parse(out.strip()).name == dossier.settings.origin
    assert "publish it widely" in err
    assert str(config / "keys") in err
    assert dossier.settings.title.in_language("en").text == "town"


def test_with_json_the_keys_are_those_documented(run: Run, tmp_path: Path) -> None:
    code, out, err = run("init", tmp_path / "town", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found.keys() == {"schema", "folder", "origin", "key"}
    assert (found["schema"], found["folder"]) == ("stelae-init/1", str(tmp_path / "town"))


def test_title_and_languages_may_be_given(run: Run, tmp_path: Path) -> None:
    assert run(
        "init", tmp_path / "t", "--title", "Քաղաք", "--language", "hy", "--language", "en"
    )[0] == 0  # fmt: skip
    settings = Dossier.open(tmp_path / "t").settings
    assert (settings.languages, settings.title.as_mapping()) == (("hy", "en"), {"hy": "Քաղաք"})


def test_a_profile_gives_them_all(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text('languages = ["az"]\nown = ["us"]\n[title]\naz = "Ş"\n')
    assert run("init", tmp_path / "t", "--like", profile)[0] == 0
    assert Dossier.open(tmp_path / "t").settings.own == ("us",)
    code, out, err = run("init", tmp_path / "u", "--like", profile, "--title", "x")
    assert (code, out) == (2, "")
    assert "--like already says title and languages" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--language", "English"], "'English' is no language tag"),
        (["--like", "none.toml"], "none.toml cannot be read"),
        (["--title", "\x00"], "control characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(
    run: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    code, out, err = run("init", tmp_path / "t", *arguments)
    assert (code, out) == (3, "")
    assert says in err
    assert not (tmp_path / "t").exists()


def test_a_folder_with_something_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "mine").touch()
    code, out, err = run("init", tmp_path / "t")
    assert (code, out) == (3, "")
    assert "is not empty\n  Choose a new folder." in err


def test_one_user_is_one_actor_in_every_dossier(run: Run, tmp_path: Path, config: Path) -> None:
    run("init", tmp_path / "a")
    actor = (config / "actor").read_text()
    run("init", tmp_path / "b")
    assert (config / "actor").read_text() == actor
    assert (config / "actor").stat().st_mode & 0o777 == 0o600
    (config / "actor").write_text("somebody\n")
    code, _, err = run("init", tmp_path / "c")
    assert code == 3
    assert "holds no actor's id" in err
