"""Counts in prose: digits of every script, number words, multipliers, bounds, and what is counted.

Grouping follows the language (`1.500` is 1500 in Spanish, Turkish and Azerbaijani and 1.5 in
English); what can be read in two ways keeps both readings and gives no count.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from stelae.statements.facts import Counted, NumberFact
from stelae.statements.languages import Language
from stelae.statements.passage import MOST, Passage
from stelae.statements.text import Span
from stelae.values.figures import Count, CountForm

__all__ = ["Amount", "find_numbers", "read_amount"]

_SPACES = " \u00a0\u2009\u202f\u2007"
_ADJECTIVES = 3
_NEAR = 6
_LARGEST = 10**15
_LONGEST = 15


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: `readings` has two values where the digits are ambiguous."""

    after: int
    readings: tuple[Decimal, ...]
    in_words: bool = False


def find_numbers(passage: Passage, language: Language, live: list[int]) -> list[NumberFact]:
    """Every count of a passage that no date or anniversary has taken, in order."""
    found: list[NumberFact] = []
    resume = 0
    for index in live:
        if index < resume or index in passage.taken or len(found) >= MOST:
            continue
        fact = _vague(passage, index, language) or _counted(passage, index, language)
        if fact is None:
            continue
        resume, number = fact
        if number is not None:
            found.append(number)
    return found


def read_amount(passage: Passage, index: int, language: Language) -> Amount | None:
    """The number that starts at a token, in digits or in words, with its multiplier."""
    if passage.is_digits(index):
        return _digits(passage, index, language)
    return _number_words(passage, index, language)


def _digits(passage: Passage, index: int, language: Language) -> Amount | None:
    pieces = [passage.tokens[index].text]
    after = index + 1
    separators: list[str] = []
    while after < len(passage.tokens) and len(pieces) <= _LONGEST:
        gap = passage.text[passage.tokens[after - 1].end : passage.tokens[after].start]
        if len(gap) == 1 and gap in _SPACES and _is_group(passage, after, pieces, separators, " "):
            separators.append(" ")
            pieces.append(passage.tokens[after].text)
            after += 1
            continue
        mark = passage.tokens[after].text
        if mark in {".", ",", "'", "’", "\u066c", "\u066b"} and passage.glued(after):
            follows = after + 1
            if passage.is_digits(follows) and passage.glued(follows):
                separators.append("'" if mark == "’" else mark)
                pieces.append(passage.tokens[follows].text)
                after = follows + 1
                continue
        break
    readings = _readings(pieces, separators, language)
    if readings is None:
        # Digits such as 12.3.45 or 1,2,3 are no number, and no part of them is one.
        passage.taken.update(range(index, after))
        return None
    scaled, after = _multiplied(passage, after, language)
    return Amount(after, tuple(reading * scaled for reading in readings))


def _is_group(
    passage: Passage, index: int, pieces: list[str], separators: list[str], mark: str
) -> bool:
    """Whether three digits after a space go on with the number: `2 274`, not `18 1990`."""
    return (
        passage.is_digits(index, 3)
        and len(passage.tokens[index].text) == 3
        and len(pieces[0]) <= 3
        and pieces[0][0] != "0"
        and all(separator == mark for separator in separators)
        and index not in passage.taken
    )


def _readings(
    pieces: list[str], separators: list[str], language: Language
) -> tuple[Decimal, ...] | None:
    if sum(map(len, pieces)) > _LONGEST:
        return None
    whole = Decimal(int("".join(pieces)))
    if not separators:
        return (whole,)
    grouped = len(pieces[0]) <= 3 and all(len(piece) == 3 for piece in pieces[1:])
    kinds = set(separators)
    if len(kinds) == 1:
        (mark,) = kinds
        if mark in {" ", "'", "\u066c"}:
            return (whole,) if grouped else None
        if len(separators) > 1:
            return (whole,) if grouped else None
        point = Decimal(f"{int(pieces[0])}.{''.join(str(int(digit)) for digit in pieces[1])}")
        if mark == "\u066b":
            return (point,)
        if not grouped or pieces[0] == "0":
            # 3.14 is a number anywhere; 3,14 only where the comma is the decimal mark.
            return (point,) if mark in {".", language.decimal} else None
        if mark in language.group:
            return (whole,)
        return (point,) if mark == language.decimal else (whole, point)
    last = separators[-1]
    pointed = kinds <= {".", ",", " ", "'"} and last in ".," and separators.count(last) == 1
    if pointed and all(len(piece) == 3 for piece in pieces[1:-1]) and len(pieces[0]) <= 3:
        left = int("".join(pieces[:-1]))
        digits = "".join(str(int(digit)) for digit in pieces[-1])
        return (Decimal(f"{left}.{digits}"),)
    return None


