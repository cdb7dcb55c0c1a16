"""Sources: what each is, what it rests on, what is kept of it, and everything that cites it."""

from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup, Pointer, source_path
from stelae.publication.pages.voices import words_of
from stelae.publication.text import (
    Text,
    anchor_of,
    date_in_words,
    language_name,
    number,
    web_address,
)
from stelae.publication.view import item_path
from stelae.records.assertions import Assertion, Figure
from stelae.records.attribution import Attributed
from stelae.records.events import Link, PlaceName
from stelae.records.identifiers import Reference
from stelae.records.recognition import Day, Recognition
from stelae.records.sources import Item, Source
from stelae.records.vocabularies import label, vocabularies

_LONGEST_VALUE = 160

__all__ = ["ItemLine", "SourceGroup", "SourcePage", "SourceRow", "source_groups", "source_page"]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Kept bytes. `path` is where this edition carries them, None where it does not."""

    anchor: str
    digest: str
    media_type: str
    size: str
    pages: int | None
    file_name: str
    derived: str
    path: str | None
    entry: int


@dataclass(frozen=True, slots=True)
class CitationLine:
    """One thing said that is read in a source."""

    what: str
    value: Text | None
    about: Pointer | None
    speaker: Pointer
    locator: str
    path: str | None
    entry: int
    retracted: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list."""

    pointer: Pointer
    authors: tuple[Pointer, ...]
    date: str
    seen_as: str
    citations: int
    kept: int


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of one kind, by title."""

    kind: str
    anchor: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything about one source."""

    source: Source
    title: Text
    other_titles: tuple[Text, ...]
    authors: tuple[Pointer, ...]
    kind: str
    date: str
    language: str
    address: str | None
    seen_as: str
    reliability: str
    rests_on: tuple[Pointer, ...]
    rested_on_by: tuple[Pointer, ...]
    items: tuple[ItemLine, ...]
    citations: tuple[CitationLine, ...]
    entry: int


def source_groups(lookup: Lookup) -> tuple[SourceGroup, ...]:
    """All sources by kind, then by title."""
    by_kind: dict[str, list[Source]] = {}
    for source in lookup.view.state.all(Source):
        by_kind.setdefault(source.kind, []).append(source)
    return tuple(
        SourceGroup(
            kind=label("source-kind", kind),
            anchor=f"kind.{kind}",
            rows=tuple(
                sorted(
                    (_row(lookup, source) for source in by_kind[kind]),
                    key=lambda row: (row.pointer.text.words.casefold(), row.pointer.path or ""),
                )
            ),
        )
        for kind in vocabularies()["source-kind"]
        if kind in by_kind
    )


def _row(lookup: Lookup, source: Source) -> SourceRow:
    return SourceRow(
        pointer=Pointer(Text.best(source.title), source_path(source.id)),
        authors=tuple(lookup.party(author) for author in source.authors),
        date=date_in_words(source.date) if source.date else "",
        seen_as=label("seen-as", source.seen_as),
        citations=len(lookup.cited_by.get(source.id, ())),
        kept=len(lookup.items.get(source.id, ())),
    )


def source_page(lookup: Lookup, source: Source) -> SourcePage:
    """One source with its neighbours."""
    title = source.title.in_language("en")
    return SourcePage(
        source=source,
        title=Text.of(title),
        other_titles=tuple(Text.of(form) for form in source.title if form != title),
        authors=tuple(lookup.party(author) for author in source.authors),
        kind=label("source-kind", source.kind),
        date=date_in_words(source.date) if source.date else "",
        language=language_name(source.language) if source.language else "",
        address=web_address(source.url) if source.url else None,
        seen_as=label("seen-as", source.seen_as),
        reliability=label("reliability", source.reliability),
        rests_on=tuple(lookup.source(other) for other in source.rests_on),
        rested_on_by=tuple(lookup.source(other.id) for other in lookup.built_on.get(source.id, ())),
        items=tuple(item_line(lookup, item) for item in lookup.items.get(source.id, ())),
        citations=tuple(
            _citation(lookup, kind, record) for kind, record in lookup.cited_by.get(source.id, ())
        ),
        entry=lookup.entry("source", source.id),
    )


def item_line(lookup: Lookup, item: Item) -> ItemLine:
    """One kept item."""
    return ItemLine(
        anchor=anchor_of("item", item.id),
        digest=item.id.removeprefix("sha256:"),
        media_type=item.media_type,
        size=f"{number(item.size)} bytes",
        pages=item.pages,
        file_name=item.file_name,
        derived=item.method if item.derived_from else "",
        path=item_path(item) if lookup.view.items.get(item.id) else None,
        entry=lookup.entry("item", item.id),
    )


def _citation(lookup: Lookup, kind: str, record: Attributed) -> CitationLine:
    what, about, path = _said(lookup, kind, record)
    return CitationLine(
        what=what,
        value=_value(lookup, record),
        about=about,
        speaker=lookup.party(record.said_by),
        locator=record.locator,
        path=path,
        entry=lookup.entry(kind, record.id),
        retracted=Reference(kind, record.id) in lookup.view.state.retractions,
    )


def _value(lookup: Lookup, record: Attributed) -> Text | None:
    """What a record says, cut where it is long; the page of its subject has it whole."""
    match record:
        case Assertion():
            text = words_of(lookup, record)
        case PlaceName():
            text = Text(record.text, record.language)
        case Recognition():
            text = Text(record.title, "")
        case Day():
            text = Text.best(record.name)
        case Figure():
            text = Text(record.count.in_words())
        case _:
            return None
    if len(text.words) <= _LONGEST_VALUE:
        return text
    return Text(f"{text.words[:_LONGEST_VALUE].rsplit(' ', 1)[0]} …", text.language)


def _said(lookup: Lookup, kind: str, record: Attributed) -> tuple[str, Pointer | None, str | None]:
    """What a record says in a few words, of what, and the fragment where a page shows it."""
    fragment = f"#{anchor_of(kind, record.id)}"
    match record:
        case Figure():
            about = lookup.event(record.event)
            what = label("measure", record.measure)
        case Assertion():
            about = lookup.record(record.subject)
            what = label("slot", record.slot)
            if record.polarity == "denies":
                what += " (denied)"
        case Link():
            about = lookup.event(record.event)
            what = f"{label('relation', record.relation)} {lookup.event(record.other).text}"
        case PlaceName():
            about = Pointer(lookup.place(record.place))
            what = "name in use"
        case Recognition():
            return "act", lookup.party(record.body), f"recognition.html{fragment}"
        case Day():
            return "day of remembrance", None, f"days.html{fragment}"
        case _:
            return kind, None, None
    path = f"{about.path}{fragment}" if about.path and about.path.startswith("events/") else None
    return what, about, path
