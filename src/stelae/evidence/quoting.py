"""Finding the words of a quotation in the pages of its source.

Found means the same text after folding (`stelae.evidence.folding`), cutting neither a word nor a
number, so that "30" is not found in "300" nor "legal" in "illegal". Parts between omission marks
must follow one another within GAP characters. Everything else is at most a near miss, which
shows the reader the place and never passes a check.
"""

import bisect
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from stelae.evidence.folding import HYPHENATION, Folded, continues_letter, fold

GAP = 5_000
"""The most folded characters that one omission mark may stand for: about two printed pages."""
MOST_OMISSIONS = 100
"""A quotation with more omission marks quotes nothing."""
NEAR = 0.6
"""The least similarity (Ratcliff and Obershelp, 0 to 1) that is worth showing."""

_OMISSION = re.compile(r"\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,}")
# Digits with points, commas or apostrophes in them, or in groups of three after spaces.
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,\"]\d+)*")
_GRAMS = 48
_COMPARED = 1_000
_MANY = 400
_CHAINS = 20
"""So many places of the first parts are looked at for what comes nearest to the last."""
# Scripts written without spaces between words, by the first word of the character's name.
_UNSPACED = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "HALFWIDTH")
)


@dataclass(frozen=True, slots=True)
class Found:
    """The quotation stands from code point `start` of `page` to before `end` of `last_page`.

    Pages count from 0. With omissions the span covers all parts.
    """

    page: int
    start: int
    end: int
    last_page: int


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The most similar place, with its `text`, its similarity from 0 to 1, and what is amiss.

    Of a quotation with omissions the text is that of its parts, with "[…]" between them.
    """

    page: int
    start: int
    end: int
    last_page: int
    text: str
    ratio: float
    why: str


class FoldedPages:
    """The pages of one source, folded once for any number of quotations; never changed."""

    __slots__ = ("_breaks", "_removed", "_starts", "folded", "skeleton", "whole")

    def __init__(self, pages: Sequence[str]) -> None:
        # A form feed is white space, so that words and quotations run on across pages.
        self.whole = "\f".join(page.replace("\f", "\n") for page in pages)
        self._starts = [0]
        for page in pages[:-1]:
            self._starts.append(self._starts[-1] + len(page) + 1)
        self.folded: Folded = fold(self.whole)
        self.skeleton, self._removed = _skeleton(self.folded.text)

    def folded_position(self, position: int) -> int:
        """The place in the folded text of a place in the skeleton."""
        # The n-th removed hyphen stands at skeleton place removed[n] - n.
        low, high = 0, len(self._removed)
        while low < high:
            middle = (low + high) // 2
            if self._removed[middle] - middle <= position:
                low = middle + 1
            else:
                high = middle
        return position + low

    def place(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Page, start, end and last page of a span of the folded text."""
        first, last = self.folded.original_span(start, end)
        page = bisect.bisect_right(self._starts, first) - 1
        last_page = bisect.bisect_right(self._starts, last - 1) - 1
        return page, first - self._starts[page], last - self._starts[last_page], last_page

    def original(self, start: int, end: int) -> str:
        """The original text of a span of the folded text."""
        first, last = self.folded.original_span(start, end)
        return self.whole[first:last]


def find_quote(
    quote: str, pages: Sequence[str] | FoldedPages, *, near: bool = True
) -> Found | NearMiss | None:
    """Where a quotation stands in its source; None when nothing in it comes near.

    An omission is "[…]", "(…)", "…" or three dots in place of these; first the mark is taken as
    written, in case the source has it. A quotation without a letter or digit is never found.
    Give FoldedPages when more than one quotation is looked for in the same source. Without `near`
    other words are not looked for, which takes most of the time. What leaves out more than
    MOST_OMISSIONS places is never found: words in some order are in every long source.
    """
    source = pages if isinstance(pages, FoldedPages) else FoldedPages(pages)
    whole = fold(quote).text
    if not any(character.isalnum() for character in whole):
        return None
    span = next(_whole_occurrences(whole, source), None)
    if span is not None:
        return Found(*source.place(*span))
    span = next(_occurrences(whole, source), None)
    if span is not None:
        return _widened(whole, source, *span)
    parts = [fold(part).text for part in _OMISSION.split(quote)]
    parts = [part for part in parts if any(character.isalnum() for character in part)]
    if len(parts) > MOST_OMISSIONS + 1:
        return None
    if len(parts) > 1 or (parts and parts[0] != whole):
        return _find_parts(parts, source, near=near)
    return _nearest(whole, source) if near else None


