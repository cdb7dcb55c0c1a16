import pytest

from stelae.errors import BadValue
from stelae.values.calendars import (
    LINGERING_DAYS,
    Reform,
    ReformScope,
    ambiguous_style,
    both_styles,
    reforms,
    reforms_of,
)
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar, Day

KNOWN_BY = {"excerpt", "part recalled", "recalled"}


def test_every_reform_cites_its_source_or_says_that_it_is_recalled() -> None:
    for reform in reforms():
        assert reform.known_by in KNOWN_BY
        assert reform.source
        assert (reform.known_by == "recalled") == (reform.source == "recalled")
        assert reform.url.startswith("http") or reform.known_by == "recalled"


def test_territories_are_named_once_and_countries_by_two_letters() -> None:
    keys = [reform.territory for reform in reforms()]
    assert len(set(keys)) == len(keys)
    for reform in reforms():
        assert all(len(code) == 2 and code.isupper() for code in reform.countries)


def test_reforms_stand_in_the_order_of_their_days_within_civil_use() -> None:
    civil = [reform for reform in reforms() if reform.scope is ReformScope.CIVIL]
    keys = [reform.first_gregorian_day.sort_key for reform in civil]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("territory", "last", "first"),
    [
        ("RU", (1918, 1, 31), (1918, 2, 14)),
        ("AM", (1918, 4, 17), (1918, 5, 1)),
        ("UA", (1918, 2, 15), (1918, 3, 1)),
        ("TR", (1917, 2, 15), (1917, 3, 1)),
        ("BG", (1916, 3, 31), (1916, 4, 14)),
        ("GR", (1923, 2, 15), (1923, 3, 1)),
        ("GB", (1752, 9, 2), (1752, 9, 14)),
        ("papal-states-iberia-poland", (1582, 10, 4), (1582, 10, 15)),
    ],
)
def test_the_day_after_the_last_old_one_was_the_first_new_one(
    territory: str, last: tuple[int, int, int], first: tuple[int, int, int]
) -> None:
    reform = reforms_of(territory)[0]
    assert reform.last_julian_day.day == Day.from_julian(*last)
    assert reform.first_gregorian_day.day == Day.from_gregorian(*first)


def test_a_reform_whose_days_do_not_meet_cannot_be_recorded() -> None:
    with pytest.raises(BadValue, match="not the day after"):
        Reform(
            territory="nowhere",
            name="Nowhere",
            countries=(),
            scope=ReformScope.CIVIL,
            last_julian_day=PartialDate("1918-01-31", Calendar.JULIAN),
            first_gregorian_day=PartialDate("1918-02-15"),
            known_by="recalled",
            source="recalled",
            url="",
            note="",
        )


def test_a_territory_without_a_row_is_not_taken_for_one_without_doubt() -> None:
    with pytest.raises(BadValue, match="no calendar reform") as refusal:
        ambiguous_style(PartialDate("1918"), "ZZ")
    assert "transcaucasia" in str(refusal.value.hint)


@pytest.mark.parametrize(
    ("julian", "gregorian", "apart"),
    [
        ((1918, 1, 9), (1918, 1, 22), 13),
        ((1900, 2, 28), (1900, 3, 12), 12),
        ((1900, 2, 29), (1900, 3, 13), 12),
        ((1900, 3, 1), (1900, 3, 14), 13),
        ((1582, 10, 5), (1582, 10, 15), 10),
        ((1917, 12, 25), (1918, 1, 7), 13),
        ((250, 1, 1), (250, 1, 1), 0),
    ],
)
def test_both_styles_of_a_day(
    julian: tuple[int, int, int], gregorian: tuple[int, int, int], apart: int
) -> None:
    styles = both_styles(Day.from_julian(*julian))
    assert (styles.old, styles.new, styles.days_apart) == (julian, gregorian, apart)


def test_style_matters_until_the_reform_of_the_territory() -> None:
    doubt = ambiguous_style(PartialDate("1918-03-30"), "AZ")
    assert doubt is not None
    assert doubt.reform.territory == "transcaucasia"
    assert doubt.days_apart == 13
    assert "until 1918-04-17" in doubt.reason


def test_style_still_matters_soon_after_the_reform_and_then_no_more() -> None:
    last = Day.from_julian(1918, 1, 31)
    soon = ambiguous_style(last.plus(LINGERING_DAYS), "RU")
    assert soon is not None
    assert "only after" in soon.reason
    assert ambiguous_style(last.plus(LINGERING_DAYS + 1), "RU") is None
    assert ambiguous_style(PartialDate("1990-01-13"), "AZ") is None


def test_style_is_decided_by_the_earliest_day_that_a_date_may_mean() -> None:
    assert ambiguous_style(PartialDate("1918/1990"), "RU") is not None
    assert ambiguous_style(PartialDate("../1990"), "RU") is not None


def test_a_church_may_reform_after_the_state() -> None:
    assert ambiguous_style(PartialDate("1922"), "AM") is None
    church = ambiguous_style(PartialDate("1922"), "AM", scope=ReformScope.CHURCH)
    assert church is not None
    assert church.reform.known_by == "recalled"
