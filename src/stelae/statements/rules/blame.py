"""LNG: guilt laid on a people or a faith as such, and words that take their humanity away.

The packs are data, in `blame.toml` and `subjects.toml`, and symmetric: every phrase is looked for
beside every people and faith, in every language. Nothing inside a quotation is looked at.
"""

# ruff: noqa: ARG002 -- every rule is asked alike, whether it looks at the context or not

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stelae.statements.context import CheckContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Clause, Statement
from stelae.statements.rules.identity import Same
from stelae.statements.rules.rule import Rule, prose_clauses, quoted
from stelae.statements.rules.stretches import quotations
from stelae.statements.text import Span
from stelae.statements.words import Phrases, Token, TokenKind, tokens, words_of

__all__ = ["PACKED", "Collective", "Dehumanising"]

PACKED = ("en", "ru", "hy", "az")
"""The languages that have a pack."""

_GAP = 4
_VERB_LAST = {"hy", "az"}
_PARTED = frozenset('.,;:!?()«»“”"\u0589\u055d')


@dataclass(frozen=True, slots=True)
class _Pack:
    code: str
    groups: Phrases[bool]
    culpable: Phrases[bool]
    likened: Phrases[bool]
    inherited: Phrases[bool]
    between: Phrases[bool]
    likening: Phrases[bool]
    before: Phrases[bool]
    opening: Phrases[bool]
    objects: Phrases[bool]


class _OfPack(Rule):
    """What both rules have in common: clauses in a language that has a pack."""

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield every finding outside quotations."""
        pack = _pack(statement.language.split("-", 1)[0])
        if pack is None:
            return
        for clause, stream in _streams(Same(statement)):
            found = list(self._places(stream, pack))
            if not found:
                continue
            quoted_words = quotations(clause)
            for first, after in found:
                span = _span(clause, stream, first, after)
                if not quoted_words.touches(span):
                    yield self._one(statement, span)

    def _places(self, stream: list[Token], pack: _Pack) -> Iterator[tuple[int, int]]:
        raise NotImplementedError

    def _one(self, statement: Statement, span: Span) -> Diagnostic:
        raise NotImplementedError


class Collective(_OfPack):
    """LNG-collective."""

    id = "LNG-collective"
    level = Level.WARNING
    why = "Persons and authorities did what was done; a people answers for nothing as such."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield names of peoples and faiths that stand bare as the subject of a verb of guilt.

        Bare is a name with no word before it that narrows it (`some`, `soldiers of`) and none
        between it and the verb that turns it round (`were`, `who`, `not`).
        """
        yield from super().check(statement, context)

    def _places(self, stream: list[Token], pack: _Pack) -> Iterator[tuple[int, int]]:
        resume = 0
        for index in range(len(stream)):
            name = pack.groups.at(stream, index) if index >= resume else None
            if name is None:
                continue
            resume = name[0]
            if not _is_bare(stream, index, pack):
                continue
            at = name[0]
            for _ in range(_GAP + 1):
                verb = pack.culpable.at(stream, at)
                if verb is not None:
                    if _has_object(stream, name[0], at, verb[0], pack):
                        yield index, verb[0]
                    break
                if at >= len(stream) or stream[at].text[0] in _PARTED:
                    break
                if pack.groups.at(stream, at):
                    break
                step = pack.between.at(stream, at)
                if step is None and pack.code not in _VERB_LAST:
                    break
                at = step[0] if step else at + 1

    def _one(self, statement: Statement, span: Span) -> Diagnostic:
        return self.found(
            span,
            f"{quoted(statement.source.at(span))} lays on a whole people or faith what some did",
            fix="name the persons, units or authorities that the source names",
        )


