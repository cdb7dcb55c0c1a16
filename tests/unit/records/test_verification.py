import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.errors import StelaeError
from stelae.records.catalogue import Body, to_body
from stelae.records.deposits import deposit
from stelae.records.dossier import Dossier, Hand, create_dossier
from stelae.records.importing import Plan
from stelae.records.journal import Entry
from stelae.records.settings import Settings
from stelae.records.sources import Item
from stelae.records.vault import segment_name
from stelae.records.verification import Verdict, verify_dossier
from stelae.transparency.notes import VerifierKey

Importing = Callable[..., Plan]


def verdict_on(folder: Path) -> Verdict:
    """What `stelae verify` finds; a dossier that cannot even be opened has a failure as well."""
    try:
        return verify_dossier(Dossier.open(folder))
    except StelaeError as error:
        verdict = Verdict()
        verdict.fail("dossier", folder.name, error.what)
        return verdict


def test_a_whole_dossier_has_no_failure_and_everything_is_counted(small: Dossier) -> None:
    verdict = verify_dossier(small)
    size = small.log().size
    assert verdict.failures == []
    assert (verdict.entries, verdict.proofs, verdict.items) == (size, size, 2)
    assert verdict.as_json() == {
        "schema": "stelae-verify/1",
        "ok": True,
        "checked": {"items": 2, "entries": size, "proofs": size, "files": 0, "withheld": 0},
        "failures": [],
    }


def test_each_failure_is_in_the_json() -> None:
    verdict = Verdict()
    verdict.fail("item", "sha256:0", "bytes changed")
    assert not verdict.ok
    assert verdict.as_json()["failures"] == [
        {"what": "item", "id": "sha256:0", "why": "bytes changed"}
    ]


def flips(content: bytes, every: int) -> list[bytes]:
    """The content with one byte changed, at each of many places, in two ways."""
    return [
        content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]
        for place in range(0, len(content), every)
        for mask in (0x01, 0x20)
    ]


