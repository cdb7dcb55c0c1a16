"""What a field of a record says about itself: meaning, vocabulary, what it points to.

One declaration serves import, checking of references, data exports and the generated reference
in docs/reference/records.md.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_type_hints


@dataclass(frozen=True, slots=True)
class Column:
    """One field of one kind of record, as a spreadsheet's column and as a key of its JSON."""

    name: str
    type: Any
    meaning: str
    required: bool
    vocabulary: str | None
    refers: tuple[str, ...]


def column(
    meaning: str,
    *,
    vocabulary: str | None = None,
    refers: str | tuple[str, ...] = (),
    default: Any = dataclasses.MISSING,
    factory: Any = dataclasses.MISSING,
) -> Any:
    """Declare a field of a record; without a default it must be filled in.

    `vocabulary` names the list of codes it takes. `refers` names the kinds of record whose ids
    it holds; `*` means that it holds full references (`event:baku-1990`). `factory` makes a
    default that is a map.
    """
    metadata = {
        "meaning": meaning,
        "vocabulary": vocabulary,
        "refers": (refers,) if isinstance(refers, str) else refers,
    }
    if factory is not dataclasses.MISSING:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def columns_of(record: type) -> Iterator[Column]:
    """The columns of a kind of record in the order in which they are declared."""
    hints = get_type_hints(record)
    for field in dataclasses.fields(record):
        yield Column(
            name=field.name,
            type=hints[field.name],
            meaning=field.metadata["meaning"],
            required=field.default is dataclasses.MISSING
            and field.default_factory is dataclasses.MISSING,
            vocabulary=field.metadata["vocabulary"],
            refers=field.metadata["refers"],
        )
