"""Compiled: what the best alignments of many pairs of words are made of."""

from typing import Any

import numpy as np

from stelae.linkage.names.aligning import LONGEST, NEVER, align, path
from stelae.linkage.names.compiled import compiled

__all__ = ["compose", "count_steps"]

Floats = Any
Ints = Any
_LONGEST_RUN = 5


@compiled
def _code(units: Ints, end: int, span: int) -> int:
    code = 0
    for k in range(end - span, end):
        code = code * 128 + units[k, 0]
    return code


@compiled
def count_steps(
    starts: Ints,
    lengths: Ints,
    units: Ints,
    weights: Floats,
    base: int,
    stride: int,
    maps: Ints,
    to_x: int,
    to_y: int,
    left: Ints,
    right: Ints,
    often: Floats,
    singles: Floats,
    x_spans: Ints,
    y_spans: Ints,
    times: Floats,
) -> int:
    """Steps of one letter (or none) added up in `singles`; longer runs of steps written out.

    A run of steps that covers at most three letters of each word, and more than one of some, is
    written to `x_spans`, `y_spans` (`alphabet.group_number`) with its weight. The number of runs;
    where it is more than there is room, the rest is dropped.
    """
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    ids = np.empty((3, LONGEST + 1), np.int64)
    steps = np.empty((2 * LONGEST + 2, 2), np.int64)
    gains = np.zeros(len(units), np.float32)
    made = 0
    for k in range(len(left)):
        x = left[k]
        y = right[k]
        xs = starts[x]
        ys = starts[y]
        count = path(
            units,
            xs,
            lengths[x],
            ys,
            lengths[y],
            weights,
            base,
            stride,
            maps,
            to_x,
            to_y,
            best,
            ids,
            gains,
            steps,
        )
        i = lengths[x]
        j = lengths[y]
        for first in range(count):
            a = steps[first, 0]
            b = steps[first, 1]
            if a <= 1 and b <= 1:
                u = units[xs + i - 1, 0] if a else 0
                v = units[ys + j - 1, 0] if b else 0
                singles[u, v] += often[k]
            run_a = 0
            run_b = 0
            for last in range(first, min(count, first + _LONGEST_RUN)):
                run_a += steps[last, 0]
                run_b += steps[last, 1]
                if run_a > 3 or run_b > 3:
                    break
                if (run_a > 1 or run_b > 1) and made < len(times):
                    x_spans[made] = _code(units, xs + i, run_a)
                    y_spans[made] = _code(units, ys + j, run_b)
                    times[made] = often[k]
                    made += 1
            i -= a
            j -= b
    return made


@compiled
def compose(
    starts: Ints,
    lengths: Ints,
    units: Ints,
    weights: Floats,
    base: int,
    stride: int,
    maps: Ints,
    to_x: int,
    to_y: int,
    left: Ints,
    right: Ints,
) -> Floats:
    """The weights of the best alignments of pairs of rows."""
    best = np.empty((LONGEST + 1, LONGEST + 1), np.float32)
    ids = np.empty((3, LONGEST + 1), np.int64)
    out = np.zeros(len(left))
    gains = np.zeros(len(units), np.float32)
    for k in range(len(left)):
        x = left[k]
        y = right[k]
        out[k] = align(
            units,
            starts[x],
            lengths[x],
            starts[y],
            lengths[y],
            weights,
            base,
            stride,
            maps,
            to_x,
            to_y,
            best,
            ids,
            gains,
            NEVER * 2,
        )
    return out
