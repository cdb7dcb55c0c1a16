"""Disclosures at rest: the salts and values that the log only commits to.

One file for each commit, `vault/<index of its first entry>.jsonl`, a line an entry, each a JSON
list of disclosures. Files are written whole before the checkpoint that makes them count and are
changed by erasure alone, so a killed writer leaves at most one file beyond the checkpoint, which
readers ignore and the next commit replaces.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from stelae.errors import IntegrityError
from stelae.evidence.durable import write_durably

# One byte form only, so that no byte of a segment can change unnoticed.
_LINE = re.compile(rb'\[(?:"[A-Za-z0-9_-]+"(?:,"[A-Za-z0-9_-]+")*)?\]')
_RESTORE = "Restore vault/ from a backup; the log alone holds commitments only."


def segment_name(start: int) -> str:
    """The file that holds the disclosures of entries from `start` on."""
    return f"{start:012d}.jsonl"


def encode_segment(disclosures: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a segment: a line an entry."""
    return "".join(
        json.dumps(list(entry), separators=(",", ":")) + "\n" for entry in disclosures
    ).encode()


def write_segment(folder: Path, start: int, disclosures: Sequence[Sequence[str]]) -> None:
    """Keep the disclosures of a commit, durable on return."""
    write_durably(folder / segment_name(start), encode_segment(disclosures), mode=0o600)


def read_disclosures(folder: Path, size: int) -> Iterator[tuple[str, ...]]:
    """The disclosures of entries 0 to size-1 in order; IntegrityError where any is missing."""
    index = 0
    while index < size:
        path = folder / segment_name(index)
        try:
            *lines, rest = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            raise IntegrityError(
                f"the vault misses the disclosures of entries from {index} on: {path}",
                hint=_RESTORE,
            ) from None
        except OSError as error:
            raise IntegrityError(
                f"{path} cannot be read: {error.strerror or error}", hint=_RESTORE
            ) from error
        if rest or not lines or index + len(lines) > size:
            raise IntegrityError(
                f"{path} holds {len(lines)} entries{' and a broken line' if rest else ''}, "
                f"which does not fit a log of {size}",
                hint=_RESTORE,
            )
        for line in lines:
            yield parse_line(index, line)
            index += 1


def parse_line(index: int, line: bytes) -> tuple[str, ...]:
    """The disclosures of one entry."""
    if not _LINE.fullmatch(line):
        raise IntegrityError(f"the disclosures of entry {index} cannot be read", hint=_RESTORE)
    return tuple(line[2:-2].decode("ascii").split('","')) if len(line) > 2 else ()