def _multiplied(passage: Passage, index: int, language: Language) -> tuple[int, int]:
    scale = 1
    while found := language.numbers.multipliers.at(passage.tokens, index):
        index, factor = found
        scale *= factor
        if scale > _LARGEST:
            break
    return scale, index


def _number_words(passage: Passage, index: int, language: Language) -> Amount | None:
    """`two hundred and thirty thousand`: units add up, hundred multiplies, thousand closes."""
    if not passage.is_word(index):
        return None
    table = language.numbers
    total, current, at, last = 0, 0, index, index
    seen = False
    while at < len(passage.tokens) and at not in passage.taken:
        if unit := table.words.at(passage.tokens, at):
            if seen and current % 10 and unit[1] < 100:
                break
            at, value = unit
            current += value
        elif factor := table.multipliers.at(passage.tokens, at):
            at, value = factor
            if value == 100:
                current = max(current, 1) * 100
            else:
                total += max(current, 1) * value
                current = 0
        elif seen and (passage.is_mark(at, "-") or _is_and(passage, at, language)):
            at += 1
            continue
        else:
            break
        seen, last = True, at
        if total + current > _LARGEST:
            return None
    return Amount(last, (Decimal(total + current),), in_words=True) if seen else None


def _is_and(passage: Passage, index: int, language: Language) -> bool:
    return language.code[:2] in {"en", "es", "az"} and (
        language.dates.both.at(passage.tokens, index) is not None
    )


def _vague(
    passage: Passage, index: int, language: Language
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
    unit = _unit(passage, after, language)
    counted = _of(passage, start, unit, language)
    count = Count(None, None, CountForm.WORDS, words)
    number = passage.place(index, after)
    return unit.after, NumberFact(
        passage.place(start, after), number, count, (), unit.words, unit.span, counted, scale
    )


def _counted(
    passage: Passage, index: int, language: Language
) -> tuple[int, NumberFact | None] | None:
    amount = read_amount(passage, index, language)
    if amount is None:
        return None
    after = amount.after
    if _is_label(passage, index, after, language):
        return after, None
    first, form = index, CountForm.EXACT
    table = language.numbers
    if bound := table.before.before(passage.tokens, index):
        first, form = bound
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
    unit = _unit(passage, last, language)
    counted = _of(passage, first, unit, language)
    if form is CountForm.EXACT and (ending := _bound_after_unit(passage, unit, language)):
        unit, form = replace(unit, after=ending[0]), ending[1]
    if amount.in_words and not _worth(passage, amount, counted, language):
        return None
    if _may_be_year(passage, index, after, unit) and first == index:
        return after, None
    if unit.counted is Counted.UNKNOWN and _is_day(passage, after, language):
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
    )
    return max(last, unit.after), fact


def _may_be_year(passage: Passage, index: int, after: int, unit: "_Unit") -> bool:
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
    if passage.glued(first) and not passage.is_mark(first - 1, "(«“„\"'–—~≈‘>*[-"):
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


def _bound_after(passage: Passage, index: int, language: Language) -> tuple[int, CountForm] | None:
    """`300-dən çox`, `1300 or more`: the index after the words, and what they make of it."""
    at = index
    if passage.is_mark(at, "-'") and passage.glued(at) and passage.glued(at + 1):
        at += 1
    return language.numbers.after.at(passage.tokens, at)


