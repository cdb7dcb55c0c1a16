"""A source of the record as a full citation, in the language of the statement where it can be."""

from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup
from stelae.publication.text import date_in_words, web_address
from stelae.records.sources import Party, Source
from stelae.values.names import Name, Names

__all__ = ["Citation", "citation_of"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Who answers for it, what it is called, where it is found; "" for what is not recorded.

    `language` is that of the source, `title_language` that of the form of its title. `kept` says
    whether the record keeps bytes of it.
    """

    source: str
    authors: tuple[str, ...]
    title: str
    title_language: str
    publisher: str
    date: str
    edtf: str
    identifier: str
    url: str
    language: str
    kept: bool

    @property
    def before_title(self) -> str:
        """What is printed before the title."""
        return f"{'; '.join(self.authors)}. " if self.authors else ""

    @property
    def after_title(self) -> str:
        """What is printed after the title, without the address."""
        tail = (self.publisher.rstrip("."), self.date, self.identifier)
        return "".join(f", {part}" for part in tail if part)

    @property
    def address(self) -> str:
        """Where a reader may be sent, "" for nowhere."""
        return web_address(self.url) or ""


def citation_of(lookup: Lookup, identifier: str, language: str) -> Citation | None:
    """The citation of a source; None where the record shows none of this id."""
    state = lookup.view.state
    source = state.find(Source, identifier)
    if source is None:
        return None
    title = _form(source.title, language)
    authors = (state.find(Party, author) for author in source.authors)
    return Citation(
        source=identifier,
        authors=tuple(_form(party.name, language).text for party in authors if party is not None),
        title=title.text,
        title_language=title.language or "",
        publisher=" ".join(source.publisher.split()),
        date=date_in_words(source.date, language=language) if source.date else "",
        edtf=source.date.edtf if source.date else "",
        identifier=" ".join(source.identifier.split()),
        url=source.url,
        language=source.language,
        kept=bool(lookup.items.get(identifier)),
    )


def _form(names: Names, language: str) -> Name:
    return names.in_language(language, "en")
