"""A small record for the tests of rules; every person, place and figure is invented."""

from collections.abc import Mapping
from datetime import date

from stelae.records.assertions import Assertion, Figure
from stelae.records.catalogue import KIND_OF, AnyRecord
from stelae.records.events import Event, Place, PlaceName
from stelae.records.fold import fold
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.judgments import Edition, Retraction
from stelae.records.recognition import Day, Recognition
from stelae.records.sources import Item, Party, Source
from stelae.records.views import Slots
from stelae.statements.context import Kept, RecordContext
from stelae.values.dates import PartialDate
from stelae.values.figures import Count, FigureKind
from stelae.values.names import Names

AS_OF = date(2024, 5, 1)


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


def _more() -> list[AnyRecord]:
    """What the rules on origins, names, consent and change look at."""
    return [
        Source(
            id="dispatch-1990",
            title=Names.of({"en": "Dispatch from Hentzau"}),
            kind="article",
            language="en",
        ),
        *(
            Source(
                id=identifier,
                title=Names.of({"en": title}),
                kind="article",
                language="en",
                rests_on=rests_on,
            )
            for identifier, title, rests_on in (
                ("gazette-1990", "Gazette", ("dispatch-1990",)),
                ("courier-1990", "Courier", ("dispatch-1990",)),
                ("almanac-1991", "Almanac", ("gazette-1990", "grey-2001")),
                ("ring-a", "First of a ring", ("ring-b",)),
                ("ring-b", "Second of a ring", ("ring-a",)),
                ("ring-reader", "Reader of the ring", ("ring-a",)),
            )
        ),
        *(
            Party(id=identifier, name=Names.of(names), kind="person", **said)
            for identifier, names, said in (
                (
                    "hidden",
                    {
                        "en": "Flavia Tarlenheim",
                        "ru": "Флавия Тарленгейм",
                        "hy": "Ֆլավիա Թառլենհայմ",
                    },
                    {"consent": "withheld"},
                ),
                (
                    "gone",
                    {"en": "Rupert Hofbauer", "az": "Rupert Hofbauer"},
                    {"consent": "withdrawn"},
                ),
                ("unasked", {"en": "Antonina Mauban"}, {"consent": "unknown"}),
                ("protected", {"en": "Fritz Bersonin"}, {"sensitivity": "amber"}),
                ("agreed", {"en": "Helga Stamford", "ru": "Хельга Стамфорд"}, {"consent": "given"}),
            )
        ),
        Place(id="transcaucasia", name=Names.of({"en": "Transmontania"})),
        Place(
            id="hentzau",
            name=Names.of({"en": "Hentzau", "ru": "Генцау", "hy": "Հենցաու", "az": "Hensau"}),
            within="transcaucasia",
        ),
        Place(id="teschen", name=Names.of({"en": "Teschenburg", "ru": "Тешенбург"})),
        *(
            PlaceName(
                id=f"hentzau/{language}-{number}",
                said_by="grey",
                source="grey-2001",
                place="hentzau",
                text=text,
                language=language,
                period=PartialDate(period) if period else None,
            )
            for number, (text, language, period) in enumerate(
                (
                    ("Hentzau", "en", ""),
                    ("Rupertsburg", "en", "1935/1989"),
                    ("Рупертсбург", "ru", "1935/1989"),
                    ("Ռուպերտսբուրգ", "hy", "1935/1989"),
                    ("Hentsova", "en", ""),
                    ("Хенцова", "ru", ""),
                    ("Xentsova", "az", ""),
                )
            )
        ),
        Event(id="hentzau-1919", name=Names.of({"en": "Hentzau, 1919"}), place=("hentzau",)),
        Event(id="teschen-1905", name=Names.of({"en": "Teschenburg, 1905"}), place=("teschen",)),
        _figure("hentzau-1919/killed/grey", "grey", "grey-2001", "41"),
        _figure("hentzau-1919/killed/gazette", "observers", "gazette-1990", "57"),
        _figure("hentzau-1919/killed/courier", "observers", "courier-1990", "57"),
        _figure("hentzau-1919/injured/hidden", "hidden", "grey-2001", "12", consent="withheld"),
        _figure("teschen-1905/killed/grey", "grey", "grey-2001", "200"),
        _figure("teschen-1905/injured/grey", "grey", "grey-2001", "31"),
        Retraction(
            id="teschen-1905/killed/grey/1",
            target=Reference("figure", "teschen-1905/killed/grey"),
            kind="by-speaker",
            by="grey",
            why="The list held the same names twice.",
            date=PartialDate("2022-03-01"),
        ),
        Retraction(
            id="hentzau-1919/injured/hidden/1",
            target=Reference("figure", "hentzau-1919/injured/hidden"),
            kind="consent-withdrawn",
            by="hidden",
            why="The speaker no longer agrees.",
            date=PartialDate("2022-04-01"),
        ),
        Edition(
            id="1",
            inputs="sha256:" + "b" * 64,
            manifest="sha256:" + "c" * 64,
            published_at="2021-01-01T00:00:00Z",
        ),
    ]


