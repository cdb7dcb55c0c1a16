"""JSON that has one byte form (RFC 8785, the JSON Canonicalization Scheme)."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from stelae.errors import BadValue

Json: TypeAlias = (
    "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"  # as RFC 8259 has it
)


def canonical_json(value: Json) -> bytes:
    """The one UTF-8 byte form of a JSON value; equal values have equal bytes.

    Raises BadValue for what has no canonical form: whole numbers beyond 2**53, NaN, infinities,
    lone surrogates, keys that are no strings, nesting too deep for the machine.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise BadValue(f"cannot be written as canonical JSON: {error}") from error


def parse_canonical(content: bytes) -> Json:
    """Read JSON and refuse any byte form but the canonical one (so repeated keys are refused)."""
    value = parse_json(content)
    if canonical_json(value) != content:
        raise BadValue("is JSON, but not in its canonical form (RFC 8785)")
    return value


def _no_number(name: str) -> Json:
    raise ValueError(f"{name} is no number of JSON")


def parse_json(content: bytes) -> Json:
    """Read JSON from UTF-8 bytes, or raise BadValue."""
    try:
        value: Json = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadValue(f"is not JSON: {error}") from error
    return value
