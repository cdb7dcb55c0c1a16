"""Numbers as they are written: digits of every script with their grouping, or number words.

Grouping follows the language (`1.500` is 1500 in Spanish, Turkish and Azerbaijani and 1.5 in
English); what can be read in two ways keeps both readings.
"""

from decimal import Decimal

from stelae.statements.languages import Language
from stelae.statements.passage import Amount, Passage
from stelae.statements.words import TokenKind

__all__ = ["read_amount"]

_SPACES = " \u00a0\u2009\u202f\u2007"
_SEPARATORS = frozenset((".", ",", "'", "’", "\u066c", "\u066b"))
_LARGEST = 10**15
_LONGEST = 15
_HALF = Decimal("0.5")
_WAW = "و"
_MOST_WORDS = 20
"""No number has more words than this; `thousand thousand thousand…` is none."""


def read_amount(passage: Passage, index: int, language: Language) -> Amount | None:
    """The number that starts at a token, in digits or in words, with its multiplier."""
    before = len(passage.taken)
    known = passage.amounts.get(index)
    if known is not None and known[0] == before:
        return known[1]
    read = _digits if passage.is_digits(index) else _number_words
    amount = read(passage, index, language)
    passage.amounts[index] = (before, amount)
    return amount


def _digits(passage: Passage, index: int, language: Language) -> Amount | None:
    pieces = [passage.tokens[index].text]
    after = index + 1
    separators: list[str] = []
    while after < len(passage.tokens) and len(pieces) <= _LONGEST:
        following = passage.tokens[after]
        if following.kind is TokenKind.WORD:
            break
        gap = passage.text[passage.tokens[after - 1].end : following.start]
        if len(gap) == 1 and gap in _SPACES and _is_group(passage, after, pieces, separators, " "):
            separators.append(" ")
            pieces.append(following.text)
            after += 1
            continue
        mark = following.text
        if mark in _SEPARATORS and not gap:
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
    half = _half(passage, after, language)
    if half and language.numbers.multipliers.at(passage.tokens, half):
        # `2 с половиной миллиона`
        after, readings = half, tuple(reading + _HALF for reading in readings)
    scaled, after = _multiplied(passage, after, language)
    if scaled > 1:
        readings = tuple(reading * scaled for reading in readings)
        if half := _half(passage, after, language):
            # `2 millions et demi`
            after, readings = half, tuple(reading + scaled * _HALF for reading in readings)
    return Amount(after, readings)


def _half(passage: Passage, index: int, language: Language) -> int | None:
    """The index after `and a half`."""
    found = language.numbers.and_half.at(passage.tokens, index)
    return found[0] if found else None


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
    if not separators:
        return (Decimal(int(pieces[0])),)
    if sum(map(len, pieces)) > _LONGEST:
        return None
    whole = Decimal(int("".join(pieces)))
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
    total, current, factor = Decimal(0), Decimal(0), 1
    at = last = index
    seen = False
    stop = min(len(passage.tokens), index + _MOST_WORDS)
    while at < stop and at not in passage.taken:
        if part := _part(passage, at, language, seen=seen):
            at, value = part
            current += value
        elif unit := table.words.at(passage.tokens, at):
            if seen and current % 10 and unit[1] < 100 and not _adds(passage, at, current, unit[1]):
                break
            at = unit[0]
            current += unit[1]
        elif found := table.multipliers.at(passage.tokens, at):
            at, factor = found
            if factor == 100:
                current = max(current, Decimal(1)) * 100
            else:
                total += (current or 1) * factor
                current = Decimal(0)
        elif seen and factor > 100 and not current and (half := _half(passage, at, language)):
            at, total = half, total + factor * _HALF
        elif seen and (passage.is_mark(at, "-") or _is_and(passage, at, language)):
            at += 1
            continue
        else:
            break
        seen, last = True, at
        if total + current > _LARGEST:
            return None
    if not seen or _is_ordinal(passage, index, last, language):
        return None
    return Amount(last, (total + current,), in_words=True)


def _part(
    passage: Passage, index: int, language: Language, *, seen: bool
) -> tuple[int, Decimal] | None:
    """`one and a half`, `полтора`, and the half of `two and a half`: only before a multiplier."""
    table = language.numbers
    if seen:
        half = _half(passage, index, language)
        found = (half, _HALF) if half else None
    else:
        part = table.parts.at(passage.tokens, index)
        found = (part[0], Decimal(str(part[1]))) if part else None
    return found if found and table.multipliers.at(passage.tokens, found[0]) else None


def _adds(passage: Passage, index: int, current: Decimal, tens: int) -> bool:
    """Whether tens follow their unit, as in Arabic: `خمسة وأربعون`."""
    joined = passage.tokens[index].folded.startswith(_WAW)
    return joined and current < 10 and tens >= 20


def _is_ordinal(passage: Passage, first: int, after: int, language: Language) -> bool:
    """Whether the words end in an ordinal, as in `forty-fifth`: then they count nothing."""
    at = after + 1 if passage.is_mark(after, "-") else after
    ordinal = language.anniversaries.ordinals.at(passage.tokens, at)
    if ordinal is None or language.numbers.words.at(passage.tokens, at) is not None:
        return False
    passage.taken.update(range(first, after))
    return True


def _is_and(passage: Passage, index: int, language: Language) -> bool:
    return language.code[:2] in {"en", "es", "az"} and (
        language.dates.both.at(passage.tokens, index) is not None
    )
