"""What was understood of a text: its parts, clauses, facts, references, signatories, addressees.

For an editor who asks why a check says nothing: what is not in the outline was not seen. The form
for programs is docs/formats/outline.md.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from stelae.statements.facts import AnniversaryFact, DateFact, Fact, NumberFact, QuotationFact
from stelae.statements.model import Clause, Marker, Part, Reference, Statement
from stelae.statements.text import Span
from stelae.values.canonical import Json

__all__ = ["SCHEMA", "json_outline", "text_outline"]

SCHEMA = "stelae-outline/1"
"""The form of the JSON; keys may be added under one number, none renamed."""

_WIDTH = 100
_JOINERS = "\u200c\u200d"


def json_outline(statement: Statement) -> dict[str, Json]:
    """The form `stelae-outline/1`: lines and columns count from 1, offsets in code points."""
    cited = Counter(number for _, marker in statement.markers for number in marker.numbers)
    date = statement.date
    return {
        "schema": SCHEMA,
        "file": statement.name,
        "language": statement.language,
        "title": statement.title,
        "date": date.edtf if date else None,
        "occasion": statement.occasion,
        "dossier": statement.dossier,
        "version_of": statement.version_of,
        "translation_of": statement.translation_of,
        "parts": [
            {
                "kind": part.kind.value,
                "heading": part.heading or None,
                "clauses": [_clause(statement, clause) for clause in part.clauses],
            }
            for part in statement.parts
        ],
        "references": [
            {
                "number": reference.number,
                "label": reference.label or None,
                "source": reference.source,
                "text": reference.text,
                "locators": [str(place) for place in reference.locators],
                "cited": cited[reference.number],
                **_place(statement, reference.span),
            }
            for reference in statement.references
        ],
        "signatories": [
            {"name": one.name, "role": one.role or None, **_place(statement, one.span)}
            for one in statement.signatories
        ],
        "addressees": [
            {"name": one.name, **(_place(statement, one.span) if one.span else {})}
            for one in statement.addressees
        ],
        "joining": statement.joining.id if statement.joining else None,
        "notes": [
            {"message": note.what, **_place(statement, note.span)} for note in statement.notes
        ],
    }


def _place(statement: Statement, span: Span) -> dict[str, Json]:
    position = statement.position(span.start)
    return {
        "line": position.line,
        "column": position.column,
        "start": span.start,
        "end": span.end,
    }


def _clause(statement: Statement, clause: Clause) -> dict[str, Json]:
    opening, addressee = clause.opening, clause.addressee
    return {
        "id": clause.id,
        **_place(statement, clause.span),
        "text": clause.shown,
        "opening": opening.words if opening else None,
        "addressee": addressee.name if addressee else None,
        "markers": [
            {
                "numbers": list(marker.numbers),
                "perhaps": list(marker.perhaps),
                "locators": [str(place) for place in marker.locators],
                **_place(statement, marker.span),
            }
            for marker in clause.markers
        ],
        "bindings": [
            {
                "kind": binding.kind.value,
                "target": binding.target,
                "text": binding.text,
                **_place(statement, binding.span),
            }
            for binding in clause.bindings
        ],
        "facts": [_fact(statement, fact) for fact in clause.facts],
    }


def _fact(statement: Statement, fact: Fact) -> dict[str, Json]:
    words = " ".join(statement.source.at(fact.span).split())
    shown: dict[str, Json] = {"kind": "term", "words": words, **_place(statement, fact.span)}
    if isinstance(fact, NumberFact):
        shown |= {
            "kind": "number",
            "count": str(fact.count) if fact.count else None,
            "readings": [str(reading) for reading in fact.readings],
            "counted": fact.counted.value,
            "unit": fact.unit or None,
        }
    elif isinstance(fact, DateFact):
        shown |= {"kind": "date", "edtf": fact.edtf, "possible": fact.possible}
    elif isinstance(fact, AnniversaryFact):
        event = fact.event.edtf if fact.event else None
        shown |= {"kind": fact.kind.value, "years": fact.years, "event": event}
    elif isinstance(fact, QuotationFact):
        shown |= {"kind": "quotation", "balanced": fact.balanced, "depth": fact.depth}
    else:
        attributed = statement.source.at(fact.attributed) if fact.attributed else None
        shown |= {"term": fact.term, "attributed": attributed, "quoted": fact.quoted}
    return shown


def text_outline(statement: Statement, width: int = _WIDTH) -> str:
    """The outline for a person, no line wider than `width` columns."""
    lines = [
        f"{statement.name}",
        f"  title       {statement.title or 'none found'}",
        f"  language    {statement.language}",
        f"  date        {statement.date.edtf if statement.date else 'none found'}",
    ]
    named = (
        ("occasion", statement.occasion),
        ("dossier", statement.dossier),
        ("version of", statement.version_of),
        ("translation of", statement.translation_of),
    )
    lines.extend(f"  {name:<11} {value}" for name, value in named if value)
    for part in statement.parts:
        if part.clauses:
            lines.extend(_part(statement, part))
    cited = Counter(number for _, marker in statement.markers for number in marker.numbers)
    lines.extend(
        _section(
            "references",
            (_reference(reference, cited[reference.number]) for reference in statement.references),
        )
    )
    lines.extend(_section("addressees", (one.name for one in statement.addressees)))
    lines.extend(
        _section(
            "signatories",
            (
                f"{number}. {one.name}{f', {one.role}' if one.role else ''}"
                for number, one in enumerate(statement.signatories, 1)
            ),
        )
    )
    lines.extend(
        _section(
            "not understood, or worth a look",
            (
                f"line {statement.position(note.span.start).line}: {note.what}"
                for note in statement.notes
            ),
        )
    )
    return "\n".join(_cut(_seen(line), width) for line in lines) + "\n"


def _part(statement: Statement, part: Part) -> Iterator[str]:
    heading = f", headed “{part.heading}”" if part.heading else ""
    yield ""
    yield f"{part.kind.value}{heading}"
    if part.kind.value == "signatories":
        count = len(part.clauses)
        yield f"  {count} line{'s' if count > 1 else ''} of names, below"
        return
    for clause in part.clauses:
        line = statement.position(clause.span.start).line
        yield f"  {clause.id}, line {line}: {clause.shown}"
        if clause.opening:
            yield f"      opens      {clause.opening.words}"
        if clause.addressee:
            yield f"      addressed  {clause.addressee.name}"
        if clause.markers:
            cites = "; ".join(_citations(marker) for marker in clause.markers)
            yield f"      cites      {cites}"
        for binding in clause.bindings:
            yield f"      bound      {binding.text} → {binding.kind.value}:{binding.target}"
        for fact in clause.facts:
            yield f"      {_fact_line(statement, fact)}"


def _citations(marker: Marker) -> str:
    return ", ".join(
        " ".join(
            (
                str(one.number),
                *(str(place) for place in one.locators),
                *(f"(perhaps also {number})" for number in one.perhaps),
            )
        )
        for one in marker.citations
    )


def _fact_line(statement: Statement, fact: Fact) -> str:
    words = " ".join(statement.source.at(fact.span).split())
    if isinstance(fact, NumberFact):
        count = str(fact.count) if fact.count else " or ".join(map(str, fact.readings))
        counts = f"{fact.counted.value}: {fact.unit}" if fact.unit else fact.counted.value
        return f"number     {words} = {count} ({counts})"
    if isinstance(fact, DateFact):
        return f"date       {words} = {fact.edtf}{'' if fact.possible else ' (cannot be)'}"
    if isinstance(fact, AnniversaryFact):
        event = f" since {fact.event.edtf}" if fact.event else ""
        return f"years      {words} = {fact.years}{event}"
    if isinstance(fact, QuotationFact):
        return f"quotes     {words}{'' if fact.balanced else ' (marks not closed)'}"
    by = f", {statement.source.at(fact.attributed)}" if fact.attributed else ""
    return f"term       {words} = {fact.term}{by}{', quoted' if fact.quoted else ''}"


def _reference(reference: Reference, cited: int) -> str:
    label = f" ({reference.label})" if reference.label else ""
    times = "never cited" if not cited else "cited once" if cited == 1 else f"cited {cited} times"
    source = f"{reference.source}: " if reference.source else ""
    return f"[{reference.number}]{label} line {reference.line}, {times}: {source}{reference.text}"


def _section(name: str, items: Iterable[str]) -> Iterator[str]:
    rows = list(items)
    if rows:
        yield ""
        yield f"{name} ({len(rows)})"
        yield from (f"  {row}" for row in rows)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"


def _seen(line: str) -> str:
    """Characters that are not seen or that turn the line around as `<U+202E>`."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(
        f"<U+{ord(letter):04X}>"
        if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and letter not in _JOINERS + "\u00ad"
        else letter
        for letter in line
    )
