import json
from pathlib import Path

import pytest
from commands import Stelae

from stelae.records.dossier import Dossier

TEXT = "# Ferry (synthetic)\n\nWe recall that 90 people died [1].\n\n## References\n\n1. A book\n"


@pytest.fixture
def stelae(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stelae:
    return Stelae(tmp_path / "config", capsys)


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "v1.md", tmp_path / "v2.md"
    before.write_text(TEXT)
    after.write_text(TEXT.replace("90", "95"))
    return before, after


def test_versions_that_differ_leave_with_1_and_show_the_facts(
    stelae: Stelae, texts: tuple[Path, Path]
) -> None:
    ran = stelae("statement", "diff", *texts)
    assert ran.code == 1
    assert "figure: 90 people → 95 people" in ran.out


def test_the_same_text_twice_leaves_with_0(stelae: Stelae, texts: tuple[Path, Path]) -> None:
    ran = stelae("statement", "diff", texts[0], texts[0])
    assert (ran.code, ran.out) == (0, "no difference\n")


def test_a_difference_as_json(stelae: Stelae, texts: tuple[Path, Path]) -> None:
    ran = stelae("statement", "diff", *texts, "--json")
    report = json.loads(ran.out)
    assert (ran.code, report["schema"]) == (1, "stelae-diff/1")
    assert report["before"]["file"] == str(texts[0])
    assert report["clauses"][0]["facts"][0]["kind"] == "figure"


def test_a_version_that_cannot_be_read_leaves_with_3(
    stelae: Stelae, texts: tuple[Path, Path]
) -> None:
    assert stelae("statement", "diff", texts[0], texts[0].parent / "none.md").code == 3


def test_a_statement_is_begun_for_a_day_and_can_be_checked(stelae: Stelae, small: Dossier) -> None:
    path = small.folder / "statements" / "new.md"
    ran = stelae("statement", "new", small.folder, "--day", "day-1", "-o", path)
    assert (ran.code, ran.out) == (0, "")
    assert str(path) in ran.err
    assert "[about 90](figure:f-inquiry)" in path.read_text()
    report = json.loads(stelae("check", path, "--json").out)
    errors = {found["rule"] for found in report["diagnostics"] if found["level"] == "error"}
    assert errors <= {"REF-no-capture"}
    assert report["notes"]


def test_a_statement_is_begun_for_an_event_in_any_of_its_languages(
    stelae: Stelae, small: Dossier
) -> None:
    ran = stelae("statement", "new", small.folder, "--event", "town-1990", "--language", "az")
    assert ran.code == 0
    assert "language: az" in ran.out
    assert "[təxminən 90](figure:f-inquiry)" in ran.out


def test_what_is_there_already_is_not_written_over(stelae: Stelae, small: Dossier) -> None:
    path = small.folder / "statements" / "new.md"
    path.write_text("mine")
    ran = stelae("statement", "new", small.folder, "--day", "day-1", "-o", path)
    assert ran.code == 2
    assert path.read_text() == "mine"


def test_a_statement_needs_a_day_or_an_event_that_is_recorded(
    stelae: Stelae, small: Dossier
) -> None:
    assert stelae("statement", "new", small.folder).code == 2
    ran = stelae("statement", "new", small.folder, "--day", "none")
    assert ran.code == 3
    assert "stelae remember" in ran.err
