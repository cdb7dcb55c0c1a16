"""From blocks to a statement: which part each block belongs to, and what its words hold.

A heading of the table settles a part. Without one, the opening words of a clause begin a part,
and the tail of a published text is read from its end: references, joining, date, signatories.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from stelae.statements.blocks import Block, BlockKind
from stelae.statements.dates import find_dates
from stelae.statements.facts import DateFact, Fact
from stelae.statements.frontmatter import FrontMatter
from stelae.statements.inline import Inline, merge, read_inline
from stelae.statements.languages import Language
from stelae.statements.model import (
    Addressee,
    Clause,
    Note,
    Part,
    PartKind,
    Reference,
    Signatory,
    Statement,
)
from stelae.statements.openings import find_addressee, find_opening, heading_kind, is_joining
from stelae.statements.passage import MOST, Passage
from stelae.statements.prose import facts_in
from stelae.statements.references import read_references
from stelae.statements.signatories import may_be_names, read_signatory
from stelae.statements.text import SourceText, Span

__all__ = ["build"]

_LONGEST_TITLE = 400
_LEADS = frozenset(
    {PartKind.DEMANDS, PartKind.DECLARATIONS, PartKind.CONSIDERATIONS, PartKind.RECITALS}
)


@dataclass(slots=True)
class _Draft:
    """A part while its clauses are gathered."""

    kind: PartKind
    clauses: list[Clause] = field(default_factory=list)
    heading: str = ""
    heading_span: Span | None = None
    settled: bool = False


def build(
    source: SourceText, blocks: list[Block], front: FrontMatter, language: Language
) -> Statement:
    """The whole statement; every block ends up in a part, a list, or hidden."""
    return _Builder(source, front, language).build(blocks)


class _Builder:
    """Gathers parts in order; used once."""

    def __init__(self, source: SourceText, front: FrontMatter, language: Language) -> None:
        self.source = source
        self.front = front
        self.language = language
        self.parts: list[_Draft] = []
        self.notes: list[Note] = list(front.notes)
        self.references: list[Reference] = []
        self.signatories: list[Signatory] = []
        self.addressees: list[Addressee] = list(front.addressees)
        self.joining: Clause | None = None
        self.date: DateFact | None = None
        self.ids: set[str] = set()
        self.counts: Counter[PartKind] = Counter()
        self.awaiting = False

    def build(self, blocks: list[Block]) -> Statement:
        shown = [block for block in blocks if block.kind is not BlockKind.HIDDEN]
        inlines = {block.span.start: self._inline(block) for block in shown}
        cited = {
            number
            for inline in inlines.values()
            for marker in inline.markers
            for number in marker.numbers
        }
        roles = self._roles(shown, inlines, cited)
        title = self._title(shown, roles, inlines)
        self._reference_lists(shown, roles)
        for block in shown:
            if not self._prose(block, inlines[block.span.start]).strip():
                continue
            self._take(block, roles.get(block.span.start, ""), inlines[block.span.start])
        if title is None:
            title = self.front.get("title") or ""
        date = self._front_date() or self.date
        return Statement(
            source=self.source,
            language=self.language.code,
            title=title,
            parts=tuple(
                Part(draft.kind, tuple(draft.clauses), draft.heading, draft.heading_span)
                for draft in self.parts
            ),
            references=tuple(self.references),
            signatories=tuple(self.signatories),
            addressees=tuple(dict.fromkeys(self.addressees)),
            date=date,
            occasion=self.front.get("occasion"),
            dossier=self.front.get("dossier"),
            version_of=self.front.get("version_of"),
            translation_of=self.front.get("translation_of"),
            joining=self.joining,
            notes=tuple(sorted(self.notes, key=lambda note: note.span)),
        )

    # Which block is what

    def _inline(self, block: Block) -> Inline:
        inline = read_inline(
            self.source.at(block.span),
            block.span.start,
            language=self.language.code,
            hidden=block.hidden,
        )
        self.notes.extend(inline.notes)
        return inline

    def _prose(self, block: Block, inline: Inline) -> str:
        return Passage.of(self.source.content, block.span, inline.hidden).text

    def _roles(
        self, blocks: list[Block], inlines: dict[int, Inline], cited: set[int]
    ) -> dict[int, str]:
        """`reference`, `signatories`, `name`, `joining`, `date` by the start of the block."""
        roles: dict[int, str] = {}
        section: PartKind | None = None
        for block in blocks:
            prose = self._prose(block, inlines[block.span.start]).strip()
            kind = (
                heading_kind(prose, self.language)
                if block.kind is BlockKind.HEADING or _stands_alone(prose)
                else None
            )
            at = block.span.start
            if block.kind is BlockKind.HEADING or kind in {
                PartKind.SIGNATORIES,
                PartKind.REFERENCES,
            }:
                section = kind
                if kind is not None:
                    roles[at] = f"heading:{kind.value}"
                continue
            listed = section is PartKind.REFERENCES and block.kind is BlockKind.ITEM
            if listed or (block.bracketed and block.number in cited):
                roles[at] = "reference"
            elif is_joining(prose, self.language):
                roles[at] = "joining"
            elif self._is_date(prose):
                roles[at] = "date"
            elif section is PartKind.SIGNATORIES:
                if may_be_names(prose) or block.kind is BlockKind.ITEM:
                    roles[at] = "name"
                else:
                    section = None
        self._tail(blocks, inlines, roles, cited)
        return roles

    def _tail(
        self,
        blocks: list[Block],
        inlines: dict[int, Inline],
        roles: dict[int, str],
        cited: set[int],
    ) -> None:
        """Read the end of a text that has no headings there."""
        settled = set(roles.values())
        index = len(blocks)
        if "reference" not in settled:
            while index and blocks[index - 1].number is not None:
                index -= 1
            items = blocks[index:]
            after_tail = index > 0 and roles.get(blocks[index - 1].span.start) in {
                "joining",
                "date",
                "name",
            }
            if items and (cited or after_tail) and items[0].number in {0, 1}:
                roles.update((block.span.start, "reference") for block in items)
            else:
                index = len(blocks)
        else:
            while index and roles.get(blocks[index - 1].span.start) in {
                "reference",
                "heading:references",
            }:
                index -= 1
        if "heading:signatories" in settled:
            return
        closed = index < len(blocks)
        while index and roles.get(blocks[index - 1].span.start) in {"joining", "date"}:
            index -= 1
            closed = True
        if not closed:
            return
        names: list[int] = []
        while index > 1:
            block = blocks[index - 1]
            inline = inlines[block.span.start]
            prose = self._prose(block, inline)
            if (
                block.kind is not BlockKind.PARAGRAPH
                or block.span.start in roles
                or inline.markers
                or not may_be_names(prose)
                or find_opening(prose, 0, self.language)
            ):
                break
            names.append(block.span.start)
            index -= 1
        roles.update((start, "name") for start in names)

    def _is_date(self, prose: str) -> bool:
        if not 4 <= len(prose) <= 80:
            return False
        passage = Passage.of(prose, Span(0, len(prose)))
        dates = find_dates(passage, self.language)
        if len(dates) != 1 or dates[0].start.year is None or dates[0].start.month is None:
            return False
        return (
            len(passage.tokens) - len(passage.taken) <= 3 and len(prose) - len(dates[0].span) <= 24
        )

    # Title, references, front matter

    def _title(
        self, blocks: list[Block], roles: dict[int, str], inlines: dict[int, Inline]
    ) -> str | None:
        """Mark the block that is the title; the front matter's title stands where no block is."""
        if not blocks:
            span = self.front.span("title")
            if span is not None:
                self._front_title(span)
            return None
        first = blocks[0]
        prose = self._prose(first, inlines[first.span.start]).strip()
        is_heading = first.kind is BlockKind.HEADING and first.level == 1
        unheaded = (
            not self.front.present
            and first.kind is BlockKind.PARAGRAPH
            and len(blocks) > 1
            and len(prose) <= _LONGEST_TITLE
            and not prose.endswith((".", ";", ":", ",", "։"))
            and find_opening(prose, 0, self.language) is None
        )
        if first.span.start not in roles and (is_heading or unheaded):
            roles[first.span.start] = "title"
            return self.front.get("title") or " ".join(prose.split())
        span = self.front.span("title")
        if span is not None:
            self._front_title(span)
        return None

    def _front_title(self, span: Span) -> None:
        self._draft(PartKind.TITLE).clauses.append(
            Clause(
                self._id(PartKind.TITLE, None, span),
                span,
                self.source.at(span),
                facts=facts_in(self.source.content, span, self.language),
            )
        )

    def _front_date(self) -> DateFact | None:
        span = self.front.span("date")
        if span is None:
            return None
        found = find_dates(Passage.of(self.source.content, span), self.language)
        if not found:
            self.notes.append(Note("the date is not understood; write it as 2020-01-12", span))
        return found[0] if found else None

    def _reference_lists(self, blocks: list[Block], roles: dict[int, str]) -> None:
        items = [block for block in blocks if roles.get(block.span.start) == "reference"]
        if items:
            found, notes = read_references(self.source, items, self.language)
            self.references.extend(found)
            self.notes.extend(notes)

    # Parts and clauses

    def _draft(self, kind: PartKind, *, settled: bool = False) -> _Draft:
        if self.parts and self.parts[-1].kind is kind and not settled:
            return self.parts[-1]
        draft = _Draft(kind, settled=settled)
        self.parts.append(draft)
        return draft

    def _take(self, block: Block, role: str, inline: Inline) -> None:
        if role == "title":
            self._draft(PartKind.TITLE).clauses.append(self._clause(block, inline, PartKind.TITLE))
        elif role == "reference":
            self._draft(PartKind.REFERENCES)
        elif role == "name":
            self._names(block, inline)
        elif role == "joining":
            clause = self._clause(block, inline, PartKind.JOINING)
            self.joining = self.joining or clause
            self._draft(PartKind.JOINING).clauses.append(clause)
        elif role == "date":
            clause = self._clause(block, inline, PartKind.PLAIN)
            self.date = next(iter(clause.dates), self.date)
            self._draft(PartKind.PLAIN).clauses.append(clause)
        elif block.kind is BlockKind.HEADING or role.startswith("heading:"):
            kind = PartKind(role.removeprefix("heading:")) if role else PartKind.PLAIN
            draft = self._draft(kind, settled=True)
            draft.settled = kind is not PartKind.PLAIN
            draft.heading = " ".join(self._prose(block, inline).split()).strip(":* ")
            draft.heading_span = block.span
            self.awaiting = kind is PartKind.DEMANDS
        else:
            self._prose_clause(block, inline)
            self._dateline()

    def _dateline(self) -> None:
        """A short line such as `Published on 12 January 2020` dates a text that has no other."""
        clause = self.parts[-1].clauses[-1]
        if self.date is not None or len(clause.text) > 120:
            return
        passage = Passage.of(self.source.content, clause.span, clause.hidden)
        for fact in clause.dates:
            at = next(
                (
                    i
                    for i, token in enumerate(passage.tokens)
                    if passage.offset + token.start == fact.span.start
                ),
                0,
            )
            if fact.day is not None and self.language.dates.dated.before(passage.tokens, at):
                self.date = fact
                return

    def _prose_clause(self, block: Block, inline: Inline) -> None:
        prose = self._prose(block, inline)
        opening = find_opening(prose, block.span.start, self.language)
        current = self.parts[-1] if self.parts else None
        if current is None or current.kind in {
            PartKind.TITLE,
            PartKind.REFERENCES,
            PartKind.JOINING,
            PartKind.SIGNATORIES,
        }:
            if current is not None and current.kind is PartKind.JOINING and current.settled:
                pass
            else:
                first = all(part.kind is PartKind.TITLE for part in self.parts)
                current = self._draft(PartKind.PREAMBLE if first else PartKind.PLAIN)
        if opening is not None and not current.settled:
            current = self._draft(opening.kind)
        addressee: Addressee | None = None
        start = None
        if opening is not None and opening.kind is PartKind.DEMANDS:
            start = opening.span.end - block.span.start
            self.awaiting = not prose[start:].strip(" :,\t\r\n—–-")
        elif opening is not None:
            self.awaiting = False
        elif self.awaiting and current.kind is PartKind.DEMANDS:
            start, self.awaiting = 0, current.settled
        if start is not None:
            addressee = find_addressee(prose, start, block.span.start, self.language)
            if addressee is not None:
                self.addressees.append(addressee)
        clause = self._clause(block, inline, current.kind)
        current.clauses.append(replace(clause, opening=opening, addressee=addressee))

    def _clause(
        self, block: Block, inline: Inline, kind: PartKind, *, with_facts: bool = True
    ) -> Clause:
        facts: tuple[Fact, ...] = ()
        if with_facts:
            passed = merge([*inline.hidden, *(marker.span for marker in inline.markers)])
            facts = facts_in(self.source.content, block.span, self.language, passed)
            if len(facts) >= MOST:
                self.notes.append(
                    Note("too many facts in one clause; not all were read", block.span)
                )
        return Clause(
            id=self._id(kind, inline.id, block.span),
            span=block.span,
            text=self.source.at(block.span),
            hidden=inline.hidden,
            bindings=inline.bindings,
            markers=inline.markers,
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

    def _names(self, block: Block, inline: Inline) -> None:
        """Every line of the block is one signatory, as such lists are printed."""
        draft = (
            self._draft(PartKind.SIGNATORIES)
            if not (self.parts and self.parts[-1].kind is PartKind.SIGNATORIES)
            else self.parts[-1]
        )
        first = self.source.line_number(block.span.start)
        last = self.source.line_number(max(block.span.end - 1, block.span.start))
        for number in range(first, last + 1):
            line = self.source.line_span(number)
            span = Span(max(line.start, block.span.start), min(line.end, block.span.end))
            hidden = tuple(gap for gap in inline.hidden if gap in span)
            signatory = read_signatory(self.source, span, hidden)
            if signatory is None:
                continue
            self.signatories.append(signatory)
            draft.clauses.append(
                Clause(
                    self._id(PartKind.SIGNATORIES, None, span),
                    span,
                    self.source.at(span),
                    hidden,
                )
            )


def _stands_alone(prose: str) -> bool:
    return len(prose) <= 60 and re.search(r"\w\s*:?\s*$", prose) is not None
