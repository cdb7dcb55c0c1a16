"""Years in prose: four digits where a word, a bracket or a range says that they are a year."""

from stelae.statements.days import suffix_after
from stelae.statements.facts import DateFact, StatedDate
from stelae.statements.languages import Language
from stelae.statements.passage import Passage

__all__ = ["EARLIEST", "LATEST", "after_year", "year_at", "years_at"]

EARLIEST, LATEST = 1000, 2100


def year_at(passage: Passage, index: int) -> int | None:
    """The year that four digits at an index may be."""
    if passage.is_digits(index, 4) and len(passage.tokens[index].text) == 4:
        value = int(passage.tokens[index].text)
        if EARLIEST <= value <= LATEST:
            return value
    return None


def after_year(passage: Passage, index: int, language: Language) -> int:
    """The index after a year's ending and the word for year."""
    after = suffix_after(passage, index, language.dates.day_suffixes)
    word = language.dates.year.at(passage.tokens, after)
    return word[0] if word else after


def _bound(passage: Passage, index: int, language: Language) -> bool:
    """Whether digits glued to this token are part of a longer word or number."""
    if passage.is_word(index):
        return passage.tokens[index].folded not in language.numbers.prefixes
    if passage.is_mark(index, "#@&=_"):
        return True
    return passage.is_mark(index, ".,:-") and passage.glued(index) and passage.is_digits(index - 1)


def years_at(
    passage: Passage, index: int, language: Language, *, bound: bool
) -> tuple[int, int, DateFact | None] | None:
    """A year or a range of years alone, where something says that the digits are years.

    None as the fact where they are known to be none.
    """
    table = language.dates
    year = year_at(passage, index)
    if year is None or (passage.glued(index) and _bound(passage, index - 1, language)):
        return None
    last: int | None = None
    after = suffix_after(passage, index + 1, table.day_suffixes)
    sure = bound
    joined = table.joining.at(passage.tokens, after)
    joint = after + 1 if passage.is_mark(after, "-") else joined[0] if joined else -1
    if joint > 0 and (value := year_at(passage, joint)) is not None:
        if value <= year:
            return None
        last, after, sure = value, suffix_after(passage, joint + 1, table.day_suffixes), True
    if last is None and _is_decade(passage, index, after, language):
        return index, after, None
    word = table.year.at(passage.tokens, after)
    if word:
        after, sure = word[0], True
    elif language.numbers.nouns.at(passage.tokens, after):
        return None
    before = table.year_after.before(passage.tokens, index, 2)
    sure = sure or before is not None
    if not sure and not passage.is_word(after) and not passage.is_digits(after):
        sure = table.year_if_last.before(passage.tokens, index, 2) is not None
    # Reversed brackets are common in Arabic texts: )1990(
    sure = sure or (passage.is_mark(index - 1, "()") and passage.is_mark(after, "()"))
    listed = (passage.is_mark(index - 1, ",") and (index - 2) in passage.taken) or (
        table.both.before(passage.tokens, index, 1) is not None and (index - 2) in passage.taken
    )
    if not (sure or (listed and year_at(passage, index - 2) is not None)):
        return None
    end = StatedDate(last) if last is not None else None
    return index, after, DateFact(passage.place(index, after), StatedDate(year), end)


def _is_decade(passage: Passage, index: int, after: int, language: Language) -> bool:
    """`1990-ական թվականներ`, `1990-cı illər`: ten years, not one."""
    glued = index + 2 if passage.is_mark(index + 1, "-") else index + 1
    decade = language.dates.decade
    return bool(decade.at(passage.tokens, glued) or decade.at(passage.tokens, after))
