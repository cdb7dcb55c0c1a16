import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stelae.errors import IntegrityError, NoSigningKey
from stelae.evidence.signing import (
    LastSigned,
    Signer,
    file_stem,
    generate_signer,
    last_signed_for,
    load_signer,
)
from stelae.transparency.checkpoints import Checkpoint, sign_checkpoint
from stelae.transparency.notes import VerifierKey

ORIGIN = "stelae.example/log1"
SEED = bytes(range(32))


def test_a_key_is_kept_and_found_again(tmp_path: Path) -> None:
    keys = tmp_path / "configuration" / "keys"
    made = generate_signer(keys, ORIGIN, entropy=SEED)
    assert load_signer(keys, ORIGIN).verifier_key == made.verifier_key
    public = (keys / f"{file_stem(ORIGIN)}.vkey").read_text()
    assert VerifierKey.parse(public.strip()) == made.verifier_key


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    generate_signer(tmp_path / "keys", ORIGIN, entropy=SEED)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    key = tmp_path / "keys" / f"{file_stem(ORIGIN)}.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o640)
    with pytest.raises(NoSigningKey, match="others may read") as caught:
        load_signer(tmp_path / "keys", ORIGIN)
    assert "chmod 600" in str(caught.value)


def test_a_passphrase_is_asked_for_and_checked(tmp_path: Path) -> None:
    made = generate_signer(tmp_path, ORIGIN, entropy=SEED, passphrase="խաղաղութիւն")
    assert b"ENCRYPTED" in (tmp_path / f"{file_stem(ORIGIN)}.key").read_bytes()
    loaded = load_signer(tmp_path, ORIGIN, passphrase="խաղաղութիւն")
    assert loaded.verifier_key == made.verifier_key
    with pytest.raises(NoSigningKey, match="Give the passphrase"):
        load_signer(tmp_path, ORIGIN)
    with pytest.raises(NoSigningKey, match="passphrase is wrong"):
        load_signer(tmp_path, ORIGIN, passphrase="other")


def test_a_passphrase_that_is_not_needed_is_refused(tmp_path: Path) -> None:
    generate_signer(tmp_path, ORIGIN, entropy=SEED)
    with pytest.raises(NoSigningKey, match="Give no passphrase"):
        load_signer(tmp_path, ORIGIN, passphrase="x")


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    made = generate_signer(tmp_path, ORIGIN, entropy=SEED)
    with pytest.raises(NoSigningKey, match="exists already"):
        generate_signer(tmp_path, ORIGIN, entropy=SEED[::-1])
    assert load_signer(tmp_path, ORIGIN).verifier_key == made.verifier_key
    assert not list(tmp_path.glob(".tmp-*"))


def test_no_key_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(NoSigningKey, match=str(tmp_path)) as caught:
        load_signer(tmp_path, ORIGIN)
    assert "need no key" in str(caught.value)


def test_what_is_no_ed25519_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{file_stem(ORIGIN)}.key"
    path.touch(mode=0o600)
    with pytest.raises(NoSigningKey, match="cannot be read"):
        load_signer(tmp_path, ORIGIN)
    other = X25519PrivateKey.from_private_bytes(SEED)
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(NoSigningKey, match="not Ed25519"):
        load_signer(tmp_path, ORIGIN)


@pytest.mark.parametrize(
    "origin", ["../../etc/passwd", "/", ".", "..", "a/../b", "A", "х" * 5000, "a\\b", "", "con"]
)
def test_an_origin_never_leads_out_of_the_folder(origin: str) -> None:
    stem = file_stem(origin)
    assert 16 <= len(stem) <= 65
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert not stem.startswith(".")


def test_origins_that_look_alike_have_files_of_their_own() -> None:
    origins = ["a/b", "a-b", "A/b", "a/b/", "a b"]
    assert len({file_stem(origin).lower() for origin in origins}) == len(origins)


def test_what_was_signed_is_remembered(tmp_path: Path) -> None:
    signer = Signer.from_private_bytes(ORIGIN, SEED)
    memory = last_signed_for(tmp_path / "keys", ORIGIN)
    assert memory.checkpoint(signer.verifier_key) is None
    assert memory.text() is None
    checkpoint = Checkpoint(ORIGIN, 3, bytes(32))
    memory.write(sign_checkpoint(checkpoint, signer))
    assert memory.checkpoint(signer.verifier_key) == checkpoint
    assert stat.S_IMODE(memory.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"\xff", b"stelae.example/log1\n3\n"])
def test_a_damaged_memory_is_not_taken_for_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "last-signed"
    path.write_bytes(content)
    key = Signer.from_private_bytes(ORIGIN, SEED).verifier_key
    with pytest.raises(IntegrityError, match=str(path)):
        LastSigned(path).checkpoint(key)
