from typing import TYPE_CHECKING

import pytest

from stelae.statements.context import RecordContext
from stelae.statements.rules.figures import Contradicts, FalsePrecision, OneOfRivals, Uncited

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

LIST = "\n\n## References\n\n1. A book, p. 4.\n"


@pytest.mark.parametrize(
    ("text", "language", "figures"),
    [
        ("The storm left 132 people dead in the harbour.", "en", ["132"]),
        ("Tens of thousands of refugees walked to Strelsau.", "en", ["Tens of thousands"]),
        ("Thousands of documents were burned that winter.", "en", ["Thousands"]),
        ("Some 40 families were driven out; 12 men were shot.", "en", ["Some 40", "12"]),
        ("The [90](figure:zenda-1990/killed/grey) drowned and 40 families fled.", "en", ["40"]),
        ("В гавани погибли 132 человека.", "ru", ["132"]),
        ("Նավահանգստում զոհվեց 132 մարդ։", "hy", ["132"]),
        ("Limanda 132 nəfər öldürüldü.", "az", ["132"]),
    ],
)
def test_a_figure_without_a_reference_is_found(
    check: "Check", text: str, language: str, figures: list[str]
) -> None:
    found = check(Uncited(), text, language)
    assert [text[one.span.start : one.span.end] for one in found] == figures


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The storm left 132 people dead [1]." + LIST, "en"),
        ("The storm left [132](figure:zenda-1990/killed/grey) people dead.", "en"),
        ("The storm of [the winter of 132 dead](event:zenda-1990) was long.", "en"),
        ("The storm left 132 people dead, as [the log](https://example.org/log) says.", "en"),
        ("It was the 30th anniversary, in 1990, after 35 years and 200 kilometres.", "en"),
        ("The log says “132 people were dead” and no more.", "en"),
        ("Two fishermen rescued them under Resolution 1325.", "en"),
        ("Two thousand years ago and 1,500 miles away the harbour was built.", "en"),
        ("В гавани погибли 132 человека [1]." + LIST, "ru"),
        ("Նավահանգստում զոհվեց [132](figure:x) մարդ։", "hy"),
        ("1990-cı ildə limanda iki gəmi var idi.", "az"),
    ],
)
def test_cited_figures_and_other_numbers_are_not(check: "Check", text: str, language: str) -> None:
    assert check(Uncited(), text, language) == []


def test_a_figure_cited_once_may_be_said_again(check: "Check") -> None:
    text = "The storm left 132 people killed [1].\n\nWe mourn 132 people killed." + LIST
    assert check(Uncited(), text) == []
    assert len(check(Uncited(), text.replace("mourn 132", "mourn 133"))) == 1


