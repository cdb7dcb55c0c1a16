"""The parts of a statement ready to be written: paragraphs in runs, the list of references.

Fragments of parts, items, citations and facts begin with `~`, which no clause's fragment does.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.publication.exports.citations import Citation, citation_of
from stelae.publication.exports.runs import Run, RunKind, clean, reference_runs, runs_of
from stelae.publication.exports.words import Words
from stelae.publication.pages.lookup import Lookup
from stelae.publication.printed import (
    anchors_of,
    is_place,
    mark_of,
    named_source,
    signatories_by_clause,
)
from stelae.statements.model import Binding, Clause, Part, PartKind, Reference, Signatory, Statement

__all__ = ["Cited", "Paragraph", "Section", "bindings_in", "sections_of"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One clause. `mark` is the number or dash of an item, as the text has it.

    `places` has for each run that is a marker its own fragment, for any other "".
    """

    clause: Clause
    anchor: str
    mark: str
    runs: tuple[Run, ...]
    places: tuple[str, ...]
    signatory: Signatory | None


@dataclass(frozen=True, slots=True)
class Cited:
    """One item of the list of references; `backs` are the fragments of what cites it.

    `citation` is what the record says of the source, None without a record or where it has none.
    """

    reference: Reference
    anchor: str
    runs: tuple[Run, ...]
    citation: Citation | None
    backs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part; the first of references holds the list."""

    kind: PartKind
    anchor: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Cited, ...] = ()


def sections_of(statement: Statement, record: Lookup | None, words: Words) -> tuple[Section, ...]:
    """Every part but the title, in the order of the text."""
    return tuple(_Sections(statement, record, words).made())


def bindings_in(sections: tuple[Section, ...]) -> Iterator[tuple[Binding, str]]:
    """Everything bound to the record, with the fragment of its clause."""
    for section in sections:
        for paragraph in section.paragraphs:
            for run in paragraph.runs:
                if run.binding is not None:
                    yield run.binding, paragraph.anchor


class _Sections:
    """Counts citations while it goes through the text; used once."""

    def __init__(self, statement: Statement, record: Lookup | None, words: Words) -> None:
        self.statement = statement
        self.record = record
        self.words = words
        self.anchors = anchors_of(statement)
        self.names = signatories_by_clause(statement)
        self.numbers = frozenset(reference.number for reference in statement.references)
        self.backs: defaultdict[int, list[str]] = defaultdict(list)
        self.cited = 0

    def made(self) -> Iterator[Section]:
        """All parts; the list of references comes last to be filled, for it leads back."""
        listed = False
        drafts: list[tuple[Part, str, tuple[Paragraph, ...], bool]] = []
        for index, part in enumerate(self.statement.parts, start=1):
            if part.kind is PartKind.TITLE:
                for clause in part.clauses:
                    self._note(clause, {})
                continue
            has_list = part.kind is PartKind.REFERENCES and not listed
            listed = listed or has_list
            paragraphs = tuple(self._paragraph(clause) for clause in part.clauses)
            drafts.append((part, f"~part{index}", paragraphs, has_list))
        for part, anchor, paragraphs, has_list in drafts:
            items = tuple(self._items()) if has_list else ()
            heading = clean(part.heading)
            if not heading and items:
                heading = self.words.references
            if not heading and any(one.signatory for one in paragraphs):
                heading = self.words.signatories
            if heading or paragraphs or items:
                yield Section(part.kind, anchor, heading, paragraphs, items)

    def _paragraph(self, clause: Clause) -> Paragraph:
        runs = runs_of(self.statement, clause, self.numbers)
        places: list[str] = []
        first: dict[int, str] = {}
        for run in runs:
            place = ""
            if run.kind is RunKind.MARKER:
                self.cited += 1
                place = f"~cite{self.cited}"
                first.setdefault(run.number, place)
            places.append(place)
        self._note(clause, first)
        return Paragraph(
            clause=clause,
            anchor=self.anchors[clause.id],
            mark=mark_of(self.statement, clause),
            runs=runs,
            places=tuple(places),
            signatory=self.names.get(clause.id),
        )

    def _note(self, clause: Clause, first: dict[int, str]) -> None:
        """Where each reference is cited: at its own number, else at the clause."""
        for number in dict.fromkeys(n for marker in clause.markers for n in marker.numbers):
            self.backs[number].append(first.get(number, self.anchors[clause.id]))

    def _items(self) -> Iterator[Cited]:
        seen: set[int] = set()
        for reference in self.statement.references:
            again = reference.number in seen
            seen.add(reference.number)
            anchor = f"~ref{reference.number}"
            yield Cited(
                reference=reference,
                anchor=f"{anchor}~{reference.line}" if again else anchor,
                runs=reference_runs(self.statement, reference, self._own_words(reference)),
                citation=self._citation(reference),
                backs=() if again else tuple(self.backs[reference.number]),
            )

    def _own_words(self, reference: Reference) -> str:
        """The words of the item; with the id of the source where they would say nothing without."""
        if self.record is not None:
            source, words = named_source(self.record.view.state, reference, self.statement.language)
            if source:
                return words or ", ".join(str(place) for place in reference.locators)
        text, identifier = reference.text, reference.source
        if identifier and text != identifier and is_place(text, self.statement.language):
            return f"{identifier}: {text}"
        return text

    def _citation(self, reference: Reference) -> Citation | None:
        if self.record is None or reference.source is None:
            return None
        return citation_of(self.record, reference.source, self.statement.language)
