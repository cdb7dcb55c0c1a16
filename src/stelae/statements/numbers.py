"""Counts in prose: amounts with their bounds and with what they count.

What can be read in two ways gives no count; digits that count nothing give no fact.
"""

from decimal import Decimal

from stelae.statements.amounts import read_amount
from stelae.statements.counted import Nouns, Unit, read_unit, what_is_counted
from stelae.statements.facts import Counted, NumberFact
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Amount, Live, Passage
from stelae.values.figures import Count, CountForm

__all__ = ["find_numbers"]


def find_numbers(
    passage: Passage, language: Language, live: Live, *, bound: bool = False
) -> list[NumberFact]:
    """Every count of a passage that no date or anniversary has taken, in order.

    `bound` says that the author has bound these words as a figure, so that `1000` is no year.
    """
    found: list[NumberFact] = []
    if not live.numbers:
        return found
    nouns = Nouns(passage, language)
    resume = 0
    for index in live.numbers:
        if index < resume or index in passage.taken or len(found) >= MOST:
            continue
        fact = _vague(passage, index, nouns, language) or _counted(
            passage, index, nouns, language, bound=bound
        )
        if fact is None:
            continue
        resume, number = fact
        if number is not None:
            found.append(number)
    return found


def _vague(
    passage: Passage, index: int, nouns: Nouns, language: Language
) -> tuple[int, NumberFact | None] | None:
    """`hundreds of thousands`: words that give a size and no number."""
    found = language.numbers.vague.at(passage.tokens, index)
    if found is None or (index and passage.is_digits(index - 1)):
        return None
    after, scale = found
    words = passage.words(index, after).casefold()
    start = index
    if bound := language.numbers.before.before(passage.tokens, index):
        start = bound[0]
    unit = read_unit(passage, after, nouns, language)
    counted = what_is_counted(passage, start, unit, nouns)
    count = Count(None, None, CountForm.WORDS, words)
    number = passage.place(index, after)
    return unit.after, NumberFact(
        passage.place(start, after), number, count, (), unit.words, unit.span, counted, scale
    )


def _counted(
    passage: Passage, index: int, nouns: Nouns, language: Language, *, bound: bool
) -> tuple[int, NumberFact | None] | None:
    amount = read_amount(passage, index, language)
    if amount is None:
        return None
    after = amount.after
    if _is_label(passage, index, after, language):
        return after, None
    first, form = index, CountForm.EXACT
    table = language.numbers
    strict = False
    if before := table.before.before(passage.tokens, index):
        first, form = before
        strict = _is_strict(passage, first, index, language)
    upper: Amount | None = None
    joint = after + 1 if passage.is_mark(after, "-") else -1
    if joint < 0 and (word := language.dates.joining.at(passage.tokens, after)):
        joint = word[0]
    if joint < 0 and language.dates.between.before(passage.tokens, index):
        both = language.dates.both.at(passage.tokens, after)
        joint = both[0] if both else -1
    if (
        joint > 0
        and not amount.in_words
        and joint < len(passage.tokens)
        and joint not in passage.taken
    ):
        upper = read_amount(passage, joint, language) if passage.is_digits(joint) else None
        if upper is not None:
            after = upper.after
    ending = _bound_after(passage, after, language)
    last = after
    if ending is not None and form is CountForm.EXACT:
        last, form = ending
        begin = after + 1 if passage.is_mark(after, "-'") else after
        strict = _is_strict(passage, begin, last, language)
    unit = read_unit(passage, last, nouns, language)
    counted = what_is_counted(passage, first, unit, nouns)
    if form is CountForm.EXACT and (ending := _bound_after_unit(passage, unit, language)):
        unit, form = unit._replace(after=ending[0]), ending[1]
        strict = True  # "more" or "less" after the case that says "than"
    if not bound:
        if amount.in_words and not _worth(passage, amount, counted, language):
            return None
        if _may_be_year(passage, index, after, unit) and first == index and last == after:
            return after, None
        if unit.counted is Counted.UNKNOWN and last == after and _is_day(passage, after, language):
            return after, None
    count, readings = _count(amount, upper, form)
    fact = NumberFact(
        passage.place(first, last),
        passage.place(index, after),
        count,
        readings,
        unit.words,
        unit.span,
        counted,
        strict=strict
        and count is not None
        and count.form in {CountForm.AT_LEAST, CountForm.AT_MOST},
    )
    return max(last, unit.after), fact


def _is_strict(passage: Passage, start: int, end: int, language: Language) -> bool:
    """Whether the words of a bound, and no longer ones, leave the number itself out."""
    found = language.numbers.strict.at(passage.tokens, start)
    return found is not None and found[0] == end


