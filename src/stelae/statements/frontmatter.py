"""The YAML block at the head of a statement: title, language, date and what it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from stelae.statements.model import Addressee, Note
from stelae.statements.text import SourceText, Span

__all__ = ["FrontMatter", "read_front_matter"]

LONGEST = 20_000
"""A longer block is not read: YAML is slow and no statement needs it."""

_KEYS = {
    "title",
    "language",
    "date",
    "occasion",
    "dossier",
    "addressees",
    "version_of",
    "translation_of",
}
# What other tools put there; worth no note.
_ELSEWHERE = {"waivers", "original_digest"}
"""Keys that the rules read for themselves."""

_FOREIGN = {"desc", "description", "image", "type", "level", "layout", "tags", "author", "authors"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the block as strings with their places; `body_line` is the first line after."""

    values: dict[str, tuple[str, Span]] = field(default_factory=dict)
    addressees: tuple[Addressee, ...] = ()
    notes: tuple[Note, ...] = ()
    body_line: int = 1
    present: bool = False

    def get(self, key: str) -> str | None:
        """The value of a key, None where it is missing or empty."""
        found = self.values.get(key)
        return found[0] or None if found else None

    def span(self, key: str) -> Span | None:
        """Where the value of a key stands."""
        found = self.values.get(key)
        return found[1] if found else None


def _extent(source: SourceText) -> tuple[int, int, int] | None:
    """First and last offset of the YAML, and the line after the block."""
    if source.line(1).rstrip().lstrip("\ufeff") != "---":
        return None
    for number in range(2, len(source.starts) + 1):
        if source.starts[number - 1] > LONGEST:
            return None
        if source.line(number).rstrip() in {"---", "..."}:
            start = source.starts[1]
            return start, source.starts[number - 1], number + 1
    return None


def read_front_matter(source: SourceText) -> FrontMatter:
    """Read the block if there is one; what is wrong in it becomes a note, never an error."""
    extent = _extent(source)
    if extent is None:
        return FrontMatter()
    start, end, body_line = extent
    whole = Span(start, end)
    try:
        node = yaml.compose(source.content[start:end], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        reason = getattr(error, "problem", None) or "it cannot be read"
        note = Note(f"the block between --- is not YAML: {reason}", whole)
        return FrontMatter(notes=(note,), body_line=body_line, present=True)
    if node is None:
        return FrontMatter(body_line=body_line, present=True)
    if not isinstance(node, yaml.MappingNode):
        note = Note("the block between --- holds no keys", whole)
        return FrontMatter(notes=(note,), body_line=body_line, present=True)
    values: dict[str, tuple[str, Span]] = {}
    addressees: list[Addressee] = []
    notes: list[Note] = []
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            notes.append(Note("a key that is no word", _span(key_node, start)))
            continue
        key = key_node.value.strip().lower().replace("-", "_").replace(" ", "_")
        if key not in _KEYS:
            if key not in _FOREIGN | _ELSEWHERE:
                notes.append(Note(f"an unknown key, {key_node.value!r}", _span(key_node, start)))
        elif key == "addressees":
            addressees.extend(
                Addressee(text, span) for text, span in _scalars(value_node, start) if text
            )
        elif isinstance(value_node, yaml.ScalarNode):
            values[key] = (value_node.value.strip(), _inner(value_node, start, source))
        else:
            notes.append(Note(f"{key_node.value!r} takes one value", _span(value_node, start)))
    return FrontMatter(values, tuple(addressees), tuple(notes), body_line, present=True)


def _span(node: yaml.Node, offset: int) -> Span:
    return Span(offset + node.start_mark.index, offset + node.end_mark.index)


def _inner(node: yaml.ScalarNode, offset: int, source: SourceText) -> Span:
    """The words of a scalar without its quotation marks, where they stand as they are read."""
    span = _span(node, offset)
    at = source.content.find(node.value.strip(), span.start, span.end)
    return span if at < 0 else Span(at, at + len(node.value.strip()))


def _scalars(node: yaml.Node, offset: int) -> Iterator[tuple[str, Span]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value.strip(), _span(node, offset)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            if isinstance(child, yaml.ScalarNode):
                yield child.value.strip(), _span(child, offset)
