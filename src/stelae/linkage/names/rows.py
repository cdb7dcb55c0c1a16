"""Names as rows of words: each cell split on its spaces, each distinct piece read once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.linkage.names.tokens import LONGEST_NAME, MOST_TOKENS, tokenize

__all__ = ["WordRows", "word_rows"]

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class WordRows:
    """The words of names: those of name i are `places[starts[i] : starts[i] + counts[i]]`.

    Places are into `tokens`, distinct and in their order.
    """

    tokens: list[str]
    starts: Ints
    counts: Ints
    places: Ints

    @property
    def whose(self) -> Ints:
        """The name of each place."""
        return np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)

    def spelled(self) -> pl.Series:
        """Each name as its words: what names share that differ in capitals and signs only."""
        words = pl.DataFrame(
            {"name": self.whose, "word": pl.Series(self.tokens, dtype=pl.String)[self.places]}
        )
        joined = words.group_by("name").agg(pl.col("word").str.join(" "))
        every = pl.DataFrame({"name": np.arange(len(self.counts), dtype=np.int32)})
        return every.join(joined, on="name", how="left", maintain_order="left")["word"].fill_null(
            ""
        )


def word_rows(names: Sequence[str] | pl.Series) -> WordRows:
    """The words of each name, as `tokenize` gives them."""
    series = pl.Series("piece", names, dtype=pl.String).str.slice(0, LONGEST_NAME)
    pieces = (
        pl.DataFrame({"name": np.arange(len(series), dtype=np.int32), "piece": series})
        .with_columns(pl.col("piece").str.split(" "))
        .explode("piece")
    )
    distinct = pieces["piece"].unique(maintain_order=True)
    read = [tokenize(piece) for piece in distinct]
    tokens = sorted({word for words in read for word in words})
    number = {word: at for at, word in enumerate(tokens)}
    length = np.array([len(words) for words in read], dtype=np.int64)
    start = np.cumsum(length) - length
    flat = np.array([number[word] for words in read for word in words], dtype=np.int32)
    which = (
        pieces.join(
            pl.DataFrame({"piece": distinct, "at": np.arange(len(distinct), dtype=np.int64)}),
            on="piece",
            how="left",
            maintain_order="left",
        )["at"]
        .to_numpy()
        .astype(np.int64)
    )
    whose = np.repeat(pieces["name"].to_numpy(), length[which])
    places = flat[_ranges(start[which], length[which])]
    counts = np.bincount(whose, minlength=len(series))
    within = np.arange(len(whose)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept = within < MOST_TOKENS
    few = np.minimum(counts, MOST_TOKENS)
    starts = (np.cumsum(few) - few).astype(np.int32)
    return WordRows(tokens, starts, few.astype(np.int32), places[kept])


def _ranges(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """start, start + 1 ... start + length - 1 of each, one after another."""
    before = np.cumsum(lengths) - lengths
    return np.asarray(
        np.arange(int(lengths.sum()), dtype=np.int64) + np.repeat(starts - before, lengths)
    )
