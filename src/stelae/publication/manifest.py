"""The list of an edition's files with their digests, in the form that `sha256sum -c` reads."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from stelae.errors import BadInput

NAME = "manifest-sha256.txt"
_ODD = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")


def is_safe_path(path: str) -> bool:
    """Whether a path stays inside its folder and is written in the one way it can be."""
    parts = path.split("/")
    return not _ODD.search(path) and not any(part in {"", ".", ".."} for part in parts)


def format_manifest(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The manifest of these files, sorted by path; BadInput where it could not be read back."""
    digests: dict[str, str] = {}
    for path, content in files:
        if path in digests or not is_safe_path(path):
            raise BadInput(f"{path!r} is no path in an edition, or is there twice")
        digests[path] = hashlib.sha256(content).hexdigest()
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def parse_manifest(content: bytes) -> Mapping[str, str]:
    """Path to digest (hexadecimal); BadInput for odd lines, paths that escape, repeated paths."""
    found: dict[str, str] = {}
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{NAME} is not UTF-8") from error
    *lines, rest = text.split("\n")
    if rest:
        raise BadInput(f"{NAME} is cut off in line {len(lines) + 1}")
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if not match or not is_safe_path(match[2]):
            raise BadInput(f"{NAME}, line {number} is no entry of a manifest: {line[:80]!r}")
        if match[2] in found:
            raise BadInput(f"{NAME}, line {number} names {match[2]} again")
        found[match[2]] = match[1]
    return found
