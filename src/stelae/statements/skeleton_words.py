"""How a new statement puts figures, dates, places and names in its language."""

import functools
import importlib.resources
import re
import tomllib
from dataclasses import dataclass

from stelae.errors import BadInput, BadValue
from stelae.statements.languages import language
from stelae.statements.read import read_statement
from stelae.values.date_display import format_date
from stelae.values.dates import PartialDate
from stelae.values.figures import Count, CountForm, FigureKind
from stelae.values.locators import parse_locators, shown

__all__ = ["Words", "plain", "skeleton_languages"]

_PLAIN_PLACE = re.compile(r"[\w\N{EN DASH}. -]+")
_MARKS = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "*": "", "_": " ", "`": ""})
_KINDS = {
    FigureKind.ENUMERATED: "enumerated",
    FigureKind.DOCUMENTED_MINIMUM: "documented_minimum",
    FigureKind.ESTIMATE: "estimate",
}


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    data = importlib.resources.files("stelae.statements") / "templates" / "skeleton.toml"
    table: dict[str, dict[str, str]] = tomllib.loads(data.read_text(encoding="utf-8"))
    return table


def skeleton_languages() -> tuple[str, ...]:
    """The codes of the languages in which a statement can be begun."""
    return tuple(_table())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `own` is the language in which the record's free words are."""

    code: str
    own: str

    def __post_init__(self) -> None:
        if self.code not in _table():
            raise BadInput(
                f"there are no words to begin a statement in {self.code!r}",
                hint=f"There are for: {', '.join(_table())}",
            )

    def __getitem__(self, key: str) -> str:
        return _table()[self.code][key]

    @property
    def reads_record(self) -> bool:
        """Whether the record's free words may stand in the text as they are."""
        return self.code == self.own

    def blank(self, key: str) -> str:
        """A marked blank, which the reader of statements notes until it is filled in."""
        return "{{" + self[f"blank_{key}"] + "}}"

    def count(self, count: Count) -> str:
        """A count with the reserve of its source; words of another language are a blank."""
        match count.form:
            case CountForm.WORDS:
                return plain(count.words) if self.reads_record else self.blank("count")
            case CountForm.RANGE:
                low, high = self._number(count.low, count.high), self._number(count.high)
                return f"{low}\N{EN DASH}{high}"
            case CountForm.ABOUT:
                return self["about"].format(n=self._number(count.low))
            case CountForm.AT_LEAST:
                return self["at_least"].format(n=self._number(count.low))
            case CountForm.AT_MOST:
                return self["at_most"].format(n=self._number(count.high))
            case CountForm.EXACT:
                return self._number(count.low)

    def kind(self, kind: FigureKind) -> str:
        """What a figure rests on, empty where it is only reported."""
        return self[_KINDS[kind]] if kind in _KINDS else ""

    def date(self, date: PartialDate, *, both_styles: bool = False) -> str:
        """A date as a sentence has it; a Julian one always in both styles."""
        return format_date(date, self.code, both_styles=both_styles)

    def marker(self, number: int, locator: str) -> str:
        """`[2, p. 90]`; a place in words stands behind it, if a reader understands them."""
        try:
            places = parse_locators(locator)
        except BadValue:
            places = ()
        named = [
            f"{shown(place.label, self.code)} {place.value}"
            for place in places
            if place.label is not None and _PLAIN_PLACE.fullmatch(place.value)
        ]
        marker = f"[{', '.join([str(number), *named])}]"
        if not named and locator and self.reads_record and self.is_neutral(locator):
            return f"{marker} ({plain(locator)})"
        return marker

    def is_neutral(self, words: str) -> bool:
        """Whether words hold no qualification and no number that would need a source."""
        read = read_statement(words, "words", self.code)
        return not any(clause.terms or clause.numbers for clause in read.clauses)

    def is_unqualified(self, words: str) -> bool:
        """Whether words hold no word of qualification, as `massacre` is."""
        read = read_statement(words, "words", self.code)
        return not any(clause.terms for clause in read.clauses)

    def _number(self, number: int | None, beside: int | None = None) -> str:
        """Digits grouped from 10,000 on, in a range both ends alike."""
        assert number is not None
        if max(number, beside or 0) < 10_000:
            return str(number)
        marks = language(self.code).group
        mark = "\N{NO-BREAK SPACE}" if " " in marks or not marks else marks[0]
        return f"{number:,}".replace(",", mark)


def plain(words: str) -> str:
    """Words of the record in one line, without what Markdown would read."""
    return " ".join(words.translate(_MARKS).split())
