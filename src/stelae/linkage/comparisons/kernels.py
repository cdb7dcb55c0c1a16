"""What two texts or two sets have in common, as compiled code."""

from pathlib import Path
from typing import Any

import numpy as np

from stelae.values.compiled import compiler_of

__all__ = ["count_common", "count_errors", "find_shared"]

compiled = compiler_of(Path(__file__).parent)

Array = Any


@compiled
def count_errors(
    letters: Array, starts: Array, lengths: Array, left: Array, right: Array, most: int, out: Array
) -> None:
    """Letters wrong, left out, added or swapped with a neighbour, for each pair of texts.

    This is optimal string alignment (a restricted Damerau distance).
    Counts above `most` come out as `most` + 1. Text i is `lengths[i]` letters from `starts[i]`.
    """
    longest = 1
    for i in range(len(lengths)):
        longest = max(longest, lengths[i])
    before2 = np.empty(longest + 1, np.int32)
    before = np.empty(longest + 1, np.int32)
    row = np.empty(longest + 1, np.int32)
    for k in range(len(left)):
        a = starts[left[k]]
        b = starts[right[k]]
        n = lengths[left[k]]
        m = lengths[right[k]]
        if n - m > most or m - n > most:
            out[k] = most + 1
            continue
        # What two texts begin and end with alike needs no mending.
        while n > 0 and m > 0 and letters[a] == letters[b]:
            a += 1
            b += 1
            n -= 1
            m -= 1
        while n > 0 and m > 0 and letters[a + n - 1] == letters[b + m - 1]:
            n -= 1
            m -= 1
        if n == 0 or m == 0:
            out[k] = min(max(n, m), most + 1)
            continue
        for j in range(m + 1):
            before[j] = j
        enough = False
        for i in range(1, n + 1):
            # Cells further from the diagonal than `most` cannot be on a way of so few errors.
            low = max(1, i - most)
            high = min(m, i + most)
            row[low - 1] = i if low == 1 else most + 1
            least = row[low - 1]
            for j in range(low, high + 1):
                wrong = 0 if letters[a + i - 1] == letters[b + j - 1] else 1
                value = before[j - 1] + wrong
                if j < i + most:
                    value = min(value, before[j] + 1)
                value = min(value, row[j - 1] + 1)
                if (
                    i > 1
                    and j > 1
                    and letters[a + i - 1] == letters[b + j - 2]
                    and letters[a + i - 2] == letters[b + j - 1]
                ):
                    value = min(value, before2[j - 2] + 1)
                row[j] = value
                least = min(least, value)
            if least > most:
                enough = True
                break
            before2, before, row = before, row, before2
        out[k] = most + 1 if enough else min(before[m], most + 1)


@compiled
def count_common(
    letters: Array, starts: Array, lengths: Array, left: Array, right: Array, out: Array
) -> None:
    """How many letters each pair of texts begins with alike."""
    for k in range(len(left)):
        a = starts[left[k]]
        b = starts[right[k]]
        least = min(lengths[left[k]], lengths[right[k]])
        at = 0
        while at < least and letters[a + at] == letters[b + at]:
            at += 1
        out[k] = at


@compiled
def find_shared(members: Array, starts: Array, left: Array, right: Array, out: Array) -> None:
    """Whether two sets share a member; set i is `members[starts[i] : starts[i + 1]]`, sorted."""
    for k in range(len(left)):
        i = starts[left[k]]
        j = starts[right[k]]
        last_i = starts[left[k] + 1]
        last_j = starts[right[k] + 1]
        out[k] = False
        while i < last_i and j < last_j:
            if members[i] == members[j]:
                out[k] = True
                break
            if members[i] < members[j]:
                i += 1
            else:
                j += 1
