import contextlib
import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stelae.errors import BadValue, ImportRefused, StelaeError
from stelae.linkage.ages import births, read_age
from stelae.linkage.dates import Conventions, read_date
from stelae.linkage.fields import Field, Kind
from stelae.linkage.guessing import guess
from stelae.linkage.mapping import FieldFrom, Mapping, Order, Section
from stelae.linkage.reading import read_lists
from stelae.linkage.sexes import sex_words
from stelae.values.dates import Calendar, PartialDate
from stelae.values.days import Day

_RUSSIAN = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_ARMENIAN = (
    *("հունվար", "փետրվար", "մարտ", "ապրիլ", "մայիս", "հունիս"),
    *("հուլիս", "օգոստոս", "սեպտեմբեր", "հոկտեմբեր", "նոյեմբեր", "դեկտեմբեր"),
)
DAYS = st.dates(date(1000, 1, 1), date(2200, 12, 31))
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\n")
    | st.sampled_from("0123456789-/.,?~ авгյանilmfж\u200f\u202e"),
    max_size=30,
)
WRITTEN = (
    lambda day: (day.isoformat(), Conventions()),
    lambda day: (f"{day:%Y%m%d}", Conventions()),
    lambda day: (f"{day:%d.%m.%Y}", Conventions(Order.DMY)),
    lambda day: (f"{day.month}/{day.day}/{day.year:04}", Conventions(Order.MDY)),
    lambda day: (f"{day.year:04} {day.month} {day.day}", Conventions(Order.YMD)),
    lambda day: (f"{day.day} {_RUSSIAN[day.month - 1]} {day.year:04} г.", Conventions()),
    lambda day: (f"{day.year:04} թ. {_ARMENIAN[day.month - 1]}ի {day.day}-ին", Conventions()),
)
NAMES = st.from_regex(r"\A[a-z][a-z0-9]{0,8}\Z")
COLUMNS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=10
).filter(lambda text: text.strip() == text)


@given(DAYS, st.sampled_from(WRITTEN))
def test_a_day_is_read_in_whatever_form_it_is_written(day: date, write: object) -> None:
    text, conventions = write(day)  # type: ignore[operator]  # one of WRITTEN
    found = read_date(text, conventions)
    assert (found.first, found.last) == (day, day)


@given(DAYS)
def test_both_styles_of_a_day_are_the_same_day(day: date) -> None:
    year, month, number = Day.from_date(day).julian
    text = f"{number:02}.{month:02}.{year:04}"
    found = read_date(text, Conventions(Order.DMY, Calendar.JULIAN))
    assert found.first == found.last == day


@given(
    st.from_regex(r"\A[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?\Z")
    | st.from_regex(r"\A1[0-9]{3}(-0[1-9])?/(1[0-9]{3})?(\.\.)?\Z")
)
def test_edtf_is_read_as_edtf_or_wider(text: str) -> None:
    """What EDTF says of days that Python knows stands, widened where it is marked as uncertain.

    But for seasons (1931-22): on a list, a year and a number above 12 are two years.
    """
    assume(not re.match(r"[0-9X]{4}-[2-4][0-9]", text))
    try:
        expected = PartialDate.parse(text)
        bounds = [day.to_date() if day else None for day in (expected.earliest, expected.latest)]
    except BadValue:
        return
    with contextlib.suppress(BadValue):
        found = read_date(text, Conventions())
        assert bounds[0] is None or found.first is None or found.first <= bounds[0]
        assert bounds[1] is None or found.last is None or found.last >= bounds[1]


@given(TEXTS, st.sampled_from([None, *Order]), st.sampled_from([None, *Calendar]))
def test_any_text_is_a_range_of_days_or_no_date(
    text: str, order: Order | None, calendar: Calendar | None
) -> None:
    with contextlib.suppress(BadValue):
        found = read_date(text, Conventions(order, calendar, century_from=1900))
        assert found.first is not None or found.last is not None
        if found.first is not None and found.last is not None:
            assert found.first <= found.last


