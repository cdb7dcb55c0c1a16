"""A statement ready to be written in any format: what stands where, what leads to what."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stelae.publication.exports.facts import Fact, facts_of
from stelae.publication.exports.runs import Run, RunKind, clean
from stelae.publication.exports.sections import Cited, Section, bindings_in, sections_of
from stelae.publication.exports.words import Words, words_in
from stelae.publication.pages.lookup import Lookup
from stelae.publication.printed import (
    anchors_of,
    date_of,
    head_addressees,
    head_end,
    printed_date,
    tag_of,
)
from stelae.publication.text import Text
from stelae.publication.view import Remark
from stelae.statements.model import PartKind, Statement

__all__ = ["Document", "Waived", "document_of", "target_of"]

_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody let stand; `anchor` is "" where it concerns the whole text."""

    remark: Remark
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that a format writes.

    `language` is a tag of BCP 47, `direction` is `ltr` or `rtl`. `edtf` is the date of the
    statement, `day` the same in ISO 8601 where it is one day; "" where it is not. `date` and
    `addressees` are what only the head of the text says: anything else stands in a clause.
    `subtitle` is a title in the text beside that of its head; `fact_by_target` gives a fact by
    what words are bound to.
    """

    statement: Statement
    language: str
    direction: str
    words: Words
    title: str
    title_anchor: str
    subtitle: str
    edtf: str
    day: str
    date: str
    addressees: tuple[str, ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    fact_by_target: Mapping[str, Fact]
    waived: tuple[Waived, ...]

    @property
    def references(self) -> tuple[Cited, ...]:
        """Every item of the list, in order."""
        return tuple(item for section in self.sections for item in section.references)

    def leads_to(self, run: Run) -> str:
        """Where the words of a run lead: a fragment with `#`, an address, or "" for nowhere."""
        if run.kind is RunKind.MARKER:
            return f"#~ref{run.number}"
        if run.kind is RunKind.FACT:
            fact = self.fact_by_target.get(target_of(run))
            return f"#{fact.anchor}" if fact else ""
        return run.address

    def language_of(self, run: Run) -> str:
        """The language of quoted words, "" for that of the statement."""
        fact = self.fact_by_target.get(target_of(run))
        return fact.language if fact else ""


def target_of(run: Run) -> str:
    """What a run is bound to, as the native form writes it; "" for any other run."""
    return f"{run.binding.kind.value}:{run.binding.target}" if run.binding else ""


def document_of(
    statement: Statement, record: Lookup | None = None, remarks: Iterable[Remark] = ()
) -> Document:
    """What is to be written of a statement.

    With a record, which has been redacted for publication, references get its citations and
    bound words what they rest on. Of the remarks those that were waived are printed.
    """
    anchors = anchors_of(statement)
    words = words_in(statement.language)
    sections = sections_of(statement, record, words)
    titles = [clause for part in statement.part(PartKind.TITLE) for clause in part.clauses]
    title = clean(statement.title) or clean(statement.name)
    facts = facts_of(record, bindings_in(sections), title) if record else ()
    subtitle = clean(titles[0].shown) if titles else ""
    tag = tag_of(statement)
    date = date_of(statement)
    edtf = date.edtf if date else ""
    stated = statement.date
    return Document(
        statement=statement,
        language=tag or "und",
        direction=_direction(tag, statement),
        words=words,
        title=title,
        title_anchor=anchors[titles[0].id] if titles else "~title",
        subtitle=subtitle if subtitle != title else "",
        edtf=edtf,
        day=edtf if _DAY.fullmatch(edtf) else "",
        date=clean(printed_date(statement))
        if stated and stated.span.start < head_end(statement)
        else "",
        addressees=tuple(clean(name) for name in head_addressees(statement)),
        sections=sections,
        facts=facts,
        fact_by_target={fact.target: fact for fact in facts},
        waived=tuple(
            Waived(remark, _place(remark, anchors)) for remark in remarks if remark.waiver
        ),
    )


def _direction(tag: str, statement: Statement) -> str:
    """That of the language, else of the first letter that has one."""
    known = Text("", tag).direction
    if known != "auto":
        return known
    for clause in statement.clauses:
        for letter in clause.text:
            way = unicodedata.bidirectional(letter)
            if way in {"L", "R", "AL"}:
                return "ltr" if way == "L" else "rtl"
    return "ltr"


def _place(remark: Remark, anchors: dict[str, str]) -> str:
    """The fragment of a clause, or of the reference that `reference-3` names."""
    if found := anchors.get(remark.clause):
        return found
    before, _, number = remark.clause.partition("reference-")
    return f"~ref{number}" if number.isdigit() and not before else ""
