"""The exact words of a clause as mark-up: bound words and markers become links, nothing else."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from stelae.publication.pages.traces import Trace
from stelae.publication.text import Text, web_address
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.text import Span

__all__ = ["mark_of", "words_with_links"]

_NUMBERED = re.compile(r"\d{1,3}[.)]|\[\d{1,3}\]")
_BULLETS = frozenset("-*+\N{BULLET}\N{EN DASH}\N{EM DASH}")


def mark_of(statement: Statement, clause: Clause) -> str:
    """What stands before an item on its line: a number with its dot, or a dash for any bullet."""
    line = statement.source.line_span(statement.source.line_number(clause.span.start))
    before = statement.source.content[line.start : clause.span.start].strip()
    if _NUMBERED.fullmatch(before):
        return before
    return "\N{EN DASH}" if before in _BULLETS else ""


def words_with_links(
    statement: Statement,
    clause: Clause,
    traces: Mapping[Span, Trace],
    references: Mapping[int, str],
) -> Markup:
    """The exact words that a reader sees, with links around bound words and markers.

    `references` gives the fragment of each item of the list of references by its number.
    """
    wraps: dict[Span, tuple[Markup, Markup]] = {}
    for span, found in traces.items():
        kind = "fact unresolved" if found.missing else "fact"
        language = Text("", found.language).attributes() if found.language else ""
        start = Markup('<a class="{}" href="#{}"{}>').format(kind, found.anchor, language)
        wraps[span] = (start, Markup("</a>"))
    for binding in clause.bindings:
        address = web_address(binding.target) if binding.kind is BindingKind.WEB else None
        if address:
            start = Markup('<a rel="noreferrer" href="{}">').format(address)
            wraps[binding.text_span] = (start, Markup("</a>"))
    for marker in clause.markers:
        known = next((n for n in marker.numbers if n in references), None)
        if known is not None and not any(marker.span.overlaps(span) for span in wraps):
            start = Markup('<a class="marker" href="#{}">').format(references[known])
            wraps[marker.span] = (start, Markup("</a>"))
    pieces: list[Markup] = []
    at = clause.span.start
    for span in sorted(wraps):
        if span.start < at:
            continue
        before, after = wraps[span]
        pieces += [_seen(statement, clause, Span(at, span.start)), before]
        pieces += [_seen(statement, clause, span), after]
        at = span.end
    pieces.append(_seen(statement, clause, Span(at, max(at, clause.span.end))))
    return Markup("").join(pieces)


def _seen(statement: Statement, clause: Clause, span: Span) -> Markup:
    """The words of a stretch, escaped, without what a reader does not see."""
    pieces: list[str] = []
    at = span.start
    for hidden in clause.hidden:
        if hidden.end <= span.start or hidden.start >= span.end:
            continue
        if hidden.start > at:
            pieces.append(statement.source.content[at : hidden.start])
        at = max(at, min(hidden.end, span.end))
    pieces.append(statement.source.content[at : span.end])
    return Markup.escape("".join(pieces))
