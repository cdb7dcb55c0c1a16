import polars as pl
import pytest

from stelae.errors import BadInput
from stelae.linkage.fields import ListOf, Lists
from stelae.linkage.record_names import find_record

RECORDS = [("church", "C1"), ("church", "7"), ("tax:1931", "7"), ("press", "a:b"), ("a", "b")]
LISTS = Lists(
    pl.DataFrame(
        {
            "row": range(len(RECORDS)),
            "list": [one for one, _ in RECORDS],
            "record": [record for _, record in RECORDS],
        }
    ),
    (),
    tuple(
        ListOf(name, f"{name}.csv", "", sum(one == name for one, _ in RECORDS))
        for name in dict.fromkeys(one for one, _ in RECORDS)
    ),
)


@pytest.mark.parametrize(
    ("text", "row"),
    [("C1", 0), ("church:C1", 0), ("church:7", 1), ("tax:1931:7", 2), ("press:a:b", 3)],
)
def test_a_record_is_found_by_its_list_or_alone(text: str, row: int) -> None:
    assert find_record(LISTS, text) == row


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("7", "'7' may be several records", "church:7, tax:1931:7"),
        ("a:b", "may be several records", "press:a:b, a:b"),
        ("church:C2", "church has no record 'C2'", "Is it C1?"),
        ("church:zzzz", "church has no record 'zzzz'", "Its records are C1, 7"),
        ("parish:C1", "no list is called 'parish'", r"church \(2 records\)"),
        ("zzzz", "no list has a record 'zzzz'", "Its records are"),
        ("", "no list has a record ''", "Its records are"),
    ],
)
def test_what_is_not_found_is_told_with_what_is_there(text: str, what: str, hint: str) -> None:
    with pytest.raises(BadInput, match=what) as caught:
        find_record(LISTS, text)
    assert caught.match(hint)
