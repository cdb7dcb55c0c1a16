"""Records beside each other as their lists print them, cut where a page has no room."""

from collections.abc import Sequence
from dataclasses import dataclass

from stelae.linkage.fields import Kind
from stelae.linkage.linking import Linkage

__all__ = ["Printed", "cut", "name_of", "printed"]

_MOST_LETTERS = 160
_WHOLE, _PARTS = (Kind.NAME,), (Kind.GIVEN, Kind.PATRONYMIC, Kind.FAMILY)


@dataclass(frozen=True, slots=True)
class Printed:
    """Some records: list, record, and a cell for every field that one of them says."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def printed(linkage: Linkage, rows: Sequence[int]) -> Printed:
    """The records of these rows, fields that none of them says left out."""
    lists = linkage.as_read
    names = [field.name for field in lists.fields]
    found = lists.frame[list(rows)].select("list", "record", *names)
    said = [name for name in names if found[name].null_count() < found.height]
    return Printed(
        ("list", "record", *said),
        tuple(
            tuple(cut("" if cell is None else str(cell)) for cell in row)
            for row in found.select("list", "record", *said).iter_rows()
        ),
    )


def name_of(linkage: Linkage, row: int) -> str:
    """A person's name as it was compared: whole, or its parts where it is not said whole."""
    for kinds in (_WHOLE, _PARTS):
        fields = [field.name for field in linkage.lists.of_kind(*kinds)]
        said = [text for name in fields if (text := linkage.lists.frame[name][row])]
        if said:
            return cut(" ".join(said))
    return ""


def cut(text: str) -> str:
    """A cell as a page has room for it: its first 160 letters."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
