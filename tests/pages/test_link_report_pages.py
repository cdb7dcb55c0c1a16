"""The report of a linkage in a real browser, opened from a folder without a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from linked_samples import clustered, hand_made
from page_reader import ARGUMENTS, AUDIT, CHROMIUM, DESK, OPEN, OVERLAPS, PHONE, Reader

from stelae.linkage.posterior import People
from stelae.linkage.reliability import reliability
from stelae.linkage.report import Reviewed, report_page

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason="Chromium is not installed"),
]

DRAWS = [[0, 1, 0, 1, 1, 0, 1, 2], [0, 1, 0, 1, 2, 0, 1, 1], [0, 1, 0, 1, 1, 0, 1, 1]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    chances = np.linspace(0.05, 0.95, 60)
    judged = reliability(chances, np.arange(60) % 3 > 0)
    many = [at % 12 for at in range(240)]
    for name, page in {
        "drawn": report_page(hand_made(DRAWS), 1),
        "reviewed": report_page(
            hand_made(), 1, Reviewed(60, judged, (), People((2, 4), (2, 4), 0))
        ),
        "many lists": report_page(clustered(many, [at % 50 for at in range(240)]), 1),
        "nothing": report_page(clustered([0], [0]), 1),
    }.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_report_reads_well_with_its_tables_open(
    browser: Any, reports: Path, width: int, scheme: str
) -> None:
    reader = Reader(browser, reports, width, scheme)
    problems = []
    for path in sorted(reports.glob("*.html")):
        page = reader.open(path.name)
        page.evaluate(OPEN)
        problems += [f"{path.name}: {problem}" for problem in page.evaluate(AUDIT)]
        problems += [f"{path.name}: {each}" for each in page.evaluate(OVERLAPS)]
    reader.context.close()
    assert problems == []
    assert reader.amiss == []


def test_names_written_from_the_right_stay_in_their_cell(browser: Any, reports: Path) -> None:
    reader = Reader(browser, reports, PHONE, "light")
    page = reader.open("drawn.html")
    found = page.evaluate(
        "[...document.querySelectorAll('bdi[lang=und]')].filter(n => /[\\u0600-\\u06ff]/.test("
        "n.textContent)).map(n => [getComputedStyle(n).direction, n.closest('td') !== null])"
    )
    reader.context.close()
    assert found
    assert all(each == ["rtl", True] for each in found)


def test_print_keeps_every_drawing_on_paper(browser: Any, reports: Path) -> None:
    reader = Reader(browser, reports, DESK, "dark")
    page = reader.open("drawn.html")
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert page.locator("svg.drawing").first.is_visible()
    assert page.locator(".private").is_visible()
    assert not page.locator("nav").is_visible()
    reader.context.close()
