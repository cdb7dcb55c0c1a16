"""The examples of the reference pages of estimation print what the pages say."""

import contextlib
import io
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"
_EXAMPLE = re.compile(r"```python\n(.*?)```\n\nIt prints\n\n((?:    [^\n]*\n)+)", re.DOTALL)


@pytest.mark.parametrize("page", ["estimation-log-linear.md"])
def test_an_example_prints_what_the_page_says(page: str) -> None:
    found = _EXAMPLE.findall((REFERENCE / page).read_text(encoding="utf-8"))
    assert found
    for code, printed in found:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, page, "exec"), {})  # the page's own code
        assert out.getvalue().splitlines() == [line[4:] for line in printed.splitlines()]
