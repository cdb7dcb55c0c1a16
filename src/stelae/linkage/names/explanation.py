"""Why two names are like each other: words beside words, letters beside letters, in words."""

from dataclasses import dataclass

import numpy as np

from stelae.linkage.names.aligning import LONGEST, path
from stelae.linkage.names.alphabet import encode
from stelae.linkage.names.comparison import assignment, name_likeness
from stelae.linkage.names.forms import forms_of
from stelae.linkage.names.model import NameModel
from stelae.linkage.names.tokens import tokenize
from stelae.values.canonical import Json

__all__ = ["Letters", "NameComparison", "WordPair", "explain"]

_STRONG, _WEAK = 4.0, 1.0


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one word that stand for letters of the other; their weight is at most about 0."""

    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class WordPair:
    """One or two words of each name that were held beside each other, and their log odds.

    `left` or `right` is empty for a word that was given to no other.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    log_odds: float
    letters: tuple[Letters, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two names word by word; `log_odds` as `name_likeness` gives it."""

    left: str
    right: str
    log_odds: float
    pairs: tuple[WordPair, ...]
    contradiction: float = 0.0
    """What words left over on both sides take away, beyond being missing."""

    def to_json(self) -> dict[str, Json]:
        """For programs."""
        return {
            "left": self.left,
            "right": self.right,
            "log_odds": round(self.log_odds, 3),
            "contradiction": round(self.contradiction, 3),
            "words": [
                {
                    "left": list(pair.left),
                    "right": list(pair.right),
                    "log_odds": round(pair.log_odds, 3),
                    "why": pair.why,
                    "letters": [
                        [one.left, one.right, round(one.weight, 2)] for one in pair.letters
                    ],
                }
                for pair in self.pairs
            ],
        }

    def words(self) -> list[str]:
        """One line for each pair of words, and one for the whole."""
        lines = [
            f"{self.left} / {self.right}: {self.log_odds:+.1f}, {_verdict(self.log_odds)}",
        ]
        for pair in self.pairs:
            left, right = " ".join(pair.left) or "(none)", " ".join(pair.right) or "(none)"
            lines.append(f"  {left} / {right}: {pair.log_odds:+.1f}, {pair.why}")
            if pair.letters:
                lines.append(
                    "    "
                    + " ".join(f"{one.left or '∅'}={one.right or '∅'}" for one in pair.letters)
                )
        if self.contradiction < 0:
            lines.append(f"  words left over on both sides contradict: {self.contradiction:+.1f}")
        return lines


def explain(model: NameModel, a: str, b: str) -> NameComparison:
    """The comparison of two names, in the terms in which it was made."""
    total = float(name_likeness(model, [a, b], np.zeros(1, np.int32), np.ones(1, np.int32))[0])
    pairs = []
    first, second = tokenize(a), tokenize(b)
    if not first or not second:
        return NameComparison(a, b, total, ())
    found, rest = assignment(model, first, second)
    for left, right, odds in found:
        if not left or not right:
            pairs.append(WordPair(left, right, odds, (), "stands alone"))
            continue
        x, y = best_forms(model, left, right)
        letters = aligned(model, x, y)
        pairs.append(WordPair(left, right, odds, letters, _why(left, right, odds, x, y)))
    return NameComparison(a, b, total, tuple(pairs), rest)


def best_forms(model: NameModel, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, str]:
    """The forms of two words in which they are most alike; words together have no other."""
    x, y = "".join(left), "".join(right)
    first = ((x, 0.0), *(forms_of(x) if len(left) == 1 else ()))
    second = ((y, 0.0), *(forms_of(y) if len(right) == 1 else ()))
    if len(first) == len(second) == 1:
        return x, y
    words = model.vocabulary([form for form, _ in (*first, *second)], whole=0)
    half = words.half.astype(np.float64)
    found = []
    for k, (a, cost_a) in enumerate(first):
        for n, (b, cost_b) in enumerate(second, start=len(first)):
            odds = float(words.log_odds(np.array([k]), np.array([n]), -1e6)[0])
            rest = max(0.0, half[0] - half[k]) + max(0.0, half[len(first)] - half[n])
            found.append((odds - rest - cost_a - cost_b, -k, -n, a, b))
    return max(found)[3:]


def aligned(model: NameModel, x: str, y: str) -> tuple[Letters, ...]:
    """The letters of two words as the channel pairs them best."""
    alphabets = model.learned.alphabets
    encoded = encode([x, y], alphabets)
    first, second = (0, 1) if encoded.script[0] <= encoded.script[1] else (1, 0)
    s, t = int(encoded.script[first]), int(encoded.script[second])
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    steps = np.zeros((2 * LONGEST + 2, 2), np.int64)
    tables = model.tables
    arguments = (
        encoded.units, encoded.start[first], encoded.length[first], encoded.start[second],
        encoded.length[second], *tables.of(s, t), best, np.empty((3, LONGEST + 1), np.int64),
        np.zeros(len(encoded.units), np.float32), steps,
    )  # fmt: skip
    count = path(*arguments)
    out = []
    i, j = 0, 0
    for a, b in steps[:count][::-1].tolist():
        i, j = i + a, j + b
        u = int(encoded.units[encoded.start[first] + i - 1, a - 1]) if a else 0
        v = int(encoded.units[encoded.start[second] + j - 1, b - 1]) if b else 0
        row = tables.maps[tables.to_left[s, t] + u] * tables.strides[s, t]
        column = tables.maps[tables.to_right[s, t] + v]
        weight = float(tables.weights[tables.bases[s, t] + row + column])
        texts = alphabets[s].text(u), alphabets[t].text(v)
        if set(texts) in ({"^"}, {"$"}):
            continue
        left, right = texts if first == 0 else (texts[1], texts[0])
        out.append(Letters(left.strip("^$"), right.strip("^$"), weight))
    return tuple(out)


def _verdict(odds: float) -> str:
    if odds >= _STRONG:
        return "evidence for one person"
    if odds >= _WEAK:
        return "weak evidence for one person"
    if odds > -_WEAK:
        return "no evidence either way"
    return "evidence against one person"


def _why(left: tuple[str, ...], right: tuple[str, ...], odds: float, x: str, y: str) -> str:
    if odds <= 0:
        return "different words"
    together = ", written together" if len(left) != len(right) else ""
    if (x, y) != ("".join(left), "".join(right)):
        together += f", taken as {x} / {y}"
    if len(x) == 1 or len(y) == 1:
        together += ", an initial"
    if "".join(left) == "".join(right):
        return f"the same{together}"
    return f"{'one name' if odds >= _STRONG else 'perhaps one name'}{together}"
