"""Whatever bytes come, a parser answers or raises BadProof; what it accepts it writes back."""

import contextlib
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.errors import BadProof
from stelae.transparency.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    read_unverified,
    sign_checkpoint,
)
from stelae.transparency.merkle import leaf_hashes, tree_root
from stelae.transparency.notes import (
    Note,
    Signature,
    Signer,
    VerifierKey,
    parse_note,
    sign_note,
    verify_note,
)
from stelae.transparency.proofs import LogProof, parse_proof, verify_proof
from stelae.transparency.tiles import Tile, bundle_prefix, decode_bundle, encode_bundle

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
KEY = SIGNER.verifier_key
HASHES = leaf_hashes([b"one", b"two"])
SIGNED = sign_checkpoint(Checkpoint(SIGNER.name, 2, tree_root(HASHES)), SIGNER)
PROVEN = LogProof(1, (HASHES[0],), SIGNED, b"extra")
PROOF = str(PROVEN)
SAMPLES = [SIGNED, PROOF, str(KEY), "tile/0/x001/234.p/5", "— a AAAAAAA="]

pieces = st.sampled_from(
    [*SAMPLES, *"\n".join(SAMPLES).split("\n"), "\n", "\n\n", "— ", "+", "\x00"]
)
anything = st.text() | st.lists(pieces | st.text(max_size=3), max_size=12).map("".join)


def from_sample(data: st.DataObject, sample: str) -> str:
    """A sample with one stretch of it replaced."""
    start = data.draw(st.integers(0, len(sample)))
    stop = data.draw(st.integers(start, min(len(sample), start + 5)))
    return sample[:start] + data.draw(st.text(max_size=3)) + sample[stop:]


TEXT_PARSERS: list[Callable[[str], object]] = [
    parse_note,
    parse_checkpoint,
    read_unverified,
    parse_proof,
    VerifierKey.parse,
    Signature.parse,
    Tile.parse,
    lambda text: verify_note(text, [KEY]),
    lambda text: open_checkpoint(text, KEY),
]


@settings(deadline=None)
@given(anything)
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in TEXT_PARSERS:
        with contextlib.suppress(BadProof):
            parse(text)


@settings(deadline=None)
@given(st.binary(max_size=300) | anything.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for parse in (parse_note, parse_checkpoint, parse_proof, read_unverified):
        with contextlib.suppress(BadProof):
            parse(data)
    for width in (0, 1, 3, 256):
        with contextlib.suppress(BadProof):
            assert encode_bundle(decode_bundle(data, width)) == data
        with contextlib.suppress(BadProof):
            assert data.startswith(bundle_prefix(data, width))


@settings(deadline=None)
@given(st.data(), st.sampled_from(SAMPLES))
def test_what_is_accepted_is_written_back_the_same(data: st.DataObject, sample: str) -> None:
    text = from_sample(data, sample)
    for parse in (parse_note, parse_proof, VerifierKey.parse, Signature.parse):
        with contextlib.suppress(BadProof):
            found = parse(text)
            assert isinstance(found, Note | LogProof | VerifierKey | Signature)
            assert str(found) == text
    with contextlib.suppress(BadProof):
        assert Tile.parse(text).path == text
    with contextlib.suppress(BadProof):
        assert parse_checkpoint(text).text == text


@settings(deadline=None)
@given(st.data())
def test_no_change_to_a_signed_note_still_says_something_else(data: st.DataObject) -> None:
    text = from_sample(data, SIGNED)
    with contextlib.suppress(BadProof):
        assert open_checkpoint(text, KEY) == open_checkpoint(SIGNED, KEY)


@settings(deadline=None)
@given(st.text())
def test_a_text_that_can_be_signed_comes_back(text: str) -> None:
    try:
        note = sign_note(text, [SIGNER])
    except BadProof:
        return
    assert verify_note(note, [KEY]).text == text


@settings(deadline=None)
@given(st.data())
def test_a_changed_proof_still_proves_the_same_or_nothing(data: st.DataObject) -> None:
    text = from_sample(data, PROOF)
    with contextlib.suppress(BadProof):
        proof = parse_proof(text)
        assert verify_proof(proof, b"two", KEY) == verify_proof(PROVEN, b"two", KEY)
        assert (proof.index, proof.hashes) == (PROVEN.index, PROVEN.hashes)
