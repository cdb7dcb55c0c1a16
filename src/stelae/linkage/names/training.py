"""Learning the channel from names of the same people: `learn`, from pairs of names to tables.

Words are first given to words by a likeness of strings; then the channel is learned by EM over
best alignments (Viterbi), and twice the words are given to each other anew by the model itself.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from stelae.linkage.names.aligning import NEVER
from stelae.linkage.names.alphabet import Alphabet, Encoded, encode, script_number
from stelae.linkage.names.background import Background, letters_of
from stelae.linkage.names.channel import (
    Found,
    Tables,
    count,
    groups_of,
    prior_of,
    single_weights,
    tables_of,
)
from stelae.linkage.names.counting import compose
from stelae.linkage.names.tokens import SCRIPTS, romanised, script_of, tokenize
from stelae.linkage.names.vocabulary import Vocabulary, make_vocabulary

__all__ = ["Example", "Learned", "learn"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Given = dict[tuple[int, int], tuple[Ints, Floats]]
"""For two scripts, pairs of words (places in the vocabulary) and how many people bear them."""
Group = tuple[tuple[int, ...], tuple[int, ...], float, float]

_LEAST_MET = {"latin": 25}
"""People in whose names a letter is met before it has a number of its own; 3 in other scripts."""
_LEAST_TIMES = 3
"""Times that two words stood for each other before that is kept."""
_LEAST_BETTER = 0.5
_LEAST_PEOPLE = 4
"""People who bear a word before its frequency is kept."""
_SKELETON = str.maketrans("", "", "aeiouy")
_FOLD = str.maketrans({"q": "k", "c": "k", "w": "v", "x": "k", "j": "y", "z": "s", "h": ""})
_MOST_GROUPS_A_SCRIPT = 900


@dataclass(frozen=True, slots=True)
class Example:
    """The distinct names of one person."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """Alphabets, background and weights, as `NameModel` holds them."""

    alphabets: tuple[Alphabet, ...]
    background: Background
    singles: Mapping[tuple[int, int], Floats]
    """Counts of single letters that were one sound, for each pair of scripts."""
    groups: Mapping[tuple[int, int], tuple[tuple[int, int, float], ...]]
    equals: Mapping[tuple[str, str], float]
    """Pairs of whole words that stood for each other oftener than their letters say."""


def pairs_of_names(examples: Iterable[Example]) -> list[tuple[int, str, str]]:
    """Each two distinct names of a person, by the person's place."""
    return [
        (person, a, b)
        for person, example in enumerate(examples)
        for n, a in enumerate(example.names)
        for b in example.names[n + 1 :]
    ]


def alphabets_of(examples: Iterable[Example]) -> tuple[Alphabet, ...]:
    """The letters that are met often enough, for each script."""
    met: Counter[str] = Counter()
    for example in examples:
        met.update({letter for name in example.names for t in tokenize(name) for letter in t})
    chosen: dict[str, list[str]] = {script: [] for script in SCRIPTS}
    for letter, times in met.items():
        script = script_of(letter)
        if script in chosen and times >= _LEAST_MET.get(script, 3):
            chosen[script].append(letter)
        if letter == "׳":
            chosen["hebrew"].append(letter)
    chosen["latin"] = sorted({*chosen["latin"], *"abcdefghijklmnopqrstuvwxyz0123456789"})
    return tuple(Alphabet("".join(sorted(set(chosen[script]))[:110])) for script in SCRIPTS)


