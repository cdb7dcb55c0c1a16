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
from stelae.linkage.names import NameModel, word_rows
from stelae.linkage.sounds import sounds_of

__all__ = ["Words", "frequencies", "words_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """The distinct words of names, sorted, and who bears them.

    `rows` holds (row, value), one for each record and word of its own names; `counts` how many
    records bear each word; `sound` the commonest word that each is one sound with; `alike`
    (token, sound) all sounds that each word may be of, its own among them.
    """

    tokens: list[str]
    counts: npt.NDArray[np.int64]
    rows: pl.DataFrame
    sound: npt.NDArray[np.int32]
    alike: pl.DataFrame


def words_of(lists: Lists, model: NameModel) -> Words:
    """The words of all fields that name the person; relatives bear names of their own."""
    read = []
    for field in lists.fields:
        if field.kind not in NAMES or field.kind == Kind.RELATIVE:
            continue
        coded = code(lists.frame, [field.name])
        read.append((coded.ids, word_rows(coded.values[field.name])))
    tokens = sorted({token for _, rows in read for token in rows.tokens})
    place = {token: at for at, token in enumerate(tokens)}
    tables = [pl.DataFrame(schema={"row": pl.Int64, "value": pl.Int32})]
    for ids, rows in read:
        number = np.array([place[token] for token in rows.tokens], dtype=np.int32)
        said = pl.DataFrame({"row": np.arange(len(ids), dtype=np.int64), "name": ids})
        words = pl.DataFrame({"name": rows.whose, "value": number[rows.places]})
        tables.append(said.join(words, on="name").select("row", "value"))
    found = pl.concat(tables).unique().sort("row", "value")
    counts = np.bincount(found["value"].to_numpy(), minlength=len(tokens))
    sounds = sounds_of(model, tokens, counts)
    alike = pl.DataFrame({"token": sounds.words, "sound": sounds.near})
    return Words(tokens, counts, found, sounds.own, alike)


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
