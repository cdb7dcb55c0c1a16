"""The pages of an edition in a real browser, opened from a folder as a reader without a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from edition_views import KEPT, edition_view
from page_reader import ARGUMENTS, AUDIT, CHROMIUM, DESK, PHONE, Reader

from stelae.publication.site import render_site

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    for path, content in render_site(edition_view(withheld={"figure": 2})):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    kept = folder / "items" / f"{KEPT[7:]}.html.txt"
    kept.parent.mkdir()
    kept.write_text("<!doctype html><script>document.title = 'ran'</script>")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def pages_of(site: Path) -> list[str]:
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_reads_well(browser: Any, site: Path, width: int, scheme: str) -> None:
    reader = Reader(browser, site, width, scheme)
    problems = []
    for path in pages_of(site):
        problems += [f"{path}: {problem}" for problem in reader.open(path).evaluate(AUDIT)]
    reader.context.close()
    assert problems == []
    assert reader.amiss == []


def test_the_audit_finds_what_is_amiss(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, PHONE, "light")
    page = reader.open("index.html")
    page.evaluate("""() => {
        document.querySelector('main').innerHTML +=
          '<h4>Deep</h4><table><tr><th>a</th></tr></table>'
          + '<p style="width: 2000px; color: #bbb">pale and wide</p><p>Քաղաք</p><a href="#x"></a>';
    }""")
    found = " ".join(page.evaluate(AUDIT))
    reader.context.close()
    for what in (
        "skips a level",
        "without a caption",
        "no scope",
        "wider than the window",
        "contrast of",
        "Armenian in English",
        "an empty link",
    ):
        assert what in found


def test_pages_are_whole_without_javascript(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light", java_script_enabled=False)
    page = reader.open("events/town-1990.html")
    assert page.locator("table.figures").first.is_visible()
    page.get_by_role("link", name="Chronicle").first.click()
    page.wait_for_url("**/chronicle.html", wait_until="load")
    page = reader.open("statements/january.en.html")
    page.get_by_text("Down to the bytes").first.click()
    assert page.get_by_text("How to verify").first.is_visible()
    reader.context.close()
    assert reader.amiss == []


def test_a_kept_page_opens_as_text(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light")
    page = reader.open("sources/copy-a.html")
    page.get_by_role("link", name="the kept file").click()
    assert "<script>" in page.inner_text("body")
    assert page.title() != "ran"
    reader.context.close()


def test_the_keyboard_reaches_the_text_first(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light")
    page = reader.open("chronicle.html")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = skip.bounding_box()
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    reader.context.close()


def test_notes_stand_beside_the_text_on_a_desk_and_below_it_on_a_phone(
    browser: Any, site: Path
) -> None:
    for width, beside in ((DESK, True), (PHONE, False)):
        reader = Reader(browser, site, width, "light")
        page = reader.open("statements/january.en.html")
        words = page.locator(".clause .words").nth(0).bounding_box()
        notes = page.locator(".clause .notes").nth(0).bounding_box()
        assert (notes["x"] >= words["x"] + words["width"]) is beside
        assert (notes["y"] >= words["y"] + words["height"]) is not beside
        reader.context.close()


def test_a_line_has_about_sixty_six_characters(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light")
    page = reader.open("method.html")
    width, size = page.evaluate(
        "() => { const p = document.querySelector('main > p');"
        " return [p.clientWidth, parseFloat(getComputedStyle(p).fontSize)] }"
    )
    reader.context.close()
    assert 28 <= width / size <= 36


def test_rival_figures_share_one_scale(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light")
    page = reader.open("events/town-1990.html")
    strips = page.locator("#measure\\.killed svg.strip")
    widths = {round(strips.nth(i).bounding_box()["width"]) for i in range(strips.count())}
    exact = page.locator("#measure\\.killed circle.point").first.bounding_box()
    about = page.locator("#measure\\.killed circle.about").first.bounding_box()
    reader.context.close()
    assert len(widths) == 1
    assert exact["x"] < about["x"]


def test_print_shows_notes_with_their_entries_and_no_navigation(browser: Any, site: Path) -> None:
    reader = Reader(browser, site, DESK, "light")
    page = reader.open("statements/january.en.html")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator(".trace .entry").first.is_visible()
    assert not page.get_by_text("Down to the bytes").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    reader.context.close()
