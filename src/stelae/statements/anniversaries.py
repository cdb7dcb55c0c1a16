"""Anniversaries and stretches of years, with the year of the event where the words state it."""

from stelae.statements.amounts import read_amount
from stelae.statements.facts import AnniversaryFact, AnniversaryKind, DateFact
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Live, Passage
from stelae.statements.words import TokenKind

__all__ = ["find_anniversaries"]

_NOUN_WITHIN = 3
_DATE_WITHIN = 24
_EVENT_WITHIN = 8


def find_anniversaries(
    passage: Passage, language: Language, dates: list[DateFact], live: Live
) -> list[AnniversaryFact]:
    """Every anniversary of a passage, in order; the tokens that they use are marked as taken."""
    starts = {date.span.start: date for date in dates}
    found: list[AnniversaryFact] = []
    for index in live.anniversaries:
        if index in passage.taken or len(found) >= MOST:
            continue
        if match := _ordinal(passage, index, language) or _whole(passage, index, language):
            after, years = match
            event, held = _around(passage, after, language, starts)
            if language.anniversaries.event_before:
                # Where the event stands first, what follows belongs to something else.
                event = _before(passage, index, language, dates)
            fact = AnniversaryFact(passage.place(index, after), years, event=event, held=held)
        elif elapsed := _elapsed(passage, index, language, starts):
            after, fact = elapsed
        else:
            continue
        found.append(fact)
        passage.taken.update(range(index, after))
    return found


def _whole(passage: Passage, index: int, language: Language) -> tuple[int, int] | None:
    return language.anniversaries.whole.at(passage.tokens, index)


def _ordinal(passage: Passage, index: int, language: Language) -> tuple[int, int] | None:
    """`30th anniversary`, `30-летие`, `thirty-fifth anniversary`, `الذكرى الثلاثين`."""
    table = language.anniversaries
    if table.noun_first and (noun := table.nouns.at(passage.tokens, index)):
        at = noun[0]
        while passage.is_word(at) and passage.tokens[at].folded in {"ال", "الـ"}:
            at += 1
        if passage.is_digits(at, 3):
            return at + 1, int(passage.tokens[at].text)
        return table.ordinals.at(passage.tokens, at)
    if passage.is_digits(index, 3):
        if passage.glued(index) and (
            passage.is_word(index - 1) or passage.is_mark(index - 1, ".,")
        ):
            return None
        years = int(passage.tokens[index].text)
        at = index + 1
        if passage.is_mark(at, "-'.") and passage.glued(at):
            at += 1
        if compound := table.compounds.at(passage.tokens, at):
            return compound[0], years
        if passage.is_word(at) and passage.glued(at):
            if passage.tokens[at].folded not in language.numbers.ordinal_suffixes:
                return None
            at += 1
        elif at == index + 1:
            return None
    else:
        ordinal = _ordinal_words(passage, index, language)
        if ordinal is None:
            return None
        at, years = ordinal
    for start in range(at, min(at + _NOUN_WITHIN, len(passage.tokens))):
        if noun := table.nouns.at(passage.tokens, start):
            return noun[0], years
        if not passage.is_word(start):
            return None
    return None


def _ordinal_words(passage: Passage, index: int, language: Language) -> tuple[int, int] | None:
    table = language.anniversaries
    if tens := language.numbers.words.at(passage.tokens, index):
        at, value = tens
        if passage.is_mark(at, "-"):
            at += 1
        if value % 10 == 0 and (unit := table.ordinals.at(passage.tokens, at)) and unit[1] < value:
            return unit[0], value + unit[1]
    return table.ordinals.at(passage.tokens, index)


def _around(
    passage: Passage, after: int, language: Language, starts: dict[int, DateFact]
) -> tuple[DateFact | None, DateFact | None]:
    """The date of the event and the day of the anniversary, from the words that follow it."""
    table = language.anniversaries
    end = passage.sentence_end(after, _DATE_WITHIN)
    dated = False
    of = False
    event: DateFact | None = None
    held: DateFact | None = None
    for at in range(after, end):
        if passage.is_mark(at, ";|"):
            break
        if _ordinal(passage, at, language) or _whole(passage, at, language):
            break
        of = of or table.of.at(passage.tokens, at) is not None or passage.is_mark(at, "(")
        dated = dated or language.dates.dated.at(passage.tokens, at) is not None
        date = starts.get(passage.offset + passage.tokens[at].start)
        if date is None or date.start.year is None:
            continue
        near = at - after <= 3 and not of and bool(table.of)
        if dated or near:
            held = held or date
        elif event is None:
            event = date
    return event, held


def _before(
    passage: Passage, index: int, language: Language, dates: list[DateFact]
) -> DateFact | None:
    """`1915 թվականի ... 105-րդ տարելից`: a date in the genitive, in languages that put it first."""
    table = language.anniversaries
    if not table.event_before:
        return None
    for at in range(index, max(index - _EVENT_WITHIN, 0), -1):
        if at < index and passage.tokens[at].kind is TokenKind.MARK:
            return None
        if table.event_before.before(passage.tokens, at, 1):
            end = passage.offset + passage.tokens[at - 1].end
            return next((date for date in dates if date.span.end == end), None)
    return None


def _elapsed(
    passage: Passage, index: int, language: Language, starts: dict[int, DateFact]
) -> tuple[int, AnniversaryFact] | None:
    """`the past 100 years (from 1918)`, `a hundred years after 1915`: only with the year said."""
    if not starts:
        return None
    table = language.anniversaries
    amount = read_amount(passage, index, language)
    if amount is None or len(amount.readings) != 1:
        return None
    at = amount.after
    reach, after = 0, at
    if past := table.elapsed_after.at(passage.tokens, at):
        after, reach = past[0], 8
    elif table.elapsed_before.before(passage.tokens, index, 3) and (
        word := table.years.at(passage.tokens, at)
    ):
        after, reach = word[0], 0
        for start in range(after, min(after + 3, len(passage.tokens))):
            if since := table.since.at(passage.tokens, start):
                after, reach = since[0], 2
                break
    if not reach:
        return None
    years = int(amount.readings[0])
    if years != amount.readings[0] or not 1 < years < 3000:
        return None
    for start in range(after, passage.sentence_end(after, reach)):
        date = starts.get(passage.offset + passage.tokens[start].start)
        if date is not None and date.start.year is not None:
            bound = language.numbers.before.before(passage.tokens, index)
            fact = AnniversaryFact(
                passage.place(index, at + 1),
                years,
                AnniversaryKind.ELAPSED,
                event=date,
                exact=bound is None,
            )
            return at + 1, fact
    return None
