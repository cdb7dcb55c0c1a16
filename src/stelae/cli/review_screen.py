"""What a reviewer sees: one pair, how far the review is, which keys there are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from stelae.cli.pair_text import Paper, clean, heading, rows, wrapped
from stelae.cli.terminal import count
from stelae.linkage.decisions import Answer
from stelae.linkage.explaining import PairExplanation

__all__ = ["KEYS", "closing", "keys_line", "screen"]

KEYS: Mapping[str, str] = {
    "y": "y",
    "yes": "y",
    "n": "n",
    "no": "n",
    "?": "?",
    "u": "u",
    "undo": "u",
    "e": "e",
    "explain": "e",
    "q": "q",
    "quit": "q",
}
"""What may be typed, and the key that it is."""
_WORDS = {Answer.MATCH: "yes", Answer.NON_MATCH: "no", Answer.UNDECIDED: "undecided"}


def screen(
    paper: Paper,
    pair: PairExplanation,
    *,
    number: int,
    total: int,
    why: str,
    said: Sequence[Answer],
) -> Iterator[str]:
    """One pair. Weights are not shown: they would lead the reviewer (`e` shows them)."""
    so_far = tally(said)
    head = f"{number} of {total}"
    gap = paper.width - len(head) - len(so_far)
    yield ""
    if gap >= 3:
        yield paper.bold(head) + paper.dim(f" {'─' * (gap - 2)} " + so_far)
    else:
        yield paper.bold(head)
        yield paper.dim(so_far)
    if why:
        yield from wrapped(clean(why), paper.width)
    yield ""
    yield from heading(paper, pair.left, pair.right)
    yield from rows(paper, pair)
    yield ""


def keys_line(paper: Paper) -> str:
    """The question and its keys."""
    if paper.narrow:
        return "One person? y n ?  u undo  e why  q stop"
    return "One person?  y yes   n no   ? cannot tell   u undo   e explain   q stop"


def tally(said: Sequence[Answer]) -> str:
    """`3 yes, 1 no, 1 undecided`."""
    counts = Counter(_WORDS[answer] for answer in said)
    return ", ".join(f"{counts[word]} {word}" for word in _WORDS.values())


def answered(answer: Answer) -> str:
    """The line that says what was saved."""
    return {
        Answer.MATCH: "Saved: one person.",
        Answer.NON_MATCH: "Saved: two people.",
        Answer.UNDECIDED: "Saved: cannot tell.",
    }[answer]


def closing(said: Sequence[Answer], left: int, folder: str) -> Iterator[str]:
    """What was decided, and what to do next."""
    if not said:
        yield "Nothing was decided."
        return
    yield f"{count(len(said), 'answer')} saved in {folder}/decisions.jsonl: {tally(said)}."
    if left:
        yield f"{count(left, 'pair')} of this round left: the same command goes on."
    yield "To use the answers, run the same stelae link command again, into the same folder."
