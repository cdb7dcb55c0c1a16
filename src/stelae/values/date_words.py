"""The words with which dates are put into prose, by language.

The table is data/date_words.toml; month names are those of CLDR, through Babel.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import get_month_names

from stelae.errors import BadValue

__all__ = ["DateWords", "date_languages", "date_words"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language: its patterns, and its month names beside a day and alone (12 each)."""

    language: str
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    table: dict[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.table[key])

    def fill(self, key: str, **values: object) -> str:
        """A pattern of the language with its places filled."""
        return self[key].format(**values)

    def day_number(self, day: int) -> str:
        """The day of the month as it is written: 1er for the first in French."""
        return str(self.table.get("first_day", day)) if day == 1 else str(day)

    def listed(self, items: list[str], word: str) -> str:
        """Items with commas and, before the last, `or` or `and`."""
        if len(items) == 1:
            return items[0]
        return f"{', '.join(items[:-1])} {self[word]} {items[-1]}"

    def part_names(self, parts: list[str]) -> str:
        """The words for `year`, `month` and `day`, joined."""
        names = self.table["parts"]
        return self.listed([names[part] for part in parts], "and")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    file = resources.files("stelae.values").joinpath("data/date_words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def date_languages() -> tuple[str, ...]:
    """The languages that have words for dates, in order."""
    return tuple(sorted(_tables()))


@cache
def date_words(language: str) -> DateWords:
    """The words of a language (`hy`, or `hy-AM`, which counts as `hy`); BadValue if unknown."""
    code = language.replace("_", "-").partition("-")[0].lower()
    table = _tables().get(code)
    if table is None:
        raise BadValue(
            f"there are no words for dates in {language!r}",
            hint=f"There are for {', '.join(date_languages())}. "
            "Others are added in values/data/date_words.toml.",
        )
    beside = get_month_names("wide", "format", code)
    alone = get_month_names("wide", "stand-alone", code) if table.get("own_form_alone") else beside
    return DateWords(
        language=code,
        months=tuple(beside[month] for month in range(1, 13)),
        months_alone=tuple(alone[month] for month in range(1, 13)),
        table=table,
    )