def _shelf() -> list[AnyRecord]:
    """Sources by what of them is kept, for the rules on places: volumes, excerpts, short papers."""
    return [
        *(
            Source(
                id=identifier,
                title=Names.of({"en": title}),
                kind=kind,
                authors=authors,
                language="en",
                seen_as=seen_as,
            )
            for identifier, title, kind, authors, seen_as in (
                ("atlas-1987", "Atlas of the Coast", "book", ("council",), "copy"),
                ("yearbook-1988", "Yearbook of the Pilots", "book", (), "excerpt"),
                ("leaflet-1990", "To the Citizens", "report", ("council",), "copy"),
                ("film-1991", "Ice, a film", "testimony", (), "copy"),
                ("register-1919", "Register of Wrecks", "book", (), "cited"),
                ("annals-1950", "Annals of the Port", "book", ("grey",), "unstated"),
            )
        ),
        *(
            Item(
                id="sha256:" + digit * 64,
                source=source,
                media_type=media_type,
                size=10,
                pages=pages,
            )
            for digit, source, media_type, pages in (
                ("1", "atlas-1987", "application/pdf", 12),
                ("2", "atlas-1987", "application/pdf", 240),
                ("3", "yearbook-1988", "application/pdf", 3),
                ("4", "leaflet-1990", "application/pdf", 2),
                ("5", "film-1991", "video/mp4", None),
                ("6", "annals-1950", "application/pdf", 900),
                ("7", "annals-1950", "application/pdf", 50),
            )
        ),
        Retraction(
            id="annals-1950/item/1",
            target=Reference("item", "sha256:" + "6" * 64),
            kind="by-recorder",
            by="observers",
            why="It was another book.",
            date=PartialDate("2020-06-01"),
        ),
        Day(
            id="harbour-day",
            said_by="observers",
            source="report-1992",
            date="--01-13",
            name=Names.of({"en": "Harbour Day"}),
            observed_by=("observers",),
        ),
    ]


def _later() -> list[AnyRecord]:
    """Corrections made in June 2023: one of a number, one of a note."""
    return [
        _figure("teschen-1905/injured/grey", "grey", "grey-2001", "29"),
        _figure("hentzau-1919/killed/grey", "grey", "grey-2001", "41", note="The page is torn."),
    ]


PAGES: Mapping[str, tuple[str, ...]] = {
    "grey-2001": (
        "The harbour froze early. Nobody was allowed to leave the harbour before dawn.",
        "Those who stayed were counted twice, and the second count was lost.",
        "An end.",
    ),
    "yearbook-1988": (
        "YEARBOOK\n\nThe pilots met at noon.\n\n117",
        "The ice stood for 40 days.\n\n118",
        "Here the list begins.\n\n119",
    ),
    "brief-ru": ("Никому не было позволено покинуть гавань до рассвета.",),
}


def record_of(kept: Mapping[str, Kept] | None = None) -> RecordContext:
    later = _later()
    entries = [
        Logged(
            index,
            f"sha256:{index:064x}",
            KIND_OF[type(record)],
            "tester",
            None,
            record,
            recorded_at="2023-06-01T00:00:00Z" if record in later else "2020-01-01T00:00:00Z",
        )
        for index, record in enumerate([*_records(), *_more(), *_shelf(), *later])
    ]
    state = fold(entries)
    held = kept or {}
    return RecordContext(
        state=state,
        slots=Slots.of(state),
        pages=PAGES.get,
        kept=lambda source: held.get(source, "kept"),
    )
