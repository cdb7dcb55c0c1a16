"""NAM: forms of place names."""

from collections.abc import Iterator
from itertools import takewhile

from stelae.errors import BadValue
from stelae.records.events import Place, PlaceName
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Edit, Level, Related
from stelae.statements.facts import DateFact
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.names import NameFinder
from stelae.statements.rules.repairs import house_form
from stelae.statements.rules.rule import Rule, prose_clauses, quoted, series
from stelae.statements.rules.stretches import Stretches, links, quotations
from stelae.statements.text import Span
from stelae.statements.words import fold
from stelae.values.dates import PartialDate
from stelae.values.places import PlaceForm

__all__ = ["Toponym"]


class Toponym(Rule):
    """NAM-toponym."""

    id = "NAM-toponym"
    level = Level.NOTE
    why = "One place under two names is two places to a reader, and a form can take sides."
    mends = (
        "puts the house form where the other form stands by itself, without an ending, in en, hy,"
        " az and tr"
    )

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield, once for each form, names of places that the record has in the language of the
        text and that are not the house form.

        A form in use at the time that the clause speaks of is in order; without a date that is
        the day of the text, and without either a form with a period is passed over. Not inside
        quotations.
        """
        record = context.record
        if record is None:
            return
        code = statement.language.split("-", 1)[0]
        house = _house(record, code)
        others: dict[tuple[str, str], list[PlaceForm]] = {}
        for name in record.state.all(PlaceName):
            own = house.get(name.place, "")
            mine = name.language.split("-", 1)[0] == code
            taken_back = record.state.is_retracted("place-name", name.id)
            if mine and own and not taken_back and fold(name.text) != fold(own):
                others.setdefault((name.place, name.text), []).append(name.form)
        finder = NameFinder((text, place) for place, text in others)
        if not finder:
            return
        usual = NameFinder((text, place) for place, text in house.items())
        told: dict[tuple[str, str], tuple[Span, list[Edit]]] = {}
        for clause in prose_clauses(statement):
            prose, offset = clause.prose, clause.span.start
            found = list(finder.find(prose, offset))
            if not found:
                continue
            quoted_words, bound = quotations(clause), links(clause)
            houses = Stretches((at, form) for at, form, _ in usual.find(prose, offset))
            when = _time(clause, statement)
            for span, text, place in found:
                key = (place, text)
                if quoted_words.holding(span):
                    continue
                written = statement.source.at(span)
                own_form = houses.holding(span)
                if own_form is not None and not _nearer(written, text, own_form):
                    continue
                forms = others[key]
                if when is None and any(form.period is not None for form in forms):
                    continue
                if when is not None and any(
                    form.period is not None and form.may_be_in_use(when) for form in forms
                ):
                    continue
                _, edits = told.setdefault(key, (span, []))
                if written == text and not bound.touches(span):
                    edit = house_form(span, house[place], prose, offset, code)
                    edits += [edit] if edit else []
        for (place, _), (span, edits) in told.items():
            yield self.found(
                span,
                f"{quoted(statement.source.at(span))} is not the form of this language's house"
                f" style: {house[place]}",
                related=[Related(_shown(record, place, code))],
                fix=f"write {house[place]}, or say whose form it is",
                edit=tuple(edits) or None,
            )


def _nearer(written: str, form: str, own: str) -> bool:
    """Whether what is written shares more with a form than with the house form."""
    word = fold(written)
    return _shared(word, fold(form)) > _shared(word, fold(own))


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _house(record: RecordContext, code: str) -> dict[str, str]:
    return {
        place.id: form.text
        for place in record.state.all(Place)
        for form in place.name
        if form.language == code
    }


def _time(clause: Clause, statement: Statement) -> PartialDate | None:
    dates = [fact for fact in clause.dates if fact.start.year is not None and fact.possible]
    if dates:
        return _date(dates[0]) if len(dates) == 1 else None
    return _date(statement.date) if statement.date else None


def _date(fact: DateFact) -> PartialDate | None:
    try:
        return PartialDate.parse(fact.edtf)
    except BadValue:
        return None


def _shown(record: RecordContext, place: str, code: str) -> str:
    forms: list[str] = []
    for name in record.state.all(PlaceName):
        if name.place == place and name.language.split("-", 1)[0] == code:
            period = f" ({name.period})" if name.period else ""
            forms.append(name.text + period)
    return f"the record's forms: {series(dict.fromkeys(forms))}"
