"""The commands of docs/formats/log.md, run as printed there: none of them is our code."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from stelae.evidence.log import Log
from stelae.evidence.signing import LastSigned, Signer

PAGE = Path(__file__).resolve().parents[3] / "docs/formats/log.md"
SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
ENTRIES = [f"entry {number}".encode() * (number % 3) for number in range(300)]
MISSING = [name for name in ("sh", "openssl", "xxd", "awk", "base64") if not shutil.which(name)]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    base = tmp_path_factory.mktemp("dossier")
    memory = LastSigned(base / "last-signed")
    made = Log.create(base / "log", SIGNER, memory)
    made.append(ENTRIES, SIGNER, memory)
    return made


def run(name: str, *arguments: str | Path) -> "subprocess.CompletedProcess[bytes]":
    script = re.search(rf"```sh\n(# {re.escape(name)}.*?)```", PAGE.read_text(), re.DOTALL)
    assert script is not None, f"{name} is not on {PAGE}"
    return subprocess.run(
        ["sh", "-c", script[1], name, *map(str, arguments)], capture_output=True, check=False
    )


def test_the_signature_of_the_checkpoint(log: Log, tmp_path: Path) -> None:
    key = str(SIGNER.verifier_key)
    found = run("signature.sh", log.folder / "checkpoint", key)
    assert found.returncode == 0, found.stderr
    assert b"Verified Successfully" in found.stdout
    changed = tmp_path / "changed"
    changed.write_text(log.checkpoint_text.replace("\n300\n", "\n301\n"))
    assert run("signature.sh", changed, key).returncode != 0
    other = Signer.from_private_bytes(SIGNER.name, bytes(32)).verifier_key
    assert run("signature.sh", log.folder / "checkpoint", str(other)).returncode != 0


def test_the_example_on_the_page(tmp_path: Path) -> None:
    memory = LastSigned(tmp_path / "last-signed")
    made = Log.create(tmp_path / "log", SIGNER, memory)
    made.append([b"one", b"two", b"three"], SIGNER, memory)
    page = PAGE.read_text()
    assert str(SIGNER.verifier_key) in page
    text = made.checkpoint_text.strip()
    assert re.sub("^(?=.)", "    ", text, flags=re.MULTILINE) in page


def test_a_key_whose_base64_has_a_plus_sign(tmp_path: Path) -> None:
    signers = (Signer.from_private_bytes("a.example", bytes([n]) * 32) for n in range(200))
    signer = next(signer for signer in signers if str(signer.verifier_key).count("+") > 2)
    log = Log.create(tmp_path / "log", signer, LastSigned(tmp_path / "last-signed"))
    found = run("signature.sh", log.folder / "checkpoint", str(signer.verifier_key))
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("index", [0, 1, 255, 256, 298, 299])
def test_the_inclusion_of_an_entry(log: Log, tmp_path: Path, index: int) -> None:
    proof, entry = tmp_path / "proof", tmp_path / "entry"
    text = str(log.proof(index, extra=b"ignored"))
    proof.write_text(text)
    entry.write_bytes(ENTRIES[index])
    found = run("inclusion.sh", proof, entry)
    assert found.stdout == f"Entry {index} is in the log.\n".encode(), found.stderr
    entry.write_bytes(ENTRIES[index] + b"\n")
    assert run("inclusion.sh", proof, entry).returncode != 0
    entry.write_bytes(ENTRIES[index])
    head, hashes = text.split(f"index {index}\n")
    for bad in (
        f"{head}index {index}\n{'B' if hashes[0] == 'A' else 'A'}{hashes[1:]}",
        f"{head}index {index}\n{hashes.partition(chr(10))[2]}",
        f"{head}index {(index + 1) % 300}\n{hashes}",
        f"{head}index 300\n{hashes}",
        f"{head}index {index}\n{hashes.partition(chr(10))[0]}\n{hashes}",
    ):
        proof.write_text(bad)
        assert run("inclusion.sh", proof, entry).returncode != 0, bad


def test_the_checkpoint_inside_a_proof(log: Log, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    proof.write_text(str(log.proof(5)))
    found = subprocess.run(["sed", "1,/^$/d", proof], capture_output=True, check=True)
    assert found.stdout.decode() == log.checkpoint_text
    assert "`sed '1,/^$/d' PROOF > CHECKPOINT`" in PAGE.read_text()


@pytest.mark.parametrize("index", [0, 2, 3, 43])
def test_an_entry_out_of_its_bundle(log: Log, index: int) -> None:
    found = run("entry.sh", log.folder / "tile/entries/001.p/44", str(index))
    assert found.stdout == ENTRIES[256 + index], found.stderr
