import pytest

from stelae.publication.text import (
    Text,
    compact_number,
    date_in_words,
    language_name,
    moment_in_words,
    plural,
    slug,
    web_address,
)
from stelae.values.dates import PartialDate
from stelae.values.days import Calendar
from stelae.values.figures import Count


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("48", "48"),
        ("1500000", "1,500,000"),
        ("48..300", "48–300"),
        ("400..", "at least 400"),
        ("..1000", "at most 1,000"),
        ("~90", "about 90"),
        ('"several hundred"', "“several hundred”"),
    ],
)
def test_a_count_is_said_as_its_source_says_it(notation: str, words: str) -> None:
    assert Count.parse(notation).in_words() == words


def test_words_in_another_language_carry_language_and_direction() -> None:
    assert Text("Քաղաք", "hy").__html__() == '<span lang="hy" dir="ltr">Քաղաք</span>'
    assert Text("مدينة", "ar").__html__() == '<span lang="ar" dir="rtl">مدينة</span>'
    assert Text("Şəhər", "az-Arab").direction == "rtl"
    assert Text("שטאָט", "yi-Latn").direction == "ltr"
    assert Text("town").__html__() == "town"


def test_words_of_no_known_language_are_laid_out_by_their_letters() -> None:
    assert Text("town", "").__html__() == '<span lang="und" dir="auto">town</span>'


def test_words_are_escaped_in_any_language() -> None:
    for language in ("en", "hy", ""):
        assert "<b>" not in Text('<b>"&', language).__html__()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://example.org/ x",
        "http://example.org/\n",
        'https://example.org/"onclick',
        "https://[bad",
        "",
    ],
)
def test_a_reader_is_sent_nowhere_but_to_web_pages(address: str) -> None:
    assert web_address(address) is None


def test_a_web_address_stays_as_it_is() -> None:
    address = "https://example.org/a?b=1&c=ü#d"
    assert web_address(address) == address


def test_each_id_has_a_file_name_of_its_own() -> None:
    ids = ["a/b", "a-b", "a.b", "index", "sha256:" + "0" * 64, "sha256/" + "0" * 64, "a" * 99]
    names = [slug(identifier) for identifier in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert "index" not in names
    assert all("/" not in name and ":" not in name for name in names)


def test_a_long_id_has_a_short_name_and_still_its_own() -> None:
    one, other = (slug("/".join(["a" * 100] * 3 + [tail * 100])) for tail in "bc")
    assert one != other
    assert len(one) < 150


def test_numbers_of_things() -> None:
    assert plural(1, "voice") == "1 voice"
    assert plural(1204, "entry", "entries") == "1,204 entries"
    assert [compact_number(value) for value in (500, 20_000, 1_500_000)] == ["500", "20K", "1.5M"]


def test_a_julian_date_shows_both_styles() -> None:
    date = PartialDate("1918-01-09/1918-01-12", Calendar.JULIAN)
    assert "22–25 January" in date_in_words(date)


def test_a_date_in_a_language_without_words_is_shown_in_edtf() -> None:
    assert date_in_words(PartialDate("1990-01"), language="xx") == "1990-01"


def test_moments_are_shown_in_utc() -> None:
    assert moment_in_words("2026-01-20T12:04:00+02:00") == "20 January 2026, 10:04 UTC"
    assert moment_in_words("some day") == "some day"


def test_languages_have_names() -> None:
    assert language_name("hy") == "Armenian"
    assert language_name("xx-none") == "xx-none"
