from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from stelae.linkage.synthetic.printed_dates import julian, printed
from stelae.values.days import Calendar, Day

DAYS = pl.Series([date(1845, 1, 1) + timedelta(days=11 * at) for at in range(2600)])


def shown(days: pl.Series, **changed: object) -> list[str]:
    given: dict[str, object] = {
        "old_style": False,
        "form": "ymd-",
        "swapped": 0.0,
        "wrong_year": 0.0,
        "partial": 0.0,
        "rng": np.random.default_rng(1),
    }
    return printed(days, **{**given, **changed}).to_list()  # type: ignore[arg-type]


def test_old_style_is_the_julian_calendar() -> None:
    found = julian(DAYS)
    for at, day in enumerate(DAYS.to_list()):
        written = int(found.year[at]), int(found.month[at]), int(found.day[at])
        assert Day.of(*written, Calendar.JULIAN) == Day.of(
            day.year, day.month, day.day, Calendar.GREGORIAN
        )


def test_the_leap_day_that_only_the_old_style_had_is_printed() -> None:
    assert shown(pl.Series([date(1900, 3, 13)]), old_style=True, form="dmy.") == ["29.02.1900"]


@pytest.mark.parametrize(
    ("form", "text"), [("ymd-", "1919-03-07"), ("dmy.", "07.03.1919"), ("mdy/", "03/07/1919")]
)
def test_the_form_orders_the_parts(form: str, text: str) -> None:
    assert shown(pl.Series([date(1919, 3, 7)]), form=form) == [text]


def test_day_and_month_change_places_only_where_the_day_may_be_a_month() -> None:
    for day, text in zip(DAYS.to_list(), shown(DAYS, swapped=1.0), strict=True):
        parts = (day.day, day.month) if day.day <= 12 else (day.month, day.day)
        assert text == f"{day.year}-{parts[0]:02}-{parts[1]:02}"


def test_wrong_years_and_years_alone_come_at_their_rates() -> None:
    wrong = [
        text[:4] != str(day.year)
        for day, text in zip(DAYS.to_list(), shown(DAYS, wrong_year=0.3), strict=True)
    ]
    assert np.mean(wrong) == pytest.approx(0.3, abs=0.05)
    alone = [len(text) == 4 for text in shown(DAYS, partial=0.3)]
    assert np.mean(alone) == pytest.approx(0.3, abs=0.05)
