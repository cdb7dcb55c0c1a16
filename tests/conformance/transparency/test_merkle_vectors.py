"""RFC 6962 proofs of transparency-dev/merkle (Apache-2.0); a few roots re-keyed."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from stelae.errors import BadProof
from stelae.transparency.merkle import leaf_hash as leaf
from stelae.transparency.merkle import tree_root, verify_consistency, verify_inclusion

VECTORS = Path(__file__).resolve().parents[3].parent / "shared/data/vectors/rfc6962-merkle"

# The eight entries of the reference tree of Certificate Transparency, and its roots by size.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
    3: "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=",
    5: "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=",
    6: "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=",
    7: "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
    8: "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
}


def probes(kind: str) -> list[Any]:
    files = sorted((VECTORS / kind).rglob("*.json"))
    if not files:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no vectors at {VECTORS}"))]
    return [
        pytest.param(json.loads(file.read_text()), id=str(file.relative_to(VECTORS / kind)))
        for file in files
    ]


def decoded(values: list[str] | None) -> list[bytes]:
    return [base64.b64decode(value) for value in values or []]


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_of_the_reference_tree(size: int) -> None:
    root = tree_root([leaf(entry) for entry in ENTRIES[:size]])
    assert base64.b64encode(root).decode() == ROOTS[size]


@pytest.mark.parametrize("probe", probes("inclusion"))
def test_inclusion(probe: dict[str, Any]) -> None:
    def verify() -> None:
        verify_inclusion(
            base64.b64decode(probe["leafHash"]),
            probe["leafIdx"],
            probe["treeSize"],
            decoded(probe["proof"]),
            base64.b64decode(probe["root"]),
        )

    if probe["wantErr"]:
        with pytest.raises(BadProof):
            verify()
    else:
        verify()


@pytest.mark.parametrize("probe", probes("consistency"))
def test_consistency(probe: dict[str, Any]) -> None:
    def verify() -> None:
        verify_consistency(
            probe["size1"],
            probe["size2"],
            decoded(probe["proof"]),
            base64.b64decode(probe["root1"]),
            base64.b64decode(probe["root2"]),
        )

    if probe["wantErr"]:
        with pytest.raises(BadProof):
            verify()
    else:
        verify()
