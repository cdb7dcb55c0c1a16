"""Digests written as `sha256:` and 64 lower-case hexadecimal digits (FIPS 180-4)."""

import hashlib
import re

from stelae.errors import BadValue

_FORM = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def digest_of(content: bytes) -> str:
    """The SHA-256 digest that names these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def parse_digest(text: str) -> str:
    """The digest as given, or BadValue."""
    if not _FORM.fullmatch(text):
        raise BadValue(
            f"{text!r} is no digest", hint="A digest is sha256: and 64 hexadecimal digits."
        )
    return text


def digest_hex(digest: str) -> str:
    """The 64 hexadecimal digits of a digest, as file names use them."""
    return parse_digest(digest).removeprefix("sha256:")
