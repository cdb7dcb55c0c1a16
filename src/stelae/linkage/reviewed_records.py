"""A sheet of records drawn evenly, for reviewers to find the whole person of each.

Each question is a record and what might belong to it: the rest of its cluster, and the records
that it was weighed against without being hopeless. The reviewer says of each whether it is that
person, and adds rows for records found elsewhere. Records are drawn whatever the linkage says of
them, so that one reviewed sheet judges any linkage of the same lists (`evaluation`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.errors import ImportRefused, Problem
from stelae.linkage.fields import Lists
from stelae.linkage.linking import Linkage
from stelae.linkage.questions import frame_of
from stelae.records.sheets import ROW, collect, open_sheet

__all__ = ["COLUMNS", "ReviewedRecords", "read_sheet", "sheet_of"]

Ints = npt.NDArray[np.int64]

COLUMNS = ("question", "same", "list", "record")
"""The columns that are read; what the records print follows them, to be looked at."""
_YES, _NO = ("y", "yes", "1", "true"), ("n", "no", "0", "false")
_MOST = 12
"""Records beside a question that are no part of its cluster, the likeliest first."""
_DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class ReviewedRecords:
    """The rows of each person found, the record first that was drawn.

    `unanswered` questions are those after the last answer.
    """

    people: tuple[Ints, ...]
    unanswered: int


def sheet_of(linkage: Linkage, count: int, rng: np.random.Generator) -> pl.DataFrame:
    """Up to `count` questions: `COLUMNS`, then every field as printed."""
    lists = linkage.as_read
    rows = rng.choice(lists.frame.height, min(count, lists.frame.height), replace=False)
    beside = _beside(linkage, rows)
    asked = [
        (number, row, _DRAWN if row == drawn else "")
        for number, drawn in enumerate(rows.tolist(), 1)
        for row in [drawn, *beside.get(drawn, [])]
    ]
    numbers, places, same = zip(*asked, strict=True) if asked else ((), (), ())
    fields = [each.name for each in lists.fields]
    printed = lists.frame.select("list", "record", *fields)[list(places)]
    said = pl.DataFrame(
        {"question": numbers, "same": same}, {"question": pl.Int64, "same": pl.String}
    )
    return pl.concat([said, printed], how="horizontal")


def _beside(linkage: Linkage, rows: Ints) -> dict[int, list[int]]:
    """What might be the person of each row: its cluster, then the likeliest others."""
    frame = frame_of(linkage.pairs, linkage.labels)
    both = pl.concat([frame, frame.rename({"a": "b", "b": "a"})], how="diagonal")
    wanted = pl.DataFrame({"a": rows.astype(np.int64)})
    found = (
        both.join(wanted, on="a")
        .with_columns(at=pl.col("log_odds").rank("ordinal", descending=True).over("a", "together"))
        .filter(pl.col("together") | (pl.col("at") <= _MOST))
        .sort("a", "together", "log_odds", "b", descending=[False, True, True, False])
    )
    return {
        int(key[0]): part["b"].to_list()
        for key, part in found.partition_by("a", as_dict=True, maintain_order=True).items()
    }


@dataclass
class _Question:
    drawn: list[int] = field(default_factory=list)
    yes: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    """Lines without an answer."""
    answers: int = 0


def read_sheet(path: Path, lists: Lists) -> ReviewedRecords:
    """What reviewers found; ImportRefused with all that is wrong, by row and column."""
    name = str(path)
    sheet = open_sheet(path, name)
    lacking = [
        Problem(f"has no column {column}", name, 1, column,
                "Make the sheet with stelae link errors FOLDER --draw N -o SHEET.csv.")
        for column in COLUMNS
        if column not in sheet.columns
    ]  # fmt: skip
    if lacking:
        raise ImportRefused([*sheet.faults, *lacking])
    problems = list(sheet.faults)
    questions: dict[str, _Question] = {}
    known = {
        (one, record): row
        for row, one, record in lists.frame.select("row", "list", "record").iter_rows()
    }
    answers = collect(sheet, sheet.rows.select(ROW, *COLUMNS))
    for line, *said in answers.iter_rows():
        cells = dict(zip(COLUMNS, said, strict=True))
        question = questions.setdefault(cells["question"], _Question())
        row = known.get((cells["list"], cells["record"]))
        if row is None:
            problems.append(_unknown(cells, name, line, lists))
            continue
        answer = cells["same"].lower()
        if answer == _DRAWN:
            question.drawn.append(row)
        elif answer in _YES:
            question.yes.append(row)
            question.answers += 1
        elif answer in _NO:
            question.answers += 1
        elif not answer:
            question.blank.append(line)
        else:
            problems.append(
                Problem(f"{cells['same']!r} is no answer", name, line, "same", "Write y or n.")
            )
    # Who stops early has answered the first questions: a sample as even as all, but not so the
    # later ones that ask nothing, since a record without any like it is found more often there.
    done = list(questions.items())
    if any(each.blank for each in questions.values()):
        last = max((at for at, (_, each) in enumerate(done) if each.answers), default=-1)
        done = done[: last + 1]
    for number, question in questions.items():
        if len(question.drawn) != 1:
            what = "no row" if not question.drawn else f"{len(question.drawn)} rows"
            problems.append(
                Problem(
                    f"question {number} has {what} marked as drawn",
                    name,
                    column="same",
                    hint="Leave `drawn` as it was in the first row of each question, nowhere else.",
                )
            )
    problems += [
        Problem("has no answer, though later rows have", name, line, "same", "Write y or n.")
        for _, question in done
        for line in question.blank
    ]
    if problems:
        raise ImportRefused(sorted(problems, key=lambda each: (each.row is None, each.row or 0)))
    people = [
        np.array([*question.drawn, *sorted(set(question.yes))], dtype=np.int64)
        for _, question in done
    ]
    return ReviewedRecords(tuple(people), len(questions) - len(done))


def _unknown(cells: Mapping[str, str], name: str, line: int, lists: Lists) -> Problem:
    names = [one.name for one in lists.lists]
    if cells["list"] not in names:
        what, column = f"no list is called {cells['list']!r}", "list"
        return Problem(what, name, line, column, f"The lists are {', '.join(names)}.")
    what = f"{cells['list']} has no record {cells['record']!r}"
    return Problem(what, name, line, "record", "Give its id, or its row where it has none.")
