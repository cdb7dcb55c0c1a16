"""What can be put right without judgement in the words of a clause."""

import re

from stelae.statements.edits import Edit
from stelae.statements.facts import AnniversaryFact, AnniversaryKind, DateFact, QuotationFact
from stelae.statements.model import Clause, Statement
from stelae.statements.text import Span

__all__ = ["closed", "house_form", "right_anniversary", "right_weekday", "source_words"]

_CLOSING = {"“": "”", "«": "»", "„": "“", "‹": "›"}
_AFTER_STOP = {"en"}
"""Languages whose closing mark follows the full stop."""
_STOPS = ".,;:!?…\u0589"
_SENTENCE = re.compile(r"[.!?\u0589]\s+\S")
_ORDINAL = {"1": "st", "2": "nd", "3": "rd"}
_PLAIN_DIGITS = {"en", "ru", "uk", "hy", "fr", "de", "es"}
"""Languages whose ending after the digits does not change with the number, English aside."""
_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
"""Languages in which the names of days have one form, whatever stands beside them."""
_GENDERLESS = {"az", "en", "hy", "tr"}
"""Languages in which no other word follows the gender of a name."""
_LETTERS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_UNQUOTABLE = re.compile(
    r"[*_\[\]<>`|\\\u00ad\ufffd\"“”„‟«»‹›「」『』]|[-\u2010\u2011]\s|[^\S ]{2}"
)
"""What quotation or mark-up would take for its own, words cut at the end of a line, paragraphs."""
_REACH = 80
"""How far the words beside a name are looked for, in code points."""
_LAST_WORD = re.compile(r"\b(\w{1,40})(\W{0,5})\Z")
_FIRST_WORD = re.compile(r"(\W{0,5})(\w)")
_OMITTED = re.compile(r"…|\.{3}|\[")


def closed(fact: QuotationFact, clause: Clause, statement: Statement) -> tuple[Edit, ...] | None:
    """The closing mark that the opening one asks for, where the quotation is the one sentence
    that ends the clause and nothing cited follows; None elsewhere."""
    mark = _CLOSING.get(fact.opening)
    inner = clause.prose[fact.inner.start - clause.span.start : fact.inner.end - clause.span.start]
    words = inner.rstrip()
    if mark is None or not words or _SENTENCE.search(words) or fact.inner.end < clause.span.end:
        return None
    if any(marker.span.start >= fact.span.start for marker in clause.markers):
        return None
    if any(binding.span.overlaps(fact.inner) for binding in clause.bindings):
        return None
    code = statement.language.split("-", 1)[0]
    end = len(words)
    if code not in _AFTER_STOP and words[-1] in _STOPS and words[-1] not in "!?…":
        end -= 1
    if fact.opening == "„" and code not in {"de", "ru", "uk"}:
        mark = "”"
    at = fact.inner.start + end
    return (Edit(Span(at, at), mark),)


def right_anniversary(
    fact: AnniversaryFact, right: int, statement: Statement
) -> tuple[Edit, ...] | None:
    """The right number in digits with its ending; None for words and for endings that follow
    the number's last vowel, as in Azerbaijani and Turkish."""
    code = statement.language.split("-", 1)[0]
    words = statement.source.at(fact.span)
    found = re.search(rf"(?<!\d){fact.years}(?!\d)", words)
    if found is None or code not in _PLAIN_DIGITS or fact.kind is not AnniversaryKind.ANNIVERSARY:
        return None
    start, end = fact.span.start + found.start(), fact.span.start + found.end()
    if min(right, fact.years) == 1:
        return None
    ending = re.match(r"(?:st|nd|rd|th)\b", words[found.end() :])
    if code != "en" or ending is None:
        return (Edit(Span(start, end), str(right)),)
    teen = right % 100 in {11, 12, 13}
    suffix = "th" if teen else _ORDINAL.get(str(right)[-1], "th")
    return (Edit(Span(start, end + ending.end()), f"{right}{suffix}"),)


def right_weekday(fact: DateFact, statement: Statement) -> tuple[Edit, ...] | None:
    """The day of the week of a date that is known to be right; None where names of days change
    with what stands beside them, or what is written is not the one form."""
    names = _WEEKDAYS.get(statement.language.split("-", 1)[0])
    if names is None or fact.day is None or fact.weekday is None or fact.weekday_span is None:
        return None
    right = names[fact.day.weekday()]
    match statement.source.at(fact.weekday_span):
        case word if word == names[fact.weekday]:
            return (Edit(fact.weekday_span, right),)
        case word if word == names[fact.weekday].capitalize():
            return (Edit(fact.weekday_span, right.capitalize()),)
        case _:
            return None


def source_words(span: Span, written: str, near: str) -> tuple[Edit, ...] | None:
    """The source's own capitals and marks between the words that stand at `span`, of which `near`,
    a place of the source, has the very same; None where either has mark-up or leaves out words."""
    mine, theirs = _LETTERS.search(written), _LETTERS.search(near)
    if mine is None or theirs is None or _OMITTED.search(written):
        return None
    words = " ".join(theirs[0].split())
    if _UNQUOTABLE.search(theirs[0]) or words == " ".join(mine[0].split()):
        return None
    return (Edit(Span(span.start + mine.start(), span.start + mine.end()), words),)


def house_form(span: Span, house: str, prose: str, offset: int, code: str) -> Edit | None:
    """The house form in the place of another form that stands by itself; None where it is part of
    a longer name, or other words would have to follow. `prose` begins at `offset`."""
    if code not in _GENDERLESS:
        return None
    start, end = span.start - offset, span.end - offset
    ahead = prose[max(0, start - _REACH) : start]
    before, after = _LAST_WORD.search(ahead), _FIRST_WORD.match(prose[end : end + _REACH])
    if after and (not after[1] or (_joins(after[1]) and after[2].isupper())):
        return None
    if before:
        sentence = ahead[: before.start()].rstrip()
        begins = not sentence or sentence[-1] in _STOPS
        if not before[2] or before[1].casefold() in {"a", "an"}:
            return None
        if _joins(before[2]) and before[1][0].isupper() and not begins:
            return None
    return Edit(span, house)


def _joins(between: str) -> bool:
    """Whether what stands between two words can stand within a name: blanks, a hyphen, `'s`."""
    return all(mark.isspace() or mark in "-\u2010\u2011'’" for mark in between)
