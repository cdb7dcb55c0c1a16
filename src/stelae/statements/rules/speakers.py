"""Whether a clause says whose words it gives: phrases of attribution, names of those who speak."""

from collections.abc import Iterable

from stelae.records.assertions import Figure
from stelae.records.events import Event
from stelae.records.sources import Party, Source
from stelae.statements.context import RecordContext
from stelae.statements.languages import language
from stelae.statements.model import Clause
from stelae.statements.words import Token, TokenKind, tokens
from stelae.values.names import Names

__all__ = [
    "KEY",
    "attributes",
    "event_name",
    "mentions",
    "name_of",
    "name_words",
    "names_somebody",
    "stands_at",
    "title_of",
]

KEY = 4
"""Letters that all forms of a name share at least."""
_ENDING = 2


def attributes(clause: Clause, code: str) -> bool:
    """Whether a phrase of attribution of the language (`according to`) stands in the clause."""
    phrases = language(code).terms.attribution
    stream = tokens(clause.prose)
    return bool(phrases) and any(phrases.at(stream, index) for index in range(len(stream)))


def names_somebody(clause: Clause, figures: Iterable[Figure], record: RecordContext) -> bool:
    """Whether the clause names, in any language's form, one who gives such a figure, or the
    title or author of a source of it."""
    stream = tokens(clause.prose)
    for figure in figures:
        parties = {figure.said_by}
        source = record.state.find(Source, figure.source)
        if source is not None:
            parties.update(source.authors)
            if mentions(stream, source.title):
                return True
        for identifier in parties:
            party = record.state.find(Party, identifier)
            if party is not None and mentions(stream, party.name):
                return True
    return False


def mentions(stream: list[Token], names: Names) -> bool:
    """Whether a form of a name stands in the prose; the ending of each word may differ."""
    prose = [token.folded for token in stream if token.kind is not TokenKind.MARK]
    return any(
        stands_at(prose, index, words)
        for form in names
        if (words := name_words(form.text))
        for index, word in enumerate(prose)
        if word[:KEY] == words[0][:KEY]
    )


def name_words(name: str) -> list[str]:
    """The words of a name, folded; none where they are too short to be told from others."""
    words = [token.folded for token in tokens(name) if token.kind is not TokenKind.MARK]
    return words if sum(map(len, words)) >= KEY else []


def stands_at(prose: list[str], index: int, name: list[str]) -> bool:
    """Whether the words of a name stand in folded prose from an index on, endings aside."""
    here = prose[index : index + len(name)]
    return len(here) == len(name) and all(map(_same_word, here, name))


def _same_word(here: str, name: str) -> bool:
    """Whether two words are one but for an ending."""
    if here == name:
        return True
    if len(name) < KEY:
        return False
    stem = name if len(name) == KEY else name[: max(KEY, len(name) - _ENDING)]
    return here.startswith(stem) and len(here) <= len(name) + 2 * _ENDING


def name_of(record: RecordContext, identifier: str, code: str) -> str:
    """The name of a party in a language, in English where it has none, else its id."""
    party = record.state.find(Party, identifier)
    return party.name.in_language(code, "en").text if party is not None else identifier


def title_of(record: RecordContext, identifier: str, code: str) -> str:
    """The title of a source, or its id."""
    source = record.state.find(Source, identifier)
    return source.title.in_language(code, "en").text if source is not None else identifier


def event_name(record: RecordContext, identifier: str) -> str:
    """The label of an event in English, the language of messages, or its id."""
    event = record.state.find(Event, identifier)
    return event.name.in_language("en").text if event is not None else identifier
