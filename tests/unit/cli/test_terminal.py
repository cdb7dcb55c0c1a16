import json
from pathlib import Path

import pytest

from stelae.cli.terminal import (
    PASSPHRASE,
    bars,
    config_folder,
    count,
    hand,
    keys_folder,
    print_json,
    progress_bar,
)
from stelae.errors import BadInput, StorageFailed


def test_a_hand_is_one_actor_whose_id_says_nothing_of_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "secret")
    one, two = hand(tmp_path / "new"), hand(tmp_path / "new")
    assert one.actor == two.actor
    assert one.actor != hand(tmp_path / "other").actor
    assert (one.keys, one.passphrase) == (tmp_path / "new" / "keys", "secret")
    assert one.now().tzinfo is not None
    assert len(one.entropy(16)) == 16
    assert one.entropy(16) != one.entropy(16)


def test_without_a_passphrase_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "")
    assert hand(tmp_path).passphrase is None


@pytest.mark.parametrize("content", [b"", b"me\n", b"\xff", b"a-0123\n", b"a-" + b"g" * 16])
def test_an_actor_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "actor").write_bytes(content)
    with pytest.raises(BadInput, match="actor"):
        hand(tmp_path)


def test_a_configuration_that_cannot_be_written_is_a_failure_of_storage(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    with pytest.raises((StorageFailed, BadInput)):
        hand(tmp_path / "config")


def test_keys_lie_in_the_configuration(tmp_path: Path) -> None:
    assert keys_folder(tmp_path) == tmp_path / "keys"
    assert config_folder(None).name == "stelae"


def test_json_is_printed_in_every_script(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Բաքու"})
    out = capsys.readouterr().out
    assert "Բաքու" in out
    assert json.loads(out) == {"name": "Բաքու"}


def test_there_is_no_bar_where_nobody_looks() -> None:
    with progress_bar("Keeping", 10) as tell:
        assert tell is None


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 items"), (1, "1 item"), (2, "2 items"), (1234, "1,234 items")]
)
def test_things_are_counted_in_words(number: int, text: str) -> None:
    assert count(number, "item") == text
    assert count(2, "entry", "entries") == "2 entries"


def test_parts_under_way_have_bars_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with bars("Estimating", ["north"]) as progress:
        assert progress is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with bars("Estimating", ["north", "[south]"]) as progress:
        assert progress is not None
        for part in (0, 1):
            progress(part, 0.0)
            progress(part, 0.5)
            progress(part, 1.0)
    assert capsys.readouterr().out == ""