def _may_be_year(passage: Passage, index: int, after: int, unit: Unit) -> bool:
    """Whether bare digits such as `1918` count nothing that is named: perhaps a year."""
    if unit.counted is not Counted.UNKNOWN or not passage.is_digits(index, 4):
        return False
    if not passage.is_digits(after - 1, 4) or after - index > 3:
        return False
    return all(
        len(passage.tokens[at].text) == 4 and 1000 <= int(passage.tokens[at].text) <= 2100
        for at in (index, after - 1)
    )


def _worth(passage: Passage, amount: Amount, counted: Counted, language: Language) -> bool:
    """Small number words are mostly no counts (`one of the`): only before a noun of people."""
    (value,) = amount.readings
    if value >= 20:
        return True
    if (
        not passage.is_word(amount.after)
        or passage.tokens[amount.after].folded in language.function_words
    ):
        return False
    return counted in {Counted.LOSSES, Counted.PEOPLE, Counted.SIGNATORIES}


def _is_day(passage: Passage, index: int, language: Language) -> bool:
    """Whether the ending of a day or year is glued to the digits: `13-ի`, with nothing counted."""
    at = index + 1 if passage.is_mark(index, "-'") and passage.glued(index) else index
    return (
        passage.is_word(at)
        and passage.glued(at)
        and passage.tokens[at].folded in language.dates.day_suffixes
    )


def _count(
    amount: Amount, upper: Amount | None, form: CountForm
) -> tuple[Count | None, tuple[Decimal, ...]]:
    readings = amount.readings
    if upper is not None:
        if len(readings) == len(upper.readings) == 1:
            low, high = _scaled(readings[0], upper)
            if low == int(low) and high == int(high) and low <= high:
                return Count(int(low), int(high), CountForm.RANGE), (low, high)
        return None, (*readings, *upper.readings)
    if len(readings) != 1 or readings[0] != int(readings[0]):
        return None, readings
    value = int(readings[0])
    match form:
        case CountForm.AT_LEAST:
            return Count(value, None, form), readings
        case CountForm.AT_MOST:
            return Count(None, value, form), readings
        case CountForm.ABOUT:
            return Count.about(value), readings
        case _:
            return Count.exact(value), readings


def _scaled(low: Decimal, upper: Amount) -> tuple[Decimal, Decimal]:
    """`20–30 thousand`: the multiplier belongs to both."""
    high = upper.readings[0]
    for scale in (10**9, 10**6, 10**3):
        if high >= scale > low and high % scale == 0 and low < high // scale:
            return low * scale, high
    return low, high


def _is_label(passage: Passage, first: int, after: int, language: Language) -> bool:
    """`Article 9`, `10e`, `12:06`, `COVID-19`, `Lyon-2`: digits that count nothing."""
    if (
        passage.glued(first)
        and not passage.is_mark(first - 1, "(«“„\"'–—~≈‘>*[-")
        and passage.tokens[first - 1].folded not in language.numbers.prefixes
    ):
        return True
    if _is_dotted(passage, first, after, language):
        return True
    if passage.is_mark(first - 1, "-") and passage.glued(first - 1) and passage.glued(first):
        return True
    if passage.glued(after) and after < len(passage.tokens):
        if passage.is_mark(after, ":/_") and passage.glued(after + 1):
            return True
        if passage.is_word(after):
            folded = passage.tokens[after].folded
            known = language.numbers.multipliers.at(passage.tokens, after)
            return not known and (folded in language.numbers.ordinal_suffixes or len(folded) <= 3)
        if passage.is_mark(after, "-'") and passage.glued(after + 1) and passage.is_word(after + 1):
            folded = passage.tokens[after + 1].folded
            bound = language.numbers.after.at(passage.tokens, after + 1)
            return folded in language.numbers.ordinal_suffixes and not bound
    return language.numbers.labels.before(passage.tokens, first, 2) is not None


def _is_dotted(passage: Passage, first: int, after: int, language: Language) -> bool:
    """`am 45. Tag`, `kırk 45. gün`: digits with a full stop that are an ordinal."""
    if not (passage.is_mark(after, ".") and passage.glued(after) and passage.is_word(after + 1)):
        return False
    table = language.numbers
    goes_on = passage.tokens[after + 1].text[0].islower() and bool(table.dotted_after)
    return goes_on or table.dotted_after.before(passage.tokens, first, 2) is not None


def _bound_after(passage: Passage, index: int, language: Language) -> tuple[int, CountForm] | None:
    """`300-dən çox`, `1300 or more`: the index after the words, and what they make of it."""
    at = index
    if passage.is_mark(at, "-'") and passage.glued(at) and passage.glued(at + 1):
        at += 1
    return language.numbers.after.at(passage.tokens, at)


def _bound_after_unit(
    passage: Passage, unit: Unit, language: Language
) -> tuple[int, CountForm] | None:
    """`300 nəfərdən çox`: more than, after a noun in the case that says from."""
    table = language.numbers
    if unit.span is None or not table.ablatives:
        return None
    if not passage.tokens[unit.after - 1].folded.endswith(table.ablatives):
        return None
    return table.after_unit.at(passage.tokens, unit.after)
