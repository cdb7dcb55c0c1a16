from decimal import Decimal

import pytest

from stelae.errors import BadValue
from stelae.values.dates import PartialDate
from stelae.values.names import Name
from stelae.values.places import Coordinates, PlaceForm, forms_in_use


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


FORMS = (
    PlaceForm(Name("Oldtown", "en"), PartialDate.parse("../1803")),
    PlaceForm(Name("Newtown", "en"), PartialDate.parse("1804/1917")),
    PlaceForm(Name("Town", "en")),
)


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("1790", ["Oldtown", "Town"]),
        ("1803/1804", ["Oldtown", "Newtown", "Town"]),
        ("1917-12", ["Newtown", "Town"]),
        ("1918-01-22", ["Town"]),
        ("191X", ["Newtown", "Town"]),
    ],
)
def test_the_forms_of_a_name_that_may_have_been_in_use_then(when: str, names: list[str]) -> None:
    found = forms_in_use(FORMS, PartialDate.parse(when))
    assert [form.name.text for form in found] == names
