"""Texts and a small record for the tests of rules; every person, place and figure is invented."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

import pytest

from stelae.records.assertions import Assertion, Figure
from stelae.records.catalogue import AnyRecord
from stelae.records.events import Event, Place
from stelae.records.fold import fold
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.recognition import Recognition
from stelae.records.sources import Item, Party, Source
from stelae.records.views import Slots
from stelae.statements.context import CheckContext, Kept, RecordContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.rules.rule import Rule
from stelae.values.dates import PartialDate
from stelae.values.figures import Count, FigureKind
from stelae.values.names import Names

AS_OF = date(2024, 5, 1)


class Check(Protocol):
    """Reads a text and gives what one rule finds in it."""

    def __call__(
        self,
        rule: Rule,
        text: str,
        language: str = "en",
        *,
        record: RecordContext | None = None,
        siblings: tuple[Statement, ...] = (),
        own: tuple[str, ...] = (),
        name: str = "text.md",
    ) -> list[Diagnostic]: ...


@pytest.fixture
def check() -> Check:
    def run(
        rule: Rule,
        text: str,
        language: str = "en",
        *,
        record: RecordContext | None = None,
        siblings: tuple[Statement, ...] = (),
        own: tuple[str, ...] = (),
        name: str = "text.md",
    ) -> list[Diagnostic]:
        statement = read_statement(text, name, language)
        context = CheckContext(AS_OF, record, siblings, own)
        return sorted(rule.check(statement, context), key=lambda found: found.span)

    return run


def _kind(record: AnyRecord) -> str:
    return type(record).__name__.lower()


def _figure(identifier: str, said_by: str, source: str, count: str, **more: object) -> Figure:
    event, measure, _ = identifier.split("/")
    return Figure(
        id=identifier,
        said_by=said_by,
        source=source,
        event=event,
        measure=measure,
        count=Count.parse(count),
        **more,  # type: ignore[arg-type]  # the fields that a test sets beside these
    )


def _date(event: str, value: str, said_by: str = "observers") -> Assertion:
    return Assertion(
        id=f"{event}/date/{said_by}",
        said_by=said_by,
        source="grey-2001",
        locator="p. 7",
        subject=Reference("event", event),
        slot="date",
        value=value,
    )


def _records() -> list[AnyRecord]:
    return [
        Party(
            id="observers",
            name=Names.of({"en": "Harbour Observers", "ru": "Портовые наблюдатели"}),
            kind="organisation",
        ),
        Party(id="prosecutor", name=Names.of({"en": "Prosecutor of Ruritania"}), kind="authority"),
        Party(id="council", name=Names.of({"en": "Council of Elbonia"}), kind="authority"),
        Party(id="grey", name=Names.of({"en": "Ada Grey", "hy": "Ադա Գրեյ"}), kind="person"),
        Source(
            id="grey-2001",
            title=Names.of({"en": "The Winter Harbour"}),
            kind="book",
            authors=("grey",),
            language="en",
        ),
        Source(
            id="report-1992",
            title=Names.of({"en": "Report on Zenda"}),
            kind="report",
            authors=("observers",),
            language="en",
        ),
        Source(
            id="law-1995",
            title=Names.of({"en": "Decree 12"}),
            kind="law",
            authors=("council",),
            language="en",
        ),
        Source(id="brief-ru", title=Names.of({"ru": "Записка"}), kind="document", language="ru"),
        Item(
            id="sha256:" + "a" * 64,
            source="grey-2001",
            media_type="application/pdf",
            size=10,
            pages=3,
        ),
        Place(
            id="zenda", name=Names.of({"en": "Zenda", "ru": "Зенда", "hy": "Զենդա", "az": "Zenda"})
        ),
        Place(id="strelsau", name=Names.of({"en": "Strelsau"})),
        Event(id="zenda-1990", name=Names.of({"en": "Zenda, January 1990"}), place=("zenda",)),
        Event(
            id="strelsau-1918", name=Names.of({"en": "Strelsau, January 1918"}), place=("strelsau",)
        ),
        _date("zenda-1990", "1990-01-13/1990-01-19"),
        _date("zenda-1990", "1990-01-12/1990-01-20", "prosecutor"),
        _date("strelsau-1918", "julian:1918-01-09/1918-01-12"),
        _figure("zenda-1990/killed/observers", "observers", "report-1992", "~90", of="Elphbergs"),
        _figure(
            "zenda-1990/killed/prosecutor",
            "prosecutor",
            "law-1995",
            "48",
            of="Elphbergs",
            kind=FigureKind.ENUMERATED,
        ),
        _figure(
            "zenda-1990/killed/grey", "grey", "grey-2001", "300..", of="Elphbergs", locator="p. 2"
        ),
        _figure("zenda-1990/killed/rassendylls", "grey", "grey-2001", "6", of="Rassendylls"),
        _figure("zenda-1990/displaced/grey", "grey", "grey-2001", "1000..2000"),
        _figure("strelsau-1918/killed/grey", "grey", "grey-2001", "132"),
        Recognition(
            id="council-1995",
            said_by="council",
            source="law-1995",
            body="council",
            kind="parliament",
            date=PartialDate("1995-03-01"),
            title="Decree 12",
            event=("zenda-1990",),
            stance="recognises",
        ),
    ]


PAGES: Mapping[str, tuple[str, ...]] = {
    "grey-2001": (
        "The harbour froze early. Nobody was allowed to leave the harbour before dawn.",
        "Those who stayed were counted twice, and the second count was lost.",
        "An end.",
    ),
    "brief-ru": ("Никому не было позволено покинуть гавань до рассвета.",),
}


@pytest.fixture
def record() -> RecordContext:
    """A record of two events: rival figures for one, one figure for the other."""
    return record_of()


@pytest.fixture
def keeping() -> Callable[[Mapping[str, Kept]], RecordContext]:
    """The same record with another answer to what is kept."""
    return record_of


def record_of(kept: Mapping[str, Kept] | None = None) -> RecordContext:
    entries = [
        Logged(index, f"sha256:{index:064x}", _kind(record), "tester", None, record)
        for index, record in enumerate(_records())
    ]
    state = fold(entries)
    held = kept or {}
    return RecordContext(
        state=state,
        slots=Slots.of(state),
        pages=PAGES.get,
        kept=lambda source: held.get(source, "kept"),
    )
