import os
from pathlib import Path

import pytest

from stelae.errors import ImportRefused
from stelae.records.deposits import DERIVED_TEXT, Deposit, KeptTexts, deposit
from stelae.records.dossier import Dossier, Hand
from stelae.records.sources import Item
from stelae.records.verification import verify_dossier
from stelae.values.digests import digest_of

PAGE = b"<!doctype html><meta charset=utf-8><title>T</title><p>Forty-eight were killed."


def keep(dossier: Dossier, hand: Hand, *files: Path, source: str = "s") -> tuple[Deposit, ...]:
    with dossier.writing(hand) as writer:
        return deposit(writer, dossier.state(), files, source=source)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def test_a_file_is_kept_described_and_its_text_kept_beside_it(
    dossier: Dossier, hand: Hand, page: Path
) -> None:
    (found,) = keep(dossier, hand, page)
    state = dossier.state()
    original = state.get(Item, digest_of(PAGE))
    assert (found.item, found.new) == (original, True)
    assert (original.media_type, original.size, original.file_name) == (
        "text/html",
        len(PAGE),
        "page.html",
    )
    assert (original.source, original.access, original.pages) == ("s", "closed", 1)
    assert found.text is not None
    text = state.get(Item, found.text.id)
    assert (text.derived_from, text.media_type) == (original.id, DERIVED_TEXT)
    texts = KeptTexts.of(dossier, state)
    assert "Forty-eight were killed." in (texts.pages("s") or ("",))[0]
    assert texts.originals("s") == (original,)
    assert texts.standing("s") == "kept"


def test_the_same_file_again_changes_nothing(dossier: Dossier, hand: Hand, page: Path) -> None:
    keep(dossier, hand, page)
    size = dossier.log().size
    (again,) = keep(dossier, hand, page)
    assert (again.new, again.text, dossier.log().size) == (False, None, size)


def test_the_same_bytes_twice_in_one_call_are_one_item(
    dossier: Dossier, hand: Hand, page: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.html"
    copy.write_bytes(PAGE)
    found = keep(dossier, hand, page, copy)
    assert [one.new for one in found] == [True, False]
    assert [item.file_name for item in dossier.state().all(Item)] == ["page.html", ""]


def test_bytes_of_another_source_are_refused_and_nothing_is_logged(
    dossier: Dossier, hand: Hand, page: Path, tmp_path: Path
) -> None:
    keep(dossier, hand, page)
    other = tmp_path / "other.txt"
    other.write_text("other")
    size = dossier.log().size
    with pytest.raises(ImportRefused, match="already as an item of source 's'"):
        keep(dossier, hand, other, page, source="t")
    assert dossier.log().size == size
    assert verify_dossier(dossier).ok


def test_what_cannot_be_kept_is_all_said_and_nothing_is_kept(
    dossier: Dossier, hand: Hand, page: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    files = [page, tmp_path / "empty", tmp_path / "none", tmp_path]
    with pytest.raises(ImportRefused) as caught:
        keep(dossier, hand, *files)
    assert len(caught.value.problems) == 3
    assert (dossier.log().size, list(dossier.folder.glob("objects/*/*"))) == (0, [])


@pytest.mark.parametrize("name", [b"a\x1b[31mb.txt", b"\xff\xfe.txt", b"a\nb\r.txt"])
def test_a_file_of_any_name_can_be_kept_and_read_back(
    dossier: Dossier, hand: Hand, tmp_path: Path, name: bytes
) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118 (bytes)
    path.write_text("text")
    keep(dossier, hand, path)
    (item,) = dossier.state().all(Item)
    assert "\ufffd" in item.file_name
    assert item.file_name.isprintable()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_a_text_that_is_its_own_text_is_found(
    dossier: Dossier, hand: Hand, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("id,words\n1,forty-eight\n")
    (found,) = keep(dossier, hand, path)
    assert found.text is None
    assert KeptTexts.of(dossier, dossier.state()).pages("s") == ("id,words\n1,forty-eight\n",)


def test_one_text_in_two_files_is_found_for_both(
    dossier: Dossier, hand: Hand, page: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.html"
    other.write_bytes(PAGE + b"\n<!-- printed again -->")
    keep(dossier, hand, page)
    keep(dossier, hand, other, source="t")
    texts = KeptTexts.of(dossier, dossier.state())
    assert texts.pages("t") == texts.pages("s")
    assert texts.pages("t") is not None


def test_what_has_no_text_is_kept_with_the_reason(
    dossier: Dossier, hand: Hand, tmp_path: Path
) -> None:
    path = tmp_path / "data.bin"
    path.write_bytes(bytes(range(256)))
    (found,) = keep(dossier, hand, path)
    assert found.text is None
    assert found.item.pages is None
    assert found.remarks
    assert KeptTexts.of(dossier, dossier.state()).pages("s") is None


def test_the_standing_of_a_source_says_whether_its_bytes_are_as_they_were(
    dossier: Dossier, hand: Hand, page: Path
) -> None:
    (found,) = keep(dossier, hand, page)
    texts = KeptTexts.of(dossier, dossier.state())
    assert texts.standing("nobody") == "missing"
    kept = dossier.store.path(found.item.id)
    kept.chmod(0o644)
    kept.write_bytes(PAGE.replace(b"Forty", b"Fifty"))
    assert texts.standing("s") == "changed"
    kept.write_bytes(PAGE + b" ")
    assert texts.standing("s") == "changed"
    kept.unlink()
    assert texts.standing("s") == "missing"


def test_a_hostile_note_is_refused_before_anything_is_logged(
    dossier: Dossier, hand: Hand, page: Path
) -> None:
    with dossier.writing(hand) as writer, pytest.raises(ValueError, match="control characters"):
        deposit(writer, dossier.state(), [page], source="s", note="\x1b[2J")
    assert dossier.state().size == 0