@given(st.integers(0, 120), DAYS, st.integers(0, 130))
def test_an_age_is_that_of_the_births_that_follow_from_it(age: int, day: date, share: int) -> None:
    frame = pl.DataFrame({"age": [age], "day": [day]}, schema={"age": pl.Int32, "day": pl.Date})
    low, high = births(*[pl.col("age")] * 2, *[pl.col("day")] * 2)
    first, last = frame.select(low.alias("a"), high.alias("b")).row(0)
    birth = first + timedelta(days=(last - first).days * share // 130)
    had = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    # Who is born on 29 February has the birthday a day later or earlier in other years.
    assert had == age or (birth.month, birth.day) in {(2, 28), (2, 29), (3, 1)}


@given(TEXTS)
def test_any_text_is_an_age_or_none(text: str) -> None:
    with contextlib.suppress(BadValue):
        low, high = read_age(text)
        assert low is not None or high is not None
        assert low is None or high is None or 0 <= low <= high


@given(st.lists(TEXTS, max_size=5))
def test_any_words_are_a_sex_or_none(cells: list[str]) -> None:
    known = sex_words(cells, {})
    for cell in cells:
        with contextlib.suppress(BadValue):
            assert known.code(cell) in {"f", "m", None}


@st.composite
def sections(draw: st.DrawFn) -> Section:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    fields = tuple(
        FieldFrom(
            Field(f"{name}x", draw(st.sampled_from([Kind.GIVEN, Kind.TEXT, Kind.PLACE]))),
            tuple(draw(st.lists(COLUMNS, min_size=1, max_size=3, unique=True))),
        )
        for name in names
    )
    optional = st.none() | COLUMNS
    return Section(
        files=draw(COLUMNS),
        id=draw(optional),
        once=draw(st.none() | st.booleans()),
        sheet=draw(optional),
        order=draw(st.none() | st.sampled_from(Order)),
        missing=tuple(draw(st.lists(COLUMNS, max_size=2, unique=True))),
        about=draw(st.none() | st.integers(0, 50)),
        fields=fields,
        without=tuple(draw(st.lists(st.sampled_from(["q", "r"]), max_size=2, unique=True))),
    )


@given(sections())
def test_a_mapping_is_read_as_it_was_written(section: Section) -> None:
    mapping = Mapping(Section(), (section,), "x.csv")
    assert Mapping.from_toml(mapping.to_toml()) == mapping


@given(st.text(max_size=200) | st.from_regex(r"\A(\[(fields|lists|places)\]|[a-z]+) *= *.{0,30}\Z"))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    with contextlib.suppress(ImportRefused):
        Mapping.from_toml(text)


MAPPING = Mapping.from_toml(
    '[fields]\nfamily = "a"\nbirth = "b"\nsex = "c"\n'
    'age = { column = "d", at = "birth", towards = "death" }\nplace = ["e", "f"]\n'
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[TEXTS] * 6), max_size=5))
def test_any_cells_are_a_list_of_their_rows(
    tmp_path_factory: object, rows: list[tuple[str, ...]]
) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abcdef", pl.String), orient="row")
    path = Path(tmp_path_factory.mktemp("list")) / "a.parquet"  # type: ignore[attr-defined]  # pytest's
    frame.write_parquet(path)
    lists = read_lists([path], MAPPING)
    filled = [at for at, row in enumerate(rows, 1) if any(_strip(cell) for cell in row)]
    assert lists.frame["line"].to_list() == filled
    for cell, line in zip(lists.frame["family"], filled, strict=True):
        assert cell is None or cell == _strip(rows[line - 1][0])
    both = lists.frame.drop_nulls(["birth_first", "birth_last"])
    assert (both["birth_first"] <= both["birth_last"]).all()


def _strip(cell: str) -> str:
    """As Polars strips: by the property White_Space, which Python's strip exceeds."""
    stripped: str = pl.Series([cell]).str.strip_chars()[0]
    return stripped


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(TEXTS, max_size=12).map(lambda cells: b"a,b,c\n" + ",".join(cells).encode())
)
def test_any_bytes_are_a_list_or_refused(tmp_path_factory: object, content: bytes) -> None:
    path = Path(tmp_path_factory.mktemp("list")) / "a.csv"  # type: ignore[attr-defined]  # pytest's
    path.write_bytes(content)
    for act in (lambda: read_lists([path], MAPPING), lambda: guess([path])):
        with contextlib.suppress(StelaeError):
            act()