class Dehumanising(_OfPack):
    """LNG-dehumanise."""

    id = "LNG-dehumanise"
    level = Level.WARNING
    why = "Who is called vermin first is treated as vermin next; no memory is served by such words."

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield words that liken a people or a faith beside them to vermin, disease or beasts,
        and words of guilt by birth. Words for how people were treated are none of these."""
        yield from super().check(statement, context)

    def _places(self, stream: list[Token], pack: _Pack) -> Iterator[tuple[int, int]]:
        resume = 0
        for index in range(len(stream)):
            if index < resume:
                continue
            born = pack.inherited.at(stream, index)
            if born is not None:
                yield index, born[0]
                continue
            name = pack.groups.at(stream, index)
            if name is not None:
                after = _over(stream, name[0], pack)
                found = pack.likened.at(stream, after)
                if found is not None:
                    yield index, found[0]
                resume = name[0]
                continue
            found = pack.likened.at(stream, index)
            if found is not None:
                name = pack.groups.at(stream, found[0])
                if name is not None and not (index and pack.groups.before(stream, index)):
                    yield index, name[0]

    def _one(self, statement: Statement, span: Span) -> Diagnostic:
        return self.found(
            span,
            f"{quoted(statement.source.at(span))} takes from people that they are people",
            fix="say what was done and by whom; give others' words of hate as quotations",
        )


def _over(stream: list[Token], at: int, pack: _Pack) -> int:
    for _ in range(_GAP):
        if at < len(stream) and stream[at].text[0] in "-–—" and pack.code == "ru":
            at += 1
            continue
        step = pack.likening.at(stream, at)
        if step is None or pack.likened.at(stream, at):
            break
        at = step[0]
    return at


def _is_bare(stream: list[Token], index: int, pack: _Pack) -> bool:
    at = index
    while at:
        before = pack.before.before(stream, at)
        if before is None:
            break
        at = before[0]
    if at == 0 or pack.opening.before(stream, at) is not None:
        return True
    token = stream[at - 1]
    return token.kind is TokenKind.MARK and token.text[0] not in "-–%’'"


def _has_object(stream: list[Token], name: int, verb: int, after: int, pack: _Pack) -> bool:
    """Whether the verb is no participle: always, but in English only where words show it."""
    if pack.code != "en" or after - verb > 1:
        return True
    if any(token.folded in {"have", "had"} for token in stream[name:verb]):
        return True
    if after >= len(stream):
        return False
    following = stream[after]
    return (
        following.kind is TokenKind.DIGITS
        or pack.objects.at(stream, after) is not None
        or pack.groups.at(stream, after) is not None
    )


@functools.lru_cache(maxsize=4)  # both rules ask
def _streams(text: Same[Statement]) -> tuple[tuple[Clause, list[Token]], ...]:
    """The clauses with a word for a people, a faith or guilt by birth, and the tokens of each."""
    pack = _pack(text.value.language.split("-", 1)[0])
    if pack is None:
        return ()
    written = [(clause, clause.prose) for clause in prose_clauses(text.value)]
    live = {
        word
        for word in words_of("\n".join(prose for _, prose in written))
        if any(table.may_begin(word) for table in (pack.groups, pack.inherited))
    }
    return tuple(
        (clause, tokens(prose))
        for clause, prose in written
        if live and not live.isdisjoint(words_of(prose))
    )


def _span(clause: Clause, stream: list[Token], first: int, after: int) -> Span:
    offset = clause.span.start
    return Span(offset + stream[first].start, offset + stream[after - 1].end)


def _read(name: str) -> dict[str, Any]:
    data = importlib.resources.files("stelae.statements.rules") / name
    return tomllib.loads(data.read_text(encoding="utf-8"))


def _phrases(words: list[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in words)


@functools.cache
def _pack(code: str) -> _Pack | None:
    if code not in PACKED:
        return None
    subjects, blame = _read("subjects.toml"), _read("blame.toml")

    def rows(*tables: dict[str, Any]) -> Phrases[bool]:
        return _phrases([word for table in tables for row in table.values() for word in row[code]])

    return _Pack(
        code,
        groups=rows(subjects["peoples"], subjects["faiths"]),
        culpable=rows(blame["culpable"]),
        likened=rows(blame["likened"]),
        inherited=rows(blame["inherited"]),
        between=_phrases(blame["between"][code]),
        likening=_phrases(blame["likening"][code]),
        before=_phrases(blame["before"][code]),
        opening=_phrases(blame["opening"][code]),
        objects=_phrases(blame["object"].get(code, [])),
    )
