"""What a paragraph holds besides words: links into the record, citations, emphasis, ids.

One pass over the brackets pairs them, so that reading is linear whatever the text holds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stelae.statements.markers import LONGEST, read_labelled, read_marker, resembles_marker
from stelae.statements.model import Binding, BindingKind, Marker, Note
from stelae.statements.superscripts import find_superscripts
from stelae.statements.text import Span

__all__ = ["Inline", "read_inline"]

_KINDS = {kind.value: kind for kind in BindingKind if kind is not BindingKind.WEB}
_MOST = 5_000
"""A paragraph is read until it has given this many links and citations."""
_MOST_NOTES = 100
"""So many notes on one paragraph are given one by one; the others are counted."""

_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_TARGET = re.compile(
    r"\(\s{0,9}(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<bare>[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,3}))"
    r"(?:\s{1,9}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'))?\s{0,9}\)"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)
_HIDDEN = re.compile(
    r"\*{2,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|\*(?=\w)|(?<=\w)\*(?!\w)"
    r"|\\[^\w\s]|</?[A-Za-z](?![a-z0-9+.-]{0,30}:)[^<>]{0,1000}>|<!--"
)
_ID = re.compile(r"\{#([A-Za-z0-9_][\w.:-]{0,99})\}\s*$", re.ASCII)
_MARKS = re.compile(r"[*_\\<]")
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{0,100}\}\}|\{%[^{}\n]{0,100}%\}|\$\{[^{}\n]{0,100}\}|<<[^<>\n]{1,100}>>"
    r"|(?<![{$\w])\{[A-Za-z_][\w .]{0,60}\}(?!\})|(?<![%\w])%[A-Z][A-Z0-9_]{1,40}%(?!\w)"
    r"|\[(?:INSERT|YOUR|NAME|DATE|PLACE|CITY|ORGANI[SZ]ATION|SIGNATURE)\b[^\[\]\n]{0,40}\](?!\()"
    r"|\[(?:[Ii]nsert|[Yy]our) [^\[\]\n]{1,60}\](?!\()"
)
_UNFILLED = re.compile(r"[{%]|<<|\[[A-Ziy]")
# `]١[`: in plain text that runs from the right, both brackets may have been turned.
_REVERSED = re.compile(r"\]([\d\s,;\u060c\u061b\u2013-]{1,40})\[")
_FROM_RIGHT = ("ar", "fa", "he", "ur")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]+")


@dataclass(frozen=True, slots=True)
class Inline:
    """What was found in one stretch of the source; spans are over the whole source."""

    id: str | None
    hidden: tuple[Span, ...]
    bindings: tuple[Binding, ...]
    markers: tuple[Marker, ...]
    notes: tuple[Note, ...]


def _pairs(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Matching square brackets in order of their start, and those that stand alone."""
    opened: list[int] = []
    alone: list[int] = []
    pairs: list[tuple[int, int]] = []
    if "[" not in text and "]" not in text:
        return pairs, alone
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]":
            if opened:
                pairs.append((opened.pop(), match.start()))
            else:
                alone.append(match.start())
    pairs.sort()
    return pairs, sorted([*opened, *alone])


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points as spans that are in order and do not overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if not len(span):
            continue
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def read_inline(
    text: str,
    offset: int,
    *,
    language: str | None = None,
    hidden: Iterable[Span] = (),
    labels: Mapping[str, int] | None = None,
) -> Inline:
    """Read one stretch of prose that starts at `offset` of the source.

    `hidden` are spans that the caller already knows to be mark-up, such as a list's number;
    `labels` are the numbers of the references that the list names by a word.
    """
    hide = list(hidden)
    notes: list[Note] = []
    bindings: list[Binding] = []
    markers: list[Marker] = []
    identifier = None
    if match := _ID.search(text[-120:]):
        identifier = match[1]
        start = offset + max(0, len(text) - 120) + match.start()
        hide.append(Span(start, offset + len(text)))
    pairs, alone = _pairs(text)
    if (language or "").split("-", 1)[0].lower() in _FROM_RIGHT and alone:
        alone = _reversed(text, offset, alone, markers)
    done = 0
    for start, end in pairs:
        if start < done:
            continue
        if len(markers) + len(bindings) >= _MOST:
            what = "too many citations and links in one paragraph; not all were read"
            notes.append(Note(what, Span(offset + start, offset + end + 1)))
            break
        target = _TARGET.match(text, end + 1)
        if target:
            done = _link(text, offset, (start, target), bindings, hide, notes)
            continue
        citations = None
        if end - start < LONGEST + 2:
            inside = text[start + 1 : end]
            citations = read_marker(inside, language)
            if citations is None and labels:
                citations = read_labelled(inside, labels, language)
        if citations:
            markers.append(Marker(Span(offset + start, offset + end + 1), citations))
            done = end
        elif text.startswith("^", start + 1) and end - start < LONGEST:
            where = Span(offset + start, offset + end + 1)
            notes.append(Note("a citation of a note that is not there", where))
        elif resembles_marker(text[start + 1 : end]):
            where = Span(offset + start, offset + end + 1)
            notes.append(Note("a bracket like a citation that was not understood", where))
    if alone:
        at = offset + alone[0]
        notes.append(Note("a square bracket without its partner", Span(at, at + 1)))
    taken = sorted(
        (binding.text_span.end, binding.span.end) for binding in bindings
    )  # addresses, where no mark-up is looked for
    starts = [start for start, _ in taken]
    for start, end, citations in find_superscripts(text):
        place = bisect_right(starts, offset + start) - 1
        if place < 0 or offset + start >= taken[place][1]:
            markers.append(Marker(Span(offset + start, offset + end), citations))
    markers.sort(key=lambda marker: marker.span)
    for found in _HIDDEN.finditer(text) if _MARKS.search(text) else ():
        at = offset + found.start()
        place = bisect_right(starts, at) - 1
        if place < 0 or at >= taken[place][1]:
            # Of an escaped mark only the backslash is hidden.
            end = at + 1 if found[0][0] == "\\" else offset + found.end()
            hide.append(Span(at, end))
    for found in _TEMPLATE.finditer(text) if _UNFILLED.search(text) else ():
        where = Span(offset + found.start(), offset + found.end())
        notes.append(Note("a template variable that was not filled in", where))
    # The replacement character alone of these is counted as printable.
    suspect = not text.isprintable() or "\ufffd" in text
    if suspect and (control := _CONTROL.search(text)):
        where = Span(offset + control.start(), offset + control.end())
        notes.append(Note("control characters, or bytes that were not text", where))
    if len(notes) > _MOST_NOTES:
        rest = notes[_MOST_NOTES:]
        what = f"{len(rest):,} more places in this paragraph that were not understood"
        notes[_MOST_NOTES:] = [Note(what, min(note.span for note in rest))]
    return Inline(identifier, merge(hide), tuple(bindings), tuple(markers), tuple(notes))


