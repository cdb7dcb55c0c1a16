"""CIR: several sources with one origin, and sources that rest on each other."""

from collections.abc import Iterator

from stelae.records.assertions import Figure
from stelae.records.fold import derivation_cycles
from stelae.records.identifiers import Reference as RecordReference
from stelae.records.sources import Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import BindingKind, Clause, Marker, Statement
from stelae.statements.rules.cited import cited_sources
from stelae.statements.rules.rule import Rule, prose_clauses, series
from stelae.statements.rules.speakers import title_of
from stelae.statements.text import Span

__all__ = ["Cycle", "OneRoot"]


class OneRoot(Rule):
    """CIR-one-root."""

    id = "CIR-one-root"
    level = Level.WARNING
    why = "Two papers that copy one dispatch are one witness, however often they are cited."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield markers, or markers side by side, that name several sources which by the record
        begin in one, and equal figures of one slot bound to such sources in one clause."""
        record = context.record
        if record is None:
            return
        by_number = {reference.number: reference.source for reference in statement.references}
        for clause in prose_clauses(statement):
            for span, numbers in _together(clause):
                named = {n: source for n in numbers if (source := by_number.get(n))}
                for root, cited in _by_root(record, list(named.values())).items():
                    entries = [n for n, source in named.items() if source in cited]
                    yield self._one(statement, span, f"entries {series(entries)}", root, record)
            yield from self._figures(statement, clause, record)

    def _figures(
        self, statement: Statement, clause: Clause, record: RecordContext
    ) -> Iterator[Diagnostic]:
        said: dict[tuple[object, ...], dict[str, tuple[str, Span]]] = {}
        for binding in clause.bindings:
            if binding.kind is not BindingKind.FIGURE:
                continue
            figure = record.state.find(Figure, binding.target)
            if figure is not None:
                key = (figure.event, figure.measure, figure.count, figure.of)
                known = said.setdefault(key, {})
                known.setdefault(figure.id, (_root(record, figure), binding.span))
        for figures in said.values():
            roots = {root for root, _ in figures.values()}
            if len(figures) > 1 and len(roots) == 1 and (root := roots.pop()):
                last = list(figures.values())[-1][1]
                yield self._one(statement, last, f"the figures {series(figures)}", root, record)

    def _one(
        self, statement: Statement, span: Span, what: str, root: str, record: RecordContext
    ) -> Diagnostic:
        title = title_of(record, root, statement.language)
        return self.found(
            span,
            f"{what} begin in one source, {root}: they are one witness",
            related=[Related(f"{root}: {title}")],
            fix="cite where it begins, or say that the others repeat it",
        )


def _together(clause: Clause) -> Iterator[tuple[Span, list[int]]]:
    """Markers side by side are read as one."""
    row: list[Marker] = []
    for marker in (*clause.markers, None):
        if row and (
            marker is None or _between(clause, row[-1].span.end, marker.span.start).strip(" ,;")
        ):
            numbers = list(dict.fromkeys(n for one in row for n in one.numbers))
            if len(numbers) > 1:
                yield Span(row[0].span.start, row[-1].span.end), numbers
            row = []
        if marker is not None:
            row.append(marker)


def _between(clause: Clause, start: int, end: int) -> str:
    return clause.text[start - clause.span.start : end - clause.span.start]


def _by_root(record: RecordContext, sources: list[str]) -> dict[str, set[str]]:
    """Sources of which two or more begin in one and the same, by that."""
    found: dict[str, set[str]] = {}
    for source in sources:
        if record.state.has("source", source):
            roots = record.state.roots([source])
            if len(roots) == 1:
                found.setdefault(next(iter(roots)), set()).add(source)
    return {root: named for root, named in found.items() if len(named) > 1}


def _root(record: RecordContext, figure: Figure) -> str:
    """The one source in which a figure begins; empty where it begins in several."""
    view = record.slots.view(RecordReference("event", figure.event), figure.measure)
    for value in view.values:
        for voice in value.voices:
            if voice.record.id == figure.id and len(voice.roots) == 1:
                return next(iter(voice.roots))
    return ""


class Cycle(Rule):
    """CIR-cycle."""

    id = "CIR-cycle"
    level = Level.ERROR
    why = "Where one source rests on a second and that on the first, nobody has seen anything."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield, once for each ring, the first place that cites a source in it or one that has
        nothing else to rest on."""
        record = context.record
        if record is None:
            return
        rings = derivation_cycles(record.state)
        if not rings:
            return
        told: set[tuple[str, ...]] = set()
        for source, span in cited_sources(statement):
            reached = _reached(record, source)
            for ring in rings:
                if ring in told or not (source in ring or set(ring) & reached):
                    continue
                told.add(ring)
                way = " rests on ".join((*ring, ring[0]))
                lead = f"{source} is one of a ring" if source in ring else f"{source} leads to one"
                yield self.found(
                    span,
                    f"{lead}: {way}",
                    fix="find what any of them rests on outside the ring, or leave them out",
                )


def _reached(record: RecordContext, source: str) -> set[str]:
    """What a source rests on, followed while there is one way only."""
    seen: set[str] = set()
    at = record.state.find(Source, source)
    while at is not None and len(at.rests_on) == 1 and at.rests_on[0] not in seen:
        seen.add(at.rests_on[0])
        at = record.state.find(Source, at.rests_on[0])
    return seen
