"""Stretches of a text that are in another language than the text: two versions in one file.

Their clauses are kept; their facts are read with the tables of the text's language, so the author
is told to give each language a file of its own.
"""

from collections.abc import Iterable, Iterator

from stelae.statements.languages import UNDETERMINED, Language, detect_language, script_of
from stelae.statements.model import Note
from stelae.statements.passage import Passage
from stelae.statements.text import Span
from stelae.statements.words import TokenKind

__all__ = ["foreign_notes"]

_ENOUGH_WORDS = 8
"""In fewer words no language shows."""
_OWN = 0.04
"""The share of the commonest words from which on a paragraph is in the language of the text."""
_MOST = 500
"""So many paragraphs are looked at one by one; beyond, nothing new is learnt."""
_SAMPLE = 2_000


def foreign_notes(passages: Iterable[Passage], language: Language) -> Iterator[Note]:
    """One note for each stretch of paragraphs that are in one other language, in order."""
    if not language.function_words:
        return
    open_code, start, end = "", 0, 0
    looked = 0
    for passage in passages:
        code = ""
        if not _is_own(passage, language):
            looked += 1
            code = _other(passage, language) if looked <= _MOST else ""
        elif len(_words(passage)) < _ENOUGH_WORDS:
            continue
        if open_code and code != open_code:
            yield _note(open_code, Span(start, end))
            open_code = ""
        if code:
            start = start if open_code else passage.offset
            open_code, end = code, passage.offset + len(passage.text)
    if open_code:
        yield _note(open_code, Span(start, end))


def _words(passage: Passage) -> list[str]:
    return [token.folded for token in passage.tokens if token.kind is TokenKind.WORD]


def _is_own(passage: Passage, language: Language) -> bool:
    """Whether a paragraph is in the language of the text, or too short to tell."""
    words = _words(passage)
    known = sum(map(language.function_words.__contains__, words))
    return len(words) < _ENOUGH_WORDS or known >= _OWN * len(words)


def _other(passage: Passage, language: Language) -> str:
    sample = passage.text[:_SAMPLE]
    code = detect_language(sample)
    if code not in {UNDETERMINED, language.code.split("-", 1)[0].lower()}:
        return code
    script = script_of(sample)
    return script if language.script and script and script != language.script else ""


def _note(code: str, span: Span) -> Note:
    what = f"in the language {code}" if code.islower() else f"in {code} letters"
    return Note(
        f"this stretch is {what}: give it a file of its own, so that its facts are read", span
    )