def test_a_count_of_those_who_sign_beside_their_names_is_no_figure(check: "Check") -> None:
    text = (
        "Ada Gray Moor, Rudolf Hentzau and forty people call for a new harbour.\n\n"
        "## Signatories\n\n- Ada Gray Moor, keeper\n- Rudolf Hentzau, pilot\n"
    )
    assert check(Uncited(), text) == []
    assert len(check(Uncited(), text.replace("Rudolf Hentzau and", "and"))) == 1


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (
            "[more than 90](figure:zenda-1990/killed/observers) people were killed.",
            "en",
            "the text says “more than 90”, the record has about 90:"
            " about 90 does not say that it was at least 90",
        ),
        (
            "[120 people](figure:zenda-1990/killed/observers) were killed.",
            "en",
            "the text says “120”, the record has about 90: both cannot hold",
        ),
        (
            "[Hundreds](figure:zenda-1990/killed/prosecutor) of people were killed.",
            "en",
            "the text says “Hundreds”, the record has 48: both cannot hold",
        ),
        (
            "Убиты [более 60 человек](figure:zenda-1990/killed/prosecutor).",
            "ru",
            "the text says “более 60”, the record has 48: both cannot hold",
        ),
        (
            "Սպանվեց [60 մարդ](figure:zenda-1990/killed/prosecutor)։",
            "hy",
            "the text says “60”, the record has 48: both cannot hold",
        ),
        (
            "[7 nəfər](figure:zenda-1990/killed) öldürüldü.",
            "az",
            "the text says “7”, and no figure of the record allows it",
        ),
    ],
)
def test_a_bound_number_that_the_record_does_not_bear_is_found(
    check: "Check", record: RecordContext, text: str, language: str, said: str
) -> None:
    (one,) = check(Contradicts(), text, language, record=record)
    assert one.message == said
    assert one.related


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[about 90](figure:zenda-1990/killed/observers) people were killed.", "en"),
        ("[more than 200](figure:zenda-1990/killed/grey) people were killed.", "en"),
        ("[forty-eight](figure:zenda-1990/killed/prosecutor) people were killed.", "en"),
        ("[people](figure:zenda-1990/killed/prosecutor) were killed.", "en"),
        ("Убиты [около 90 человек](figure:zenda-1990/killed/observers).", "ru"),
        ("Սպանվեց [մոտ 90 մարդ](figure:zenda-1990/killed/observers)։", "hy"),
        ("[48 nəfər](figure:zenda-1990/killed) öldürüldü.", "az"),
    ],
)
def test_a_bound_number_that_the_record_bears_is_not(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(Contradicts(), text, language, record=record) == []


@pytest.mark.parametrize(
    ("text", "language", "hits"),
    [
        ("In [Strelsau](event:strelsau-1918) 200 people were killed.", "en", 1),
        ("In Strelsau 200 people were killed in January 1918.", "en", 1),
        ("At Zenda in January 1990 some 12 people were killed.", "en", 1),
        ("In [Strelsau](event:strelsau-1918) 132 people were killed.", "en", 0),
        ("In Strelsau 200 people were killed.", "en", 0),
        ("In Strelsau 200 people were injured in January 1918.", "en", 0),
        ("In Strelsau and Zenda 200 people were killed in 1918.", "en", 0),
        ("In Strelsau 200 people were killed in 1918 and 40 people in 1919.", "en", 0),
        ("The log says “in Strelsau 200 people were killed in 1918”.", "en", 0),
    ],
)
def test_a_free_number_is_held_against_the_one_slot_that_it_can_mean(
    check: "Check", record: RecordContext, text: str, language: str, hits: int
) -> None:
    assert len(check(Contradicts(), text, language, record=record)) == hits


@pytest.mark.parametrize(
    ("text", "language", "hits"),
    [
        ("[90](figure:zenda-1990/killed/observers) people were killed.", "en", 1),
        ("[300](figure:zenda-1990/killed/grey) people were killed.", "en", 1),
        ("Изгнаны [1500 человек](figure:zenda-1990/displaced/grey).", "ru", 1),
        ("Սպանվեց [90 մարդ](figure:zenda-1990/killed/observers)։", "hy", 1),
        ("[about 90](figure:zenda-1990/killed/observers) people were killed.", "en", 0),
        ("[48](figure:zenda-1990/killed/prosecutor) people were killed.", "en", 0),
        ("[не менее 300 человек](figure:zenda-1990/killed/grey) убиты.", "ru", 0),
        ("[təxminən 90 nəfər](figure:zenda-1990/killed/observers) öldürüldü.", "az", 0),
    ],
)
def test_one_number_where_the_record_leaves_room_is_too_precise(
    check: "Check", record: RecordContext, text: str, language: str, hits: int
) -> None:
    assert len(check(FalsePrecision(), text, language, record=record)) == hits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[about 90](figure:zenda-1990/killed/observers) people were killed.", "en"),
        ("[48](figure:zenda-1990/killed) people were killed [1]." + LIST, "en"),
        ("At Zenda in January 1990 some 90 people were killed.", "en"),
        ("Убиты [около 90 человек](figure:zenda-1990/killed/observers).", "ru"),
        ("Սպանվեց [մոտ 90 մարդ](figure:zenda-1990/killed/observers)։", "hy"),
        ("[48 nəfər](figure:zenda-1990/killed/prosecutor) öldürüldü.", "az"),
    ],
)
def test_one_of_rival_figures_alone_is_found_with_all_of_them(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    (one,) = check(OneOfRivals(), text, language, record=record)
    shown = " ".join(related.what for related in one.related)
    for count in ("about 90", "48", "at least 300"):
        assert count in shown
    assert "The Winter Harbour, p. 2" in shown


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "According to the keepers, [about 90](figure:zenda-1990/killed/observers) people died.",
            "en",
        ),
        ("Harbour Observers counted [about 90](figure:zenda-1990/killed/observers) dead.", "en"),
        ("[6](figure:zenda-1990/killed/rassendylls) Rassendylls were killed.", "en"),
        ("[132](figure:strelsau-1918/killed/grey) people were killed.", "en"),
        (
            "[48](figure:zenda-1990/killed/prosecutor) people died,"
            " or [more](figure:zenda-1990/killed/observers).",
            "en",
        ),
        (
            "[48](figure:zenda-1990/killed/prosecutor) or"
            " [about 90](figure:zenda-1990/killed/observers) people died.",
            "en",
        ),
        ("[From 6 to 300](figure:zenda-1990/killed) people were killed.", "en"),
        ("[48 to 300](figure:zenda-1990/killed) people were killed.", "en"),
        (
            "The counts differ:\n\n- [48](figure:zenda-1990/killed/prosecutor);\n"
            "- [about 90](figure:zenda-1990/killed/observers).",
            "en",
        ),
        (
            "Портовые наблюдатели насчитали [около 90 убитых](figure:zenda-1990/killed/observers).",
            "ru",
        ),
        ("По данным прокуратуры, убиты [48 человек](figure:zenda-1990/killed/prosecutor).", "ru"),
        ("Ըստ Ադա Գրեյի՝ սպանվեց [առնվազն 300 մարդ](figure:zenda-1990/killed/grey)։", "hy"),
    ],
)
def test_a_figure_that_is_somebody_s_or_stands_with_its_rivals_is_not(
    check: "Check", record: RecordContext, text: str, language: str
) -> None:
    assert check(OneOfRivals(), text, language, record=record) == []


def test_the_dead_of_another_community_are_no_rivals(check: "Check", record: RecordContext) -> None:
    (one,) = check(
        OneOfRivals(), "[48](figure:zenda-1990/killed/prosecutor) people died.", record=record
    )
    assert len(one.related) == 3
    assert not any("Rassendylls" in related.what for related in one.related)
