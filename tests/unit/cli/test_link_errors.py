import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stelae.cli.link_decisions import kept_decisions
from stelae.cli.link_folder import linkage_digest

Run = Callable[..., tuple[int, str, str]]


def truth() -> dict[tuple[str, str], str]:
    rows = csv.DictReader(Path("lists/truth.csv").read_text(encoding="utf-8").splitlines())
    return {
        (row["list"], row["record"]): row["person"]
        for row in rows
        if row["list"] in {"church", "hospital"}
    }


def fill(sheet: Path) -> None:
    """As a reviewer who knows everybody would, records that were not beside included."""
    person = truth()
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    drawn: dict[str, str] = {}
    seen: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        record = (row["list"], row["record"])
        seen.setdefault(row["question"], set()).add(record)
        if row["same"] == "drawn":
            drawn[row["question"]] = person[record]
        else:
            row["same"] = "y" if person[record] == drawn[row["question"]] else "n"
    for number, who in drawn.items():
        more = [key for key, each in person.items() if each == who and key not in seen[number]]
        rows += [
            dict.fromkeys(rows[0], "") | {"question": number, "same": "y", "list": a, "record": b}
            for a, b in more
        ]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def interval(found: dict[str, object], what: str) -> tuple[float, float]:
    measures = found["from_records"]
    assert isinstance(measures, list)
    return next(tuple(each["interval"]) for each in measures if each["what"] == what)


def test_a_reviewed_sheet_tells_how_often_the_linkage_errs(run: Run, linked: Path) -> None:
    code, said, _ = run("link", "errors", "out", "--draw", "100", "-o", "sheet.csv")
    assert code == 0
    assert "100 records drawn evenly" in said
    assert "stelae link errors out --sheet sheet.csv" in said
    fill(Path("sheet.csv"))
    code, said, _ = run("link", "errors", "out", "--sheet", "sheet.csv")
    assert code == 0
    assert "From the records of sheet.csv" in said
    assert "from 100 reviews" in said
    found = json.loads(run("link", "errors", "out", "--sheet", "sheet.csv", "--json")[1])
    assert found["schema"] == "stelae-link-errors/1"
    assert found["records"] == len(truth())
    low, high = interval(found, "people")
    assert low <= len(set(truth().values())) <= high
    assert high < 1.4 * low
    low, high = interval(found, "precision")
    assert 0.3 < low < high <= 1.0


def test_the_same_seed_draws_the_same_sheet_and_none_is_overwritten(run: Run, linked: Path) -> None:
    for name, seed in (("a.csv", "7"), ("b.csv", "7"), ("c.csv", "8")):
        assert run("link", "errors", "out", "--draw", "9", "-o", name, "--seed", seed)[0] == 0
    a, b, c = (Path(f"{name}.csv").read_bytes() for name in "abc")
    assert a == b != c
    code, _, said = run("link", "errors", "out", "--draw", "9", "-o", "a.csv")
    assert code == 3
    assert "a.csv is there already" in said
    assert Path("a.csv").read_bytes() == a


def test_what_is_wrong_in_a_sheet_is_said_with_its_row(run: Run, linked: Path) -> None:
    run("link", "errors", "out", "--draw", "9", "-o", "sheet.csv")
    text = Path("sheet.csv").read_text(encoding="utf-8-sig")
    Path("sheet.csv").write_text(text.replace("1,drawn,", "1,me,", 1), encoding="utf-8")
    code, _, said = run("link", "errors", "out", "--sheet", "sheet.csv")
    assert code == 3
    assert "sheet.csv, row 2, column same: 'me' is no answer (Write y or n.)" in said


def test_answers_judge_the_linkage_that_asked_and_no_later_one(
    run: Run, relink: Run, linked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = truth()
    nothing = "nothing can be said: too few answers drawn by chance (0); 30 at least"
    assert nothing in run("link", "errors", "out")[1]
    monkeypatch.setattr(sys, "stdin", io.StringIO("?\n" * 60))
    run("link", "review", "out", "--n", "60", "--by", "ana")
    assert nothing in run("link", "errors", "out")[1]  # who cannot tell has not answered
    asked = [
        person[each.list_a, each.record_a] == person[each.list_b, each.record_b]
        for each in kept_decisions(Path("out"))
    ]
    Path("out/decisions.jsonl").unlink()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join("y\n" if s else "n\n" for s in asked)))
    run("link", "review", "out", "--n", "60", "--by", "ana")
    assert {each.linkage for each in kept_decisions(Path("out"))} == {linkage_digest(Path("out"))}
    code, said, _ = run("link", "errors", "out")
    assert code == 0
    assert "precision" in said
    assert "from 60 reviews" in said
    assert "A sample of records" in said or "a sample of records" in said
    relink()
    assert nothing in run("link", "errors", "out")[1]


def test_drawing_and_a_place_to_draw_to_go_together(run: Run, linked: Path) -> None:
    for words in (("--draw", "9"), ("-o", "x.csv")):
        code, _, said = run("link", "errors", "out", *words)
        assert code == 2
        assert "--draw and -o go together" in said


def test_a_folder_without_a_linkage_is_refused(run: Run, linked: Path) -> None:
    code, _, said = run("link", "errors", "lists")
    assert code == 3
    assert "holds no linkage" in said
