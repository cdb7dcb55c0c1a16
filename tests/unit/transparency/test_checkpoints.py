import pytest

from stelae.errors import BadProof
from stelae.transparency.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    read_unverified,
    sign_checkpoint,
)
from stelae.transparency.merkle import EMPTY_ROOT
from stelae.transparency.notes import Signer, sign_note

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
OTHER = Signer.from_private_bytes("stelae.example/log2", bytes(range(32)))
ROOT = "A" * 43 + "="
CHECKPOINT = Checkpoint(SIGNER.name, 7, bytes(32))


def test_the_text_is_origin_size_and_root() -> None:
    assert CHECKPOINT.text == f"stelae.example/log1\n7\n{ROOT}\n"
    assert parse_checkpoint(CHECKPOINT.text) == CHECKPOINT


def test_a_signed_checkpoint_opens_with_its_key_only() -> None:
    note = sign_checkpoint(CHECKPOINT, SIGNER)
    assert open_checkpoint(note, SIGNER.verifier_key) == CHECKPOINT
    assert read_unverified(note) == CHECKPOINT
    with pytest.raises(BadProof, match="not signed by a known key"):
        open_checkpoint(note, OTHER.verifier_key)


def test_extension_lines_are_kept() -> None:
    checkpoint = Checkpoint("a", 7, bytes(32), ("x", "y"))
    assert parse_checkpoint(f"a\n7\n{ROOT}\nx\ny\n") == checkpoint


def test_a_key_signs_for_its_own_log_only() -> None:
    with pytest.raises(BadProof, match="cannot sign"):
        sign_checkpoint(CHECKPOINT, OTHER)
    with pytest.raises(BadProof, match="the key of"):
        open_checkpoint(sign_note(CHECKPOINT.text, [OTHER]), OTHER.verifier_key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n7\n",
        f"a\n7\n{ROOT}",
        f"\n7\n{ROOT}\n",
        f"a\n07\n{ROOT}\n",
        f"a\n+7\n{ROOT}\n",
        f"a\n-7\n{ROOT}\n",
        f"a\n7_0\n{ROOT}\n",
        f"a\n７\n{ROOT}\n",
        f"a\n{2**63}\n{ROOT}\n",
        f"a\n{'9' * 5000}\n{ROOT}\n",
        f"a\n7\n{ROOT[1:]}\n",
        "a\n7\nQQ==\n",
        f"a\n7\n{ROOT}\n\n",
        f"a\n0\n{ROOT}\n",
    ],
)
def test_texts_that_are_no_checkpoint(text: str) -> None:
    with pytest.raises(BadProof):
        parse_checkpoint(text)


def test_the_empty_log_has_one_root() -> None:
    assert Checkpoint("a", 0, EMPTY_ROOT).size == 0


@pytest.mark.parametrize(
    "fields", [("", 1, bytes(32)), ("a\n", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, b"")]
)
def test_checkpoints_that_cannot_be_made(fields: tuple[str, int, bytes]) -> None:
    with pytest.raises(BadProof):
        Checkpoint(*fields)
