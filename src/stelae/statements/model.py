"""A statement as read: its parts, clauses, references, signatories, and what binds them.

Every span is over `Statement.source`. Reading invents nothing: what was not understood is a plain
clause and a note.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stelae.statements.facts import (
    AnniversaryFact,
    DateFact,
    Fact,
    NumberFact,
    QuotationFact,
    TermFact,
)
from stelae.statements.text import Position, SourceText, Span
from stelae.values.locators import Locator

__all__ = [
    "Addressee",
    "Binding",
    "BindingKind",
    "Citation",
    "Clause",
    "Marker",
    "Note",
    "Opening",
    "Part",
    "PartKind",
    "Reference",
    "Signatory",
    "Statement",
]


class PartKind(StrEnum):
    """What a part of a statement does."""

    TITLE = "title"
    PREAMBLE = "preamble"
    RECITALS = "recitals"
    """Having regard, whereas, confirming, noting, guided by."""
    CONSIDERATIONS = "considerations"
    DECLARATIONS = "declarations"
    DEMANDS = "demands"
    SIGNATORIES = "signatories"
    REFERENCES = "references"
    JOINING = "joining"
    PLAIN = "plain"
    """Anything else, and whatever was not understood."""


class BindingKind(StrEnum):
    """What a bound fact points at in the record; the part before the colon of its link."""

    FIGURE = "figure"
    DATE = "date"
    QUOTE = "quote"
    EVENT = "event"
    PERSON = "person"
    PLACE = "place"
    SOURCE = "source"
    DETERMINATION = "determination"
    RECOGNITION = "recognition"
    DAY = "day"
    WEB = "web"
    """An ordinary link to a page; it binds nothing."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader did not understand, for the author to look at."""

    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class Binding:
    """Words bound to the record: `[about 90](figure:baku-1990/killed/de-waal)`.

    `target` is what follows the colon (for a web link, the whole address); `span` covers the
    whole link, `text_span` the words between the square brackets.
    """

    kind: BindingKind
    target: str
    span: Span
    text_span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference that a marker names, and the places in it, in the order written.

    `perhaps` are numbers after a place that may go on with the place or be further references:
    the 3 of `[2 – chapter 5, 3]`. They are cited neither surely nor surely not.
    """

    number: int
    locators: tuple[Locator, ...] = ()
    perhaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A pointer into the references: `[2, ch. 5; 3]`; `[4–7]` names four of them."""

    span: Span
    citations: tuple[Citation, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The references named, in the order written."""
        return tuple(citation.number for citation in self.citations)

    @property
    def perhaps(self) -> tuple[int, ...]:
        """Numbers that may be further references, or part of a place; see `Citation`."""
        return tuple(number for citation in self.citations for number in citation.perhaps)

    @property
    def locators(self) -> tuple[Locator, ...]:
        """Every locator, in the order written."""
        return tuple(locator for citation in self.citations for locator in citation.locators)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words that say what a clause does: `whereas`, `we consider`, `urge`."""

    kind: PartKind
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a demand is made; `span` is None where only the front matter names it."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph or item of a part.

    `id` is the author's (`{#id}`), else the part and the order in it (`demands-2`); it is unique
    in a statement. `text` is the slice of the source that `span` covers, mark-up and all;
    `hidden` are the stretches of it that a reader does not see (the address of a link, emphasis,
    `{#id}`). `addressee` is to whom a demand is made.
    """

    id: str
    span: Span
    text: str
    hidden: tuple[Span, ...] = ()
    opening: Opening | None = None
    addressee: Addressee | None = None
    bindings: tuple[Binding, ...] = ()
    markers: tuple[Marker, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def prose(self) -> str:
        """The text with each hidden code point a space: `prose[i]` stands at `span.start + i`."""
        return "".join(
            " " * len(piece) if hidden else self.text[self._within(piece)]
            for piece, hidden in self._stretches()
        )

    @property
    def shown(self) -> str:
        """The words that a reader sees, in one line."""
        visible = "".join(
            self.text[self._within(piece)] for piece, hidden in self._stretches() if not hidden
        )
        return " ".join(visible.split())

    @property
    def numbers(self) -> tuple[NumberFact, ...]:
        """The counts in this clause."""
        return tuple(fact for fact in self.facts if isinstance(fact, NumberFact))

    @property
    def dates(self) -> tuple[DateFact, ...]:
        """The dates in this clause."""
        return tuple(fact for fact in self.facts if isinstance(fact, DateFact))

    @property
    def anniversaries(self) -> tuple[AnniversaryFact, ...]:
        """The anniversaries in this clause."""
        return tuple(fact for fact in self.facts if isinstance(fact, AnniversaryFact))

    @property
    def quotations(self) -> tuple[QuotationFact, ...]:
        """The quotations in this clause, outer before inner."""
        return tuple(fact for fact in self.facts if isinstance(fact, QuotationFact))

    @property
    def terms(self) -> tuple[TermFact, ...]:
        """The words of qualification in this clause."""
        return tuple(fact for fact in self.facts if isinstance(fact, TermFact))

    def _within(self, piece: Span) -> slice:
        return slice(piece.start - self.span.start, piece.end - self.span.start)

    def _stretches(self) -> Iterator[tuple[Span, bool]]:
        at = self.span.start
        for hidden in self.hidden:
            if hidden.start > at:
                yield Span(at, hidden.start), False
            yield hidden, True
            at = hidden.end
        if at < self.span.end:
            yield Span(at, self.span.end), False


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses that do one thing, under one heading or none; a kind may come more than once."""

    kind: PartKind
    clauses: tuple[Clause, ...]
    heading: str = ""
    heading_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of the list of references.

    `number` is the number written before it, `source` the id of a source of the record where the
    item carries one, `text` the words as shown, without that id where it stands before them,
    `locators` the place that the item itself names. Facts are those of its
    words: an anniversary in a title cited must be right too. `label` is the word that stands in
    brackets in place of a number (`[Hope 1894]`); the number is then counted. `markers` point from
    this item to others: `as quoted in [2]`.
    """

    number: int
    span: Span
    line: int
    text: str
    source: str | None = None
    locators: tuple[Locator, ...] = ()
    facts: tuple[Fact, ...] = ()
    label: str = ""
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """A name below the text, with the role that follows it after a comma."""

    name: str
    span: Span
    role: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One text in one language.

    `language` is the BCP 47 code, `und` where neither the author nor the letters tell. `occasion`,
    `dossier`, `version_of` and `translation_of` are ids or names as the front matter gives them.
    `date` is the day of the statement, from the front matter or from the line that stands alone
    with a date. `joining` is the clause that says that names may still be put to the text.
    """

    source: SourceText
    language: str
    title: str
    parts: tuple[Part, ...]
    references: tuple[Reference, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    date: DateFact | None = None
    occasion: str | None = None
    dossier: str | None = None
    version_of: str | None = None
    translation_of: str | None = None
    joining: Clause | None = None
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """What messages call the text: usually the file's name."""
        return self.source.name

    @property
    def clauses(self) -> Iterator[Clause]:
        """Every clause in the order of the text, the title and the joining line among them."""
        for part in self.parts:
            yield from part.clauses

    @property
    def markers(self) -> Iterator[tuple[Clause, Marker]]:
        """Every marker in the order of the text, with its clause."""
        for clause in self.clauses:
            for marker in clause.markers:
                yield clause, marker

    def part(self, kind: PartKind) -> tuple[Part, ...]:
        """Every part of a kind, in the order of the text."""
        return tuple(part for part in self.parts if part.kind is kind)

    def clause(self, id_: str) -> Clause | None:
        """The clause with this id."""
        return next((clause for clause in self.clauses if clause.id == id_), None)

    def position(self, offset: int) -> Position:
        """Line and column of an offset, both from 1."""
        return self.source.position(offset)