def learn(
    examples: Sequence[Example], *, rounds: int = 3, progress: Callable[[float], None] | None = None
) -> Learned:
    """The channel and the background of these people's names."""
    alphabets = alphabets_of(examples)
    people: Counter[str] = Counter()
    vocabulary: dict[str, int] = {}
    for example in examples:
        people.update({token for name in example.names for token in tokenize(name)})
    for token in sorted(people):
        vocabulary[token] = len(vocabulary)
    tokens = list(vocabulary)
    encoded = encode(tokens, alphabets)
    met = np.array([people[token] for token in tokens], dtype=np.float64)
    background = background_of(tokens, encoded, met, alphabets)
    names = pairs_of_names(examples)
    given = whole = given_by_strings(names, vocabulary)
    pooled: dict[tuple[str, str], float] = {}
    groups: dict[tuple[int, int], list[Group]] = {}
    singles: dict[tuple[int, int], Floats] = {}
    made: dict[tuple[int, int], Floats] = {}
    tables = tables_of(alphabets, _weights(alphabets, {}, pooled))
    for step in range(rounds + 1):
        for inner in range(3 if step == 0 else 2):
            found = {}
            for (s, t), (pairs, often) in given.items():
                sizes = (alphabets[s].size, alphabets[t].size)
                found[s, t] = count(encoded, tables, s, t, sizes, pairs, often**0.5)
            singles = {key: each.singles for key, each in found.items()}
            pooled = _pooled(alphabets, singles)
            made = _weights(alphabets, singles, pooled)
            if step > 0 or inner > 1:
                alphabets, made, groups = _with_groups(alphabets, made, found, encoded, given)
                encoded = encode(tokens, alphabets)
            tables = tables_of(alphabets, made)
        if progress is not None:
            progress((step + 1) / (rounds + 1))
        if step < rounds:
            words = make_vocabulary(tokens, alphabets, background, tables, {}, whole=0)
            given, whole = given_by_model(names, vocabulary, words)
    kept = {
        key: tuple(
            (_unit(alphabets[key[0]], a), _unit(alphabets[key[1]], b), round(weight, 3))
            for a, b, weight, _ in each
        )
        for key, each in groups.items()
    }
    singles = {key: np.round(counts, 2) for key, counts in singles.items()}
    equals = equals_of(whole, tokens, encoded, tables)
    return Learned(alphabets, background, singles, kept, equals)


def background_of(
    tokens: Sequence[str], encoded: Encoded, met: Floats, alphabets: Sequence[Alphabet]
) -> Background:
    """Bigrams of letters, and the frequency of words met in several people, for each script."""
    letters = tuple(
        letters_of(encoded, met, script, alphabet.size) for script, alphabet in enumerate(alphabets)
    )
    totals = np.bincount(encoded.script, weights=met, minlength=len(alphabets))
    words = {
        token: round(float(np.log((met[k] - 1) / totals[encoded.script[k]])), 3)
        for k, token in enumerate(tokens)
        if met[k] >= _LEAST_PEOPLE
    }
    return Background(letters, words)


def _weights(
    alphabets: Sequence[Alphabet],
    singles: Mapping[tuple[int, int], Floats],
    pooled: dict[tuple[str, str], float],
) -> dict[tuple[int, int], Floats]:
    out = {}
    for s, x in enumerate(alphabets):
        for t in range(s, len(alphabets)):
            y = alphabets[t]
            counts = singles.get((s, t))
            if counts is None:
                counts = np.zeros((x.size, y.size))
            table = np.full((x.units, y.units), float(NEVER))
            table[: x.size, : y.size] = single_weights(
                counts, prior_of(x, y, pooled if s != t else {}), same=s == t
            )
            out[s, t] = table
    return out


def _pooled(
    alphabets: Sequence[Alphabet], singles: Mapping[tuple[int, int], Floats]
) -> dict[tuple[str, str], float]:
    """Counts of romanised letters over all pairs of different scripts, both ways."""
    out: dict[tuple[str, str], float] = {}
    for (s, t), counts in singles.items():
        if s == t:
            continue
        x, y = alphabets[s], alphabets[t]
        for u, v in zip(*np.nonzero(counts), strict=True):
            a, b = x.sound(int(u)), y.sound(int(v))
            out[a, b] = out.get((a, b), 0.0) + float(counts[u, v])
            out[b, a] = out.get((b, a), 0.0) + float(counts[u, v])
    return out


def _unit(alphabet: Alphabet, span: tuple[int, ...]) -> int:
    if len(span) < 2:
        return span[0] if span else 0
    return alphabet.size + alphabet.groups.index(span)