def _reversed(text: str, offset: int, alone: list[int], markers: list[Marker]) -> list[int]:
    """Take every citation between turned brackets; the brackets that are left alone."""
    left = set(alone)
    for match in _REVERSED.finditer(text):
        ends = {match.start(), match.end() - 1}
        if ends <= left and (citations := read_marker(match[1])):
            markers.append(Marker(Span(offset + match.start(), offset + match.end()), citations))
            left -= ends
    return sorted(left)


def _link(  # noqa: PLR0917 -- three lists to fill, all of them the caller's
    text: str,
    offset: int,
    link: tuple[int, re.Match[str]],
    bindings: list[Binding],
    hide: list[Span],
    notes: list[Note],
) -> int:
    """Take one link or image; the index after it, where reading goes on."""
    start, target = link
    end = target.start() - 1
    if start and text[start - 1] == "!":
        hide.append(Span(offset + start - 1, offset + target.end()))
        return target.end()
    whole = Span(offset + start, offset + target.end())
    words = Span(offset + start + 1, offset + end)
    hide.append(Span(whole.start, words.start))
    hide.append(Span(words.end, whole.end))
    address = target["angled"] if target["angled"] is not None else target["bare"]
    scheme = _SCHEME.match(address)
    name = scheme[1].lower() if scheme else ""
    kind, rest = BindingKind.WEB, address
    if scheme and name in _KINDS:
        kind, rest = _KINDS[name], address[scheme.end() :]
        if not rest:
            notes.append(Note(f"a link to no {name}: the id is missing", whole))
    elif name and name not in {"http", "https", "mailto", "tel", "ftp", "doi", "urn"}:
        notes.append(Note(f"a link of an unknown kind, {name!r}", whole))
    shown = text[start + 1 : end]
    bindings.append(Binding(kind, rest, whole, words, shown))
    return target.end()
