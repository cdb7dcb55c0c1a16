"""Changes that can be made to a text without judgement."""

from collections.abc import Iterable
from dataclasses import dataclass

from stelae.errors import BadValue
from stelae.statements.text import Span

__all__ = ["Edit", "apply_edits"]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in the place of what `span` covers; an empty span inserts."""

    span: Span
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; all spans are over the text as given.

    Equal edits count once. BadValue where two overlap, insert at one place, or lie outside.
    """
    pieces: list[str] = []
    at = 0
    last: Edit | None = None
    for edit in sorted(set(edits)):
        if edit.span.end > len(text):
            raise BadValue(f"an edit at {edit.span.start} lies outside the text")
        if last is not None and (edit.span.start < at or edit.span.start == last.span.start):
            raise BadValue(
                f"two edits change the same words at {edit.span.start}",
                hint="Make one of them, then check again.",
            )
        pieces += [text[at : edit.span.start], edit.text]
        at, last = edit.span.end, edit
    return "".join((*pieces, text[at:]))
