import pytest

from stelae.errors import BadValue
from stelae.values.digests import digest_hex, digest_of, parse_digest

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_digest_of_the_standards_example() -> None:
    assert digest_of(b"abc") == f"sha256:{ABC}"
    assert digest_hex(f"sha256:{ABC}") == ABC


@pytest.mark.parametrize(
    "text", ["", ABC, f"sha256:{ABC.upper()}", f"sha256:{ABC}\n", f"sha512:{ABC}", "sha256:../x"]
)
def test_any_other_text_is_no_digest(text: str) -> None:
    with pytest.raises(BadValue, match="is no digest"):
        parse_digest(text)
    with pytest.raises(BadValue):
        digest_hex(text)