def _with_groups(
    alphabets: Sequence[Alphabet],
    singles: dict[tuple[int, int], Floats],
    found: Mapping[tuple[int, int], Found],
    encoded: Encoded,
    given: Given,
) -> tuple[tuple[Alphabet, ...], dict[tuple[int, int], Floats], dict[tuple[int, int], list[Group]]]:
    """Alphabets with the groups of letters that are worth it, and the tables with their weights."""
    chosen: dict[tuple[int, int], list[Group]] = {}
    worth: list[dict[tuple[int, ...], float]] = [{} for _ in alphabets]
    for (s, t), each in found.items():
        x, y = alphabets[s], alphabets[t]
        pairs, often = given[s, t]
        table = singles[s, t][: x.size, : y.size]
        chosen[s, t] = groups_of(each, encoded, pairs, often**0.5, table, same=s == t)
        for a, b, _, gain in chosen[s, t]:
            for script, span in ((s, a), (t, b)):
                if len(span) > 1:
                    worth[script][span] = max(worth[script].get(span, 0.0), gain)
    new = []
    for script, alphabet in enumerate(alphabets):
        gains = worth[script]
        best = sorted(gains, key=lambda g: (-gains[g], g))
        new.append(Alphabet(alphabet.letters, tuple(sorted(best[:_MOST_GROUPS_A_SCRIPT]))))
    places = [{span: a.size + n for n, span in enumerate(a.groups)} for a in new]
    out = {}
    for (s, t), old in singles.items():
        x, y = new[s], new[t]
        table = np.full((x.units, y.units), float(NEVER))
        table[: x.size, : y.size] = old[: x.size, : y.size]
        kept = []
        for a, b, weight, gain in chosen.get((s, t), ()):
            u = places[s].get(a) if len(a) > 1 else (a[0] if a else 0)
            v = places[t].get(b) if len(b) > 1 else (b[0] if b else 0)
            if u is not None and v is not None:
                table[u, v] = weight
                kept.append((a, b, weight, gain))
        chosen[s, t] = kept
        out[s, t] = table
    return tuple(new), out, chosen


def equals_of(
    given: Given,
    tokens: Sequence[str],
    encoded: Encoded,
    tables: Tables,
) -> dict[tuple[str, str], float]:
    """Whole words that stand for each other oftener than their letters say, and the weights.

    w = 1/2 [log P(y | x) + log P(x | y)] of whole words, where they met at least three times.
    """
    out: dict[tuple[str, str], float] = {}
    for (s, t), (pairs, often) in given.items():
        of_x = np.bincount(pairs[:, 0], weights=often, minlength=len(tokens))
        of_y = np.bincount(pairs[:, 1], weights=often, minlength=len(tokens))
        if s == t:
            of_x = of_y = of_x + of_y
        keep = (often >= _LEAST_TIMES) & (pairs[:, 0] != pairs[:, 1])
        both, times = pairs[keep], often[keep]
        weight = 0.5 * (
            np.log(times / (of_x[both[:, 0]] + 2)) + np.log(times / (of_y[both[:, 1]] + 2))
        )
        letters = compose(
            *(
                encoded.start, encoded.length, encoded.units, *tables.of(s, t),
                both[:, 0], both[:, 1],
            )
        )  # fmt: skip
        for k in np.flatnonzero(weight > letters + _LEAST_BETTER):
            x, y = sorted((tokens[both[k, 0]], tokens[both[k, 1]]))
            out[x, y] = round(float(weight[k]), 3)
    return out


def given_by_strings(names: Sequence[tuple[int, str, str]], vocabulary: Mapping[str, int]) -> Given:
    """Words given to words where their romanised consonants are alike."""
    told: set[tuple[int, int, int]] = set()
    skeletons = {token: _skeleton(token) for token in vocabulary}
    for person, a, b in names:
        left, right = tokenize(a), list(tokenize(b))
        for x in left:
            if not right:
                break
            scores = [(100.0 if x == y else fuzz.ratio(skeletons[x], skeletons[y])) for y in right]
            k = int(np.argmax(scores))
            if scores[k] >= 70:
                told.add((person, vocabulary[x], vocabulary[right.pop(k)]))
    return _by_scripts(Counter((x, y) for _, x, y in told), list(vocabulary))


def _skeleton(token: str) -> str:
    latin = "".join(romanised(letter) for letter in token)
    folded = latin.translate(_FOLD).translate(_SKELETON)
    return (latin[:1] if not folded else "") + folded