@pytest.mark.parametrize("part", ["log", "vault", "objects"])
def test_any_byte_changed_in_log_vault_or_objects_is_found(
    dossier: Dossier, hand: Hand, importing: Importing, tmp_path: Path, part: str
) -> None:
    importing(dossier, {"parties.csv": "id,name:en,kind\na,A,press\nb,B,person\n"})
    page = tmp_path / "page.txt"
    page.write_text("kept\n")
    with dossier.writing(hand) as writer:
        deposit(writer, dossier.state(), [page], source="s")
    files = [path for path in (dossier.folder / part).rglob("*") if path.is_file()]
    assert files
    missed = []
    for path in files:
        content = path.read_bytes()
        path.chmod(0o644)
        for place, changed in enumerate(flips(content, max(1, len(content) // 150))):
            path.write_bytes(changed)
            if verdict_on(dossier.folder).ok:
                missed.append((path.name, place))
        path.write_bytes(content)
    assert missed == []
    assert verdict_on(dossier.folder).ok


def test_of_dossier_toml_the_key_and_origin_are_bound_and_the_profile_is_not(
    small: Dossier,
) -> None:
    """Title, languages, own, notice and intro are not logged: they may change without harm."""
    path = small.folder / "dossier.toml"
    content = path.read_bytes()
    start = content.index(b"[log]")
    bound = range(content.index(b"origin", start), content.rindex(b'"', start) + 1)
    for place in bound:
        for mask in (0x01, 0x20):
            path.write_bytes(
                content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]
            )
            assert not verdict_on(small.folder).ok, (place, content[place : place + 9])
    path.write_bytes(content.replace(b"Town (synthetic)", b"Tower (imagined)"))
    assert verdict_on(small.folder).ok


def test_a_missing_object_is_named(small: Dossier) -> None:
    item = next(small.state().all(Item))
    small.store.path(item.id).unlink()
    (failure,) = verify_dossier(small).failures
    assert (failure.what, failure.id, failure.why) == (
        "item",
        item.id,
        "the kept bytes are missing",
    )


def test_a_missing_vault_is_named(small: Dossier) -> None:
    shutil.rmtree(small.folder / "vault")
    failures = [f for f in verify_dossier(small).failures if f.what != "item"]
    assert [(f.what, f.id) for f in failures] == [("disclosures", "0")]
    assert "misses the disclosures of entries from 0 on" in failures[0].why


def test_entries_cut_off_with_an_older_checkpoint_show_against_one_seen_before(
    dossier: Dossier, importing: Importing, tmp_path: Path
) -> None:
    importing(dossier, {"parties.csv": "id,name:en,kind\na,A,press\n"})
    shutil.copytree(dossier.folder, tmp_path / "old")
    importing(dossier, {"parties.csv": "id,name:en,kind\nb,B,press\n"})
    old = Dossier.open(tmp_path / "old")
    assert verify_dossier(old).ok, "an older copy is whole in itself"
    failures = verify_dossier(old, seen=[dossier.log().checkpoint]).failures
    assert [failure.what for failure in failures] == ["history"]


@pytest.mark.parametrize("order", ["swapped", "removed", "repeated"])
def test_entries_moved_removed_or_repeated_are_found(
    dossier: Dossier, importing: Importing, order: str
) -> None:
    for name in "ab":
        importing(dossier, {"parties.csv": f"id,name:en,kind\n{name},{name},press\n"})
    bundle = next((dossier.folder / "log" / "tile" / "entries").rglob("2"))
    content = bundle.read_bytes()
    size = 2 + int.from_bytes(content[:2], "big")
    one, two = content[:size], content[size:]
    bundle.write_bytes({"swapped": two + one, "removed": one, "repeated": one + one}[order])
    assert not verdict_on(dossier.folder).ok


def test_disclosures_of_two_entries_swapped_are_found(
    dossier: Dossier, importing: Importing
) -> None:
    importing(dossier, {"parties.csv": "id,name:en,kind\na,A,press\nb,B,press\n"})
    path = dossier.folder / "vault" / segment_name(0)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(reversed(lines)))
    assert [f.id for f in verify_dossier(dossier).failures] == ["0", "1"]


def test_a_record_that_is_said_anew_must_cite_what_was_said(dossier: Dossier, hand: Hand) -> None:
    def entry(name: str, previous: str | None = None) -> Entry:
        body: Body = {"id": "a", "name": {"en": name}, "kind": "press"}
        return Entry("party", body, hand.actor, "2026-01-20T12:00:00Z", previous)

    with dossier.writing(hand) as writer:
        (first,) = writer.append([entry("one")])
        writer.append([entry("two", first.id)])
        assert verify_dossier(dossier).ok
        writer.append([entry("three", first.id), entry("four")])
    failures = verify_dossier(dossier).failures
    assert [(f.what, f.id) for f in failures] == [("entry", "2"), ("entry", "3")]
    assert failures[0].why == "does not cite the version of party:a before"


def test_an_item_of_a_later_or_broken_writer_is_a_failure_not_a_crash(
    dossier: Dossier, hand: Hand
) -> None:
    body = to_body(Item(id="no-digest", source="s", media_type="text/plain", size=1))
    with dossier.writing(hand) as writer:
        writer.append([Entry("item", body, hand.actor, "2026-01-20T12:00:00Z")])
    (failure,) = verify_dossier(dossier).failures
    assert failure.id == "no-digest"


def test_another_key_than_the_log_was_signed_with_fails(
    small: Dossier, tmp_path: Path, hand: Hand
) -> None:
    other = create_dossier(tmp_path / "other", hand=hand, profile=small.settings.profile)
    verdict = verify_dossier(small, VerifierKey.parse(other.settings.log_key))
    assert any(failure.what == "checkpoint" for failure in verdict.failures)


def test_progress_is_told_the_bytes_read(small: Dossier) -> None:
    told: list[int] = []
    verify_dossier(small, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == sum(item.size for item in small.state().all(Item))


def test_settings_round_trip(small: Dossier) -> None:
    text = (small.folder / "dossier.toml").read_text()
    assert Settings.parse(text).to_toml() == text
