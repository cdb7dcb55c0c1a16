"""The pages of an edition in a real browser, opened from a folder as a reader without a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from edition_views import KEPT, edition_view

from stelae.publication.site import render_site

CHROMIUM = "/usr/bin/chromium"
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason="Chromium is not installed"),
]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 360, 1280

AUDIT = """() => {
  const problems = [];
  const say = (what, node) =>
    problems.push(what + ': ' + (node ? node.outerHTML.slice(0, 120) : ''));
  const all = (selector) => [...document.querySelectorAll(selector)];

  if (document.documentElement.scrollWidth > innerWidth) {
    say('wider than the window');
    all('body *').filter(n => n.getBoundingClientRect().right > innerWidth + 1 && !n.closest('pre'))
      .slice(0, 3).forEach(n => say('sticks out', n));
  }
  if (document.documentElement.lang !== 'en') say('no language');
  if (!document.title.trim()) say('no title');
  if (all('main').length !== 1 || all('h1').length !== 1) say('not one main text with one heading');
  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say('a heading skips a level', heading);
    if (!heading.textContent.trim()) say('an empty heading', heading);
    level = own;
  }
  for (const table of all('table')) {
    if (!table.caption || !table.caption.textContent.trim())
      say('a table without a caption', table);
    for (const cell of table.querySelectorAll('th')) if (!cell.scope) say('no scope', cell);
  }
  for (const nav of all('nav, aside, pre[tabindex]'))
    if (!nav.getAttribute('aria-label')) say('no name', nav);
  for (const part of all('[aria-labelledby]'))
    for (const id of part.getAttribute('aria-labelledby').split(' '))
      if (!document.getElementById(id)) say('named by nothing', part);
  for (const svg of all('svg'))
    if (svg.closest('[aria-hidden=true]') === null && svg.getAttribute('role') !== 'img'
        && !svg.parentElement.closest('svg')) say('a drawing without a name', svg);
  for (const link of all('a')) {
    if (!(link.getAttribute('aria-label') || link.textContent).trim()) say('an empty link', link);
  }
  for (const node of all('[lang]')) {
    if (!node.dir) say('a language without a direction', node);
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(node.lang)) say('no language tag', node);
  }
  const arabic = /[\\u0600-\\u06ff]/, armenian = /[\\u0530-\\u058f]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const paper = rgb(getComputedStyle(document.documentElement).backgroundColor);
  while (walker.nextNode()) {
    const text = walker.currentNode.data, node = walker.currentNode.parentElement;
    if (!text.trim()) continue;
    const tag = node.closest('[lang]').lang;
    if (arabic.test(text) && tag === 'en') say('Arabic in English', node);
    if (armenian.test(text) && tag === 'en') say('Armenian in English', node);
    const style = getComputedStyle(node);
    if (parseFloat(style.opacity) === 0 || node.closest('svg')) continue;
    const [a, b] = [light(rgb(style.color)), light(paper)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) say('contrast of ' + ratio.toFixed(2), node);
  }
  return problems;
}"""


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


class Reader:
    """A window, and everything that went wrong or left the folder while it was open."""

    def __init__(self, browser: Any, site: Path, width: int, scheme: str, **options: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        self.page = self.context.new_page()
        self.site = site
        self.amiss: list[str] = []
        self.page.on("console", lambda message: self.amiss.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.amiss.append(f"error: {error}"))
        self.page.on("requestfailed", lambda asked: self.amiss.append(f"failed: {asked.url}"))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.amiss.append(f"left the folder: {request.url}")

    def open(self, path: str) -> Any:
        self.page.goto((self.site / path).as_uri())
        return self.page


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