@dataclass(frozen=True, slots=True)
class _Chain:
    """Parts of a quotation found one after another; `before` leads back to the first."""

    start: int
    end: int
    before: "_Chain | None" = None

    def spans(self) -> list[tuple[int, int]]:
        """The span of every part, in order."""
        spans: list[tuple[int, int]] = []
        link: _Chain | None = self
        while link is not None:
            spans.append((link.start, link.end))
            link = link.before
        return spans[::-1]


def _find_parts(
    parts: Sequence[str], source: FoldedPages, *, near: bool
) -> Found | NearMiss | None:
    chains: list[_Chain] = []
    known: dict[str, list[tuple[int, int]]] = {}
    for number, part in enumerate(parts):
        if part not in known:
            known[part] = list(_whole_occurrences(part, source))
        whole = known[part]
        if not whole and not near:
            return None
        if not whole:
            return _all_but(parts[: number + 1], chains, source) or _part_alone(part, source)
        if number == 0:
            chains = [_Chain(*span) for span in whole]
            continue
        ends = [chain.end for chain in chains]
        longer = []
        for start, end in whole:
            # The chain that ends last before this part leaves the smallest gap.
            before = bisect.bisect_right(ends, start) - 1
            if before >= 0 and start - ends[before] <= GAP:
                longer.append(_Chain(start, end, chains[before]))
        if not longer:
            place = source.place(*whole[0])
            why = f"its parts do not follow one another within {GAP} characters"
            return NearMiss(*place, source.original(*whole[0]), 1.0, why)
        chains = longer
    spans = chains[0].spans()
    return Found(*source.place(spans[0][0], spans[-1][1]))


def _part_alone(part: str, source: FoldedPages) -> NearMiss | None:
    cut = next(_occurrences(part, source), None)
    return _nearest(part, source) if cut is None else _widened(part, source, *cut)


def _all_but(
    parts: Sequence[str], chains: Sequence[_Chain], source: FoldedPages
) -> NearMiss | None:
    """A near miss where all parts but the last stand, and make most of the quotation.

    What comes nearest to the last part is looked for after the others.
    """
    text = source.folded.text
    best: tuple[float, list[tuple[int, int]]] | None = None
    for chain in chains[:_CHAINS]:
        spans = chain.spans()
        found = _best_window(parts[-1], text, chain.end, min(len(text), chain.end + GAP))
        near = found is not None and found[0] >= NEAR
        ratio = found[0] if found and near else 0.0
        if best is None or ratio > best[0]:
            best = ratio, [*spans, _uncut(text, *found[1:])] if found and near else spans
    if best is None:
        return None
    ratio, spans = best
    known = sum(map(len, parts[:-1]))
    whole = min(0.999, (known + ratio * len(parts[-1])) / (known + len(parts[-1])))
    if whole < NEAR:
        return None
    why = "its words differ from these" if ratio else "its last words do not follow these"
    shown = " […] ".join(source.original(*span) for span in spans)
    return NearMiss(*source.place(spans[0][0], spans[-1][1]), shown, whole, why)


def _skeleton(folded: str) -> tuple[str, list[int]]:
    """Folded text without hyphens, and where they were."""
    removed = [match.start() for match in re.finditer(f"[-{HYPHENATION}]", folded)]
    return folded.replace("-", "").replace(HYPHENATION, ""), removed


def _whole_occurrences(quote: str, source: FoldedPages) -> Iterator[tuple[int, int]]:
    """Every span that is the quotation and cuts neither word nor number."""
    text = source.folded.text
    for start in _candidates(quote, source):
        if _cuts(text, start):
            continue
        end = _matched(quote, text, start)
        if end is not None and not _cuts(text, end):
            yield start, end


def _occurrences(quote: str, source: FoldedPages) -> Iterator[tuple[int, int]]:
    """Spans that are the quotation, whatever they cut; only the first candidates are looked at."""
    for start in itertools.islice(_candidates(quote, source), _MANY):
        end = _matched(quote, source.folded.text, start)
        if end is not None:
            yield start, end


def _candidates(quote: str, source: FoldedPages) -> Iterator[int]:
    """Where the quotation may start: the places where it stands if hyphens are not looked at."""
    needle, _ = _skeleton(quote)
    text = source.folded.text
    leading = len(quote) - len(quote.lstrip("-"))
    position = source.skeleton.find(needle)
    while position >= 0:
        start = source.folded_position(position)
        before = text[max(start - leading, 0) : start]
        yield start - (len(before) - len(before.rstrip("-")))
        position = source.skeleton.find(needle, position + 1)


