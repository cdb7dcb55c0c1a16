"""An explained pair as lines for a terminal: what it comes to first, then why, then the letters."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from stelae.cli.pair_text import Paper, bars, clean, heading, isolated, ordered, rows, wrapped
from stelae.linkage.explaining import Compared, PairExplanation
from stelae.linkage.explaining_words import (
    cluster_lines,
    decision_line,
    field_words,
    level_words,
    odds,
    percent,
    record_words,
    verdict,
)
from stelae.linkage.names.explanation import Letters

__all__ = ["explained"]

_BAR = 8
_PRIOR, _SUM = "before comparing", "sum"


def explained(paper: Paper, pair: PairExplanation) -> Iterator[str]:
    """All that is known of a pair."""
    ends = f"{record_words(pair.left)} and {record_words(pair.right)}"
    yield from _text(paper, f"{clean(ends)}: {verdict(pair.probability)}.", bold=True)
    for line in cluster_lines(pair):
        yield from _text(paper, clean(line).strip(), indent=2 if line.startswith("  ") else 0)
    if pair.decisions:
        held = "None holds." if pair.decided is None else f"It holds: {pair.decided.answer.value}."
        yield from _text(paper, f"Decisions on this pair. {held}")
        for decision in pair.decisions:
            yield from _text(paper, clean(decision_line(decision)), indent=2)
    yield ""
    yield from heading(paper, pair.left, pair.right)
    yield from rows(paper, pair)
    yield ""
    yield from _weights(paper, pair)
    letters = [each for each in pair.compared if each.letters is not None and _is_news(each)]
    if letters:
        yield ""
        yield from _text(paper, "Names, letter by letter (∅: no letter)", bold=True)
        for each in letters:
            yield from _letters(paper, each)


def _text(paper: Paper, text: str, *, indent: int = 0, bold: bool = False) -> Iterator[str]:
    for line in wrapped(text, paper.width - indent):
        yield " " * indent + (paper.bold(line) if bold else line)


def _weights(paper: Paper, pair: PairExplanation) -> Iterator[str]:
    terms = [(_PRIOR, "any two records", pair.prior)]
    terms += [
        (field_words(each.name), level_words(each), each.bits)
        for each in ordered(pair)
        if each.left is not None or each.right is not None
    ]
    label = max(len(name) for name, _, _ in terms) + 2
    yield from _text(paper, "What it weighs, in bits (one more doubles the odds)", bold=True)
    drawn = list(bars([bits for _, _, bits in terms], _BAR))
    for (name, words, bits), bar in zip(terms, drawn, strict=True):
        number = f"{bits:+7.1f}" if bits or words == terms[0][1] else "      ·"
        painted = paper.paint(bar, "31" if bits < 0 else "32")
        if paper.narrow:
            yield from wrapped(f"{clean(name)}: {clean(words)}", paper.width)
            yield f"{number}  {painted}".rstrip()
            continue
        lines = wrapped(clean(words), max(paper.width - label - 7 - 2 * _BAR - 5, 12))
        yield f"{clean(name):<{label}}{number}  {painted}  {lines[0]}".rstrip()
        yield from (" " * (label + 7 + 2 * _BAR + 5) + line for line in lines[1:])
    head = f"{_SUM:<{0 if paper.narrow else label}}{pair.weight:+7.1f}"
    yield from _text(paper, f"{head}  {odds(pair.weight)}: {percent(pair.probability)}", bold=True)


def _is_news(compared: Compared) -> bool:
    """Whether letters say more than that the two are the same."""
    left, right = compared.left, compared.right
    return left is not None and right is not None and left.text.casefold() != right.text.casefold()


def _letters(paper: Paper, compared: Compared) -> Iterator[str]:
    if compared.letters is None:
        return
    yield clean(field_words(compared.name))
    for pair in compared.letters.pairs:
        left, right = (clean(" ".join(side)) or "(none)" for side in (pair.left, pair.right))
        yield from _text(paper, f"{isolated(left)} / {isolated(right)}: {pair.why}", indent=2)
        if pair.letters and not _is_same(pair.letters):
            cells = [
                f"{isolated(clean(one.left) or '∅')}={isolated(clean(one.right) or '∅')}"
                for one in pair.letters
            ]
            yield from (f"    {line}" for line in _filled(cells, paper.width - 4))


def _is_same(letters: Sequence[Letters]) -> bool:
    return all(one.left == one.right for one in letters)


def _filled(cells: Sequence[str], width: int) -> Iterator[str]:
    line = ""
    for cell in cells:
        longer = f"{line}  {cell}" if line else cell
        if cell_len(longer) > width and line:
            yield line
            longer = cell
        line = longer
    yield line
