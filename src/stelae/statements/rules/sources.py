"""CIR: sources that are the speakers' own."""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stelae.records.sources import Party, Source
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level, Related
from stelae.statements.model import Reference, Signatory, Statement
from stelae.statements.rules.rule import Rule, quoted
from stelae.statements.text import Span
from stelae.statements.words import TokenKind, fold, tokens

__all__ = ["OwnSource", "handles"]

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_QUOTED = re.compile(r"[“„«\"‹]([^“”„«»\"‹›]{3,120})[”“»\"›]")
_LETTERS = 3
"""An abbreviation has at least so many capitals."""
_DISTINCT = 8
"""A single word is a name of its own from so many letters on."""


@dataclass(frozen=True, slots=True)
class Handle:
    """What a signatory may be called in an entry: words in order, folded, or an abbreviation.

    A short word in quotation marks is a name only in such marks again, with another word of the
    signatory's name, one of `beside`, in the entry: `Foundation “Dawn”`.
    """

    words: tuple[str, ...]
    shown: str
    capitals: bool = False
    beside: frozenset[str] = frozenset()


class OwnSource(Rule):
    """CIR-self."""

    id = "CIR-self"
    level = Level.WARNING
    why = "Whoever cites himself as a source has shown nothing yet; what did that text rest on?"

    def check(self, statement: Statement, context: CheckContext) -> Iterator[Diagnostic]:
        """Yield entries whose authors sign this text or own the dossier.

        The record's authors decide where it has the source; elsewhere the entry's own words,
        where they hold a signatory's name, its abbreviation, its proper name in quotation marks or
        a person's surname with the initials; not where the entry is a letter to it or a case
        against it.
        """
        if not statement.references:
            return
        own = [*_signers(statement), *_owners(context)]
        by_name = {fold(" ".join(name.split())): (name, span) for name, span, _ in own}
        for reference in statement.references:
            author = _author(reference, context, by_name)
            if author is None:
                continue
            found = author if author != _UNKNOWN else _named(reference, own, statement.language)
            if found is not None:
                how, name, span = found
                yield self.found(
                    reference.span,
                    f"entry {reference.number} {how}, who signs or publishes this text",
                    related=[Related(f"the name below the text: {name}", span)] if span else (),
                    fix="cite what that text rests on, or somebody else, beside it",
                )


_Own = tuple[str, Span | None, tuple[Handle, ...]]
_Found = tuple[str, str, Span | None]
_UNKNOWN: _Found = ("", "", None)


def _signers(statement: Statement) -> Iterator[_Own]:
    for signatory in statement.signatories:
        yield signatory.name, signatory.span, handles(signatory)


def _owners(context: CheckContext) -> Iterator[_Own]:
    for identifier in context.own:
        party = context.record.state.find(Party, identifier) if context.record else None
        names = [form.text for form in party.name] if party is not None else [identifier]
        for name in names:
            yield name, None, handles(Signatory(name, Span(0, 0)))


def handles(signatory: Signatory) -> tuple[Handle, ...]:
    """What an entry may call a signatory: the whole name, the proper name in quotation marks, the
    abbreviation in brackets and each of its parts of three capitals or more, and the initials of
    an organisation, or those of a person with the surname."""
    name = signatory.name
    found: list[Handle] = []
    bare = _BRACKETED.sub(" ", name)
    found.extend(_phrase(bare))
    for match in _QUOTED.finditer(name):
        found.extend(_phrase(match[1]) or _short_name(match[1], name))
    for match in _BRACKETED.finditer(name):
        parts = [part for part in match[1].split() if _is_abbreviation(part)]
        found.extend(
            Handle((part,), part, capitals=True) for part in parts if len(part) >= _LETTERS
        )
        if len(parts) > 1 and len(parts) == len(match[1].split()):
            found.append(Handle(tuple(parts), match[1], capitals=True))
    found.extend(Handle((word,), word, capitals=True) for word in _initials(bare))
    found.extend(_with_initials(name))
    longest = sorted(dict.fromkeys(found), key=lambda handle: -len(handle.words))
    return tuple(longest)


def _words(text: str) -> tuple[str, ...]:
    return tuple(
        token.folded for token in tokens(text) if token.kind is not TokenKind.MARK and token.folded
    )


