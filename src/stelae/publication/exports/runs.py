"""A clause in runs: words of one look, with where they lead; what every format is written from.

Invariant: words hold no character that XML 1.0 forbids, and no two spaces or line ends in a row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from stelae.publication.printed import cut, number_spans
from stelae.publication.text import web_address
from stelae.statements.inline import read_inline
from stelae.statements.model import Binding, BindingKind, Clause, Reference, Statement
from stelae.statements.text import Span

__all__ = [
    "Run",
    "RunKind",
    "clean",
    "dressed",
    "plain_runs",
    "reference_runs",
    "runs_of",
    "text_of",
]

_SPACES = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]]{1,2000}[^\s<>\[\].,;:!?)»”\"']")


class RunKind(Enum):
    """What the words of a run are."""

    TEXT = "text"
    MARKER = "marker"
    """They name a reference: `number`."""
    FACT = "fact"
    """They are bound to the record: `binding`."""
    WEB = "web"
    """They lead to a page on the web: `address`."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look."""

    words: str
    kind: RunKind = RunKind.TEXT
    number: int = 0
    binding: Binding | None = None
    address: str = ""


def clean(words: str) -> str:
    """One line that any XML may hold; a character that none may is U+FFFD."""
    return _ILLEGAL.sub("\ufffd", _SPACES.sub(" ", words)).strip(" ")


def text_of(runs: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.words for run in runs)


def plain_runs(words: str) -> tuple[Run, ...]:
    """Words without links, but for addresses of the web that stand in them."""
    return _folded(_with_addresses(words))


def runs_of(
    statement: Statement, clause: Clause, references: Iterable[int] = ()
) -> tuple[Run, ...]:
    """The words of a clause as a reader sees them; markers of these references are links."""
    known = frozenset(references)
    looks: dict[Span, Run] = {}
    for binding in clause.bindings:
        run = _bound(binding)
        if run is not None:
            looks[binding.text_span] = run
    for marker in clause.markers:
        if not any(marker.span.overlaps(span) for span in looks):
            for span, number in number_spans(statement, marker, known):
                looks[span] = Run("", RunKind.MARKER, number=number)
    return dressed(statement, clause, looks)


def dressed(statement: Statement, clause: Clause, looks: Mapping[Span, Run]) -> tuple[Run, ...]:
    """The words of a clause as a reader sees them; those of a span get the look given for it."""
    return _folded(_dressed(cut(statement, clause, looks), looks))


def reference_runs(statement: Statement, reference: Reference, words: str) -> tuple[Run, ...]:
    """The words of an item of the list; its links to the web stay links."""
    found = read_inline(
        statement.source.at(reference.span), reference.span.start, language=statement.language
    )
    looks: list[tuple[int, int, str]] = []
    at = 0
    for binding in found.bindings:
        address = web_address(binding.target) if binding.kind is BindingKind.WEB else None
        named = " ".join(binding.text.split())
        start = words.find(named, at) if address and named else -1
        if address and start >= 0:
            at = start + len(named)
            looks.append((start, at, address))
    runs: list[Run] = []
    at = 0
    for start, end, address in looks:
        runs.extend(_with_addresses(words[at:start]))
        runs.append(Run(words[start:end], RunKind.WEB, address=address))
        at = end
    runs.extend(_with_addresses(words[at:]))
    return _folded(runs)


def _bound(binding: Binding) -> Run | None:
    if binding.kind is not BindingKind.WEB:
        return Run("", RunKind.FACT, binding=binding)
    address = web_address(binding.target)
    return Run("", RunKind.WEB, address=address) if address else None


def _dressed(pieces: Iterable[tuple[Span | None, str]], looks: Mapping[Span, Run]) -> Iterator[Run]:
    for span, words in pieces:
        if span is None:
            yield from _with_addresses(words)
        else:
            yield replace(looks[span], words=words)


def _with_addresses(words: str) -> Iterator[Run]:
    at = 0
    for found in _ADDRESS.finditer(words):
        address = web_address(found[0])
        if address:
            yield Run(words[at : found.start()])
            yield Run(found[0], RunKind.WEB, address=address)
            at = found.end()
    yield Run(words[at:])


def _folded(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Spaces and line ends as one space each, none at either end; runs without words left out."""
    found: list[Run] = []
    after_space = True
    for run in runs:
        words = _ILLEGAL.sub("\ufffd", _SPACES.sub(" ", run.words))
        if after_space:
            words = words.removeprefix(" ")
        if words:
            found.append(replace(run, words=words))
            after_space = words.endswith(" ")
    while found and found[-1].words.endswith(" "):
        last = found.pop()
        if last.words != " ":
            found.append(replace(last, words=last.words[:-1]))
    return tuple(found)
