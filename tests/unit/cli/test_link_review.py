import io
import json
import os
import pty
import select
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import polars as pl
import pytest
from rich.cells import cell_len

from stelae.cli.link_decisions import add_decision, kept_decisions, locked
from stelae.linkage.decisions import Answer, standing, write
from stelae.publication.writing import staged

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def review(run: Run, linked: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Reviews `out` with these lines as answers."""

    def review(answers: str, *more: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        return run("link", "review", "out", *more)

    return review


def lines() -> list[dict[str, object]]:
    path = Path("out/decisions.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_answers_come_from_lines_and_each_is_kept(review: Run) -> None:
    code, shown, _ = review("y\nn\n?\nu\nq\n", "--by", "Ana")
    assert code == 0
    assert [each["answer"] for each in lines()] == ["match", "non-match", "undecided", "undecided"]
    assert [each.get("withdraws") for each in lines()] == [None, None, None, True]
    assert {each["by"] for each in lines()} == {"Ana"}
    assert "4 of 20" in shown
    assert "2 answers saved in out/decisions.jsonl: 1 yes, 1 no, 0 undecided." in shown
    assert "run the same stelae link command again" in shown


def test_who_reviews_is_the_actor_unless_said(review: Run, tmp_path: Path) -> None:
    review("y\n")
    assert lines()[0]["by"] == (tmp_path / "config" / "actor").read_text().strip()
    assert review("y\n", "--by", " ")[0] == 3


def test_a_pair_that_was_answered_is_not_asked_again_unless_taken_back(review: Run) -> None:
    review("y\nn\nu\n", "--by", "Ana")
    first, second = (frozenset((e["a"]["record"], e["b"]["record"])) for e in lines()[:2])  # type: ignore[index]
    decided = {
        frozenset(record for _, record in pair) for pair in standing(kept_decisions(Path("out")))
    }
    assert first in decided
    assert second not in decided


def test_undo_goes_back_as_far_as_this_round(review: Run) -> None:
    _, shown, said = review("y\nu\nu\nq\n")
    assert "no answer of this round" in said
    assert "Nothing was decided." in shown
    assert standing(kept_decisions(Path("out"))) == {}


def test_a_line_that_is_no_answer_stops_and_keeps_what_was_said(review: Run) -> None:
    code, _, said = review("y\nn\nmaybe\ny\n")
    assert code == 3
    assert "line 3 of the answers is 'maybe'" in said
    assert len(lines()) == 2


def test_lines_may_end_early_or_be_none(review: Run) -> None:
    assert review("y\n")[0] == 0
    code, shown, _ = review("")
    assert code == 0
    assert "Nothing was decided." in shown


def test_the_round_ends_after_its_number(review: Run) -> None:
    code, shown, _ = review("y\n" * 9, "--n", "3")
    assert code == 0
    assert len(lines()) == 3
    assert "left" not in shown.splitlines()[-1]


def test_e_explains_and_asks_again(review: Run) -> None:
    _, shown, _ = review("e\nyes\nq\n")
    assert "What it weighs, in bits" in shown
    assert len(lines()) == 1


def test_weights_are_not_shown_before_the_answer(review: Run) -> None:
    _, shown, _ = review("q\n")
    assert "bits" not in shown
    assert "%" not in shown


def test_no_line_is_wider_than_a_narrow_terminal(
    review: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (40, 80):
        monkeypatch.setenv("COLUMNS", str(width))
        _, shown, _ = review("q\n")
        asked = shown[: shown.index("Nothing was decided")]
        assert max(map(cell_len, asked.splitlines())) <= width


def test_ctrl_c_keeps_every_answer(review: Run, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    struck = iter("yn")

    def key() -> str:
        for letter in struck:
            return letter
        raise KeyboardInterrupt

    monkeypatch.setattr(click, "getchar", key)
    monkeypatch.setattr(sys, "stdin", Terminal())
    code, shown, said = run("link", "review", "out")
    assert code == 130
    assert len(lines()) == 2
    assert "2 answers saved" in shown
    assert "nothing was left half-written" in said


def test_a_folder_without_a_linkage_is_refused(run: Run, linked: Path) -> None:
    for folder in ("nowhere", "lists"):
        code, _, said = run("link", "review", folder)
        assert code == 3
        assert f"{folder} holds no linkage" in said


def test_decisions_that_cannot_be_read_are_refused_and_left(review: Run) -> None:
    Path("out/decisions.jsonl").write_text("nothing\n")
    code, _, said = review("y\n")
    assert code == 3
    assert "row 1" in said
    assert Path("out/decisions.jsonl").read_text() == "nothing\n"


def test_what_another_reviewer_said_meanwhile_is_kept_and_told(
    review: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    review("n\nq\n", "--by", "Ben")
    bens = kept_decisions(Path("out"))
    Path("out/decisions.jsonl").unlink()

    class Meanwhile(io.StringIO):
        def __next__(self) -> str:  # type: ignore[override] # as io.StringIO has it
            if not kept_decisions(Path("out")):
                add_decision(Path("out"), bens[0])
            return super().__next__()

    monkeypatch.setattr(io, "StringIO", Meanwhile)
    _, _, said = review("y\nq\n", "--by", "Ana")
    assert "Meanwhile Ben said non-match. Both are kept; yours is the last." in said
    assert [each["by"] for each in lines()] == ["Ben", "Ana"]


def test_many_reviewers_lose_no_answer(review: Run) -> None:
    review("y\n")
    (one,) = kept_decisions(Path("out"))
    Path("out/.tmp-0123456789abcdef").write_bytes(b"left by a killed writer")

    def answer(name: str) -> None:
        for number in range(5):
            add_decision(Path("out"), replace(one, by=name, note=str(number)))

    threads = [threading.Thread(target=answer, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = kept_decisions(Path("out"))
    assert len(set(found)) == 21
    for name in "abcd":
        assert [each.note for each in found if each.by == name] == list("01234")
    assert not list(Path("out").glob(".tmp-*"))


def test_a_writer_that_waited_writes_into_the_folder_that_came_meanwhile(review: Run) -> None:
    review("y\n")
    (one,) = kept_decisions(Path("out"))
    added = threading.Thread(target=add_decision, args=(Path("out"), replace(one, by="late")))
    with locked(Path("out")), staged(Path("out")) as stage:
        added.start()
        (stage / "decisions.jsonl").write_bytes(write([one]))
    added.join()
    assert [each.by for each in kept_decisions(Path("out"))] == [one.by, "late"]


def cluster_of(record: str) -> int:
    frame = pl.read_parquet("out/clusters.parquet")
    return int(frame.filter(pl.col("record") == record)["cluster"][0])


def test_linking_again_keeps_and_follows_what_was_decided(review: Run, relink: Run) -> None:
    review("y\n" + "n\n" * 5, "--n", "6")  # one match: several may not all be true
    before = Path("out/decisions.jsonl").read_bytes()
    assert relink()[0] == 0
    assert Path("out/decisions.jsonl").read_bytes() == before
    for each in kept_decisions(Path("out")):
        same = cluster_of(each.record_a) == cluster_of(each.record_b)
        assert same == (each.answer == Answer.MATCH)
    assert json.loads(Path("out/manifest.json").read_text())["decisions"] == 6


def test_of_two_answers_on_a_pair_the_last_is_followed(review: Run, relink: Run) -> None:
    review("y\nn\n" * 3, "--n", "6")
    for each in kept_decisions(Path("out")):
        other = Answer.NON_MATCH if each.answer == Answer.MATCH else Answer.MATCH
        add_decision(Path("out"), replace(each, answer=other))
    assert relink()[0] == 0
    for each in kept_decisions(Path("out"))[6:]:
        same = cluster_of(each.record_a) == cluster_of(each.record_b)
        assert same == (each.answer == Answer.MATCH)


def test_decisions_of_another_file_are_added_and_the_own_hold(review: Run, relink: Run) -> None:
    review("y\nn\n", "--n", "2", "--by", "Ana")
    own = Path("out/decisions.jsonl").read_bytes()
    first, second = kept_decisions(Path("out"))
    others = [replace(first, answer=Answer.NON_MATCH, by="Ben"), second]
    Path("other.jsonl").write_bytes(write(others))
    assert relink("--decisions", "other.jsonl")[0] == 0
    now = Path("out/decisions.jsonl").read_bytes()
    assert now == write(others[:1]) + own
    assert cluster_of(first.record_a) == cluster_of(first.record_b)


def test_a_record_that_changed_is_told_and_asked_again_first(review: Run, relink: Run) -> None:
    review("y\n", "--n", "1")
    (one,) = kept_decisions(Path("out"))
    path = Path("lists/hospital.csv")
    text = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(text) if one.record_a in line or one.record_b in line)
    text[at] = text[at].replace(",", "x,", 2)
    text[at] = text[at].replace("x,", ",", 1)
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    code, _, said = relink()
    assert code == 0
    assert "no longer printed as they were" in said
    assert f":{one.record_a}" in said
    _, shown, _ = review("y\n", "--n", "1")
    assert "A record changed since this was answered" in shown
    assert "no longer printed" not in relink()[2]


def test_contradicting_decisions_are_all_told_and_asked_again(review: Run, relink: Run) -> None:
    review("y\n", "--n", "1", "--by", "Ana")
    (one,) = kept_decisions(Path("out"))
    records = pl.read_parquet("out/records.parquet").filter(pl.col("list") == "hospital")
    third = next(r for r in records["record"] if r not in {one.record_a, one.record_b})
    bare: dict[str, Any] = {"digest_a": "", "digest_b": "", "fields": ()}
    for (other_list, other), answer in (
        ((one.list_a, one.record_a), Answer.MATCH),
        ((one.list_b, one.record_b), Answer.NON_MATCH),
    ):
        made = replace(
            one, list_a="hospital", record_a=third, list_b=other_list, record_b=other,
            answer=answer, by="Ben", **bare,
        )  # fmt: skip
        add_decision(Path("out"), made)
    code, _, said = relink()
    assert code == 0
    assert "cannot all be true" in said
    for each in kept_decisions(Path("out")):
        assert f"({each.answer.value}), by {each.by}" in said
    _, shown, _ = review("q\n")
    assert "One of 3 answers that cannot all be true" in shown


def test_one_key_is_enough_on_a_terminal(linked: Path) -> None:
    words = [sys.executable, "-m", "stelae.cli.main", "--config", "config", "link", "review", "out"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    terminal, inner = pty.openpty()
    child = subprocess.Popen(
        words, stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True
    )
    os.close(inner)
    shown = b""
    keys = [b"y", b"x", b"\x03"]
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            break
        if not read:
            break
        shown += read
        while keys and shown.count(b"q stop") > 3 - len(keys):
            # What is struck before it waits for single keys is thrown away.
            while termios.tcgetattr(terminal)[3] & termios.ICANON:
                assert child.poll() is None, shown
                time.sleep(0.01)
            os.write(terminal, keys.pop(0))
    assert child.wait(60) == 130
    assert b"\x1b[1m1 of 20" in shown
    assert b"That key says nothing here." in shown
    assert [each.answer for each in kept_decisions(linked / "out")] == [Answer.MATCH]
