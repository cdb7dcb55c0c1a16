from pathlib import Path

import pytest

from stelae.errors import BadInput, IntegrityError, NotADossier
from stelae.records.dossier import Dossier
from stelae.records.settings import Profile, Settings, read_profile

TABLE = {"title": {"en": "T"}, "languages": ["en", "hy"]}


def test_a_profile_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text('languages = ["en"]\nown = ["us"]\n[title]\nen = "T"\n[notice]\nen = "N"\n')
    profile = read_profile(path)
    assert (profile.languages, profile.own, profile.intro) == (("en",), ("us",), None)
    assert profile.notice is not None
    assert profile.notice.in_language("en").text == "N"


@pytest.mark.parametrize(
    "content", [b"title = ", b"\xff", b"[title]\nen = 'T'\n", b"title = 'T'\nlanguages = ['en']\n"]
)
def test_a_profile_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(content)
    with pytest.raises((BadInput, NotADossier), match=r"profile\.toml"):
        read_profile(path)
    with pytest.raises(BadInput):
        read_profile(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": {}}, "no name in any language"),
        ({"title": "T"}, ""),
        ({"title": {"en": 5}}, ""),
        ({"languages": []}, "no language"),
        ({"languages": "en"}, "list"),
        ({"languages": ["English"]}, "no language tag"),
        ({"own": ["US"]}, "no id"),
        ({"own": "us"}, "list"),
        ({"own": [1]}, ""),
    ],
)
def test_a_profile_says_what_is_wrong_with_it(change: dict[str, object], says: str) -> None:
    with pytest.raises(NotADossier, match=r"p\.toml") as caught:
        Profile.of({**TABLE, **change}, "p.toml")
    assert says in caught.value.what


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is of format None"),
        ("format = 2\n", "is of format 2; this Stelae reads 1"),
        ("format = 1\n", "lacks the origin and key"),
        ("format = 1\nlog = 'x'\n", "lacks the origin and key"),
        ("format = \n", "cannot be read"),
    ],
)
def test_settings_of_another_format_are_refused(text: str, says: str) -> None:
    with pytest.raises(NotADossier) as caught:
        Settings.parse(text)
    assert says in caught.value.what


def test_the_origin_and_the_key_of_a_log_belong_together(dossier: Dossier) -> None:
    text = dossier.settings.to_toml()
    origin = dossier.settings.origin
    for changed in (
        text.replace(f'origin = "{origin}"', f'origin = "{origin}x"'),
        text.replace(f'key = "{origin}', f'key = "{origin}x'),
        text.replace('key = "', 'key = "x'),
    ):
        assert changed != text
        with pytest.raises(IntegrityError) as caught:
            Settings.parse(changed)
        assert caught.value.hint


def test_settings_come_back_as_written(dossier: Dossier) -> None:
    assert Settings.parse(dossier.settings.to_toml()) == dossier.settings
