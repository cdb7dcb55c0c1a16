"""Names across scripts: the learned channel beside likenesses of romanised strings, in one run.

People of ../shared/data/names are halved by a digest of their ids: one half trains, the other
tests. Pairs of languages: the 30 of different scripts with most test people in common. For each,
300 names of the first language ask for their person among 1,000 names of the second (all, where
there are fewer), test people only. Where a language has several names, its first is taken.
"""

import csv
import dataclasses
import gzip
import hashlib
import itertools
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from anyascii import anyascii
from rapidfuzz import fuzz, process

from stelae.linkage.names.comparison import name_likeness
from stelae.linkage.names.model import NameModel, train

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "names" / "people.csv.gz"
QUERIES, CANDIDATES, PAIRS = 300, 1000, 30
_LANGUAGES = {
    "latin": "en fr de es it pl tr ro az uz ku",
    "cyrillic": "ru uk bg sr be mk kk ky tg",
    "arabic": "fa ar arz ckb azb",
    "hebrew": "he",
    "greek": "el",
    "georgian": "ka",
    "armenian": "hy",
}
SCRIPT = {tag: script for script, tags in _LANGUAGES.items() for tag in tags.split()}
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Task:
    """One pair of languages: the names that ask, those that answer, and who is whom."""

    languages: tuple[str, str]
    queries: tuple[str, ...]
    candidates: tuple[str, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Best match first, average precision, F1 at the best threshold, microseconds a pair."""

    first: float
    precision: float
    f1: float
    micros: float


def people(path: Path = DATA) -> dict[str, dict[str, str]]:
    """Person to language to name."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out[row["person"]].setdefault(row["language"], row["name"])
    return out


def trains(person: str) -> bool:
    return hashlib.sha256(person.encode()).digest()[0] % 2 == 1


def tasks(everyone: dict[str, dict[str, str]], *, test: Callable[[str], bool]) -> list[Task]:
    tested = {p: names for p, names in everyone.items() if test(p)}
    shared = Counter(
        pair
        for names in tested.values()
        for pair in itertools.combinations(sorted(names), 2)
        if SCRIPT[pair[0]] != SCRIPT[pair[1]]
    )
    out = []
    for (a, b), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:PAIRS]:
        rng = np.random.default_rng(5)
        both = sorted(p for p, names in tested.items() if a in names and b in names)
        rest = sorted(p for p, names in tested.items() if b in names and a not in names)
        asked = [both[k] for k in rng.permutation(len(both))]
        offered = asked[:QUERIES]
        others = asked[QUERIES:] + rest
        offered = offered + [others[k] for k in rng.permutation(len(others))]
        offered = offered[:CANDIDATES]
        asked = asked[:QUERIES]
        out.append(
            Task(
                (a, b),
                tuple(tested[p][a] for p in asked),
                tuple(tested[p][b] for p in offered),
                tuple(range(len(asked))),
            )
        )
    return out


def quality(scores: Scores, answer: Sequence[int], seconds: float) -> Quality:
    """Over all pairs of a task; ties count against the answer."""
    rows = np.arange(len(answer))
    right = scores[rows, list(answer)]
    first = float(((scores >= right[:, None]).sum(axis=1) == 1).mean())
    truth = np.zeros(scores.shape, dtype=bool)
    truth[rows, list(answer)] = True
    flat, labels = scores.ravel(), truth.ravel()
    order = np.lexsort((labels, -flat))
    flat, labels = flat[order], labels[order]
    ends = np.flatnonzero(np.r_[np.diff(flat) != 0, True])
    hits = np.cumsum(labels)[ends]
    precision = hits / (ends + 1)
    recall = hits / len(answer)
    average = float((np.diff(np.r_[0.0, recall]) * precision).sum())
    f1 = float((2 * precision * recall / np.maximum(precision + recall, 1e-12)).max())
    return Quality(first, average, f1, seconds / scores.size * 1e6)


def ours(model: NameModel) -> Callable[[Task], Scores]:
    def score(task: Task) -> Scores:
        names = (*task.queries, *task.candidates)
        n, m = len(task.queries), len(task.candidates)
        left = np.repeat(np.arange(n, dtype=np.int32), m)
        right = np.tile(np.arange(n, n + m, dtype=np.int32), n)
        return name_likeness(model, names, left, right).reshape(n, m)

    return score


def romanised(scorer: Callable[..., float]) -> Callable[[Task], Scores]:
    def score(task: Task) -> Scores:
        return process.cdist(
            [anyascii(q).lower() for q in task.queries],
            [anyascii(c).lower() for c in task.candidates],
            scorer=scorer,
            dtype=np.float32,
        )

    return score


def measure(task: Task, score: Callable[[Task], Scores]) -> Quality:
    start = time.process_time()
    scores = score(task)
    return quality(scores, task.answer, time.process_time() - start)


def trained(everyone: dict[str, dict[str, str]], who: Callable[[str], bool]) -> NameModel:
    return train((p, name) for p, names in everyone.items() if who(p) for name in names.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One method over all tasks: the means."""

    method: str
    quality: Quality


def rows(everyone: dict[str, dict[str, str]]) -> tuple[list[Row], list[tuple[Task, Quality]]]:
    """Every method on the same tasks, and ours for each pair of languages."""
    model = trained(everyone, trains)
    todo = tasks(everyone, test=lambda person: not trains(person))
    methods: dict[str, Callable[[Task], Scores]] = {
        "stelae.linkage.names": ours(model),
        "anyascii + rapidfuzz WRatio": romanised(fuzz.WRatio),
        "anyascii + rapidfuzz token_set_ratio": romanised(fuzz.token_set_ratio),
    }
    out: list[Row] = []
    each: list[tuple[Task, Quality]] = []
    for name, score in methods.items():
        score(todo[0])  # compiles
        found = [measure(task, score) for task in todo]
        each = each or list(zip(todo, found, strict=True))
        out.append(Row(name, mean(found)))
    return out, each


def mean(found: Sequence[Quality]) -> Quality:
    return Quality(
        *(
            float(np.mean([getattr(one, field.name) for one in found]))
            for field in dataclasses.fields(Quality)
        )
    )


def section(path: Path = DATA) -> str:
    """The names' part of docs/benchmarks.md."""
    if not path.is_file():
        return "## Names across scripts\n\nNot measured: ../shared/data/names is not there.\n"
    measured, each = rows(people(path))
    pairs = ", ".join("-".join(task.languages) for task, _ in each)
    lines = [
        "## Names across scripts\n",
        f"{PAIRS} pairs of languages of different scripts, {QUERIES} queries against up to"
        f" {CANDIDATES:,} candidates each, people split in two; means. {pairs}.\n",
        "| method | best match first | average precision | F1 | µs a pair |",
        "|---|---:|---:|---:|---:|",
        *(_line(row.method, row.quality) for row in measured),
        "| aim | .975 | .950 | .910 | 4 |",
        "",
        "| languages | best match first | average precision | F1 | µs a pair |",
        "|---|---:|---:|---:|---:|",
        *(
            _line(f"{'-'.join(t.languages)} ({len(t.queries)} x {len(t.candidates)})", q)
            for t, q in each
        ),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, q: Quality) -> str:
    return f"| {name} | {q.first:.3f} | {q.precision:.3f} | {q.f1:.3f} | {q.micros:.1f} |"


if __name__ == "__main__":
    print(section(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))
