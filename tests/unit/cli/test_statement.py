import json
from pathlib import Path

import pytest
from commands import Stelae

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
