"""Text taken from kept bytes, as a value, and how it is kept beside its original.

Invariant: a page holds no form feed and no lone surrogate, so that pages joined by U+000C are
UTF-8 text from which the same pages come back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stelae.errors import BadInput

PAGE_BREAK = "\f"

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# C0 and C1 without tab, line feed and next line; DEL.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one extraction, each a refusal or a note, never a silent cut.

    `source` and `unpacked` are bytes, `seconds` is the time after which a PDF is given up.
    """

    pages: int = 5_000
    characters: int = 20_000_000
    source: int = 64 << 20
    unpacked: int = 128 << 20
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of each page, remarks for the reader, and what made it, with its version."""

    pages: tuple[str, ...]
    notes: tuple[str, ...]
    method: str

    def __post_init__(self) -> None:
        if not self.pages:
            raise ValueError("an extracted text has at least one page")
        for page in self.pages:
            if PAGE_BREAK in page or _SURROGATE.search(page):
                raise ValueError("a page holds a form feed or a lone surrogate")


@dataclass(frozen=True, slots=True)
class NoText:
    """Why no text could be taken: a sentence for the depositor, which says what to do."""

    reason: str


def encode_pages(pages: Sequence[str]) -> bytes:
    """The derived object: UTF-8 text with U+000C between pages. BadInput when it is impossible."""
    if not pages:
        raise BadInput("no pages to keep", hint="A text without pages has one empty page.")
    for number, page in enumerate(pages, 1):
        if PAGE_BREAK in page or _SURROGATE.search(page):
            raise BadInput(f"page {number} holds a form feed or a lone surrogate")
    return PAGE_BREAK.join(pages).encode()


def decode_pages(content: bytes) -> tuple[str, ...]:
    """The pages of a derived object; BadInput when it is not UTF-8."""
    try:
        return tuple(content.decode().split(PAGE_BREAK))
    except UnicodeDecodeError as error:
        raise BadInput(
            f"the text is not UTF-8 at byte {error.start}",
            hint="The derived object was damaged; take the text from its original again.",
        ) from error


def tidy_page(text: str) -> tuple[str, int]:
    """Line ends as line feeds, control characters as U+FFFD, and how many of these there were."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    text = text.replace(PAGE_BREAK, "\n")
    text, controls = _CONTROL.subn("\ufffd", text)
    text, surrogates = _SURROGATE.subn("\ufffd", text)
    return text, controls + surrogates


def finish(
    pages: Sequence[str], notes: Sequence[str], method: str, limits: Limits
) -> ExtractedText:
    """Tidy the pages, hold them to the limits, and note what was changed or left out."""
    remarks = list(notes)
    tidied: list[str] = []
    replaced = total = 0
    for page in pages:
        if len(tidied) == limits.pages:
            remarks.append(f"only the first {limits.pages} of {len(pages)} pages were taken")
            break
        text, count = tidy_page(page[: limits.characters - total + 1])
        replaced += count
        if total + len(text) > limits.characters:
            tidied.append(text[: limits.characters - total])
            remarks.append(
                f"cut after {limits.characters} characters, on page {len(tidied)} of {len(pages)}"
            )
            break
        total += len(text)
        tidied.append(text)
    if replaced:
        remarks.append(f"{replaced} control characters were replaced by U+FFFD")
    return ExtractedText(tuple(tidied), tuple(remarks), method)
