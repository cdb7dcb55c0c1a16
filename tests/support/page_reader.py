"""Pages in a real browser, opened from a folder as a reader without a server, and what is amiss."""

from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
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

OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
"""Opens every table that is folded away."""
OVERLAPS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg.drawing')) {
    const edge = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .map(t => [t.textContent, t.getBoundingClientRect()]);
    boxes.forEach(([words, a], i) => {
      if (a.left < edge.left - 2 || a.right > edge.right + 2) found.push('cut off: ' + words);
      for (const [others, b] of boxes.slice(i + 1)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 2 && high > 4) found.push(words + ' over ' + others);
      }
    });
  }
  return found;
}"""
"""Words of drawings that run into others or out of the drawing."""


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
