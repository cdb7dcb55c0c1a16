"""c2sp.org/tlog-proof@v1 as written and refused by transparency-dev/formats (Apache-2.0)."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from stelae.errors import BadProof
from stelae.transparency.proofs import LogProof, parse_proof

VECTORS = (
    Path(__file__).resolve().parents[3].parent
    / "shared/data/vectors/rfc6962-merkle/tlog-proof-format.json"
)


def vectors(kind: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no vectors at {VECTORS}"))]
    found: list[Any] = json.loads(VECTORS.read_text())[kind]
    return found


@pytest.mark.parametrize("vector", vectors("marshal"))
def test_written_as_others_write_it_and_read_back(vector: dict[str, Any]) -> None:
    extra = vector["extra"]
    proof = LogProof(
        vector["index"],
        tuple(base64.b64decode(node) for node in vector["hashes"]),
        vector["checkpoint"],
        None if extra is None else base64.b64decode(extra),
    )
    assert str(proof) == vector["want"]
    assert parse_proof(vector["want"]) == proof


@pytest.mark.parametrize("text", vectors("reject"))
def test_what_others_refuse_is_refused(text: str) -> None:
    with pytest.raises(BadProof):
        parse_proof(text)


def test_a_proof_with_extra_data_by_hand() -> None:
    text = "c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 0\n\ncheckpoint\n"
    assert parse_proof(text) == LogProof(0, (), "checkpoint\n", b"extra")
