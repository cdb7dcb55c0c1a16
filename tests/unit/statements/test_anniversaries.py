import pytest

from stelae.statements.facts import AnniversaryFact, AnniversaryKind
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.text import Span


def anniversaries(code: str, text: str) -> list[AnniversaryFact]:
    facts = facts_in(text, Span(0, len(text)), language(code))
    return [fact for fact in facts if isinstance(fact, AnniversaryFact)]


@pytest.mark.parametrize(
    ("code", "text", "years"),
    [
        ("en", "30th anniversary", 30),
        ("en", "the 30th tragic anniversary", 30),
        ("en", "thirtieth anniversary", 30),
        ("en", "thirty-fifth anniversary", 35),
        ("en", "the centenary", 100),
        ("ru", "30-летие", 30),
        ("ru", "к 30-летию", 30),
        ("ru", "тридцатая годовщина", 30),
        ("ru", "тридцать пятая годовщина", 35),
        ("ru", "30-ю годовщину", 30),
        ("hy", "30-ամյակ", 30),
        ("hy", "30-րդ տարելիցը", 30),
        ("hy", "երեսուներորդ տարելից", 30),
        ("hy", "հարյուրամյակ", 100),
        ("az", "30-cu ildönümü", 30),
        ("az", "30 illiyi", 30),
        ("az", "otuzuncu ildönümü", 30),
        ("tr", "30. yıldönümü", 30),
        ("fr", "le 30e anniversaire", 30),
        ("es", "30.º aniversario", 30),
        ("de", "30. Jahrestag", 30),
        ("uk", "30-річчя", 30),
        ("ka", "30-ე წლისთავი", 30),
        ("ar", "الذكرى الثلاثين", 30),
        ("ar", "الذكرى الـ 30", 30),
    ],
)
def test_anniversaries_in_digits_and_words(code: str, text: str, years: int) -> None:
    (found,) = anniversaries(code, text)
    assert found.years == years
    assert found.kind is AnniversaryKind.ANNIVERSARY


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "the 30th street"), ("en", "its anniversary"), ("ru", "за последнее столетие")],
)
def test_what_only_resembles_an_anniversary_is_none(code: str, text: str) -> None:
    assert anniversaries(code, text) == []


@pytest.mark.parametrize(
    ("code", "text", "event"),
    [
        ("en", "the 30th anniversary of the fire of 13 January 1990", "1990-01-13"),
        ("en", "the 30th anniversary of the fire in Zenda in September 1918", "1918-09"),
        ("en", "the 30th anniversary of the fire (1990)", "1990"),
        ("ru", "30-летие пожара 1990 года", "1990"),
        ("hy", "1915 թվականի հրդեհի 105-րդ տարելիցի", "1915"),
        ("az", "1915-ci ilin yanğınının 105-ci ildönümü", "1915"),
        ("hy", "1990 թ. հունվարի 37-րդ տարելիցը և 1992 թ. հրդեհը", "1990-01"),
        ("az", "1990-cı ilin yanvarının 30-cu ildönümü", "1990-01"),
        ("fr", "le 30e anniversaire du feu de 1990", "1990"),
    ],
)
def test_the_event_is_dated_by_the_words_near_it(code: str, text: str, event: str) -> None:
    (found,) = anniversaries(code, text)
    assert found.event is not None
    assert found.event.edtf == event
    assert found.held is None


@pytest.mark.parametrize(
    "text",
    [
        "on the 25th anniversary of the fire in Zenda dated January 20, 2015",
        "marks its 52nd anniversary this coming 20 January 2015",
    ],
)
def test_the_day_of_the_anniversary_is_not_the_day_of_the_event(text: str) -> None:
    (found,) = anniversaries("en", text)
    assert found.event is None
    assert found.held is not None
    assert found.held.edtf == "2015-01-20"


def test_a_date_in_another_sentence_or_after_a_bar_is_not_the_events() -> None:
    assert anniversaries("en", "the 2nd anniversary of the fire. In 1990 it")[0].event is None
    assert anniversaries("en", "the 2nd anniversary of the fire | 21 August 2015")[0].event is None


def test_each_of_two_anniversaries_has_its_own_event() -> None:
    first, second = anniversaries(
        "en", "the 30th anniversary of the flood, the 100th anniversary of the fire of 1920."
    )
    assert first.event is None
    assert second.event is not None
    assert second.event.edtf == "1920"


@pytest.mark.parametrize(
    ("code", "text", "years", "event"),
    [
        ("en", "over the past 100 years (from 1918 to the present day)", 100, "1918"),
        ("en", "a hundred years after the fire of 1915, it", 100, "1915"),
        ("fr", "cent ans après le feu de 1915.", 100, "1915"),
        ("ru", "за последние 100 лет (с 1918 года)", 100, "1918"),
    ],
)
def test_a_stretch_of_years_is_read_with_its_beginning(
    code: str, text: str, years: int, event: str
) -> None:
    (found,) = anniversaries(code, text)
    assert (found.years, found.kind) == (years, AnniversaryKind.ELAPSED)
    assert found.event is not None
    assert found.event.edtf == event


def test_a_stretch_of_years_without_its_beginning_is_none() -> None:
    assert anniversaries("en", "over the past 100 years") == []
