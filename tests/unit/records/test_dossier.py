import dataclasses
import fcntl
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from stelae.errors import (
    BadInput,
    BadValue,
    Busy,
    IntegrityError,
    NoSigningKey,
    NotADossier,
    StaleDossier,
    StorageFailed,
)
from stelae.records.catalogue import Body
from stelae.records.dossier import Dossier, Hand, create_dossier, slug, utc_text
from stelae.records.importing import Plan
from stelae.records.settings import Profile
from stelae.records.sources import Party
from stelae.records.verification import verify_dossier
from stelae.values.names import Names

Importing = Callable[..., Plan]

Draft = tuple[str, Body, str | None]

PROFILE = Profile(Names.of({"en": "Town"}), ("en",))
PARTIES = "id,name:en,kind\np-1,One,press\n"


def party(name: str) -> Draft:
    return "party", {"id": name, "name": {"en": name}, "kind": "press"}, None


def test_a_new_dossier_is_whole_empty_and_reads_back(dossier: Dossier, hand: Hand) -> None:
    opened = Dossier.open(dossier.folder)
    assert opened.settings == dossier.settings
    assert opened.settings.title.in_language("en").text == "Town (synthetic)"
    assert (opened.log().size, opened.state().size) == (0, 0)
    assert (dossier.folder / "vault").stat().st_mode & 0o777 == 0o700
    assert dossier.settings.origin.startswith("dossier-")
    assert verify_dossier(opened).ok
    assert not list(dossier.folder.parent.glob(".tmp-*"))


def test_two_dossiers_of_one_name_have_two_logs(tmp_path: Path, hand: Hand) -> None:
    one = create_dossier(tmp_path / "a" / "town", hand=hand, profile=PROFILE)
    two = create_dossier(tmp_path / "b" / "town", hand=hand, profile=PROFILE)
    assert one.settings.origin != two.settings.origin


def test_an_empty_folder_becomes_a_dossier_and_a_full_one_is_left_alone(
    tmp_path: Path, hand: Hand
) -> None:
    (tmp_path / "empty").mkdir()
    create_dossier(tmp_path / "empty", hand=hand, profile=PROFILE)
    with pytest.raises(BadInput, match="is not empty"):
        create_dossier(tmp_path / "empty", hand=hand, profile=PROFILE)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput, match="exists"):
        create_dossier(tmp_path / "file", hand=hand, profile=PROFILE)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_a_failure_of_storage(tmp_path: Path, hand: Hand) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "else")
    (tmp_path / "nowhere").write_text("a file where a folder should be")
    with pytest.raises(StorageFailed):
        create_dossier(tmp_path / "nowhere" / "d", hand=hand, profile=PROFILE)


