from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from compared_values import likeness

from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.people import NameComparison
from stelae.linkage.comparisons.places import PlaceComparison
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.plan import comparisons_for, completed

GIVEN, FAMILY = Field("given", Kind.GIVEN), Field("family", Kind.FAMILY)
PATRONYMIC = Field("patronymic", Kind.PATRONYMIC)
FATHER = Field("father", Kind.RELATIVE, role="father")
MOTHER = Field("mother", Kind.RELATIVE, role="mother")
NAME = Field("name", Kind.NAME)
HOME, BIRTH_PLACE = Field("home", Kind.PLACE), Field("birth_place", Kind.PLACE)


def lists(
    fields: Sequence[Field],
    columns: Mapping[str, Any],
    of: Sequence[str] | None = None,
) -> Lists:
    """Records of the lists `of`; all of one list where it is not given."""
    height = len(next(iter(columns.values())))
    names = list(of or ["one"] * height)
    schema = {
        name: pl.Date
        if name.endswith(("_first", "_last"))
        else pl.List(pl.String)
        if name.endswith(("_parts", "_ids"))
        else pl.String
        for name in columns
    }
    frame = pl.DataFrame(columns, schema=schema).select(
        pl.Series("row", range(height), dtype=pl.Int64), pl.Series("list", names), pl.all()
    )
    entries = tuple(ListOf(name, f"{name}.csv", "", 0) for name in dict.fromkeys(names))
    return Lists(frame, tuple(fields), entries)


def test_a_name_and_a_full_name_are_one_field() -> None:
    full = Field("full_name", Kind.NAME)
    read = lists(
        (NAME, full),
        {"name": ["Anna A", None, None], "full_name": [None, "Анна А", None]},
        ["a", "b", "b"],
    )
    found = completed(read)
    assert found.fields == (NAME,)
    assert found.frame["name"].to_list() == ["Anna A", "Анна А", None]


def test_a_second_name_of_a_record_stays_a_field_of_its_own() -> None:
    full = Field("full_name", Kind.NAME)
    read = lists((NAME, full), {"name": ["Anna", None], "full_name": ["Anna A", "Vera V"]})
    found = completed(read)
    assert found.fields == (NAME, full)
    assert found.frame["name"].to_list() == ["Anna", "Vera V"]
    assert found.frame["full_name"].to_list() == ["Anna A", None]


def test_an_age_stands_in_for_the_birth_that_it_gave() -> None:
    age = Field("age", Kind.AGE, at="death", towards="birth")
    read = lists(
        (Field("birth", Kind.DATE), age),
        {
            "birth": ["1931", None, None],
            "birth_first": [date(1931, 1, 1), date(1930, 2, 3), None],
            "birth_last": [date(1931, 12, 31), date(1931, 2, 2), None],
            "age": ["59", "60", "old"],
        },
    )
    assert completed(read).frame["birth"].to_list() == ["1931", "60", None]
    kinds = [type(each) for each in comparisons_for(completed(read), likeness())]
    assert kinds == [DateComparison]


def test_a_fathers_first_word_stands_in_for_a_patronymic() -> None:
    read = lists(
        (GIVEN, PATRONYMIC, FATHER),
        {
            "given": ["A", "B", "C"],
            "patronymic": ["Ivanovich", None, None],
            "father": [None, " Pyotr Sidorov", None],
        },
    )
    whole = completed(read)
    assert whole.frame["patronymic"].to_list() == ["Ivanovich", "Pyotr", None]
    assert [field.name for field in whole.fields] == ["given", "patronymic"]


def test_a_father_without_patronymics_is_compared_himself() -> None:
    read = lists((GIVEN, FATHER), {"given": ["A"], "father": ["B"]})
    assert completed(read).fields == (GIVEN, FATHER)


def test_a_mother_stands_in_for_nobody() -> None:
    read = lists((PATRONYMIC, MOTHER), {"patronymic": [None], "mother": ["Anna"]})
    assert completed(read).frame["patronymic"].to_list() == [None]


def test_names_in_parts_become_whole_where_some_are_whole_only() -> None:
    read = lists(
        (FAMILY, NAME, PATRONYMIC, GIVEN),
        {
            "family": ["Petrosyan", None, None, None],
            "name": [None, "Anna Sidorova", None, "Ivan"],
            "patronymic": ["Davidi", None, None, None],
            "given": ["Ani", None, None, "Ivan"],
        },
    )
    whole = completed(read)
    assert whole.frame["name"].to_list() == [
        *("Ani Davidi Petrosyan", "Anna Sidorova", None, "Ivan"),
    ]
    assert whole.fields == (NAME,)


def test_names_given_in_both_shapes_by_all_stay_as_they_are() -> None:
    read = lists((NAME, GIVEN), {"name": ["Ani P", None], "given": ["Ani", "Eva"]})
    assert completed(read).fields == (NAME, GIVEN)


def test_lists_that_give_places_of_other_kinds_are_compared_by_the_first_of_each_record() -> None:
    read = lists(
        (BIRTH_PLACE, HOME),
        {
            "birth_place": ["Zenda", None, None],
            "birth_place_parts": [["Zenda"], None, None],
            "home": [None, "Strelsau", None],
            "home_parts": [None, ["Strelsau"], None],
        },
        ["one", "two", "two"],
    )
    whole = completed(read)
    assert whole.frame["place"].to_list() == ["Zenda", "Strelsau", None]
    assert whole.frame["place_parts"].to_list() == [["Zenda"], ["Strelsau"], None]
    assert whole.fields == (Field("place", Kind.PLACE),)


def test_lists_that_share_a_kind_of_place_keep_them_apart() -> None:
    columns = {
        "birth_place": ["Zenda", "Zenda"],
        "birth_place_parts": [["Zenda"], ["Zenda"]],
        "home": [None, "Strelsau"],
        "home_parts": [None, ["Strelsau"]],
    }
    fields = (BIRTH_PLACE, HOME)
    assert completed(lists(fields, columns, ["one", "two"])).fields == fields
    assert completed(lists(fields, columns, ["one", "one"])).fields == fields


def test_a_place_is_compared_by_what_is_known_of_it() -> None:
    columns = {"home": ["Z"], "home_parts": [["Z"]], "home_ids": [["z1"]]}
    (comparison,) = comparisons_for(lists((HOME,), columns), likeness())
    assert isinstance(comparison, PlaceComparison)
    assert (comparison.gazetteer, comparison.coordinates) == (True, False)


def test_every_kind_of_name_is_compared_as_a_name() -> None:
    fields = (NAME, GIVEN, FAMILY, PATRONYMIC, Field("former", Kind.FORMER), MOTHER)
    read = lists(fields, {field.name: ["A"] for field in fields})
    made = comparisons_for(read, likeness())
    assert [each.name for each in made] == [field.name for field in fields]
    assert all(isinstance(each, NameComparison) for each in made)


def test_completing_twice_changes_nothing_more() -> None:
    read = lists(
        (NAME, GIVEN, PATRONYMIC, FATHER),
        {
            "name": ["Ani P", None],
            "given": [None, "Eva"],
            "patronymic": [None, None],
            "father": ["Petros", "David"],
        },
    )
    once = completed(read)
    again = completed(once)
    assert again.frame.equals(once.frame)
    assert again.fields == once.fields
