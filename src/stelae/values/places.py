"""Where a place is, and the forms of its name, each with the time in which it was used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from stelae.errors import BadValue
from stelae.values.dates import PartialDate
from stelae.values.names import Name

_FORM = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,15})?)\s*,\s*([+-]?\d{1,3}(?:\.\d{1,15})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Latitude and longitude in degrees (WGS 84), with the digits of their source, no more."""

    latitude: Decimal
    longitude: Decimal

    def __post_init__(self) -> None:
        if not (self.latitude.is_finite() and self.longitude.is_finite()):
            raise BadValue(f"{self.latitude}, {self.longitude} are no coordinates")
        if not -90 <= self.latitude <= 90:
            raise BadValue(f"latitude {self.latitude} is not between -90 and 90 degrees")
        if not -180 <= self.longitude <= 180:
            raise BadValue(f"longitude {self.longitude} is not between -180 and 180 degrees")

    @classmethod
    def parse(cls, text: str) -> "Coordinates":
        """Read `40.4093, 49.8671`: latitude first, decimal points."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise BadValue(
                f"{text[:80]!r} are no coordinates",
                hint="Write latitude, longitude: 40.4093, 49.8671",
            )
        return cls(Decimal(match[1]), Decimal(match[2]))

    def __str__(self) -> str:
        return f"{self.latitude:f}, {self.longitude:f}"


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """One form of a place's name; `period` is None where no end of its use is given."""

    name: Name
    period: PartialDate | None = None

    def may_be_in_use(self, when: PartialDate) -> bool:
        """Whether some day that `when` may mean lies in a period that may be meant."""
        return self.period is None or self.period.overlaps(when)


def forms_in_use(forms: Iterable[PlaceForm], when: PartialDate) -> tuple[PlaceForm, ...]:
    """The forms that may have been in use then, in the order given: the choice is the reader's."""
    return tuple(form for form in forms if form.may_be_in_use(when))
