"""NAM: forms of place names."""

from collections.abc import Iterator
from itertools import takewhile

from stelae.errors import BadValue
from stelae.records.events import Place, PlaceName
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import DateFact
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.names import NameFinder
from stelae.statements.rules.rule import Rule, prose_clauses, quoted, series
from stelae.statements.rules.stretches import quotations
from stelae.statements.words import fold
from stelae.values.dates import PartialDate
from stelae.values.places import PlaceForm

__all__ = ["Toponym"]


class Toponym(Rule):
    """NAM-toponym."""

    id = "NAM-toponym"
    level = Level.NOTE
    why = "One place under two names is two places to a reader, and a form can take sides."

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
        told: set[tuple[str, str]] = set()
        for clause in prose_clauses(statement):
            found = list(finder.find(clause.prose, clause.span.start))
            if not found:
                continue
            quoted_words = quotations(clause)
            houses = list(usual.find(clause.prose, clause.span.start))
            for span, text, place in found:
                key = (place, text)
                if key in told or quoted_words.holding(span):
                    continue
                written = statement.source.at(span)
                if any(span in at and not _nearer(written, text, own) for at, own, _ in houses):
                    continue
                forms = others[key]
                when = _time(clause, statement)
                if when is None and any(form.period is not None for form in forms):
                    continue
                if when is not None and any(
                    form.period is not None and form.may_be_in_use(when) for form in forms
                ):
                    continue
                told.add(key)
                yield self.found(
                    span,
                    f"{quoted(written)} is not the form of this language's house style:"
                    f" {house[place]}",
                    related=[Related(_shown(record, place, code))],
                    fix=f"write {house[place]}, or say whose form it is",
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