def _matched(quote: str, text: str, start: int) -> int | None:
    """Where the quotation ends if it stands at `start`, else None."""
    if text.startswith(quote, start):
        return start + len(quote)
    at, here = start, 0
    while here < len(quote):
        wanted = quote[here]
        found = text[at] if at < len(text) else ""
        if wanted == found:
            here += 1
            at += 1
        elif found == HYPHENATION:
            at += 1
            here += wanted == "-"
        elif wanted == HYPHENATION:
            here += 1
            at += found == "-"
        else:
            return None
    return at


def _cuts(text: str, at: int) -> bool:
    """Whether a span that starts or ends here cuts a letter from its marks, a word or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if continues_letter(after) or HYPHENATION in (before, after):
        return True
    if _is_letter(before) and _is_letter(after):
        return not (_is_unspaced(before) or _is_unspaced(after))
    return _cuts_number(text, at)


def _cuts_number(text: str, at: int) -> bool:
    """Whether digits stand on both sides, also across a point, a comma or a thousands' space."""
    around = text[max(0, at - 5) : at + 5]
    middle = at - max(0, at - 5)
    return any(number.start() < middle < number.end() for number in _NUMBER.finditer(around))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _is_unspaced(character: str) -> bool:
    return unicodedata.name(character, "").partition(" ")[0] in _UNSPACED


def _uncut(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the whole of the words and numbers that it cuts."""
    low, high = max(0, start - 60), min(len(text), end + 60)
    while start > low and _cuts(text, start):
        start -= 1
    while end < high and _cuts(text, end):
        end += 1
    return start, end


def _widened(quote: str, source: FoldedPages, start: int, end: int) -> NearMiss:
    """A near miss for words that the source has only as part of longer words or numbers."""
    start, end = _uncut(source.folded.text, start, end)
    ratio = 2 * len(quote) / (len(quote) + end - start)
    why = "it begins or ends within a word or a number of the source"
    return NearMiss(*source.place(start, end), source.original(start, end), ratio, why)


def _nearest(quote: str, source: FoldedPages) -> NearMiss | None:
    """The most similar span: windows that share the most short pieces are compared in full."""
    best = _best_window(quote, source.folded.text, 0, len(source.folded.text))
    if best is None or best[0] < NEAR:
        return None
    ratio, start, end = best
    place = source.place(start, end)
    return NearMiss(*place, source.original(start, end), ratio, "its words differ from these")


def _best_window(quote: str, text: str, low: int, high: int) -> tuple[float, int, int] | None:
    """Similarity and span of what comes nearest to the quotation between two places."""
    best: tuple[float, int, int] | None = None
    for first in _windows(quote, text[low:high]):
        start = low + first
        stop = min(high, start + len(quote) + len(quote) // 2 + 40)
        found = _compare(quote, text, start, stop)
        if found[1] < found[2] and (best is None or found[0] > best[0]):
            best = found
    return best


def _windows(quote: str, text: str) -> list[int]:
    """Where up to three likely places start, by votes of pieces of the quotation."""
    size = min(8, max(3, len(quote) // 4))
    step = max(1, (len(quote) - size) // _GRAMS)
    width = max(16, len(quote) // 4)
    votes: Counter[int] = Counter()
    for offset in range(0, max(1, len(quote) - size + 1), step):
        piece = quote[offset : offset + size]
        position = text.find(piece)
        for _ in range(_MANY):
            if position < 0:
                break
            votes[(position - offset) // width] += 1
            position = text.find(piece, position + 1)
    for bucket in list(votes):
        votes[bucket] += votes.get(bucket + 1, 0) // 2
    return [max(0, bucket * width - width // 2) for bucket, _ in votes.most_common(3)]


def _compare(quote: str, text: str, low: int, high: int) -> tuple[float, int, int]:
    """Similarity of the quotation to the best part of a window, and that part's span."""
    window = text[low:high]
    one, other = quote[:_COMPARED], window[: _COMPARED + _COMPARED // 2]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 2]
    if not blocks:
        return 0.0, low, low
    first, last = blocks[0], blocks[-1]
    start = max(0, first.b - first.a)
    end = min(len(other), last.b + last.size + len(one) - last.a - last.size)
    while start < end and other[start] == " ":
        start += 1
    while end > start and other[end - 1] == " ":
        end -= 1
    matched = sum(block.size for block in blocks)
    ratio = min(0.999, 2 * matched / (len(one) + end - start)) if end > start else 0.0
    return ratio, low + start, low + end
