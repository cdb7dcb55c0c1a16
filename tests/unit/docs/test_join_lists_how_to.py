"""docs/how-to/join-lists.md, followed word for word: every command runs and prints what it says."""

import io
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "join-lists.md"
ANSWERS = "n\nn\n?\nq\n"
Run = Callable[..., tuple[int, str, str]]


def steps() -> Iterator[tuple[str, str]]:
    """What the page has one do and see: `command`, `text` or `diff FILE`, each with its lines."""
    page = PAGE.read_text(encoding="utf-8")
    for found in re.finditer(r"^ {4}stelae (.*)$|^```(.+)\n((?:.*\n)*?)```$", page, re.MULTILINE):
        yield ("command", found[1]) if found[1] else (found[2], found[3])


def like(text: str) -> list[str]:
    """Lines without their numbers, bars and spacing, which may move with weights."""
    lines = [re.sub(r"[+-]?\d[\d,.–]*", "#", line) for line in text.splitlines()]
    return [" ".join(re.sub("[▒█│]+", " ", line).split()) for line in lines if line.strip()]


def edited(mapping: str, file: str, change: str) -> str:
    """The mapping with the lines of a diff taken out of and put into the part of one list."""
    before, part = mapping.split(f'files = "{file}"')
    part, again, after = part.partition("[[lists]]")
    lines, at = part.splitlines(keepends=True), 0
    for line in change.splitlines(keepends=True):
        if line.startswith("+"):
            lines.insert(at, line[1:])
            at += 1
        else:
            at = lines.index(line[1:])
            if line.startswith("-"):
                del lines[at]
            else:
                at += 1
    return f'{before}files = "{file}"' + "".join(lines) + again + after


def test_the_page_can_be_followed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = printed = ""
    for kind, text in steps():
        if kind == "command":
            words, _, file = text.partition(" > ")
            monkeypatch.setattr(sys, "stdin", io.StringIO(ANSWERS))
            quick = ["--method", "chao"] if words.startswith("estimate") else []
            code, shown, said = run(*shlex.split(words), *quick)
            assert code == 0, said
            if file:
                Path(file).write_text(shown, encoding="utf-8")
            if words.startswith("link trial") and not file:
                printed = printed or shown
        elif kind.startswith("diff "):
            path = Path("lists.toml")
            path.write_text(edited(path.read_text(), kind.removeprefix("diff "), text))
        elif text.startswith("1 of 20"):
            assert "One person?  y yes   n no   ? cannot tell" in shown
            for side in screens(text):
                told = run("link", "explain", *side[0], "--in", "joined")[1]
                assert [line for line in side[1] if line not in like(told)] == []
        elif not text.startswith("stratum"):
            assert [line for line in like(text) if line not in like(shown)] == []
    first = json.loads(Path("joined/decisions.jsonl").read_text().splitlines()[0])
    pair = [f"{first[side]['list']}:{first[side]['record']}" for side in ("a", "b")]
    told = run("link", "explain", *pair, "--in", "joined")[1]
    assert "non-match, by A. Petrosyan" in " ".join(told.split())
    assert pl.read_parquet("joined/draws.parquet")["draw"].max() == 20
    truth = pl.read_csv("trial/truth.csv")["person"].n_unique()
    page = PAGE.read_text(encoding="utf-8")
    assert f"{truth} people are on these lists" in page
    assert counts(printed) == pytest.approx(counts(page), rel=0.1)


def counts(text: str) -> list[int]:
    """People, pairs compared and pairs joined that a linkage prints."""
    found = re.search(
        r"records are ([\d,]+) people: ([\d,]+) pairs compared, ([\d,]+) pairs joined", text
    )
    assert found is not None
    return [int(number.replace(",", "")) for number in found.groups()]


def screens(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Of each pair that is shown for review: its two records, and its rows."""
    for screen in re.split(r"^\d of .*\n", text, flags=re.MULTILINE)[1:]:
        records, *rows = screen.partition("One person?")[0].strip("\n").splitlines()
        yield (
            [":".join(side.split()) for side in re.findall(r"\w+  \w+", records)],
            like("\n".join(rows)),
        )
