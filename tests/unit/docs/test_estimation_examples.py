"""The examples of the reference pages of estimation print what the pages say."""

import contextlib
import io
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"
PAGES = sorted(REFERENCE.glob("estimation-*.md"))
_EXAMPLE = re.compile(r"```python\n(.*?)```\n\nIt prints\n\n((?:    [^\n]*\n)+)", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_an_example_prints_what_the_page_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = _EXAMPLE.findall(text)
    assert len(found) == text.count("```python") > 0
    for code, printed in found:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, page.name, "exec"), {})  # the page's own code
        assert out.getvalue().splitlines() == [line[4:] for line in printed.splitlines()]
