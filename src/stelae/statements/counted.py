"""What a number counts: the noun beside it, and whether those people were lost."""

from typing import NamedTuple

from stelae.statements.facts import Counted
from stelae.statements.languages import Language
from stelae.statements.passage import Passage
from stelae.statements.text import Span

__all__ = ["Nouns", "Unit", "read_unit", "what_is_counted"]

_ADJECTIVES = 3
_NEAR = 6
_SIGNING = 3


class Unit(NamedTuple):
    """The noun phrase after a number; `after` is the token after it."""

    words: str
    span: Span | None
    counted: Counted
    after: int


class Nouns:
    """The nouns of the table in a passage, looked up once for all its numbers.

    `at` holds those that start at a token: the index after each, and what it counts. `sign` says
    whether any is of signatories, `lose` whether any, or any act, is of losses.
    """

    __slots__ = ("acts", "at", "lose", "sign")

    def __init__(self, passage: Passage, language: Language) -> None:
        table = language.numbers
        self.at = table.nouns.everywhere(passage.tokens)
        self.acts = table.acts.everywhere(passage.tokens)
        kinds = [counted for _, counted in self.at.values()]
        self.sign = Counted.SIGNATORIES in kinds
        self.lose = Counted.LOSSES in kinds or bool(self.acts)


def read_unit(passage: Passage, index: int, nouns: Nouns, language: Language) -> Unit:
    """The noun after a number, over at most three words that the table does not know."""
    at = index
    unknown = 0
    start = -1
    if passage.is_mark(at, "-'") and passage.glued(at) and passage.glued(at + 1):
        at += 1
        if passage.is_word(at) and passage.tokens[at].folded in language.dates.day_suffixes:
            at += 1
    if passage.is_mark(at, "%"):
        return Unit("%", passage.place(at, at + 1), Counted.OTHER, at + 1)
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
        if found := nouns.at.get(at):
            begin = start if start >= 0 else at
            return Unit(
                passage.words(begin, found[0]), passage.place(begin, found[0]), found[1], found[0]
            )
        if people := _people(passage, at, language):
            begin = start if start >= 0 else at
            return Unit(
                passage.words(begin, people), passage.place(begin, people), Counted.PEOPLE, people
            )
        start = at if start < 0 else start
        unknown += 1
        at += 1
        if unknown > _ADJECTIVES:
            break
    if start >= 0:
        after = start + 1
        return Unit(
            passage.words(start, after), passage.place(start, after), Counted.UNKNOWN, after
        )
    return Unit("", None, Counted.UNKNOWN, index)


def _people(passage: Passage, index: int, language: Language) -> int | None:
    """The index after the name of a people, from the table or by its capital and ending."""
    if found := language.numbers.peoples.at(passage.tokens, index):
        return found[0]
    token = passage.tokens[index]
    if token.text[0].isupper() and token.folded.endswith(language.numbers.demonyms or ("\0",)):
        return index + 1
    return None


def _signs(passage: Passage, first: int, unit: Unit, nouns: Nouns) -> bool:
    """Whether the people counted are those who sign: `the undersigned 60 citizens`, `60 citizens
    who signed this letter`."""
    end = passage.sentence_end(unit.after, _SIGNING)
    begin = passage.sentence_start(first, _SIGNING)
    for way in (range(unit.after, end), range(first - 1, begin - 1, -1)):
        for at in way:
            if passage.is_mark(at, ",;:()") or passage.is_digits(at):
                break
            found = nouns.at.get(at)
            if found is not None and found[1] is Counted.SIGNATORIES:
                return True
    return False


def what_is_counted(passage: Passage, first: int, unit: Unit, nouns: Nouns) -> Counted:
    """What is counted, once the words around say whether those people were lost."""
    if unit.counted is Counted.UNKNOWN and unit.words:
        return Counted.UNKNOWN
    if unit.counted is not Counted.PEOPLE and unit.counted is not Counted.UNKNOWN:
        return unit.counted
    if nouns.sign and _signs(passage, first, unit, nouns):
        return Counted.SIGNATORIES
    if not nouns.lose:
        return unit.counted
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
        if (found := nouns.at.get(at)) and found[1] is Counted.LOSSES:
            return Counted.LOSSES
        at += 1
    for at in range(first - 1, passage.sentence_start(first, near) - 1, -1):
        if passage.is_mark(at, ",;()") or passage.is_digits(at):
            break
        lost = nouns.at.get(at)
        if (lost and lost[1] is Counted.LOSSES) or at in nouns.acts:
            return Counted.LOSSES
    return unit.counted
