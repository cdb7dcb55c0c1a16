from decimal import Decimal

import pytest

from stelae.errors import BadValue
from stelae.values.places import Coordinates


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("40.4093, 49.8671", "40.4093, 49.8671"),
        (" 40.50,49 ", "40.50, 49"),
        ("-90, +180", "-90, 180"),
        ("0.0000000, -0.0000001", "0.0000000, -0.0000001"),
    ],
)
def test_coordinates_keep_the_digits_of_their_source(text: str, written: str) -> None:
    place = Coordinates.parse(text)
    assert str(place) == written
    assert Coordinates.parse(written) == place


@pytest.mark.parametrize(
    "text",
    [
        "", "40", "40, 49, 0", "90.1, 0", "0, 180.5", "40,4093; 49,8671", "NaN, 0", "Infinity, 0",
        "4_0, 1", "1e1, 1", "٤٠, ٤٩", "40°N, 49°E", "0x1, 2", "9" * 5000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        Coordinates.parse(text)
    assert len(caught.value.what) < 200


def test_no_number_is_no_place() -> None:
    with pytest.raises(BadValue, match="are no coordinates"):
        Coordinates(Decimal("NaN"), Decimal(0))
