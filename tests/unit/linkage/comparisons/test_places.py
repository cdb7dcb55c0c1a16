import pytest
from compared_values import COMMON, likeness, word

from stelae.linkage.comparisons.places import PlaceComparison

PLACES = PlaceComparison("p", likeness())


def named(left: str, right: str) -> dict[str, list[object]]:
    """Two places with their parts, between commas."""
    return {"p": [left, right], "p_parts": [left.split(", "), right.split(", ")]}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Verin Shen", "VERIN SHEN", "the same, rare"),
        ("Gyumri", "Гюмри", "the same, rare"),
        ("Strelsau", "Strelzau", "its name is alike"),
        ("Strelsau, Ruritania", "Zenda, Ruritania", "one lies in the other, or both in one"),
        ("Strelsau", "Tarlenheim", "different"),
    ],
)
def test_two_places_reach_a_level(left: str, right: str, level: str) -> None:
    assert word(PLACES, named(left, right)) == level


def test_how_common_a_place_is_counts() -> None:
    same = named("Strelsau", "Strelsau")
    assert word(PLACES, same, 0.0005) == "the same, rare"
    assert word(PLACES, same, 0.005) == "the same"
    assert word(PLACES, same, COMMON) == "the same, very common"


def test_a_place_without_parts_is_its_own_part() -> None:
    columns = {"p": ["Zenda", "Strelsau, Zenda"], "p_parts": [None, ["Strelsau", "Zenda"]]}
    assert word(PLACES, columns) == "one lies in the other, or both in one"


def test_the_gazetteer_knows_a_place_by_two_names() -> None:
    known = PlaceComparison("p", likeness(), gazetteer=True)
    columns = {**named("Leninakan", "Gyumri"), "p_ids": [["g1", "g2"], ["g2"]]}
    assert word(known, columns) == "one place by two names"
    columns = {**named("Leninakan", "Gyumri"), "p_ids": [["g1"], ["g2"]]}
    assert word(known, columns) == "different"
    columns = {**named("Leninakan", "Gyumri"), "p_ids": [None, ["g2"]]}
    assert word(known, columns) == "different"


@pytest.mark.parametrize(
    ("east", "level"),
    [(0.05, "within 5 km"), (0.25, "within 30 km"), (0.9, "different"), (None, "different")],
)
def test_near_on_the_map_is_near(east: float | None, level: str) -> None:
    known = PlaceComparison("p", likeness(), coordinates=True)
    lat = [40.0, None if east is None else 40.0]
    lon = [44.0, None if east is None else 44.0 + east]
    columns = {**named("Strelsau", "Tarlenheim"), "p_lat": lat, "p_lon": lon}
    assert word(known, columns) == level


def test_the_antimeridian_parts_nothing() -> None:
    known = PlaceComparison("p", likeness(), coordinates=True)
    columns = {**named("Strelsau", "Tarlenheim"), "p_lat": [0.0, 0.0], "p_lon": [179.99, -179.99]}
    assert word(known, columns) == "within 5 km"


def test_only_columns_that_are_there_are_read() -> None:
    assert PLACES.columns == ("p", "p_parts")
    whole = PlaceComparison("p", likeness(), gazetteer=True, coordinates=True)
    assert whole.columns == ("p", "p_parts", "p_ids", "p_lat", "p_lon")
