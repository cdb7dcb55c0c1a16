"""Days of a month as they are written: in digits, in words, and several of one month."""

from collections.abc import Iterator

from stelae.statements.languages import Language
from stelae.statements.passage import Passage

__all__ = ["day_at", "days_listed", "spelled_day", "suffix_after", "suffix_before"]

_MOST_LISTED = 31


def day_at(passage: Passage, index: int) -> int | None:
    """The day of a month that digits at an index may be, 31 June and its like among them."""
    if passage.is_digits(index, 2):
        value = int(passage.tokens[index].text)
        return value if 1 <= value <= 39 else None
    return None


def suffix_after(passage: Passage, index: int, suffixes: frozenset[str]) -> int:
    """The index after an ending glued to the digits before: `13th`, `13-ին`, `1990'da`, `13.`"""
    at = index
    if passage.is_mark(at, "-'") and passage.glued(at) and passage.glued(at + 1):
        at += 1
    if (
        at < len(passage.tokens)
        and passage.is_word(at)
        and passage.glued(at)
        and passage.tokens[at].folded in suffixes
    ):
        return at + 1
    return index


def suffix_before(passage: Passage, index: int, suffixes: frozenset[str]) -> int:
    """The index where the digits stand that end, with their ending, just before an index."""
    at = index - 1
    if passage.is_digits(at):
        return at
    if passage.is_mark(at, ".") and passage.glued(at) and passage.is_digits(at - 1, 2):
        return at - 1
    if passage.is_word(at) and passage.glued(at) and passage.tokens[at].folded in suffixes:
        at -= 1
        if passage.is_mark(at, "-'") and passage.glued(at):
            at -= 1
        if passage.is_digits(at):
            return at
    return -1


def spelled_day(passage: Passage, index: int, language: Language) -> tuple[int, int] | None:
    """A day in words that ends before an index, and where it starts: `twenty-first of`."""
    ordinals, words = language.anniversaries.ordinals, language.numbers.words
    last = ordinals.before(passage.tokens, index, 1)
    if last is None:
        return None
    first, day = last
    at = first - 1 if passage.is_mark(first - 1, "-") else first
    # Ten and unit stand in either order: `двадцать первого`, `الواحد والعشرين`.
    other = ordinals.before(passage.tokens, at, 1) or words.before(passage.tokens, at, 1)
    if other is not None:
        tens, unit = sorted((day, other[1]), reverse=True)
        if tens in {20, 30} and unit < 10:
            first, day = other[0], tens + unit
    return (first, day) if 1 <= day <= 31 else None


def days_listed(
    passage: Passage, first: int, after: int, days: tuple[int, int], language: Language
) -> Iterator[tuple[int, int, int]]:
    """More days of the month of a date that goes from one token to another, `days` being its own.

    Before it `13, 14 and 15 January`; after it only up to a day with an ending, `13-ին և 15-ին`,
    since other digits may count anything. Days rise. Yields where each starts and ends.
    """
    earliest, latest = days
    at = first
    found: list[tuple[int, int, int]] = []
    while len(found) < _MOST_LISTED:
        stop = _separator_before(passage, at, language)
        digits = suffix_before(passage, stop, language.dates.day_suffixes) if stop > 0 else -1
        day = day_at(passage, digits) if digits >= 0 and digits not in passage.taken else None
        if day is None or day >= earliest or _is_glued(passage, digits, language):
            break
        found.insert(0, (digits, stop, day))
        at, earliest = digits, day
    later: list[tuple[int, int, int]] = []
    at, sure = after, 0
    while len(later) < _MOST_LISTED:
        start = _separator_after(passage, at, language)
        day = day_at(passage, start) if start > 0 else None
        if day is None or day <= latest:
            break
        at, latest = suffix_after(passage, start + 1, language.dates.day_suffixes), day
        later.append((start, at, day))
        sure = len(later) if at > start + 1 else sure
    yield from (*found, *later[:sure])


def _is_glued(passage: Passage, index: int, language: Language) -> bool:
    before = passage.tokens[index - 1].folded if index else ""
    return passage.glued(index) and before not in language.numbers.prefixes


def _separator_before(passage: Passage, index: int, language: Language) -> int:
    if passage.is_mark(index - 1, ","):
        return index - 1
    both = language.dates.both.before(passage.tokens, index, 1)
    return both[0] if both else -1


def _separator_after(passage: Passage, index: int, language: Language) -> int:
    if passage.is_mark(index, ","):
        return index + 1
    both = language.dates.both.at(passage.tokens, index)
    return both[0] if both else -1
