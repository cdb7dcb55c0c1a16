"""Reasoned exceptions, in the front matter of the native form, and other keys that checks read.

    waivers:
      - rule: FIG-uncited
        clause: preamble-2
        reason: the figure is discussed with its sources in the clause that follows
        by: A. Author
        until: 2021-01-31

`until` is the last day on which the waiver holds. `clause` is the id of a clause, `reference-3`
for the third reference, or `front-matter`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from stelae.statements.model import Statement
from stelae.statements.text import SourceText, Span

__all__ = ["FRONT_MATTER", "BadWaiver", "Places", "Waiver", "front_value", "read_waivers"]

FRONT_MATTER = "front-matter"
"""What a waiver calls the block at the head of the text."""

_LONGEST = 20_000
_FIELDS = ("rule", "clause", "reason", "by", "until")


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody lets a finding of one rule in one clause stand, for a reason, until a day."""

    rule: str
    clause: str
    reason: str
    by: str
    until: date
    span: Span

    def holds_on(self, day: date) -> bool:
        """Whether it still holds; the day named is the last."""
        return day <= self.until


@dataclass(frozen=True, slots=True)
class BadWaiver:
    """An entry that waives nothing, and why."""

    why: str
    span: Span


def read_waivers(source: SourceText) -> Iterator[Waiver | BadWaiver]:
    """Every waiver of a text in order, those that lack something as what they lack."""
    found = _find(source, "waivers")
    if found is None:
        return
    node, offset = found
    if not isinstance(node, yaml.SequenceNode):
        if not (isinstance(node, yaml.ScalarNode) and not node.value):
            yield BadWaiver("waivers is a list: begin each with a dash", _span(node, offset))
        return
    for entry in node.value:
        yield _waiver(entry, offset)


def front_value(source: SourceText, key: str) -> tuple[str, Span] | None:
    """The plain value of a key of the front matter with its place, None where there is none."""
    found = _find(source, key)
    if found is None or not isinstance(found[0], yaml.ScalarNode) or not found[0].value:
        return None
    return found[0].value.strip(), _span(*found)


class Places:
    """Where a diagnostic stands, in the words of a waiver."""

    def __init__(self, statement: Statement) -> None:
        places = [(clause.span, clause.id) for clause in statement.clauses]
        places += [(entry.span, f"reference-{entry.number}") for entry in statement.references]
        self._places = sorted(places)
        head = _block(statement.source)
        self._head = head[1] + len(head[0]) if head else 0
        self._ids = {identifier for _, identifier in places} | {FRONT_MATTER}

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._ids

    def at(self, span: Span) -> str | None:
        """The id of the clause or reference that holds the beginning of a span, else the block."""
        low, high = 0, len(self._places)
        while low < high:
            middle = (low + high) // 2
            if self._places[middle][0].start <= span.start:
                low = middle + 1
            else:
                high = middle
        if low:
            place, identifier = self._places[low - 1]
            if span.start < max(place.end, place.start + 1):
                return identifier
        return FRONT_MATTER if span.start < self._head else None


def _waiver(entry: yaml.Node, offset: int) -> Waiver | BadWaiver:
    span = _span(entry, offset)
    if not isinstance(entry, yaml.MappingNode):
        return BadWaiver(f"a waiver names {', '.join(_FIELDS)}", span)
    values: dict[str, str] = {}
    for key, value in entry.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            values[key.value.strip().lower()] = " ".join(value.value.split())
    missing = [name for name in _FIELDS if not values.get(name)]
    if missing:
        return BadWaiver(f"the waiver does not say {', '.join(missing)}", span)
    try:
        until = date.fromisoformat(values["until"])
    except ValueError:
        why = f"{values['until']!r} is no last day: write it as 2021-01-31"
        return BadWaiver(why, span)
    return Waiver(values["rule"], values["clause"], values["reason"], values["by"], until, span)


def _find(source: SourceText, key: str) -> tuple[yaml.Node, int] | None:
    block = _block(source)
    if block is None:
        return None
    text, offset = block
    if key.partition("_")[0] not in text.lower():
        return None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None  # the reader of front matter says what is wrong with it
    if not isinstance(node, yaml.MappingNode):
        return None
    for name, value in node.value:
        if isinstance(name, yaml.ScalarNode) and _key(name.value) == key:
            return value, offset
    return None


def _key(written: str) -> str:
    """Spaces, hyphens and underscores in keys are the same."""
    return written.strip().lower().replace("-", "_").replace(" ", "_")


def _block(source: SourceText) -> tuple[str, int] | None:
    """The YAML between the lines of dashes, and where it starts."""
    if source.line(1).rstrip().lstrip("\ufeff") != "---":
        return None
    for number in range(2, len(source.starts) + 1):
        if source.starts[number - 1] > _LONGEST:
            return None
        if source.line(number).rstrip() in {"---", "..."}:
            start = source.starts[1]
            return source.content[start : source.starts[number - 1]], start
    return None


def _span(node: yaml.Node, offset: int) -> Span:
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    return Span(start, max(start, end))
