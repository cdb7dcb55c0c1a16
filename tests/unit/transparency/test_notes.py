import pytest

from stelae.errors import BadProof
from stelae.transparency.notes import (
    MAX_NOTE_BYTES,
    Signature,
    Signer,
    VerifierKey,
    decode_base64,
    parse_note,
    sign_note,
    verify_note,
)

ANI = Signer.from_private_bytes("stelae.example/ani", bytes(range(32)))
BEN = Signer.from_private_bytes("stelae.example/ben", bytes(range(1, 33)))


def test_a_signed_note_verifies_and_keeps_its_text() -> None:
    text = "a\n\nb\u2028c\u0085d\n"
    verified = verify_note(sign_note(text, [ANI]), [ANI.verifier_key])
    assert verified.text == text
    assert verified.verified == (ANI.verifier_key,)


def test_the_signature_is_deterministic() -> None:
    assert sign_note("x\n", [ANI]) == sign_note("x\n", [ANI])


def test_a_private_key_does_not_show() -> None:
    assert repr(ANI) == "Signer(name='stelae.example/ani')"


def test_an_unknown_key_is_ignored() -> None:
    verified = verify_note(sign_note("x\n", [ANI, BEN]), [BEN.verifier_key])
    assert [key.name for key in verified.verified] == [BEN.name]
    assert [signature.name for signature in verified.ignored] == [ANI.name]


def test_one_bad_signature_by_a_known_key_rejects_the_note() -> None:
    good, other = sign_note("x\n", [ANI, BEN]), sign_note("y\n", [ANI])
    bad = good + other.split("\n\n")[1]
    with pytest.raises(BadProof, match="does not fit"):
        verify_note(bad, [ANI.verifier_key])
    assert verify_note(bad, [BEN.verifier_key]).verified == (BEN.verifier_key,)


def test_a_plus_sign_in_the_base64_of_a_key_is_no_separator() -> None:
    keys = (Signer.from_private_bytes("a", bytes([n]) * 32).verifier_key for n in range(200))
    key = next(key for key in keys if str(key).count("+") > 2)
    assert VerifierKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "Q_==", "QQ==QQ==", "é"])
def test_only_canonical_base64_is_read(text: str) -> None:
    with pytest.raises(BadProof, match="base64"):
        decode_base64(text, "it")


def test_the_canonical_base64_of_the_same_is_read() -> None:
    assert decode_base64("QQ==", "it") == b"A"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "\ud800"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(BadProof):
        VerifierKey(name, bytes(32))
    with pytest.raises(BadProof):
        Signer(name, ANI.private_key)


def test_keys_of_other_algorithms_or_lengths_are_refused() -> None:
    with pytest.raises(BadProof, match="only algorithm"):
        VerifierKey.parse("a+00000000+BAAA")
    with pytest.raises(BadProof, match="32 bytes"):
        VerifierKey("a", bytes(31))
    with pytest.raises(BadProof, match="32 bytes"):
        Signer.from_private_bytes("a", bytes(31))


@pytest.mark.parametrize(
    "text", ["", "x", "x\r\n", "x\ty\n", "\ud800\n", "x" * MAX_NOTE_BYTES + "\n"]
)
def test_a_text_that_cannot_be_signed(text: str) -> None:
    with pytest.raises(BadProof):
        sign_note(text, [ANI])


def test_a_note_has_signers() -> None:
    with pytest.raises(BadProof, match="1 to 100"):
        sign_note("x\n", [])


@pytest.mark.parametrize("line", ["", "— a", "-- a AAAAAAA=", "— a  AAAAAAA=", "— a AAAAAA=="])
def test_lines_that_are_no_signature(line: str) -> None:
    with pytest.raises(BadProof):
        Signature.parse(line)


def test_a_note_that_is_too_long_is_not_read() -> None:
    with pytest.raises(BadProof, match="more than"):
        parse_note(b"x" * (MAX_NOTE_BYTES + 1))
