"""How records are named and how one record points to another.

An id is chosen by people and never reused: `baku-1990`, `de-waal-2003`. A reference puts the
kind of record before it: `event:baku-1990`, `figure:baku-1990/killed/de-waal`.
"""

import re
from dataclasses import dataclass

from stelae.errors import BadValue

_SEGMENT = r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?"
_ID = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT}){{0,3}}", re.ASCII)
_KIND = re.compile(r"[a-z]+(?:-[a-z]+)*", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def parse_id(text: str) -> str:
    """An id as given, or BadValue: small Latin letters, digits, `- . _`, parts joined by `/`."""
    if not (_ID.fullmatch(text) or _DIGEST.fullmatch(text)):
        raise BadValue(
            f"{text[:80]!r} is no id",
            hint="Use small Latin letters, digits, '-', '.' and '_', such as baku-1990.",
        )
    return text


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Points to one record by its kind and id."""

    kind: str
    id: str

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise BadValue(f"{self.kind!r} is no kind of record")
        parse_id(self.id)

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Read `event:baku-1990`."""
        kind, colon, identifier = text.strip().partition(":")
        if not colon:
            raise BadValue(
                f"{text!r} does not say what kind of record it points to",
                hint="Write the kind, a colon and the id: event:baku-1990",
            )
        return cls(kind, identifier)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
