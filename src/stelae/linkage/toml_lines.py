"""On which line of a TOML file a key stands, which the standard library does not tell."""

import re
from collections import Counter

__all__ = ["Path", "line_of"]

Path = tuple[str | int, ...]
"""Keys from the top; a number is the place of a section in a list of them, from 0."""
_TABLE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")


def line_of(text: str, path: Path) -> int | None:
    """The line on which a key stands, or the heading of its table; None where neither is seen."""
    keys = [str(part) for part in path if not isinstance(part, int)]
    wanted = [part for part in path if isinstance(part, int)]
    seen: Counter[str] = Counter()
    table: list[str] = []
    number, best, depth = -1, None, 0
    for line, content in enumerate(text.splitlines(), start=1):
        heading = _TABLE.fullmatch(content)
        if heading:
            table = [part.strip().strip("\"'") for part in heading[1].split(".")]
            if content.lstrip().startswith("[["):
                seen[heading[1]] += 1
                number = seen[heading[1]] - 1
            here = table
        else:
            key = _KEY.match(content)
            if not key:
                continue
            here = [*table, key[1].strip("\"'")]
        in_list = number if table[:1] == ["lists"] else None
        if wanted[:1] != ([] if in_list is None else [in_list]) or not here:
            continue
        common = len(here) if keys[: len(here)] == here else 0
        if common > depth:
            best, depth = line, common
    return best
