"""Slips of the keys and misread letters: always letters of the same script."""

import importlib.resources
import itertools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl

__all__ = ["misread", "mistyped", "words"]


def mistyped(cells: pl.Series, script: str, rate: float, rng: np.random.Generator) -> pl.Series:
    """Cells of which a share has one letter left out, doubled, exchanged or hit beside."""
    near = _neighbours(script)

    def slip(text: str, where: float, how: float, which: float) -> str:
        places = [at for at, letter in enumerate(text) if letter.isalpha()]
        if len(places) < 3:
            return text
        at = places[1 + int(where * (len(places) - 1))]
        if how < 0.25:
            return text[:at] + text[at + 1 :]
        if how < 0.4:
            return text[:at] + text[at] + text[at:]
        if how < 0.6 and at - 1 in places and at > 1:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        beside = near.get(text[at], "")
        if not beside:
            return text[:at] + text[at + 1 :]
        return text[:at] + beside[int(which * len(beside))] + text[at + 1 :]

    return _changed(cells, rate, slip, rng)


def misread(cells: pl.Series, script: str, rate: float, rng: np.random.Generator) -> pl.Series:
    """Cells of which a share has a letter taken for one that looks like it, where there is one."""
    pairs = _likeness(script)

    def slip(text: str, where: float, *_: float) -> str:
        found = [
            (at, old, new)
            for old, new in pairs
            for at in range(1, len(text))
            if text[at:].startswith(old)
        ]
        if not found:
            return text
        at, old, new = found[int(where * len(found))]
        return text[:at] + new + text[at + len(old) :]

    return _changed(cells, rate, slip, rng)


def _changed(
    cells: pl.Series,
    rate: float,
    slip: Callable[..., str],
    rng: np.random.Generator,
) -> pl.Series:
    chances = rng.random(len(cells))
    rows = np.flatnonzero((chances < rate) & cells.is_not_null().to_numpy())
    if not len(rows):
        return cells
    texts = cells.gather(rows).to_list()
    draws = rng.random((len(rows), 3)).tolist()
    new = [slip(text, *three) for text, three in zip(texts, draws, strict=True)]
    return cells.clone().scatter(rows, pl.Series(new, dtype=pl.String))


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """What lists print beside names, by language, and the letters that are taken for each other."""
    path = importlib.resources.files("stelae.linkage.synthetic") / "data" / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _neighbours(script: str) -> Mapping[str, str]:
    near: dict[str, str] = {}
    for row in words()["keyboard"][script]:
        for left, right in itertools.pairwise(row):
            near[left] = near.get(left, "") + right
            near[right] = near.get(right, "") + left
    return near


@cache
def _likeness(script: str) -> Sequence[tuple[str, str]]:
    pairs = [tuple(each.split()) for each in words()["likeness"][script]]
    return [*[(a, b) for a, b in pairs], *[(b, a) for a, b in pairs]]