def _by_scripts(counts: Mapping[tuple[int, int], float], tokens: Sequence[str]) -> Given:
    """Pairs of words by their scripts, the lower script first, and how often."""
    scripts = [script_number(token) for token in tokens]
    found: dict[tuple[int, int], dict[tuple[int, int], float]] = {}
    for (x, y), times in sorted(counts.items()):
        a, b = (x, y) if scripts[x] <= scripts[y] else (y, x)
        of = found.setdefault((scripts[a], scripts[b]), {})
        of[a, b] = of.get((a, b), 0.0) + times
    return {
        key: (
            np.array(list(of), dtype=np.int64),
            np.array(list(of.values()), dtype=np.float64),
        )
        for key, of in sorted(found.items())
    }


def given_by_model(
    names: Sequence[tuple[int, str, str]],
    vocabulary: Mapping[str, int],
    words: Vocabulary,
    least: float = 1.0,
) -> tuple[Given, Given]:
    """Words given to words by the model, best first, where the log odds are at least `least`.

    The second also has words that are the only ones left over on both sides: nicknames, perhaps.
    Each pair of words counts once for a person.
    """
    rows = [
        (p, vocabulary[x], vocabulary[y])
        for p, (_, a, b) in enumerate(names)
        for x in tokenize(a)
        for y in tokenize(b)
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    distinct, inverse = np.unique(table[:, 1:], axis=0, return_inverse=True)
    odds = words.log_odds(distinct[:, 0], distinct[:, 1], -4.0)[inverse.ravel()]
    order = np.lexsort((table[:, 2], table[:, 1], -odds, table[:, 0]))
    rest = [(set(tokenize(a)), set(tokenize(b))) for _, a, b in names]
    tokens = list(vocabulary)
    told: set[tuple[int, int, int]] = set()
    for k in order[odds[order] >= least]:
        p, x, y = table[k].tolist()
        left, right = rest[p]
        if tokens[x] in left and tokens[y] in right:
            left.discard(tokens[x])
            right.discard(tokens[y])
            told.add((names[p][0], x, y))
    apart = {
        (names[p][0], vocabulary[x], vocabulary[y])
        for p, (left, right) in enumerate(rest)
        if len(left) == len(right) == 1 and len(tokenize(names[p][1])) > 1
        for x, y in itertools.product(left, right)
        if min(len(x), len(y)) > 1
    }
    return (
        _by_scripts(Counter((x, y) for _, x, y in told), tokens),
        _by_scripts(Counter((x, y) for _, x, y in told | apart), tokens),
    )


def weights_of(learned: Learned) -> Tables:
    """The tables that the kernels read."""
    alphabets = learned.alphabets
    out = _weights(alphabets, learned.singles, _pooled(alphabets, learned.singles))
    for key, each in learned.groups.items():
        for u, v, weight in each:
            out[key][u, v] = weight
    return tables_of(alphabets, out)


def relearn(learned: Learned, names: Sequence[tuple[str, str]]) -> Learned:
    """Counts of letters in the words of these pairs of names added to those learned before."""
    vocabulary: dict[str, int] = {}
    for token in sorted({t for pair in names for name in pair for t in tokenize(name)}):
        vocabulary[token] = len(vocabulary)
    tokens = list(vocabulary)
    alphabets, tables = learned.alphabets, weights_of(learned)
    encoded = encode(tokens, alphabets)
    words = make_vocabulary(tokens, alphabets, learned.background, tables, learned.equals)
    given, whole = given_by_model([(k, *pair) for k, pair in enumerate(names)], vocabulary, words)
    singles = dict(learned.singles)
    for (s, t), (pairs, often) in given.items():
        sizes = (alphabets[s].size, alphabets[t].size)
        found = count(encoded, tables, s, t, sizes, pairs, often**0.5).singles
        before = singles.get((s, t))
        singles[s, t] = np.round(found if before is None else before + found, 2)
    equals = {**learned.equals}
    for pair, weight in equals_of(whole, tokens, encoded, tables).items():
        equals[pair] = max(weight, equals.get(pair, weight))
    return Learned(alphabets, learned.background, singles, learned.groups, equals)
