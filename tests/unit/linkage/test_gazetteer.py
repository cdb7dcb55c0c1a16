from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest

from stelae.errors import ImportRefused
from stelae.linkage.gazetteer import Gazetteer, read_gazetteer

Read: TypeAlias = Callable[[str], Gazetteer]

PLACES = """\
place,name,language,from,to,parent,lat,lon
land,Land,en,,,,,
land,Երկիր,hy,,,,,
north,North,en,,,land,,
south,South,en,,,land,,
ford-n,Ford,en,,,north,40.5,49.8
ford-s,Ford,en,,,south,39.1,46.2
town,Alexandria,en,,1924,north,40.79,43.84
town,Lenina,en,1924,1990,,,
town,Gyumri,en,1990,,,,
other,Alexandria,en,1930,,south,,
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(content: str) -> Gazetteer:
        path = tmp_path / "places.csv"
        path.write_text(content, encoding="utf-8")
        return read_gazetteer(path)

    return read


def test_a_place_is_found_by_any_of_its_names(read: Read) -> None:
    places = read(PLACES)
    assert places.find(["Երկիր"]) == places.find(["LAND"]) == places.find(["land."]) == ("land",)


def test_a_name_of_several_places_stays_the_set_of_them(read: Read) -> None:
    assert read(PLACES).find(["Ford"]) == ("ford-n", "ford-s")


def test_the_larger_place_tells_which(read: Read) -> None:
    places = read(PLACES)
    assert places.find(["Ford", "North"]) == ("ford-n",)
    assert places.find(["Ford", "South", "Land"]) == ("ford-s",)
    assert places.find(["Ford", "Land"]) == ("ford-n", "ford-s")


def test_a_larger_place_that_does_not_fit_rules_nothing_out(read: Read) -> None:
    assert read(PLACES).find(["Ford", "Elsewhere"]) == ("ford-n", "ford-s")


def test_a_smallest_part_that_is_unknown_is_no_larger_place(read: Read) -> None:
    assert read(PLACES).find(["5 High Street", "Ford", "North"]) == ()


def test_a_name_is_that_of_its_time(read: Read) -> None:
    places = read(PLACES)
    early, late = (date(1915, 1, 1), date(1915, 12, 31)), (date(1950, 1, 1), date(1950, 1, 1))
    assert places.find(["Alexandria"], *early) == ("town",)
    assert places.find(["Alexandria"], *late) == ("other",)
    assert places.find(["Alexandria"]) == ("other", "town")
    # A list that names the place as people do today is not left without an answer.
    assert places.find(["Gyumri"], *early) == ("town",)


@pytest.mark.parametrize(
    "name", ["village Ford", "с. Ford", "Ford village", "Ford kəndi", "գ. Ford", "FORD (village)"]
)
def test_words_for_the_kind_of_place_may_stand_beside_its_name(read: Read, name: str) -> None:
    assert read(PLACES).find([name, "North"]) == ("ford-n",)


def test_columns_hold_ids_and_the_point_of_a_single_place(read: Read) -> None:
    frame = pl.DataFrame({"place_parts": [["Ford", "North"], ["Ford"], ["Nowhere"], None]})
    found, notes = read(PLACES).resolve(frame, "place")
    assert found["place_ids"].to_list() == [["ford-n"], ["ford-n", "ford-s"], None, None]
    assert found["place_lat"].to_list() == [40.5, None, None, None]
    assert list(notes) == [
        "place: not in the gazetteer: 1; the most frequent: Nowhere",
        "place: may be several places of the gazetteer: 1",
    ]


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (",Name,en,,,,,", "place", "is missing"),
        ("x,,en,,,,,", "name", "is missing"),
        ("x,Name,english!,,,,,", "language", "no language tag"),
        ("x,Name,en,yesterday,,,,", "from", "yesterday"),
        ("x,Name,en,1990,1924,,,", "to", "ends before"),
        ("x,Name,en,,,nowhere,,", "parent", "no place 'nowhere'"),
        ("x,Name,en,,,,91,0", "lat", "not between -90 and 90"),
        ("x,Name,en,,,,40,", "lat", "no coordinates"),
        ("land,Name,en,,,town,,", "parent", "circle"),
        ("ford-n,Name,en,,,south,,", "parent", "lies in 'north' already"),
        ("ford-n,Name,en,,,,1,1", "lat", "lies elsewhere already"),
    ],
)
def test_faults_are_named_by_row_and_column(read: Read, row: str, column: str, what: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        read(f"{PLACES}{row}\n")
    assert any(
        problem.column == column and what in problem.what for problem in caught.value.problems
    )
    if "circle" not in what:
        assert [problem.row for problem in caught.value.problems] == [12]


def test_all_faults_are_named_at_once(read: Read) -> None:
    with pytest.raises(ImportRefused) as caught:
        read(f"{PLACES}x,,en,,,,,\ny,Name,en,,,,95,0\n")
    assert [problem.row for problem in caught.value.problems] == [12, 13]


def test_other_columns_are_refused(read: Read) -> None:
    with pytest.raises(ImportRefused, match="no column of a gazetteer"):
        read("place,name,colour\na,b,c\n")


def test_a_gazetteer_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        read_gazetteer(tmp_path / "absent.csv")
