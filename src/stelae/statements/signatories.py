"""Names below a text: one to a line, a person's role after the first comma."""

import re
from collections.abc import Iterable

from stelae.statements.model import Signatory
from stelae.statements.passage import Passage
from stelae.statements.text import SourceText, Span

__all__ = ["may_be_names", "read_signatory"]

_LONGEST_LINE = 250
_LEADING = re.compile(r"[\s*•\-–—]*(?:\d{1,4}[.)]\s+)?")
_WORD = re.compile(r"[^\W\d_]+")
# fmt: off
_PARTICLES = frozenset((
    "al", "and", "ben", "bin", "d", "da", "de", "del", "den", "der", "des", "di", "dos", "du", "e",
    "el", "et", "i", "ibn", "l", "la", "le", "van", "von", "y", "zu",
))
# fmt: on
_UNSIGNED = re.compile(
    r"[(\[]?\s*(?:signature|signed|подпись|ստորագրություն|imza)\s*[)\]]?", re.IGNORECASE
)


def may_be_names(prose: str) -> bool:
    """Whether every line looks like a name: short, not ended as a sentence, no small beginning."""
    lines = [line.strip() for line in prose.splitlines() if line.strip()]
    return bool(lines) and all(
        len(line) <= _LONGEST_LINE
        and not line.endswith((".", ";", ":", ",", "!", "?", "…", "։", "؛", "؟"))
        and not line[0].islower()
        and _WORD.search(line) is not None
        for line in lines
    )


def read_signatory(source: SourceText, span: Span, hidden: Iterable[Span] = ()) -> Signatory | None:
    """The name on one line; None for a line without letters or with the word `signature` alone."""
    text = Passage.of(source.content, span, hidden).text
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    words = text[start:].rstrip(" \t\r\n,;")
    if not _WORD.search(words) or _UNSIGNED.fullmatch(words):
        return None
    shift = len(words) - len(words.lstrip())
    start, words = start + shift, words.lstrip()
    place = Span(span.start + start, span.start + start + len(words))
    head, comma, role = words.partition(",")
    if comma and role.strip() and _is_person(head):
        return Signatory(" ".join(head.split()), place, " ".join(role.split()))
    return Signatory(" ".join(words.split()), place)


def _is_person(name: str) -> bool:
    """One to six words that all begin with a capital, particles such as `de` aside."""
    if any(mark in name for mark in '“”«»"()[]'):
        return False
    words = _WORD.findall(name)
    if not 1 <= len(words) <= 6 or any(character.isdigit() for character in name):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
