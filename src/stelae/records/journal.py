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

from stelae.errors import IntegrityError
from stelae.records.catalogue import KINDS, AnyRecord, BadRecord, from_logged_body
from stelae.values.canonical import Json, canonical_json, parse_canonical
from stelae.values.digests import digest_of

LEAF_VERSION = 1
SALT_BYTES = 16
RECORDED_AT = "@recorded_at"
WHY = "@why"
"""Names of what is disclosed of an entry beside its body; no field of a record begins with @."""

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
    """An entry as read back from the log. `record` is None where its disclosures are withheld."""

    index: int
    id: str
    kind: str
    actor: str
    previous: str | None
    record: AnyRecord | None
    recorded_at: str = ""
    why: str = ""


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _disclose(salt: bytes, name: str, value: Json) -> str:
    return _encode(_compact([_encode(salt), name, value]).encode())


def commitment(disclosure: str) -> str:
    """The digest of one disclosure, as it stands under `_sd` in the leaf."""
    return _encode(hashlib.sha256(disclosure.encode()).digest())


def seal(entry: Entry, entropy: Entropy) -> Sealed:
    """Commit to every field of an entry, its time and its reason among them."""
    fields: dict[str, Json] = {**entry.body, RECORDED_AT: entry.recorded_at}
    if entry.why:
        fields[WHY] = entry.why
    salts = entropy(SALT_BYTES * len(fields))
    disclosures = tuple(
        _disclose(salts[SALT_BYTES * i : SALT_BYTES * (i + 1)], name, value)
        for i, (name, value) in enumerate(fields.items())
    )
    leaf = canonical_json(
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


def open_entry(index: int, leaf: bytes, disclosures: Iterable[str]) -> Logged:
    """Read an entry back, holding every disclosure against its commitment.

    Without disclosures the entry is withheld: its kind stays known, its record is None.
    Raises IntegrityError where a disclosure was never committed to or the leaf is of a later
    version.
    """
    head = _parse_leaf(index, leaf)
    committed = set(head["_sd"])
    fields: dict[str, Json] = {}
    for disclosure in disclosures:
        if commitment(disclosure) not in committed:
            raise IntegrityError(
                f"entry {index}: a disclosed field does not match what the log committed to",
                hint="The vault or the publication was changed after it was logged.",
            )
        name, value = _parse_disclosure(index, disclosure)
        fields[name] = value
    record = None
    recorded_at = str(fields.pop(RECORDED_AT, ""))
    why = str(fields.pop(WHY, ""))
    if fields:
        try:
            record = from_logged_body(head["type"], fields)
        except BadRecord as error:
            raise IntegrityError(f"entry {index}: {error}") from error
    return Logged(
        index=index,
        id=digest_of(leaf),
        kind=head["type"],
        actor=head["actor"],
        previous=head["previous"],
        record=record,
        recorded_at=recorded_at,
        why=why,
    )


def _parse_leaf(index: int, leaf: bytes) -> dict[str, str]:
    try:
        head = parse_canonical(leaf)
    except ValueError as error:
        raise IntegrityError(f"entry {index} {error}") from error
    if not isinstance(head, dict) or head.get("version") != LEAF_VERSION:
        raise IntegrityError(
            f"entry {index} is of a version that this Stelae does not know",
            hint="Install a newer Stelae.",
        )
    if head.get("type") not in KINDS:
        raise IntegrityError(
            f"entry {index} is of a kind that this Stelae does not know: {head.get('type')!r}",
            hint="Install a newer Stelae.",
        )
    return head


def _parse_disclosure(index: int, disclosure: str) -> tuple[str, Json]:
    try:
        padded = disclosure + "=" * (-len(disclosure) % 4)
        _, name, value = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, binascii.Error) as error:
        raise IntegrityError(f"entry {index}: a disclosure is malformed") from error
    return str(name), value


def disclosed_name(disclosure: str) -> str:
    """The name of the field that a disclosure holds."""
    return _parse_disclosure(-1, disclosure)[0]