def _phrase(text: str) -> list[Handle]:
    words = _words(text)
    distinct = len(words) > 1 or (words and len(words[0]) >= _DISTINCT)
    return [Handle(words, " ".join(text.split()))] if distinct else []


def _short_name(text: str, name: str) -> list[Handle]:
    """One short word in quotation marks, with the words of the signatory beside it."""
    words = _words(text)
    beside = frozenset(word for word in _words(name) if len(word) > _LETTERS and word not in words)
    return [Handle(words, text.strip(), beside=beside)] if words and beside else []


def _with_initials(name: str) -> Iterator[Handle]:
    """`R. Zapt`, `Zapt R. M.`: a name of two or three words, each with a capital."""
    words = [token for token in tokens(name) if token.kind is not TokenKind.MARK]
    plain = not (_QUOTED.search(name) or _BRACKETED.search(name))
    if not plain or not 2 <= len(words) <= 3 or not all(w.text[0].isupper() for w in words):
        return
    last = words[-1]
    letters = [token.folded[:1] for token in words[:-1]]
    shown = f"{words[0].text[0]}. {last.text}"
    for count in range(1, len(letters) + 1):
        yield Handle((*letters[:count], last.folded), shown)
        yield Handle((last.folded, *letters[:count]), shown)


def _is_abbreviation(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _initials(name: str) -> Iterator[str]:
    """The first letters of four words or more with capitals; three are anybody's initials."""
    words = [
        token.text
        for token in tokens(_QUOTED.sub(" ", name))
        if token.kind is TokenKind.WORD and token.text[0].isupper()
    ]
    if len(words) > _LETTERS and not any(_is_abbreviation(word) for word in words):
        yield "".join(word[0] for word in words)


def _author(
    reference: Reference, context: CheckContext, by_name: dict[str, tuple[str, Span | None]]
) -> _Found | None:
    """Who of our own wrote it by the record; None for nobody, _UNKNOWN where it does not know."""
    record = context.record
    if record is None or reference.source is None:
        return _UNKNOWN
    source = record.state.find(Source, reference.source)
    if source is None or not source.authors:
        return _UNKNOWN
    for author in source.authors:
        if author in context.own:
            return f"is by {_name(record, author)}", _name(record, author), None
        party = record.state.find(Party, author)
        for form in party.name if party is not None else ():
            signer = by_name.get(fold(" ".join(form.text.split())))
            if signer is not None:
                return f"is by {signer[0]}", *signer
    return None


def _name(record: RecordContext, identifier: str) -> str:
    party = record.state.find(Party, identifier)
    return party.name.in_language("en").text if party is not None else identifier


def _named(reference: Reference, own: Iterable[_Own], code: str) -> _Found | None:
    stream = [token for token in tokens(reference.text) if token.kind is not TokenKind.MARK]
    written = [token.text for token in stream]
    folded = [token.folded for token in stream]
    marked = {_words(match[1]) for match in _QUOTED.finditer(reference.text)}
    for name, span, names in own:
        for handle in names:
            if handle.beside and not (handle.words in marked and handle.beside & {*folded}):
                continue
            places = _places(written if handle.capitals else folded, list(handle.words))
            if not all(_is_spoken_to(folded, at, code) for at in places):
                return f"names {quoted(handle.shown)}", name, span
    return None


def _places(words: list[str], wanted: list[str]) -> list[int]:
    size = len(wanted)
    return [at for at in range(len(words) - size + 1) if words[at : at + size] == wanted]


def _is_spoken_to(words: list[str], at: int, code: str) -> bool:
    """Whether the word before a name says that it is spoken to or of."""
    towards, articles = _towards(code.split("-", 1)[0].lower())
    while at and words[at - 1] in articles:
        at -= 1
    return at > 0 and words[at - 1] in towards


@functools.cache
def _towards(code: str) -> tuple[frozenset[str], frozenset[str]]:
    data = importlib.resources.files("stelae.statements.rules") / "towards.toml"
    row = tomllib.loads(data.read_text(encoding="utf-8")).get(code, {})
    words, articles = (
        frozenset(fold(word) for word in row.get(name, ())) for name in ("words", "articles")
    )
    return words, articles
