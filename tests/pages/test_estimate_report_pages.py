"""The report of an estimate in a real browser, opened from a folder without a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from estimated_samples import Stuck, sample_result, sample_table
from fake_methods import Doubling
from page_reader import ARGUMENTS, AUDIT, CHROMIUM, DESK, OPEN, OVERLAPS, PHONE, Reader

from stelae.estimation.axes import estimate_all
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.report import report_files

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    two = CaptureHistories.of(["A" * 60, "B"], {1: 40, 2: 30, 3: 12})
    regions = [sample_table(f"region {at} " + "long name " * at, more=at) for at in range(1, 4)]
    for name, result in {
        "answered": sample_result(),
        "stuck": sample_result(Stuck(chains=4)),
        "refused": (estimate_all([two], Doubling(), seed=1), [two], None),
        "regions": (estimate_all(regions, Doubling(chains=4), seed=1), regions, None),
    }.items():
        page = report_files(*result, "stelae estimate lists.csv " + "--lists A,B,C " * 9)
        (folder / f"{name}.html").write_bytes(page["index.html"])
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
    reader.context.close()
    assert problems == []
    assert reader.amiss == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_words_of_a_drawing_run_into_others_or_out_of_it(
    browser: Any, reports: Path, width: int
) -> None:
    reader = Reader(browser, reports, width, "light")
    found = []
    for path in sorted(reports.glob("*.html")):
        found += [f"{path.name}: {each}" for each in reader.open(path.name).evaluate(OVERLAPS)]
    reader.context.close()
    assert found == []


def test_words_over_words_are_found(browser: Any, reports: Path) -> None:
    reader = Reader(browser, reports, PHONE, "light")
    page = reader.open("answered.html")
    page.evaluate(
        "() => { const text = document.querySelector('svg.drawing text');"
        " text.after(text.cloneNode(true)); }"
    )
    assert len(page.evaluate(OVERLAPS)) == 1
    reader.context.close()


def test_drawings_take_the_colours_of_the_page(browser: Any, reports: Path) -> None:
    inks = {}
    for scheme in ("light", "dark"):
        reader = Reader(browser, reports, DESK, scheme)
        page = reader.open("answered.html")
        inks[scheme] = page.evaluate(
            "[document.querySelector('svg.drawing text'), document.body]"
            ".map((node, at) => getComputedStyle(node)[at ? 'color' : 'fill'])"
        )
        reader.context.close()
    assert inks["light"][0] == inks["light"][1] != inks["dark"][0] == inks["dark"][1]


def test_print_keeps_every_drawing_on_paper(browser: Any, reports: Path) -> None:
    reader = Reader(browser, reports, DESK, "dark")
    page = reader.open("answered.html")
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert page.locator("svg.drawing").first.is_visible()
    assert not page.locator("summary").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    reader.context.close()
