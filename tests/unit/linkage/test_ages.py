from datetime import date

import polars as pl
import pytest

from stelae.errors import BadValue
from stelae.linkage.ages import births, read_age


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("60", 60, 60), ("60.0", 60, 60), ("60 лет", 60, 60), ("60 տարեկան", 60, 60),
        ("60 yaş", 60, 60),
        ("60 yaşında", 60, 60), ("60 years old", 60, 60), ("٦٠", 60, 60), ("60-65", 60, 65),
        ("60 – 65 л.", 60, 65),
        ("from 60 to 65", 60, 65), ("about 60", 54, 66), ("ок. 60", 54, 66), ("մոտ 60", 54, 66),
        ("60?", 54, 66),
        ("about 3", 2, 4), ("6 months", 0, 0), ("18 months", 1, 1), ("6 мес.", 0, 0),
        ("6 ամսական", 0, 0),
        ("2 weeks", 0, 0), ("10 дней", 0, 0), ("400 days", 1, 1), ("1,5 года", 1, 1),
        ("1½", 1, 1), ("½", 0, 0),
        ("1 г. 6 мес.", 1, 1), ("2 years 11 months", 2, 2), ("6-8 months", 0, 0),
        ("18-30 months", 1, 2),
        ("over 60", 60, None), ("60+", 60, None), (">60", 60, None), ("старше 60", 60, None),
        ("under 5", None, 5),
        ("до 5 лет", None, 5), ("infant", 0, 1), ("новорожденный", 0, 1), ("նորածին", 0, 1),
        ("körpə", 0, 1), ("0", 0, 0),
    ],
)  # fmt: skip
def test_ages_are_full_years(text: str, low: int | None, high: int | None) -> None:
    assert read_age(text) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "old", "131", "-", "65-60", "60 or so many", "1931-04-09", "12 34", "9" * 200]
)
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_age(text)


def born(
    low: int | None, high: int | None, first: date | None, last: date | None
) -> tuple[date | None, date | None]:
    columns = {"low": pl.Int32, "high": pl.Int32, "first": pl.Date, "last": pl.Date}
    frame = pl.DataFrame([(low, high, first, last)], schema=columns, orient="row")
    found = births(*map(pl.col, columns))
    bounds: tuple[date | None, date | None] = frame.select(
        found[0].alias("a"), found[1].alias("b")
    ).row(0)
    return bounds


def test_birth_lies_between_the_days_on_which_the_age_fits() -> None:
    day = date(1990, 1, 13)
    assert born(60, 60, day, day) == (date(1929, 1, 14), date(1930, 1, 13))
    assert born(60, 65, day, date(1990, 1, 19)) == (date(1924, 1, 14), date(1930, 1, 19))


def test_every_age_fits_the_births_that_follow_from_it() -> None:
    """Who is born on the first and last of these days has the age, a day outside has not."""
    day = date(1988, 2, 29)
    first, last = born(20, 20, day, day)
    assert first is not None
    assert last is not None

    def age(birth: date) -> int:
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    assert age(first) == age(last) == 20
    assert age(date.fromordinal(first.toordinal() - 1)) == 21
    assert age(date.fromordinal(last.toordinal() + 1)) == 19


def test_ages_without_a_bound_bound_the_birth_on_one_side() -> None:
    day = date(1990, 1, 13)
    assert born(60, None, day, day) == (None, date(1930, 1, 13))
    assert born(None, 5, day, day) == (date(1984, 1, 14), None)
    assert born(60, 60, None, None) == (None, None)
