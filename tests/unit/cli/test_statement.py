import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Stelae

from stelae.records.dossier import Dossier
from stelae.records.importing import Plan

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


@pytest.mark.parametrize("ending", ["html", "akn", "md", "json"])
def test_an_export_takes_its_format_from_the_name(
    stelae: Stelae, texts: tuple[Path, Path], ending: str
) -> None:
    path = texts[0].parent / f"out.{ending}"
    ran = stelae("statement", "export", texts[0], "-o", path)
    assert (ran.code, ran.out) == (0, "")
    assert f"Wrote {path}." in ran.err
    assert "Ferry (synthetic)" in path.read_text()


def test_a_text_format_goes_to_standard_output(stelae: Stelae, texts: tuple[Path, Path]) -> None:
    ran = stelae("statement", "export", texts[0], "--to", "json")
    assert (ran.code, json.loads(ran.out)["schema"]) == (0, "stelae-statement/1")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "name the format"),
        (("--to", "pdf"), "name a file with -o"),
        (("-o", "out.odt"), "name the format"),
    ],
)
def test_an_export_that_says_too_little_is_a_usage_error(
    stelae: Stelae, texts: tuple[Path, Path], words: tuple[str, ...], why: str
) -> None:
    ran = stelae("statement", "export", texts[0], *words)
    assert ran.code == 2
    assert why in ran.err


def test_a_file_is_replaced_only_when_told_so_and_the_text_itself_never(
    stelae: Stelae, texts: tuple[Path, Path]
) -> None:
    path = texts[0].parent / "out.json"
    path.write_text("mine")
    assert stelae("statement", "export", texts[0], "-o", path).code == 2
    assert path.read_text() == "mine"
    assert stelae("statement", "export", texts[0], "-o", path, "--force").code == 0
    assert path.read_text() != "mine"
    assert stelae("statement", "export", texts[0], "-o", texts[0], "--force").code == 2
    assert texts[0].read_text() == TEXT


def test_what_was_not_understood_is_said_and_not_printed(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text(TEXT.replace("We recall", "We recall {{who}}"))
    ran = stelae("statement", "export", path, "--to", "html")
    assert "odd.md:3: a template variable that was not filled in" in ran.err
    assert "template variable" not in ran.out


def test_inside_a_dossier_its_record_is_cited(stelae: Stelae, small: Dossier) -> None:
    path = small.folder / "statements" / "ferry.en.md"
    path.write_text(
        "# Ferry (synthetic)\n\n[About 90](figure:f-inquiry) died [1].\n\n## References\n\n"
        "1. paper-a: p. 1\n"
    )
    inside = json.loads(stelae("statement", "export", path, "--to", "json").out)
    assert inside["references"][0]["recorded"]["title"] == "Paper A of 16 January"
    assert inside["facts"][0]["says"] == [
        "about 90 killed: Inquiry (synthetic), Report of the inquiry, ch. 2, p. 12, 1991"
    ]
    outside = path.parents[2] / "ferry.md"
    outside.write_text(path.read_text())
    alone = json.loads(stelae("statement", "export", outside, "--to", "json").out)
    assert alone["facts"] == []
    named = stelae("statement", "export", outside, "--to", "json", "--dossier", small.folder)
    assert json.loads(named.out)["facts"] == inside["facts"]


def test_a_text_that_names_somebody_withheld_is_not_exported(
    stelae: Stelae, small: Dossier, importing: Callable[..., Plan]
) -> None:
    importing(small, {"parties.csv": "id,name:en,kind,consent\nw,Vera Example,person,withdrawn\n"})
    path = small.folder / "statements" / "ferry.en.md"
    path.write_text("# Ferry (synthetic)\n\nVera Example saw it.\n")
    ran = stelae("statement", "export", path, "--to", "html")
    assert (ran.code, ran.out) == (3, "")
    assert "names Vera Example, who is withheld" in ran.err


def test_a_waiver_is_printed_while_it_holds(stelae: Stelae, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Ferry (synthetic)\nlanguage: en\nwaivers:\n  - rule: FIG-uncited\n"
        "    clause: preamble-1\n    reason: so\n    by: A. Author\n    until: 2026-12-31\n---\n\n"
        "In Town in January 1990 90 people were killed.\n"
    )
    held = stelae("statement", "export", path, "--to", "html", "--as-of", "2026-12-31")
    assert "Waived by A. Author, until 2026-12-31: so" in held.out
    gone = stelae("statement", "export", path, "--to", "html", "--as-of", "2027-01-01")
    assert "Waived by" not in gone.out