@pytest.mark.parametrize(
    ("text", "name"),
    [("My Dossier", "my-dossier"), ("Բաքու", "dossier"), ("", "dossier"), ("a" * 90, "a" * 40)],
)
def test_an_origin_is_named_in_small_latin_letters(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_folder_without_settings_is_no_dossier(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NotADossier, match="is no dossier") as caught:
            Dossier.open(folder)
        assert "stelae init" in str(caught.value.hint)


def test_what_is_said_is_dated_in_utc_and_signed_by_the_hand(dossier: Dossier, hand: Hand) -> None:
    with dossier.writing(hand) as writer:
        writer.say([party("a"), party("b")])
    logged = dossier.state().logged("party", "b")
    assert (logged.index, logged.actor) == (1, hand.actor)
    assert logged.recorded_at == "2026-01-20T12:00:00Z"
    assert utc_text(datetime.fromisoformat("2026-01-20T16:00:00.9+04:00")) == logged.recorded_at


def test_nothing_said_writes_nothing(dossier: Dossier, hand: Hand) -> None:
    before = sorted(dossier.folder.rglob("*"))
    with dossier.writing(hand) as writer:
        assert writer.say([]) == ()
    assert {p for p in dossier.folder.rglob("*") if p not in before} <= {dossier.folder / ".lock"}


def test_a_clock_that_jumps_back_harms_nothing(dossier: Dossier, hand: Hand) -> None:
    for year in (2031, 1970):
        now = partial(datetime, year, 1, 1, tzinfo=UTC)
        with dossier.writing(dataclasses.replace(hand, now=now)) as writer:
            writer.say([party(f"y{year}")])
    assert [e.recorded_at[:4] for e in dossier.journal()] == ["2031", "1970"]
    assert verify_dossier(dossier).ok


@pytest.mark.parametrize(
    "body",
    [
        {"id": "a"},
        {"id": "a", "name": {"en": "A"}, "kind": "press", "note": "a\x1b[0m"},
        {"id": "a", "name": {"en": "A"}, "kind": "press", "note": "\udcff"},
        {"id": "a", "name": {"en": "A"}, "kind": "press", "@why": "x"},
    ],
)
def test_what_could_not_be_read_back_is_never_logged(
    dossier: Dossier, hand: Hand, body: Body
) -> None:
    with dossier.writing(hand) as writer:
        with pytest.raises(BadValue):
            writer.say([party("fine"), ("party", body, None)])
        assert writer.log.size == 0
    assert dossier.state().size == 0


def test_one_writes_at_a_time_and_readers_do_not_wait(dossier: Dossier, hand: Hand) -> None:
    with dossier.writing(hand) as writer:
        writer.say([party("a")])
        with (
            pytest.raises(Busy, match="another process is writing"),
            Dossier.open(dossier.folder).writing(hand),
        ):
            raise AssertionError
        assert dossier.state().has("party", "a")
    with dossier.writing(hand) as writer:
        writer.say([party("b")])


def test_a_lock_held_by_another_program_is_respected(dossier: Dossier, hand: Hand) -> None:
    with (dossier.folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Busy), dossier.writing(hand):
            raise AssertionError


def test_a_lock_that_cannot_be_made_is_a_failure_of_storage(dossier: Dossier, hand: Hand) -> None:
    (dossier.folder / ".lock").mkdir()
    with pytest.raises(StorageFailed, match=r"could not lock .*\.lock"), dossier.writing(hand):
        raise AssertionError


def test_without_the_key_one_reads_but_does_not_write(
    dossier: Dossier, hand: Hand, importing: Importing, tmp_path: Path
) -> None:
    importing(dossier, {"parties.csv": PARTIES})
    stranger = dataclasses.replace(hand, keys=tmp_path / "stranger")
    with pytest.raises(NoSigningKey), dossier.writing(stranger):
        raise AssertionError
    assert dossier.state().has("party", "p-1")


def test_leftovers_of_a_killed_writer_are_cleared_away(dossier: Dossier, hand: Hand) -> None:
    leftovers = [dossier.folder / name / ".tmp-0011" for name in ("objects", "vault", "log")]
    for path in leftovers:
        path.write_bytes(b"half")
    with dossier.writing(hand):
        pass
    assert not any(path.exists() for path in leftovers)


def test_an_older_copy_is_read_but_never_written(
    dossier: Dossier, hand: Hand, importing: Importing, tmp_path: Path
) -> None:
    importing(dossier, {"parties.csv": PARTIES})
    shutil.copytree(dossier.folder, tmp_path / "backup")
    importing(dossier, {"parties.csv": PARTIES.replace("p-1", "p-2")})
    old = Dossier.open(tmp_path / "backup")
    assert old.state().size == 1
    with pytest.raises(StaleDossier, match=r"2 entries .* were signed, but here are 1"):
        importing(old, {"parties.csv": PARTIES.replace("p-1", "p-3")})
    seen = dossier.log().checkpoint
    assert [f.what for f in verify_dossier(old, seen=[seen]).failures] == ["history"]


def test_a_field_gone_from_the_vault_stops_reading(dossier: Dossier, importing: Importing) -> None:
    importing(dossier, {"parties.csv": "id,name:en,kind,consent\np,Synthetic,person,withheld\n"})
    (segment,) = (dossier.folder / "vault").iterdir()
    texts = json.loads(segment.read_text())
    segment.write_text(json.dumps(texts[:3] + texts[4:], separators=(",", ":")) + "\n")
    with pytest.raises(IntegrityError, match="the vault misses 1 fields of entry 0"):
        dossier.state()
    assert [f.why for f in verify_dossier(dossier).failures] == [
        "1 of its fields are gone from the vault"
    ]


def test_another_key_in_the_settings_stops_the_writer(
    dossier: Dossier, hand: Hand, tmp_path: Path
) -> None:
    other = create_dossier(tmp_path / "other", hand=hand, profile=PROFILE)
    settings = dataclasses.replace(dossier.settings, log_key=other.settings.log_key)
    writing = Dossier(dossier.folder, settings).writing(hand)
    with pytest.raises(IntegrityError, match="names another key"), writing:
        raise AssertionError


def test_the_hand_is_asked_for_all_randomness(tmp_path: Path, hand: Hand) -> None:
    def build(place: Path) -> bytes:
        again = dataclasses.replace(hand, keys=place / "keys", entropy=bytes)
        made = create_dossier(place / "town", hand=again, profile=PROFILE)
        with made.writing(again) as writer:
            writer.say([party("a")])
        return (made.folder / "log" / "checkpoint").read_bytes()

    assert build(tmp_path / "1") == build(tmp_path / "2")


def test_a_record_is_of_its_type(small: Dossier) -> None:
    assert isinstance(small.state().get(Party, "us"), Party)
