"""The words of people's names in some lists: which records bear them, which sound alike.

Words are found once and used for candidates (marks) and for how common a name is here
(frequencies): that of a sound, over all its spellings, not of one spelling in one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.coding import code
from stelae.linkage.fields import NAMES, Kind, Lists
from stelae.linkage.names import NameModel, token_pairs, tokenize

__all__ = ["Words", "frequencies", "neighbours", "words_of"]

_NEAR = 3.0
"""Log odds from which two words are neighbours."""
_ONE_SOUND = 5.0
"""Log odds from which two words count as one sound."""
_MOST_NEAR = 40


@dataclass(frozen=True, slots=True)
class Words:
    """The distinct words of names, sorted, and who bears them.

    `rows` holds (row, value), one for each record and word of its own names; `counts` how many
    records bear each word; `near` pairs of neighbours (token, other, log_odds), each once; `sound`
    the commonest word that each is one sound with.
    """

    tokens: list[str]
    counts: npt.NDArray[np.int64]
    rows: pl.DataFrame
    near: pl.DataFrame
    sound: npt.NDArray[np.int32]


def words_of(lists: Lists, model: NameModel) -> Words:
    """The words of all fields that name the person; relatives bear names of their own."""
    seen: dict[str, int] = {}
    tables = [pl.DataFrame(schema={"row": pl.Int64, "value": pl.Int32})]
    for field in lists.fields:
        if field.kind not in NAMES or field.kind == Kind.RELATIVE:
            continue
        coded = code(lists.frame, [field.name])
        pairs = [
            (at, seen.setdefault(word, len(seen)))
            for at, value in enumerate(coded.values[field.name].to_list())
            for word in tokenize(value)
        ]
        words = pl.DataFrame(pairs, schema={"id": pl.Int32, "value": pl.Int32}, orient="row")
        rows = pl.DataFrame({"row": lists.frame["row"], "id": coded.ids})
        tables.append(rows.join(words, on="id").select("row", "value"))
    tokens = sorted(seen)
    rank = np.empty(len(seen), dtype=np.int32)
    rank[[seen[word] for word in tokens]] = np.arange(len(seen))
    found = pl.concat(tables).unique()
    found = found.with_columns(
        pl.Series("value", rank[found["value"].to_numpy()], dtype=pl.Int32)
    ).sort("row", "value")
    counts = np.bincount(found["value"].to_numpy(), minlength=len(tokens))
    pairs_found = token_pairs(model, tokens, least=_NEAR)
    near = pl.DataFrame(
        {"token": pairs_found.left, "other": pairs_found.right, "log_odds": pairs_found.log_odds}
    ).filter(pl.col("token") != pl.col("other"))
    return Words(tokens, counts, found, near, _sounds(near, counts))


def neighbours(words: Words) -> pl.DataFrame:
    """Each word with itself and the nearest others, at most so many, the nearest first."""
    swapped = words.near.select(token=pl.col("other"), other=pl.col("token"), log_odds="log_odds")
    nearest = (
        pl.concat([words.near, swapped])
        .sort(["token", "log_odds", "other"], descending=[False, True, False])
        .group_by("token", maintain_order=True)
        .head(_MOST_NEAR)
        .select("token", "other")
    )
    own = pl.Series(range(len(words.tokens)), dtype=nearest["token"].dtype)
    return pl.concat([nearest, pl.DataFrame({"token": own, "other": own})])


def frequencies(words: Words, model: NameModel) -> Mapping[str, float]:
    """The log share of each word, as common as its sound is in these lists.

    What the model knows of a word is raised or lowered by how much commoner its sound is here than
    in the model: a rare spelling of a name that half the village bears is no rare name.
    """
    if not words.tokens:
        return {}
    known = 2.0 * model.vocabulary(words.tokens).half.astype(np.float64)[: len(words.tokens)]
    size = len(words.tokens)
    here = np.bincount(words.sound, weights=words.counts, minlength=size) / words.counts.sum()
    there = np.bincount(words.sound, weights=np.exp(known), minlength=size)
    adjusted = known + np.log(here[words.sound]) - np.log(there[words.sound])
    return dict(zip(words.tokens, adjusted.tolist(), strict=True))


def _sounds(near: pl.DataFrame, counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """A number for each word, the same for words that are one sound to their commonest one.

    Words are gone through from the commonest; each that belongs to no sound yet begins one and
    takes along its near neighbours that belong to none.
    """
    close = near.filter(pl.col("log_odds") >= _ONE_SOUND)
    one, two = close["token"].to_numpy(), close["other"].to_numpy()
    left, right = np.concatenate([one, two]), np.concatenate([two, one])
    order = np.argsort(left, kind="stable")
    left, right = left[order], right[order]
    start = np.searchsorted(left, np.arange(len(counts) + 1))
    sound = np.full(len(counts), -1, dtype=np.int32)
    for word in np.lexsort((np.arange(len(counts)), -counts)):
        if sound[word] >= 0:
            continue
        sound[word] = word
        others = right[start[word] : start[word + 1]]
        sound[others[sound[others] < 0]] = word
    return sound
