"""FIG: parts that do not make up their total."""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.facts import Counted, NumberFact
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.stretches import quotations
from stelae.statements.words import Phrases, Token, TokenKind, tokens
from stelae.values.figures import CountForm

__all__ = ["Sum"]

_REACH = 4
"""Words that may stand between the word for the total and its number."""
_LEAST = 2
_ENDS = frozenset(".;!?\u0589")


@dataclass(frozen=True, slots=True)
class _Words:
    before: Phrases[bool]
    after: Phrases[bool]
    parts: Phrases[bool]


class Sum(Rule):
    """FIG-sum."""

    id = "FIG-sum"
    level = Level.ERROR
    why = "Numbers that do not add up are believed in none of their parts."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield totals, named as such in words, that the numbers of their sentence do not give,
        whether the numbers are bound or free.

        The total is the last number, after its parts, or the first, before a colon. Any word that
        makes the numbers something else than parts (`of whom`, `besides`) silences the rule, and
        so does a number of another kind, or one in words alone. Approximations and bounds are
        added up as the ranges that they leave.
        """
        words = _table(statement.language.split("-", 1)[0])
        if words is None:
            return
        for clause in prose_clauses(statement):
            if len(clause.numbers) <= _LEAST:
                continue
            prose = clause.prose
            stream = tokens(prose)
            quoted_words = quotations(clause)
            for sentence, facts in _by_sentence(clause, prose, stream):
                if any(quoted_words.holding(fact.span) for fact in facts):
                    continue
                found = _total(facts, stream[slice(*sentence)], clause.span.start, words)
                if found is not None:
                    yield from self._one(statement, *found)

    def _one(
        self, statement: Statement, total: NumberFact, parts: list[NumberFact]
    ) -> Iterator[Diagnostic]:
        low = sum(_range(part)[0] for part in parts)
        tops = [_range(part)[1] for part in parts]
        high = None if None in tops else sum(top for top in tops if top is not None)
        least, most = _range(total)
        if (high is None or least <= high) and (most is None or low <= most):
            return
        written = [statement.source.at(part.number) for part in parts]
        right = str(low) if low == high else f"{low} to {high}" if high is not None else f"{low}.."
        yield self.found(
            total.span,
            f"{' + '.join(written)} is {right},"
            f" the text says {quoted(statement.source.at(total.span))}",
            related=[Related("one of the parts", part.span) for part in parts[:1]],
            fix=f"write {right}, or correct the parts",
        )


def _sentences(prose: str, stream: list[Token]) -> Iterator[tuple[int, int]]:
    """Runs of tokens up to a mark that ends a sentence; a colon does not."""
    start = 0
    for index, token in enumerate(stream):
        if token.kind is not TokenKind.MARK or token.text[0] not in _ENDS:
            continue
        after = prose[token.end : token.end + 1]
        if not after or after.isspace():
            yield start, index
            start = index + 1
    yield start, len(stream)


def _by_sentence(
    clause: Clause, prose: str, stream: list[Token]
) -> Iterator[tuple[tuple[int, int], list[NumberFact]]]:
    """Each sentence with the numbers that begin in it; both run through the clause once."""
    numbers = clause.numbers
    at = 0
    for first, last in _sentences(prose, stream):
        if first >= last:
            continue
        end = clause.span.start + stream[last - 1].end
        facts: list[NumberFact] = []
        while at < len(numbers) and numbers[at].span.start < end:
            facts.append(numbers[at])
            at += 1
        if len(facts) > _LEAST:
            yield (first, last), facts


def _total(
    facts: list[NumberFact], stream: list[Token], offset: int, words: _Words
) -> tuple[NumberFact, list[NumberFact]] | None:
    """The total and its parts, where the sentence can mean nothing else."""
    if len(facts) <= _LEAST or any(not _is_plain(fact) for fact in facts):
        return None
    if any(words.parts.at(stream, index) for index in range(len(stream))):
        return None
    if {fact.counted for fact in facts} - {Counted.UNKNOWN} - _PEOPLE and not _alike(facts):
        return None
    for total, parts in ((facts[-1], facts[:-1]), (facts[0], facts[1:])):
        first = total is facts[0]
        if not _is_called_total(total, stream, offset, words):
            continue
        if first and not _is_before_colon(total, parts[0], stream, offset):
            continue
        return total, parts
    return None


_PEOPLE = {Counted.PEOPLE, Counted.LOSSES}


def _alike(facts: list[NumberFact]) -> bool:
    """Things of one name: `40, 12 and 8 houses, in all 61`."""
    return len({fact.unit.casefold() for fact in facts if fact.unit}) <= 1


def _is_plain(fact: NumberFact) -> bool:
    return fact.count is not None and fact.count.form is not CountForm.WORDS and fact.unit != "%"


def _is_called_total(total: NumberFact, stream: list[Token], offset: int, words: _Words) -> bool:
    at = [
        index
        for index, token in enumerate(stream)
        if offset + token.start >= total.span.start and offset + token.end <= total.span.end
    ]
    if not at:
        return False
    for index in range(max(0, at[0] - _REACH), at[0] + 1):
        hit = words.before.at(stream, index)
        if hit is not None and hit[0] <= at[-1] + 1 and not _digits(stream[hit[0] : at[0]]):
            return True
    for index in range(at[-1], min(at[-1] + _REACH, len(stream))):
        between = stream[at[-1] + 1 : index]
        if words.after.at(stream, index) and not _digits(between):
            return not any(token.text[0] in ",:" for token in between)
    return False


def _digits(stream: list[Token]) -> bool:
    return any(token.kind is TokenKind.DIGITS for token in stream)


def _is_before_colon(total: NumberFact, part: NumberFact, stream: list[Token], offset: int) -> bool:
    return any(
        token.text[0] == ":" and total.span.end <= offset + token.start < part.span.start
        for token in stream
    )


def _range(fact: NumberFact) -> tuple[int, int | None]:
    assert fact.count is not None
    count = fact.count
    low = count.low or 0
    if count.form is CountForm.ABOUT:
        return low - low // 10, (count.high or low) + (count.high or low) // 10
    return low, count.high


@functools.cache
def _table(code: str) -> _Words | None:
    data = importlib.resources.files("stelae.statements.rules") / "totals.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8")).get(code)
    if table is None:
        return None
    return _Words(
        *(Phrases((word, True) for word in table[name]) for name in ("before", "after", "parts"))
    )
