"""How long the worst texts and documents take: `python bench/nasty.py`, or a part of `make bench`.

Each is checked whole, and written as whichever report takes longest. Seconds are of the processor,
and also as a ratio to markdown-it rendering an ordinary text of the same size in the same run. The
last column is what twice the text takes: 2 is in proportion, 4 a square.
"""

import contextlib
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt

from stelae.errors import BadInput
from stelae.statements.checking import RULES, check_statement
from stelae.statements.context import CheckContext
from stelae.statements.github import github_annotations
from stelae.statements.html_report import html_report
from stelae.statements.outline import json_outline
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, text_report
from stelae.statements.sarif import sarif_report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from nasty_texts import DOCUMENTS, TEXTS, siblings

SIZE = 400_000
DAY = date(2026, 1, 1)
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text, and how long any amount of it takes, in seconds."""

    what: str
    taken: Callable[[int], float]


def seconds(action: Callable[[], object]) -> float:
    """What an action takes of the processor."""
    start = time.process_time()
    action()
    return time.process_time() - start


@contextlib.contextmanager
def as_the_command() -> Iterator[None]:
    """Without looking for cycles, as `stelae check` does."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def check(content: str | bytes, name: str) -> float:
    """Reading, checking and the slowest report."""
    start = time.process_time()
    try:
        statement = read_statement(content, name)
    except BadInput:
        return time.process_time() - start
    found = check_statement(statement, CheckContext(as_of=DAY))
    base = time.process_time() - start
    pairs = [(statement, found)]
    return base + max(
        seconds(lambda: text_report(statement, found)),
        seconds(lambda: json.dumps(json_report(statement, found), indent=2)),
        seconds(lambda: json.dumps(json_outline(statement), indent=2)),
        seconds(lambda: json.dumps(sarif_report(pairs, RULES, version="0"))),
        seconds(lambda: list(github_annotations(statement, found))),
        seconds(lambda: html_report(pairs, version="0")),
    )


def kinds() -> Iterator[Kind]:
    """Every kind of text, as plain text and as Markdown, and every kind of document."""
    for name in ("a.txt", "a.md"):
        for kind, text in TEXTS.items():
            yield Kind(f"{kind} ({name[2:]})", partial(_made, text, name))
    for kind, document in DOCUMENTS.items():
        yield Kind(kind, partial(_made, document, "a"))
    yield Kind("clauses beside as many in another language", _beside)


def _made(make: Callable[[int], str | bytes], name: str, size: int) -> float:
    return check(make(size), name)


def _beside(size: int) -> float:
    one, other = siblings(size // 60)
    start = time.process_time()
    english, russian = read_statement(one, "a.en.md", "en"), read_statement(other, "a.ru.md", "ru")
    check_statement(english, CheckContext(as_of=DAY, siblings=(russian,)))
    return time.process_time() - start


def _taken(kind: Kind, size: int) -> float:
    with as_the_command():
        return kind.taken(size)


def section() -> str:
    """The slowest as Markdown."""
    ordinary = TEXTS["ordinary"](SIZE)
    check(ordinary[:10_000], "a.md")  # tables are read and templates compiled once
    yardstick = min(seconds(lambda: MarkdownIt().render(ordinary)) for _ in range(3))
    found = sorted(((_taken(kind, SIZE), kind) for kind in kinds()), key=lambda one: -one[0])
    rows = "\n".join(
        f"| {kind.what} | {taken:.2f} | {taken / yardstick:.1f} "
        f"| {taken / max(_taken(kind, SIZE // 2), 0.01):.1f} |"
        for taken, kind in found[:SHOWN]
    )
    return (
        f"## Nasty texts\n\nOf {len(found)} kinds of texts and documents of {SIZE // 1000} KB that "
        f"are made to be slow, the {SHOWN} slowest, read, checked, and reported in the form that "
        "takes longest. The aim is 1.5 s for any. The yardstick is markdown-it rendering an "
        f"ordinary text of that size: {yardstick:.2f} s.\n\n"
        "| what | seconds of the processor | ratio | of half as much |\n|---|---:|---:|---:|\n"
        f"{rows}\n"
    )


if __name__ == "__main__":
    print(section())
