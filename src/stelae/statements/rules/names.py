"""Where a name of the record stands in prose, endings aside."""

from collections.abc import Iterable, Iterator

from stelae.statements.rules.speakers import KEY, name_words, stands_at
from stelae.statements.text import Span
from stelae.statements.words import Token, TokenKind, tokens

__all__ = ["NameFinder"]


class NameFinder:
    """Names looked up by the beginning of their first word; `T` is what a name stands for."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, list[tuple[list[str], str, str]]] = {}
        for text, meaning in names:
            words = name_words(text)
            if words:
                self._names.setdefault(words[0][:KEY], []).append((words, text, meaning))

    def __bool__(self) -> bool:
        return bool(self._names)

    def find(self, prose: str, offset: int) -> Iterator[tuple[Span, str, str]]:
        """Every place of a name: its span, the name as recorded and what it stands for.

        In scripts with capitals each word must have one, unless the name itself has none there.
        """
        stream = [token for token in tokens(prose) if token.kind is not TokenKind.MARK]
        folded = [token.folded for token in stream]
        for index, word in enumerate(folded):
            for words, text, meaning in self._names.get(word[:KEY], ()):
                if stands_at(folded, index, words):
                    found = stream[index : index + len(words)]
                    if _like_a_name(found, text):
                        span = Span(offset + found[0].start, offset + found[-1].end)
                        yield span, text, meaning


def _like_a_name(found: list[Token], text: str) -> bool:
    written = [piece for piece in text.split() if piece[0].isalnum()]
    return all(
        not token.text[0].islower()
        for token, piece in zip(found, written, strict=False)
        if piece[0].isupper()
    )
