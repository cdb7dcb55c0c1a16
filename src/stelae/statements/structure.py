"""From pieces to a statement: parts, clauses with ids, references, signatories, what is said when.

The opening words of a clause begin a part, unless a heading of the table has settled it.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.coverage import left_out
from stelae.statements.dates import find_dates
from stelae.statements.facts import DateFact
from stelae.statements.foreign import foreign_notes
from stelae.statements.frontmatter import FrontMatter
from stelae.statements.languages import Language
from stelae.statements.model import (
    Addressee,
    Clause,
    Note,
    Opening,
    Part,
    PartKind,
    Reference,
    Signatory,
    Statement,
)
from stelae.statements.openings import addressee_before, find_addressee, find_opening
from stelae.statements.passage import MOST, Passage
from stelae.statements.pieces import Piece, Role
from stelae.statements.prose import bound_facts, facts_in, facts_of
from stelae.statements.references import read_references
from stelae.statements.roles import assign_roles
from stelae.statements.signatories import read_signatory
from stelae.statements.text import SourceText, Span

__all__ = ["build"]

_LONGEST_DATELINE = 120
_CLOSED = frozenset({PartKind.TITLE, PartKind.REFERENCES, PartKind.SIGNATORIES, PartKind.JOINING})


@dataclass(slots=True)
class _Draft:
    """A part while its clauses are gathered; `settled` by a heading of the table."""

    kind: PartKind
    clauses: list[Clause] = field(default_factory=list)
    heading: str = ""
    heading_span: Span | None = None
    settled: bool = False


def build(
    source: SourceText, blocks: list[Block], front: FrontMatter, language: Language
) -> Statement:
    """The whole statement; every block with words ends up in a part or a list."""
    pieces = assign_roles(source, blocks, language, titled=front.present)
    return _Builder(source, front, language).build(pieces)


class _Builder:
    """Gathers parts in order; used once."""

    def __init__(self, source: SourceText, front: FrontMatter, language: Language) -> None:
        self.source = source
        self.front = front
        self.language = language
        self.parts: list[_Draft] = []
        self.notes: list[Note] = list(front.notes)
        self.references: tuple[Reference, ...] = ()
        self.signatories: list[Signatory] = []
        self.addressees: list[Addressee] = list(front.addressees)
        self.title = front.get("title") or ""
        self.joining: Clause | None = None
        self.date = self._front_date()
        self.ids: set[str] = set()
        self.counts: Counter[PartKind] = Counter()
        self.awaiting = False
        self.listing = False

    def build(self, pieces: list[Piece]) -> Statement:
        """Take every piece in turn."""
        for piece in pieces:
            self.notes.extend(piece.inline.notes)
        prose = (piece.passage for piece in pieces if piece.role in {Role.PROSE, Role.JOINING})
        self.notes.extend(foreign_notes(prose, self.language))
        items = [piece for piece in pieces if piece.role is Role.REFERENCE]
        if items:
            self.references, notes = read_references(self.source, items, self.language)
            self.notes.extend(notes)
        span = self.front.span("title")
        if span is not None and (not pieces or pieces[0].role is not Role.TITLE):
            self._front_title(span)
        for piece in pieces:
            self._take(piece)
        statement = Statement(
            source=self.source,
            language=self.language.code,
            title=self.title,
            parts=tuple(
                Part(draft.kind, tuple(draft.clauses), draft.heading, draft.heading_span)
                for draft in self.parts
                if draft.clauses or draft.heading or draft.kind is PartKind.REFERENCES
            ),
            references=self.references,
            signatories=tuple(self.signatories),
            addressees=tuple(dict.fromkeys(self.addressees)),
            date=self.date,
            occasion=self.front.get("occasion"),
            dossier=self.front.get("dossier"),
            version_of=self.front.get("version_of"),
            translation_of=self.front.get("translation_of"),
            joining=self.joining,
        )
        self.notes.extend(
            Note("not read as prose: code, raw HTML or marks", span)
            for span in left_out(statement, self._body())
        )
        return replace(statement, notes=tuple(sorted(self.notes, key=lambda note: note.span)))

    def _body(self) -> int:
        """Where the text begins after the block at the head."""
        starts = self.source.starts
        line = self.front.body_line
        return starts[line - 1] if line <= len(starts) else len(self.source.content)

    def _front_title(self, span: Span) -> None:
        clause = Clause(
            self._id(PartKind.TITLE, None, span),
            span,
            self.source.at(span),
            facts=facts_in(self.source.content, span, self.language),
        )
        self._draft(PartKind.TITLE).clauses.append(clause)

    def _front_date(self) -> DateFact | None:
        span = self.front.span("date")
        if span is None:
            return None
        passage = Passage.of(self.source.content, span)
        found = find_dates(passage, self.language, passage.beginnings(self.language))
        if not found:
            self.notes.append(Note("the date is not understood; write it as 2020-01-12", span))
        return found[0] if found else None

    def _draft(self, kind: PartKind) -> _Draft:
        if not (self.parts and self.parts[-1].kind is kind):
            self.parts.append(_Draft(kind))
        return self.parts[-1]

    def _take(self, piece: Piece) -> None:
        match piece.role:
            case Role.TITLE:
                self.title = self.title or piece.words
                self._draft(PartKind.TITLE).clauses.append(self._clause(piece, PartKind.TITLE))
            case Role.REFERENCE:
                self._draft(PartKind.REFERENCES)
            case Role.NAME:
                self._names(piece)
            case Role.JOINING:
                clause = self._clause(piece, PartKind.JOINING)
                self.joining = self.joining or clause
                self._draft(PartKind.JOINING).clauses.append(clause)
            case Role.DATE:
                clause = self._clause(piece, PartKind.PLAIN)
                self.date = self.date or next(iter(clause.dates), None)
                self._draft(PartKind.PLAIN).clauses.append(clause)
            case Role.HEADING:
                self._heading(piece)
            case Role.PROSE:
                self._prose(piece)

    def _heading(self, piece: Piece) -> None:
        kind = piece.part or PartKind.PLAIN
        heading = piece.words.strip(":* ")
        draft = _Draft(kind, [], heading, piece.block.span, settled=piece.part is not None)
        self.parts.append(draft)
        self.awaiting = kind is PartKind.DEMANDS

    def _prose(self, piece: Piece) -> None:
        opening = find_opening(piece.passage, self.language)
        current = self.parts[-1] if self.parts else None
        if current is not None and opening is None and self._ends_demands(piece, current):
            current = self._draft(PartKind.PLAIN)
        if current is None or (current.kind in _CLOSED and not current.settled):
            first = all(part.kind is PartKind.TITLE for part in self.parts)
            current = self._draft(PartKind.PREAMBLE if first else PartKind.PLAIN)
        if opening is not None and not current.settled:
            current = self._draft(opening.kind)
        clause = replace(
            self._clause(piece, current.kind),
            opening=opening,
            addressee=self._addressee(piece, opening, current),
        )
        current.clauses.append(clause)
        self.listing = piece.block.kind is BlockKind.ITEM
        self._dateline(piece, clause)

    def _ends_demands(self, piece: Piece, current: _Draft) -> bool:
        """Whether a paragraph after the items of a list of demands goes on with something else."""
        return (
            current.kind is PartKind.DEMANDS
            and not current.settled
            and self.listing
            and piece.block.kind is BlockKind.PARAGRAPH
        )

    def _addressee(
        self, piece: Piece, opening: Opening | None, current: _Draft
    ) -> Addressee | None:
        """Named after the opening words of a demand, or by the next clause if they stand alone."""
        if current.kind is not PartKind.DEMANDS:
            self.awaiting = False
            return None
        first = 0
        begins = piece.passage.text[: opening.span.start - piece.passage.offset] if opening else ""
        if opening is not None and any(letter.isalnum() for letter in begins):
            addressee = addressee_before(piece.passage, opening, self.language)
            self.awaiting = False
            if addressee is not None:
                self.addressees.append(addressee)
            return addressee
        if opening is not None:
            end = opening.span.end - piece.passage.offset
            tokens = piece.passage.tokens
            first = next((at for at, token in enumerate(tokens) if token.start >= end), len(tokens))
            self.awaiting = not piece.passage.text[end:].strip(" :,\t\r\n—–-")
        elif not self.awaiting:
            return None
        else:
            self.awaiting = current.settled
        addressee = find_addressee(piece.passage, first, self.language)
        if addressee is not None:
            self.addressees.append(addressee)
        return addressee

    def _dateline(self, piece: Piece, clause: Clause) -> None:
        """A short line such as `Published on 12 January 2020` dates a text without another date."""
        if self.date is not None or len(clause.text) > _LONGEST_DATELINE:
            return
        starts = {
            piece.passage.offset + token.start: at for at, token in enumerate(piece.passage.tokens)
        }
        for fact in clause.dates:
            at = starts.get(fact.span.start, 0)
            if fact.day and self.language.dates.dated.before(piece.passage.tokens, at):
                self.date = fact
                return

    def _clause(self, piece: Piece, kind: PartKind) -> Clause:
        facts = facts_of(self.source.content, piece.passage, self.language)
        facts = bound_facts(self.source.content, piece.inline.bindings, self.language, facts)
        span = piece.block.span
        if len(facts) >= MOST:
            self.notes.append(Note("too many facts in one clause; not all were read", span))
        return Clause(
            id=self._id(kind, piece.inline.id, span),
            span=span,
            text=self.source.at(span),
            hidden=piece.inline.hidden,
            bindings=piece.inline.bindings,
            markers=piece.inline.markers,
            facts=facts,
        )

    def _id(self, kind: PartKind, own: str | None, span: Span) -> str:
        if own is not None and own not in self.ids:
            self.ids.add(own)
            return own
        if own is not None:
            self.notes.append(Note(f"a second clause with the id {own!r}", span))
        while True:
            self.counts[kind] += 1
            derived = f"{kind.value}-{self.counts[kind]}"
            if derived not in self.ids:
                self.ids.add(derived)
                return derived

    def _names(self, piece: Piece) -> None:
        """Every line of the block is one signatory, as such lists are printed."""
        draft = self._draft(PartKind.SIGNATORIES)
        block = piece.block.span
        first = self.source.line_number(block.start)
        last = self.source.line_number(max(block.end - 1, block.start))
        gaps = list(reversed(piece.inline.hidden))
        for number in range(first, last + 1):
            line = self.source.line_span(number)
            span = Span(max(line.start, block.start), max(min(line.end, block.end), block.start))
            hidden: list[Span] = []
            while gaps and gaps[-1].start < span.end:
                gap = gaps.pop()
                if gap in span:
                    hidden.append(gap)
            signatory = read_signatory(self.source, span, hidden)
            if signatory is None:
                continue
            self.signatories.append(signatory)
            draft.clauses.append(
                Clause(
                    self._id(PartKind.SIGNATORIES, None, span),
                    span,
                    self.source.at(span),
                    tuple(hidden),
                )
            )
