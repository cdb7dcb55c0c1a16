from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import Kept, RecordContext
from stelae.statements.rules.captures import Locatorless, NoCapture, OutOfRange

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check


def listed(*entries: str) -> str:
    lines = "".join(f"{number}. {entry}\n" for number, entry in enumerate(entries, 1))
    return f"\n\n## References\n\n{lines}"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It froze [1]." + listed("grey-2001"), "en"),
        ("[132](figure:strelsau-1918/killed/grey) died [1]." + listed("grey-2001"), "en"),
        ("It froze [1; 2, p. 3]." + listed("report-1992", "grey-2001"), "en"),
        ("Гавань замёрзла [1]." + listed("А. Грей. Зимняя гавань. М., 2001. 312 с."), "ru"),
        ("Նավահանգիստը սառեց [1]։" + listed("Ա. Գրեյ, Ձմեռային նավահանգիստ, 2001, 254 էջ"), "hy"),
        ("It froze [1]." + listed("A. Grey, The Winter Harbour, ISBN 978-3-16-148410-0"), "en"),
    ],
)
def test_a_book_cited_without_a_place_is_found(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    (one,) = check(Locatorless(), text, language, record=record)
    assert "entry 1 is a whole book or report" in one.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It froze [1, p. 2]." + listed("grey-2001"), "en"),
        ("It froze [1]." + listed("grey-2001: p. 2"), "en"),
        ("It froze [1]." + listed("law-1995"), "en"),
        ("It froze [1]." + listed("grey-2001 — The Winter Harbour, chapter on the frost"), "en"),
        ("[300](figure:zenda-1990/killed/grey) died [1]." + listed("grey-2001"), "en"),
        ("[“It froze”](quote:grey-2001#p1) [1]." + listed("grey-2001"), "en"),
        ("It froze [1]." + listed("A. Grey, in: The Winter Journal, pp. 120-128"), "en"),
        ("Гавань замёрзла [1, с. 12]." + listed("А. Грей. Зимняя гавань. М., 2001. 312 с."), "ru"),
        ("Liman dondu [1]." + listed("Zenda şəhərinin məktubu, 2001"), "az"),
    ],
)
def test_a_place_or_a_short_source_is_enough(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(Locatorless(), text, language, record=record) == []


@pytest.mark.parametrize(
    ("text", "language", "hits"),
    [
        ("It froze [1, p. 4]." + listed("grey-2001"), "en", 1),
        ("It froze [1, pp. 2-9]." + listed("grey-2001"), "en", 1),
        ("It froze [1]." + listed("grey-2001: p. 90"), "en", 1),
        ("Замёрзла [1, с. 4]." + listed("grey-2001"), "ru", 1),
        ("Սառեց [1, էջ 40]։" + listed("grey-2001"), "hy", 1),
        ("It froze [1, p. 3]." + listed("grey-2001"), "en", 0),
        ("It froze [1, ch. 40]." + listed("grey-2001"), "en", 0),
        ("It froze [1, p. 400]." + listed("report-1992"), "en", 0),
        ("It froze [1, p. iv]." + listed("grey-2001"), "en", 0),
        ("Замёрзла [1, с. 1-3]." + listed("grey-2001"), "ru", 0),
    ],
)
def test_a_page_beyond_the_kept_copy_is_found(
    check: "Check", record: RecordContext, text: str, language: str, hits: int
) -> None:
    assert len(check(OutOfRange(), text, language, record=record)) == hits


def test_a_number_printed_on_a_kept_page_is_a_page_of_it(
    check: "Check", record: RecordContext
) -> None:
    def pages(source: str) -> tuple[str, ...]:
        return ("A. Grey\n\nIt froze.\n\n117", "It thawed.\n\n118", "An end.\n\n119")

    excerpt = RecordContext(record.state, record.slots, pages, record.kept)
    assert check(OutOfRange(), "It froze [1, p. 118]." + listed("grey-2001"), record=excerpt) == []
    assert (
        len(check(OutOfRange(), "It froze [1, p. 12]." + listed("grey-2001"), record=excerpt)) == 1
    )


def test_what_is_not_kept_or_has_changed_is_found_once(
    check: "Check", keeping: Callable[[Mapping[str, Kept]], RecordContext]
) -> None:
    text = 'So [1] [2] [3] ["count"](quote:law-1995#p1) [again](source:law-1995).' + listed(
        "grey-2001", "report-1992", "A letter."
    )
    record = keeping({"report-1992": "missing", "law-1995": "changed"})
    found = check(NoCapture(), text, record=record)
    assert [one.message for one in found] == [
        "the bytes kept of the source law-1995 are not those deposited",
        "nothing is kept of the source report-1992",
    ]
    assert found[1].fix == "deposit a copy: stelae deposit DOSSIER FILE --source report-1992"


def test_without_a_record_nothing_is_asked_of_it(check: "Check") -> None:
    text = "It froze [1, p. 99], [90](figure:nowhere)." + listed("grey-2001")
    for rule in (OutOfRange(), NoCapture()):
        assert check(rule, text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It froze [1], p. 2." + listed("grey-2001"), "en"),
        ("It froze (see [1], chapter 4)." + listed("grey-2001"), "en"),
        ("As page 2 of her book has it, it froze [1]." + listed("grey-2001"), "en"),
        ("На странице 2 сказано иначе [1]." + listed("grey-2001"), "ru"),
        ("Գրքի 2-րդ էջում այլ բան է ասված [1]։" + listed("grey-2001"), "hy"),
        ("Kitabın 2-ci səhifəsində başqa cür yazılıb [1]." + listed("grey-2001"), "az"),
    ],
)
def test_a_place_in_the_words_around_a_citation_is_one(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(Locatorless(), text, language, record=record) == []


@pytest.mark.parametrize(
    "entry",
    [
        "A. Grey, The Winter Harbour, ISBN: 978-3-16-148410-0",
        "A. Grey, The Winter Harbour, ISBN 978 3 16 148410 0",
        "A. Grey, The Winter Harbour, ISBN-13: 978-3-16-148410-0, hardback",
        "А. Грей. Зимняя гавань. М., 2001. 312 с. (Библиотека лоцмана)",
        "А. Грей. Зимняя гавань. М., 2001. 312 c.",
        "آدا غراي، ميناء الشتاء، ٢٠٠١، ٣١٢ صفحة",
    ],
)
def test_a_book_is_known_by_its_number_or_its_extent(check: "Check", entry: str) -> None:
    assert len(check(Locatorless(), "It froze [1]." + listed(entry))) == 1


def test_a_report_of_two_pages_is_read_whole(check: "Check", record: RecordContext) -> None:
    assert check(Locatorless(), "So [1]." + listed("leaflet-1990"), record=record) == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("It froze [1, p. 4 ff.].", 4),
        ("It froze [1, pp. 2, 90].", 90),
        ("It froze [1], p. 90.", 90),
        ("It froze [1, p. ٤٠].", 40),
        ("It froze [1, pp. 2\N{NON-BREAKING HYPHEN}9].", 9),
        ("So [“it froze”](quote:grey-2001#p4).", 4),
    ],
)
def test_every_page_of_a_place_is_looked_at(
    check: "Check", record: RecordContext, text: str, page: int
) -> None:
    (one,) = check(OutOfRange(), text + listed("grey-2001", "law-1995"), record=record)
    assert one.message == (f"there is no page {page}: what is kept of grey-2001 has 3 pages")


def test_a_number_after_a_comma_that_may_be_an_entry_is_no_page(
    check: "Check", record: RecordContext
) -> None:
    entries = listed("grey-2001", "law-1995", "report-1992", "A letter.")
    assert check(OutOfRange(), "It froze [1, p. 2, 4]." + entries, record=record) == []


def test_a_figure_rests_on_the_source_in_which_the_record_reads_it(
    check: "Check", keeping: Callable[[Mapping[str, Kept]], RecordContext]
) -> None:
    text = "There [about 90](figure:zenda-1990/killed/observers) died."
    (one,) = check(NoCapture(), text, record=keeping({"report-1992": "missing"}))
    assert one.message == "nothing is kept of the source report-1992"
