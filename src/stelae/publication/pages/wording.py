"""The exact words of a clause as mark-up: bound words and markers become links, nothing else."""

from collections.abc import Mapping

from markupsafe import Markup

from stelae.publication.pages.traces import Trace
from stelae.publication.printed import cut, number_spans
from stelae.publication.text import Text, web_address
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.text import Span

__all__ = ["words_with_links"]


def words_with_links(
    statement: Statement,
    clause: Clause,
    traces: Mapping[Span, Trace],
    references: Mapping[int, str],
) -> Markup:
    """The exact words that a reader sees, with links around bound words and markers.

    `references` gives the fragment of each item of the list of references by its number.
    """
    starts: dict[Span, Markup] = {}
    for span, found in traces.items():
        kind = "fact unresolved" if found.missing else "fact"
        language = Text("", found.language).attributes() if found.language else ""
        starts[span] = Markup('<a class="{}" href="#{}"{}>').format(kind, found.anchor, language)
    for binding in clause.bindings:
        address = web_address(binding.target) if binding.kind is BindingKind.WEB else None
        if address:
            starts[binding.text_span] = Markup('<a rel="noreferrer" href="{}">').format(address)
    for marker in clause.markers:
        if any(marker.span.overlaps(span) for span in starts):
            continue
        for span, number in number_spans(statement, marker, references):
            starts[span] = Markup('<a class="marker" href="#{}">').format(references[number])
    return Markup("").join(
        Markup.escape(words)
        if span is None
        else starts[span] + Markup.escape(words) + Markup("</a>")
        for span, words in cut(statement, clause, starts)
    )
