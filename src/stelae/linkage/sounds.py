"""The sounds of words: words that are likely one name in other letters have one number.

Commonest words first, each begins a sound and takes along those near to it. A rarer word beyond
the commonest few thousand is only held against these, where their consonants agree; what is near
none of them goes by its consonants. So the work grows with the number of words, not its square.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.names import NameModel, token_pairs
from stelae.linkage.names.index import keys_of

__all__ = ["Sounds", "sounds_of"]

_NEAR = 3.0
"""Log odds from which a word may also be of another sound."""
_ONE_SOUND = 5.0
"""Log odds from which two words count as one sound."""
_COMMON = 20_000
"""Words that are held against each other."""
_ALSO = 2
"""Other sounds that a word may be of."""

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sounds:
    """`own[word]` is a word's sound; (words, near) are words with all sounds that they may be."""

    own: Ints
    words: Ints
    near: Ints


def sounds_of(model: NameModel, tokens: list[str], counts: npt.NDArray[np.int64]) -> Sounds:
    """The sounds of words, each met so many times."""
    order = np.lexsort((np.arange(len(tokens)), -counts))
    common, rare = np.sort(order[:_COMMON]), np.sort(order[_COMMON:])
    pairs = token_pairs(model, [tokens[at] for at in common], least=_NEAR)
    left = np.concatenate([pairs.left, pairs.right])
    right = np.concatenate([pairs.right, pairs.left])
    odds = np.concatenate([pairs.log_odds, pairs.log_odds])
    own = np.full(len(tokens), -1, dtype=np.int32)
    own[common] = common[
        _stars(left[odds >= _ONE_SOUND], right[odds >= _ONE_SOUND], counts[common])
    ]
    heads = own[common][right] == common[right]
    links = [_links(common[left[heads]], common[right[heads]], odds[heads])]
    if len(rare):
        heads = common[own[common] == common]
        found = _rare(model, tokens, rare, heads)
        links.append(found)
        first = found.sort(["odds", "head"], descending=[True, False]).group_by("word").first()
        first = first.filter(pl.col("odds") >= _ONE_SOUND)
        own[first["word"].to_numpy()] = first["head"].to_numpy()
        _by_consonants(tokens, rare[own[rare] < 0], own)
    also = pl.concat(links).sort(["word", "odds", "head"], descending=[False, True, False])
    also = also.filter(pl.Series(own[also["word"].to_numpy()] != also["head"].to_numpy()))
    also = also.group_by("word", maintain_order=True).head(_ALSO)
    return Sounds(
        own,
        np.concatenate([np.arange(len(tokens), dtype=np.int32), also["word"].to_numpy()]),
        np.concatenate([own, also["head"].to_numpy()]),
    )


def _links(
    words: npt.NDArray[np.int64], heads: npt.NDArray[np.int64], odds: npt.NDArray[np.float32]
) -> pl.DataFrame:
    return pl.DataFrame(
        {"word": words.astype(np.int32), "head": heads.astype(np.int32), "odds": odds}
    )


def _stars(left: Ints, right: Ints, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A head for each word, the commonest first; each takes its neighbours that have none."""
    order = np.argsort(left, kind="stable")
    right = right[order]
    start = np.searchsorted(left[order], np.arange(len(counts) + 1))
    head = np.full(len(counts), -1, dtype=np.int64)
    for word in np.lexsort((np.arange(len(counts)), -counts)):
        if head[word] >= 0:
            continue
        head[word] = word
        others = right[start[word] : start[word + 1]]
        head[others[head[others] < 0]] = word
    return head


def _rare(
    model: NameModel, tokens: list[str], rare: npt.NDArray[np.int64], heads: npt.NDArray[np.int64]
) -> pl.DataFrame:
    """Rare words with the heads that agree with them in consonants and are near enough."""
    pairs = (
        _keys(tokens, rare)
        .join(_keys(tokens, heads), on="key")
        .select(pl.col("word"), pl.col("word_right").alias("head"))
        .unique()
        .sort("word", "head")
    )
    words = model.vocabulary(tokens)
    left, right = pairs["word"].to_numpy(), pairs["head"].to_numpy()
    odds = words.log_odds(np.minimum(left, right), np.maximum(left, right), _NEAR)
    return pairs.with_columns(odds=pl.Series(odds)).filter(pl.col("odds") > _NEAR)


def _keys(tokens: list[str], which: npt.NDArray[np.int64]) -> pl.DataFrame:
    """The consonants of words, in all readings."""
    rows = [(key, at) for at in which.tolist() for key, whole in keys_of(tokens[at]) if whole]
    return pl.DataFrame(rows, schema={"key": pl.String, "word": pl.Int32}, orient="row")


def _by_consonants(tokens: list[str], which: npt.NDArray[np.int64], own: Ints) -> None:
    """Give words the number of the first one with the same consonants in their first reading."""
    numbers: dict[str, int] = {}
    for at in which.tolist():
        keys = keys_of(tokens[at])
        own[at] = numbers.setdefault(keys[0][0], at) if keys else at
