"""TRM: words of qualification that are nobody's. The rule asks whose; it does not forbid."""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.records.recognition import Instrument, Recognition
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import TermFact
from stelae.statements.model import BindingKind, Clause, Statement
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.speakers import name_of
from stelae.statements.words import Phrases, Token, TokenKind, tokens

__all__ = ["Undetermined"]

_TERMS = {
    "genocide",
    "war-crime",
    "crime-against-humanity",
    "ethnic-cleansing",
    "occupation",
    "terrorism",
}
_LINKS = {BindingKind.DETERMINATION, BindingKind.RECOGNITION}
_SHOWN = 5
_NEAR, _FAR, _AFTER = 5, 12, 3
_STOPS = frozenset(".,;:!?()«»“”\u0589")


class Undetermined(Rule):
    """TRM-undetermined."""

    id = "TRM-undetermined"
    level = Level.WARNING
    why = "A word of law is somebody's finding; without whose, it is only the author's word."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield each such word once for a clause that neither says whose it is nor links it to a
        determination or recognition.

        Not inside a quotation, nor in the name of an instrument, a body, a day or a work, nor
        where the crime is spoken of in general, as something to prevent.
        """
        record = context.record
        acts = _sources_of_acts(record) if record else frozenset()
        by_number = {reference.number: reference.source for reference in statement.references}
        for clause in prose_clauses(statement):
            if not clause.terms or _is_linked(clause, by_number, acts):
                continue
            found: dict[str, list[TermFact]] = {}
            for fact in clause.terms:
                owned = fact.attributed is not None or fact.quoted or fact.named
                if fact.term in _TERMS and not owned:
                    found.setdefault(fact.term, []).append(fact)
            if not found:
                continue
            general = _general(clause, statement.language)
            for every in found.values():
                facts = [fact for fact in every if fact not in general]
                if not facts:
                    continue
                words = quoted(statement.source.at(facts[0].span))
                times = f", {len(facts)} times in this clause" if len(facts) > 1 else ""
                yield self.found(
                    facts[0].span,
                    f"{words} stands here as a finding of the text itself{times}:"
                    " whose finding is it?",
                    related=_recognitions(record, clause, statement.language),
                    fix="name the court, body or author who says so, or link it:"
                    f" [{statement.source.at(facts[0].span)}](recognition:…)",
                )


def _sources_of_acts(record: RecordContext) -> frozenset[str]:
    """The sources in which determinations and recognitions are read."""
    state = record.state
    return frozenset(
        [act.source for act in state.all(Recognition)]
        + [instrument.source for instrument in state.all(Instrument) if instrument.source]
    )


def _is_linked(clause: Clause, by_number: dict[int, str | None], acts: frozenset[str]) -> bool:
    if any(binding.kind in _LINKS for binding in clause.bindings):
        return True
    return any(
        by_number.get(number) in acts for marker in clause.markers for number in marker.numbers
    )


def _recognitions(record: RecordContext | None, clause: Clause, code: str) -> list[Related]:
    """What the record knows of the events that the clause links, for the author to choose from."""
    if record is None:
        return []
    events = {binding.target for binding in clause.bindings if binding.kind is BindingKind.EVENT}
    acts = [act for act in record.state.all(Recognition) if events & set(act.event)]
    return [
        Related(f"recognition:{act.id}: {name_of(record, act.body, code)}, {act.title}")
        for act in acts[:_SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class _General:
    near: Phrases[bool]
    far: Phrases[bool]
    after: Phrases[bool]


@functools.cache
def _table(code: str) -> _General | None:
    data = importlib.resources.files("stelae.statements.rules") / "general.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8")).get(code)
    if table is None:
        return None
    return _General(
        *(
            Phrases((words, True) for words in table.get(name, ()))
            for name in ("near", "far", "after")
        )
    )


def _general(clause: Clause, code: str) -> list[TermFact]:
    """The terms that the words beside them make a matter in general."""
    table = _table(code.split("-", 1)[0])
    if table is None:
        return []
    stream = tokens(clause.prose)
    starts = {token.start + clause.span.start: index for index, token in enumerate(stream)}
    found = []
    for fact in clause.terms:
        index = starts.get(fact.span.start)
        if index is None:
            continue
        end = index
        while end < len(stream) and stream[end].start + clause.span.start < fact.span.end:
            end += 1
        if (
            _leads(stream, index, table.near, _NEAR)
            or _leads(stream, index, table.far, _FAR)
            or any(table.after.at(stream, at) for at in range(end, min(end + _AFTER, len(stream))))
        ):
            found.append(fact)
    return found


def _leads(stream: list[Token], index: int, phrases: Phrases[bool], reach: int) -> bool:
    for at in range(index - 1, max(-1, index - 1 - reach), -1):
        token = stream[at]
        if token.kind is TokenKind.MARK and token.text[0] in _STOPS:
            return False
        if phrases.at(stream, at):
            return True
    return False
