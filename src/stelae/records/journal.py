"""Entries: how one thing said is sealed for the log and opened again.

The log holds commitments only (rule 9). Each field of an entry is disclosed apart from the
others, as in SD-JWT (RFC 9901): `base64url([salt, name, value])` with a new 128-bit salt. The
leaf holds the SHA-256 of each disclosure, sorted, so that a field can be withheld or erased
while the leaf, its proofs and every other field still verify. The format is written down in
docs/formats/journal.md.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from stelae.errors import BadValue, IntegrityError
from stelae.records.catalogue import KINDS, AnyRecord, BadRecord, from_logged_body
from stelae.values.canonical import Json
from stelae.values.digests import digest_of

LEAF_VERSION = 1
SALT_BYTES = 16
RECORDED_AT = "@recorded_at"
WHY = "@why"
"""Names of what is disclosed of an entry beside its body; no field of a record begins with @."""

_HEAD = frozenset({"version", "type", "previous", "actor", "signature", "_sd"})

Entropy: TypeAlias = Callable[[int], bytes]
"""Gives that many unguessable bytes: `os.urandom`, or a fixed stream in tests."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said to the journal, before it is sealed."""

    kind: str
    body: Mapping[str, Json]
    actor: str
    recorded_at: str
    previous: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as the log and the vault hold it."""

    leaf: bytes
    disclosures: tuple[str, ...]

    @property
    def id(self) -> str:
        """The digest that identifies the entry."""
        return digest_of(self.leaf)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as read back from the log. `record` is None where its disclosures are withheld.

    `hidden` counts the fields that the leaf commits to and that were not shown.
    """

    index: int
    id: str
    kind: str
    actor: str
    previous: str | None
    record: AnyRecord | None
    recorded_at: str = ""
    why: str = ""
    hidden: int = 0


_TO_URL = bytes.maketrans(b"+/", b"-_")


def _encode(content: bytes) -> str:
    """base64url without padding (RFC 4648), without the detours of the base64 module."""
    return binascii.b2a_base64(content, newline=False).translate(_TO_URL).rstrip(b"=").decode()


# Keys stay in their order: the first of a record's names is shown where a language lacks one.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_sorted = json.JSONEncoder(separators=(",", ":"), allow_nan=False, sort_keys=True).encode


def _disclose(salt: bytes, name: str, value: Json) -> str:
    try:
        return _encode(_compact([_encode(salt), name, value]).encode())
    except UnicodeEncodeError as error:
        raise BadValue(f"{name} holds half of a surrogate pair, which is no character") from error


def commitment(disclosure: str) -> str:
    """The digest of one disclosure, as it stands under `_sd` in the leaf."""
    return _encode(hashlib.sha256(disclosure.encode()).digest())


def seal(entry: Entry, entropy: Entropy) -> Sealed:
    """Commit to every field of an entry, its time and its reason among them.

    Raises BadValue for what has no form as JSON in UTF-8.
    """
    envelope: dict[str, Json] = {RECORDED_AT: entry.recorded_at}
    if entry.why:
        envelope[WHY] = entry.why
    if any(name.startswith("@") for name in entry.body):
        raise BadValue("names of fields that begin with @ are kept for the entry itself")
    fields: dict[str, Json] = {**entry.body, **envelope}
    salts = entropy(SALT_BYTES * len(fields))
    if len(salts) != SALT_BYTES * len(fields):
        raise BadValue(f"{len(salts)} random bytes given for {len(fields)} salts")
    disclosures = tuple(
        _disclose(salts[SALT_BYTES * i : SALT_BYTES * (i + 1)], name, value)
        for i, (name, value) in enumerate(fields.items())
    )
    leaf = _canonical_head(
        {
            "version": LEAF_VERSION,
            "type": entry.kind,
            "previous": entry.previous,
            "actor": entry.actor,
            "signature": None,
            "_sd": sorted(commitment(disclosure) for disclosure in disclosures),
        }
    )
    return Sealed(leaf, disclosures)


def _canonical_head(head: Mapping[str, Json]) -> bytes:
    """RFC 8785 for a leaf: its text is ASCII and its one number is 1, so sorted keys suffice."""
    return _sorted(head).encode("ascii")


def open_entry(index: int, leaf: bytes, disclosures: Iterable[str]) -> Logged:
    """Read an entry back, holding every disclosure against its commitment.

    Without disclosures the entry is withheld: its kind stays known, its record is None.
    Raises IntegrityError where a disclosure was never committed to or is there twice, or the leaf
    is malformed or of a later version.
    """
    head = _parse_leaf(index, leaf)
    hidden = set(head.committed)
    fields: dict[str, Json] = {}
    for disclosure in disclosures:
        digest = commitment(disclosure)
        if digest not in hidden:
            raise IntegrityError(
                f"entry {index}: a disclosed field does not match what the log committed to",
                hint="The vault or the publication was changed after it was logged.",
            )
        hidden.remove(digest)
        name, value = _parse_disclosure(index, disclosure)
        if name in fields:
            raise IntegrityError(f"entry {index} discloses the field {name!r} twice")
        fields[name] = value
    record = None
    recorded_at = str(fields.pop(RECORDED_AT, ""))
    why = str(fields.pop(WHY, ""))
    if fields:
        try:
            record = from_logged_body(head.kind, fields)
        except BadRecord as error:
            raise IntegrityError(f"entry {index}: {error}") from error
    return Logged(
        index=index,
        id=digest_of(leaf),
        kind=head.kind,
        actor=head.actor,
        previous=head.previous,
        record=record,
        recorded_at=recorded_at,
        why=why,
        hidden=len(hidden),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    actor: str
    previous: str | None
    committed: tuple[str, ...]


def _parse_leaf(index: int, leaf: bytes) -> _Head:
    try:
        head = json.loads(leaf.decode("ascii"))
        if not isinstance(head, dict) or _canonical_head(head) != leaf:
            raise ValueError("it is not in its canonical form (RFC 8785)")
    except (ValueError, RecursionError) as error:
        raise IntegrityError(f"entry {index} cannot be read: {error}") from error
    version, kind, actor = head.get("version"), head.get("type"), head.get("actor")
    previous, committed = head.get("previous"), head.get("_sd")
    if type(version) is not int or version != LEAF_VERSION:
        raise IntegrityError(
            f"entry {index} is of a version that this Stelae does not know: {version!r}",
            hint="Install a newer Stelae.",
        )
    if not isinstance(kind, str) or kind not in KINDS:
        raise IntegrityError(
            f"entry {index} is of a kind that this Stelae does not know: {kind!r}",
            hint="Install a newer Stelae.",
        )
    if (
        head.keys() != _HEAD
        or not isinstance(actor, str)
        or not (previous is None or isinstance(previous, str))
        or not isinstance(committed, list)
        or not all(isinstance(digest, str) for digest in committed)
        or len(set(committed)) != len(committed)
    ):
        raise IntegrityError(f"entry {index} is malformed")
    return _Head(kind, actor, previous, tuple(committed))


def _parse_disclosure(index: int, disclosure: str) -> tuple[str, Json]:
    try:
        padded = disclosure + "=" * (-len(disclosure) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True)
        _, name, value = json.loads(plain.decode())
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise IntegrityError(f"entry {index}: a disclosure is malformed") from error
    if not isinstance(name, str):
        raise IntegrityError(f"entry {index}: a disclosure is malformed")
    return name, value


def disclosed_name(disclosure: str) -> str:
    """The name of the field that a disclosure holds."""
    return _parse_disclosure(-1, disclosure)[0]
