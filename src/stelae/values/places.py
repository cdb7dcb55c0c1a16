"""Coordinates of places; their names are period-aware records of their own."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from stelae.errors import BadValue


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Latitude and longitude in degrees (WGS 84), with the digits of their source, no more."""

    latitude: Decimal
    longitude: Decimal

    def __post_init__(self) -> None:
        if not -90 <= self.latitude <= 90:
            raise BadValue(f"latitude {self.latitude} is not between -90 and 90 degrees")
        if not -180 <= self.longitude <= 180:
            raise BadValue(f"longitude {self.longitude} is not between -180 and 180 degrees")

    @classmethod
    def parse(cls, text: str) -> "Coordinates":
        """Read `40.4093, 49.8671`: latitude first, decimal points."""
        parts = [part.strip() for part in text.split(",")]
        try:
            latitude, longitude = (Decimal(part) for part in parts)
        except (InvalidOperation, ValueError) as error:
            raise BadValue(
                f"{text!r} are no coordinates", hint="Write latitude, longitude: 40.4093, 49.8671"
            ) from error
        if not (latitude.is_finite() and longitude.is_finite()):
            raise BadValue(f"{text!r} are no coordinates")
        return cls(latitude, longitude)

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
