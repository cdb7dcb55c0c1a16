"""Laws of facts: a date or number that is written is the one that is read."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.statements.facts import DateFact, Fact, NumberFact, QuotationFact
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.text import Span

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "hy": "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի "
    "հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
}
SHAPES = {
    "en": "on {day} {month} {year} it began",
    "ru": "{day} {month} {year} года началось",
    "hy": "{year} թ. {month} {day}-ին սկսվեց",
    "az": "{day} {month} {year}-cı ildə başladı",
}
DAYS = st.dates(date(1800, 1, 1), date(2099, 12, 31))
CODES = st.sampled_from(sorted(MONTHS))


def read(code: str, text: str) -> tuple[Fact, ...]:
    return facts_in(text, Span(0, len(text)), language(code))


@settings(deadline=None)
@given(day=DAYS, code=CODES)
def test_a_day_written_out_is_read_back(day: date, code: str) -> None:
    month = MONTHS[code].split()[day.month - 1]
    text = SHAPES[code].format(day=day.day, month=month, year=day.year)
    (found,) = [fact for fact in read(code, text) if isinstance(fact, DateFact)]
    assert found.day == day
    assert not [fact for fact in read(code, text) if isinstance(fact, NumberFact)]


@settings(deadline=None)
@given(
    number=st.integers(1, 10**12),
    grouping=st.sampled_from(
        [("en", ","), ("ru", " "), ("az", "."), ("hy", "\u00a0"), ("es", ".")]
    ),
)
def test_a_grouped_number_is_read_back(number: int, grouping: tuple[str, str]) -> None:
    code, mark = grouping
    people = {"en": "people", "ru": "человек", "az": "nəfər", "hy": "մարդ", "es": "personas"}[code]
    text = f"{number:,} {people}".replace(",", mark)
    (found,) = [fact for fact in read(code, text) if isinstance(fact, NumberFact)]
    assert found.count is not None
    assert (found.count.low, found.count.high) == (number, number)


@settings(deadline=None)
@given(number=st.integers(1, 999_999), zero=st.sampled_from("0٠۰०০"))
def test_digits_of_every_script_are_read(number: int, zero: str) -> None:
    digits = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    (found,) = [f for f in read("en", f"{digits} people") if isinstance(f, NumberFact)]
    assert found.count is not None
    assert found.count.low == number


@settings(deadline=None)
@given(words=st.text(alphabet="abc def", max_size=30), marks=st.sampled_from(["“”", "«»", "„“"]))
def test_what_stands_between_marks_is_the_quotation(words: str, marks: str) -> None:
    (found,) = [
        fact
        for fact in read("en", f"x {marks[0]}a{words}{marks[1]} y")
        if isinstance(fact, QuotationFact)
    ]
    assert found.words == f"a{words}"
    assert found.balanced