def _bound_after_unit(
    passage: Passage, unit: "_Unit", language: Language
) -> tuple[int, CountForm] | None:
    """`300 nəfərdən çox`: more than, after a noun in the case that says from."""
    table = language.numbers
    if unit.span is None or not table.ablatives:
        return None
    if not passage.tokens[unit.after - 1].folded.endswith(table.ablatives):
        return None
    return table.after_unit.at(passage.tokens, unit.after)


@dataclass(frozen=True, slots=True)
class _Unit:
    words: str
    span: Span | None
    counted: Counted
    after: int


def _unit(passage: Passage, index: int, language: Language) -> _Unit:
    """The noun after a number, over at most three words that the table does not know."""
    table = language.numbers
    at = index
    unknown = 0
    start = -1
    if passage.is_mark(at, "-'") and passage.glued(at) and passage.glued(at + 1):
        at += 1
        if passage.is_word(at) and passage.tokens[at].folded in language.dates.day_suffixes:
            at += 1
    if passage.is_mark(at, "%"):
        return _Unit("%", passage.place(at, at + 1), Counted.OTHER, at + 1)
    while at < len(passage.tokens) and at not in passage.taken:
        token = passage.tokens[at]
        if passage.is_mark(at, "-'’\"“”«»") and not passage.is_mark(at, "“«"):
            at += 1
            continue
        if not passage.is_word(at):
            break
        if language.function_words and token.folded in language.function_words:
            if start >= 0:
                break
            at += 1
            unknown += token.folded != "of"
            if unknown > 1:
                break
            continue
        if found := table.nouns.at(passage.tokens, at):
            begin = start if start >= 0 else at
            return _Unit(
                passage.words(begin, found[0]), passage.place(begin, found[0]), found[1], found[0]
            )
        if people := _people(passage, at, language):
            begin = start if start >= 0 else at
            return _Unit(
                passage.words(begin, people), passage.place(begin, people), Counted.PEOPLE, people
            )
        start = at if start < 0 else start
        unknown += 1
        at += 1
        if unknown > _ADJECTIVES:
            break
    if start >= 0:
        after = start + 1
        return _Unit(
            passage.words(start, after), passage.place(start, after), Counted.UNKNOWN, after
        )
    return _Unit("", None, Counted.UNKNOWN, index)


def _people(passage: Passage, index: int, language: Language) -> int | None:
    """The index after the name of a people, from the table or by its capital and ending."""
    if found := language.numbers.peoples.at(passage.tokens, index):
        return found[0]
    token = passage.tokens[index]
    if token.text[0].isupper() and token.folded.endswith(language.numbers.demonyms or ("\0",)):
        return index + 1
    return None


def _of(passage: Passage, first: int, unit: _Unit, language: Language) -> Counted:
    """What is counted, once the words around say whether those people were lost."""
    if unit.counted not in {Counted.PEOPLE, Counted.UNKNOWN}:
        return unit.counted
    if unit.counted is Counted.UNKNOWN and unit.words:
        return Counted.UNKNOWN
    table = language.numbers
    near = _NEAR if unit.counted is Counted.PEOPLE else 2
    at, end = unit.after, passage.sentence_end(unit.after, near)
    while at < end:
        if passage.is_mark(at, "("):
            # `thousands of Ruritanians (mostly peasants) were killed`
            at = passage.closing(at, 8)
            end = passage.sentence_end(at, near)
            continue
        if passage.is_mark(at, ",;:)") or passage.is_digits(at):
            break
        if (found := table.nouns.at(passage.tokens, at)) and found[1] is Counted.LOSSES:
            return Counted.LOSSES
        at += 1
    for at in range(first - 1, passage.sentence_start(first, near) - 1, -1):
        if passage.is_mark(at, ",;()") or passage.is_digits(at):
            break
        lost = table.nouns.at(passage.tokens, at)
        if (lost and lost[1] is Counted.LOSSES) or table.acts.at(passage.tokens, at):
            return Counted.LOSSES
    return unit.counted
