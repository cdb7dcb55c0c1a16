"""The example of docs/how-to/estimate-how-many.md is read and estimated as the page says."""

import re
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "estimate-how-many.md"


def test_the_example_is_estimated(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    block = re.search(r"(?:^ {4}[\w,]+\n){8}", page, re.MULTILINE)
    assert block is not None
    path = tmp_path / "lists.csv"
    path.write_text(re.sub(r"^ {4}", "", block[0], flags=re.MULTILINE))
    out = tmp_path / "out"
    code, shown, said = run("estimate", path, "--method", "chao", "--no-checks", "-o", out)
    assert code == 0
    assert said.splitlines()[0] in page
    bound = re.search(r"≥ [\d,]+\d", page)
    assert bound is not None
    assert bound[0] in shown
    assert "holds only under the assumptions" in shown
    assert {"estimates.json", "manifest.json"} <= {each.name for each in out.iterdir()}
