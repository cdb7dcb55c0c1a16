"""An edition's pages and data as files: the same view gives the same bytes in the same order."""

import datetime
import importlib.resources
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from stelae.publication.data import data_files
from stelae.publication.pages.chronicle import chronicle_page
from stelae.publication.pages.event import event_page
from stelae.publication.pages.front import front_page
from stelae.publication.pages.lookup import Lookup, event_path, source_path
from stelae.publication.pages.parties import party_groups
from stelae.publication.pages.recognition import days_in_order, recognition_page
from stelae.publication.pages.sources import source_groups, source_page
from stelae.publication.pages.statement import (
    StatementLink,
    in_order,
    statement_links,
    statement_page,
)
from stelae.publication.pages.verify import verify_page
from stelae.publication.rendering import environment
from stelae.publication.text import LANGUAGE, Text, moment_in_words, number, plural
from stelae.publication.view import EditionView
from stelae.records.events import Event
from stelae.records.recognition import Day
from stelae.records.sources import Source
from stelae.remembrance.recorded import dossier_feed

__all__ = ["render_site"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: title, edition, where its statements are."""

    title: Text
    edition: str
    is_draft: bool
    published: str
    log_size: str
    version: str
    statements: tuple[str, str] | None


def render_site(view: EditionView) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its path: pages, data, the feed of days, the style sheet."""
    lookup = Lookup.of(view)
    links = statement_links(view.statements)
    listed = in_order(links, view.settings.languages)
    render = _Renderer(_frame(view, listed))
    state = view.state

    yield render("index.html", "front.html", page=front_page(lookup, listed))
    yield render("chronicle.html", "chronicle.html", page=chronicle_page(lookup))
    for event in state.all(Event):
        yield render(event_path(event.id), "event.html", page=event_page(lookup, event))
    for published, link in zip(view.statements, links, strict=True):
        page = statement_page(lookup, published, link, listed)
        yield render(link.path, "statement.html", page=page)
        yield link.text_path, published.statement.source.content.encode()
    yield render("sources/index.html", "sources.html", groups=source_groups(lookup))
    for source in state.all(Source):
        yield render(source_path(source.id), "source.html", page=source_page(lookup, source))
    yield render("recognition.html", "recognition.html", page=recognition_page(lookup))
    feed, left_out = _feed(view)
    days = days_in_order(lookup, state.all(Day))
    yield render("days.html", "days.html", days=days, has_feed=bool(feed), left_out=left_out)
    yield render("parties.html", "parties.html", groups=party_groups(lookup))
    yield render("method.html", "method.html")
    yield render("verify.html", "verify.html", page=verify_page(view))
    if feed:
        yield "days.ics", feed
    files = list(data_files(state, view.slots))
    sizes = [(path.removeprefix("data/"), number(len(content))) for path, content in files]
    yield render("data/index.html", "data.html", files=sizes)
    yield from files
    yield "static/style.css", style_sheet()


def _feed(view: EditionView) -> tuple[bytes, tuple[str, ...]]:
    """The feed of days, and what it leaves out; b"" where no day is recorded."""
    if not view.state.versions.get("day"):
        return b"", ()
    return dossier_feed(
        view.state,
        origin=view.settings.origin,
        language=LANGUAGE,
        title=Text.best(view.settings.title).words,
        stamp=datetime.datetime.fromisoformat(view.published_at),
    )


def _frame(view: EditionView, links: tuple[StatementLink, ...]) -> Frame:
    return Frame(
        title=Text.best(view.settings.title),
        edition="Draft, not published" if view.number is None else f"Edition {view.number}",
        is_draft=view.number is None,
        published=moment_in_words(view.published_at),
        log_size=plural(view.log.size, "log entry", "log entries"),
        version=view.version,
        statements=_statements(links),
    )


def _statements(links: tuple[StatementLink, ...]) -> tuple[str, str] | None:
    """Where the navigation leads for statements, and its words: the one there is, or the list."""
    if not links:
        return None
    if len({link.family for link in links}) == 1:
        return links[0].path, "Statement"
    return "index.html#statements", "Statements"


class _Renderer:
    """Fills templates; `root` leads from a page back to the root of the site."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def __call__(self, path: str, template: str, **values: Any) -> tuple[str, bytes]:
        text = (
            environment()
            .get_template(template)
            .render(frame=self._frame, path=path, root="../" * path.count("/"), **values)
        )
        return path, text.encode()


@cache
def style_sheet() -> bytes:
    """The one style sheet of an edition."""
    return (importlib.resources.files("stelae.publication") / "static" / "style.css").read_bytes()
