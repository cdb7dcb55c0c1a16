"""The list of references: numbers, ids of sources, places, however the list is written."""

import re

from stelae.errors import BadValue
from stelae.statements.blocks import Block
from stelae.statements.inline import read_inline
from stelae.statements.languages import Language
from stelae.statements.model import BindingKind, Note, Reference
from stelae.statements.prose import facts_in
from stelae.statements.text import SourceText
from stelae.values.locators import Locator, parse_locators

__all__ = ["read_references"]

# `de-waal-2003: p. 90`: an id has a digit, a hyphen or a dot, so that `ibid` is none.
_NATIVE = re.compile(
    r"(?=[a-z]*[0-9._-])([a-z0-9][a-z0-9._-]{0,99}[a-z0-9])\s*(?::\s+(?P<rest>.{1,300}))?",
    re.DOTALL,
)
_SEPARATOR = re.compile(r"[,.;]\s+")


def read_references(
    source: SourceText, blocks: list[Block], language: Language
) -> tuple[list[Reference], list[Note]]:
    """Every item of one list, numbered as written.

    Where every item carries the same number (`1.` throughout) or none, they are counted from 1.
    """
    notes: list[Note] = []
    written = [block.number for block in blocks]
    counted = len(blocks) > 1 and len(set(written)) == 1
    if counted and written[0] is not None and not blocks[0].bracketed:
        notes.append(
            Note(
                "every reference carries the same number; they are counted in order", blocks[0].span
            )
        )
    references = [
        _reference(
            source, block, index + 1 if counted or block.number is None else block.number, language
        )
        for index, block in enumerate(blocks)
    ]
    seen: set[int] = set()
    for reference in references:
        if reference.number in seen:
            notes.append(Note(f"a second reference {reference.number}", reference.span))
        seen.add(reference.number)
    return references, notes


def _reference(source: SourceText, block: Block, number: int, language: Language) -> Reference:
    inline = read_inline(
        source.at(block.span), block.span.start, language=language.code, hidden=block.hidden
    )
    text = _shown(source, block, inline.hidden)
    identifier: str | None = None
    locators: tuple[Locator, ...] = ()
    if match := _NATIVE.fullmatch(text):
        identifier = match[1]
        locators = _parse(match["rest"] or "", language)
    else:
        for binding in inline.bindings:
            if binding.kind is BindingKind.SOURCE:
                identifier = binding.target
                break
        locators = _trailing(text, language)
    facts = facts_in(source.content, block.span, language, hidden=inline.hidden)
    return Reference(
        number=number,
        span=block.span,
        line=source.line_number(block.span.start),
        text=text,
        source=identifier,
        locators=locators,
        facts=facts if identifier is None or inline.bindings else (),
    )


def _shown(source: SourceText, block: Block, hidden: tuple[object, ...]) -> str:
    from stelae.statements.text import Span

    pieces: list[str] = []
    at = block.span.start
    for span in hidden:
        assert isinstance(span, Span)
        pieces.append(source.content[at : span.start])
        at = max(at, span.end)
    pieces.append(source.content[at : block.span.end])
    return " ".join("".join(pieces).split())


def _parse(text: str, language: Language) -> tuple[Locator, ...]:
    try:
        return parse_locators(text, language.code)
    except BadValue:
        return ()


def _trailing(text: str, language: Language) -> tuple[Locator, ...]:
    """The places at the end of an item in free text, from the first that carries a known term."""
    tail = text[-120:]
    cuts = [match.end() for match in _SEPARATOR.finditer(tail)]
    for cut in cuts:
        found = _parse(tail[cut:].rstrip(". "), language)
        if found and all(
            locator.label is not None and any(character.isdigit() for character in locator.value)
            for locator in found
        ):
            return found
    return ()
