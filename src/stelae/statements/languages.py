"""What the readers know of each language: one TOML table per language in `data/`.

A table holds words, never rules; a language without a table, or `und`, has empty ones and its
texts are read by their structure and digits alone.
"""

import functools
import importlib.resources
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stelae.errors import BadValue
from stelae.statements.facts import Counted
from stelae.statements.model import PartKind
from stelae.statements.words import Phrases, fold
from stelae.values.figures import CountForm

__all__ = [
    "UNDETERMINED",
    "Begins",
    "Language",
    "detect_language",
    "is_language_code",
    "language",
    "languages",
    "script_of",
]

UNDETERMINED = "und"

_CODES = ("en", "hy", "ru", "az", "fr", "ar", "tr", "es", "de", "ka", "uk")
_FORMS = {
    "at-least": CountForm.AT_LEAST,
    "at-most": CountForm.AT_MOST,
    "about": CountForm.ABOUT,
}
_SAMPLE = 20_000
_REMEMBERED = 50_000
_ENOUGH = 0.04
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Number words and what stands around numbers."""

    words: Phrases[int]
    multipliers: Phrases[int]
    parts: Phrases[float]
    """Before a multiplier: 1.5 for `one and a half`."""
    and_half: Phrases[bool]
    vague: Phrases[int]
    before: Phrases[CountForm]
    after: Phrases[CountForm]
    after_unit: Phrases[CountForm]
    strict: Phrases[bool]
    """Bounds that leave out the number itself: `more than`."""
    ablatives: tuple[str, ...]
    ordinal_suffixes: frozenset[str]
    prefixes: frozenset[str]
    """Words of a letter that are written against the digits: `و30`."""
    dotted_after: Phrases[bool]
    """After these, digits with a full stop are an ordinal: `am 45. Tag`."""
    labels: Phrases[bool]
    nouns: Phrases[Counted]
    acts: Phrases[bool]
    peoples: Phrases[bool]
    demonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateTable:
    """Words of dates."""

    months: Phrases[int]
    months_are_capital: bool
    weekdays: Phrases[int]
    day_first: bool
    year: Phrases[bool]
    year_after: Phrases[bool]
    year_if_last: Phrases[bool]
    joining: Phrases[bool]
    both: Phrases[bool]
    between: Phrases[bool]
    nights: Phrases[bool]
    """Between the days of a night: `с 19 на 20 января`."""
    decade: Phrases[bool]
    """After a year that stands for ten."""
    articles: frozenset[str]
    day_suffixes: frozenset[str]
    fillers: frozenset[str]
    old_style: Phrases[bool]
    new_style: Phrases[bool]
    dated: Phrases[bool]


@dataclass(frozen=True, slots=True)
class AnniversaryTable:
    """Words of anniversaries and of time gone by."""

    ordinals: Phrases[int]
    nouns: Phrases[bool]
    compounds: Phrases[bool]
    of: Phrases[bool]
    whole: Phrases[int]
    elapsed_before: Phrases[bool]
    elapsed_after: Phrases[bool]
    years: Phrases[bool]
    since: Phrases[bool]
    noun_first: bool
    event_before: Phrases[bool]


@dataclass(frozen=True, slots=True)
class TermTable:
    """Words of qualification, and what attributes or names them."""

    terms: Phrases[str]
    attribution: Phrases[bool]
    names: Phrases[bool]


class Begins(NamedTuple):
    """Which facts may begin with a word, as far as that word shows."""

    date: bool = False
    anniversary: bool = False
    number: bool = False
    term: bool = False


class _Begun(dict[str, Begins | None]):
    """The facts that each word may begin, None where there are none, as for most words: they are
    then looked at once instead of by every reader of facts."""

    def __init__(
        self, numbers: NumberTable, dates: DateTable, years: AnniversaryTable, terms: TermTable
    ) -> None:
        super().__init__()
        counts = (numbers.words, numbers.multipliers, numbers.parts)
        self._openers: tuple[tuple[Phrases[Any], ...], ...] = (
            (dates.months,),
            (years.whole, years.ordinals, years.nouns, *counts),
            (numbers.vague, *counts),
            (terms.terms, terms.attribution),
        )

    def __missing__(self, folded: str) -> Begins | None:
        if len(self) > _REMEMBERED:
            self.clear()
        begins = Begins(
            *(any(phrases.may_begin(folded) for phrases in kind) for kind in self._openers)
        )
        found = self[folded] = begins if any(begins) else None
        return found


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that the readers look up for one language."""

    code: str
    script: str
    letters: frozenset[str]
    function_words: frozenset[str]
    group: str
    decimal: str
    quotation_marks: tuple[str, ...]
    openings: Phrases[PartKind]
    headings: Phrases[PartKind]
    joining: Phrases[bool]
    addressee_end: frozenset[str]
    addressee_after: tuple[str, ...]
    """Endings of the first word that is demanded: what follows the addressee (`осудить`)."""
    addressee_endings: tuple[tuple[str, tuple[str, ...]], ...]
    """Where the addressee comes before the verb: beginnings of verbs, and the endings of the
    addressee's last word that each asks for."""
    documents: Phrases[bool]
    """What such a text calls itself: `resolution`, `statement`."""
    numbers: NumberTable
    dates: DateTable
    anniversaries: AnniversaryTable
    terms: TermTable
    begins: Mapping[str, Begins | None] = field(init=False, compare=False, repr=False)
    """The facts that may begin with a word (as `fold` gives it), None where there are none."""

    def __post_init__(self) -> None:
        begun = _Begun(self.numbers, self.dates, self.anniversaries, self.terms)
        object.__setattr__(self, "begins", begun)


def _flags(words: list[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in words)


def _rows(rows: list[Any]) -> Iterator[tuple[str, int]]:
    for number, row in enumerate(rows):
        for word in [row] if isinstance(row, str) else row:
            yield word, number


def _kinds(table: Mapping[str, list[str]]) -> Iterator[tuple[str, PartKind]]:
    known = {kind.value: kind for kind in PartKind}
    for name, words in table.items():
        if name in known:
            for word in words:
                yield word, known[name]


def _glued(numbers: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Units and tens in one word: `քառասունհինգ`, `fünfundvierzig`."""
    for pattern in numbers.get("glued", []):
        for ten, word in enumerate(numbers["glued_tens"], 2):
            for unit, small in enumerate(numbers["glued_units"], 1):
                yield pattern.format(ten=word, unit=small), 10 * ten + unit


def _forms(table: Mapping[str, list[str]]) -> Phrases[CountForm]:
    return Phrases((word, _FORMS[name]) for name, words in table.items() for word in words)


def _nouns(table: Mapping[str, list[str]]) -> Phrases[Counted]:
    known = {kind.value: kind for kind in Counted}
    return Phrases(
        (word, known[name]) for name, words in table.items() if name in known for word in words
    )


def _read(name: str) -> dict[str, Any]:
    data = importlib.resources.files("stelae.statements") / "data" / f"{name}.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))


@functools.cache
def _peoples(code: str) -> tuple[str, ...]:
    return tuple(
        word for rows in _read("peoples")["peoples"].values() for word in rows.get(code, ())
    )


def languages() -> tuple[str, ...]:
    """The BCP 47 codes of the languages that have a table."""
    return _CODES


def is_language_code(code: str) -> bool:
    """Whether this has the shape of a BCP 47 code."""
    return re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code) is not None


@functools.lru_cache(maxsize=64)
def language(code: str) -> Language:
    """The table of a language; a region or script subtag is set aside (`hy-AM` is `hy`).

    A code without a table gives the empty one under that code; what is no code at all is refused.
    """
    if not is_language_code(code):
        raise BadValue(
            f"{code!r} is no language code", hint="Write a BCP 47 code, such as hy, ru or en."
        )
    base = code.split("-", 1)[0].lower()
    table = _read(base) if base in _CODES else {}
    digits = table.get("digits", {})
    openings = table.get("openings", {})
    dates = table.get("dates", {})
    numbers = table.get("numbers", {})
    bounds = table.get("bounds", {})
    nouns = table.get("nouns", {})
    rests = table.get("anniversaries", {})
    attribution = table.get("terms_attribution", {})
    return Language(
        code=code,
        script=table.get("script", ""),
        letters=frozenset(table.get("letters", "")),
        function_words=frozenset(fold(word) for word in table.get("words", "").split()),
        group=digits.get("group", ""),
        decimal=digits.get("decimal", ""),
        quotation_marks=tuple(table.get("quotation", {}).get("marks", ())),
        openings=Phrases(_kinds({k: v for k, v in openings.items() if k != "joining"})),
        # The native form may keep its English headings in any language.
        headings=Phrases([*_kinds(table.get("headings", {})), *_kinds(_read("en")["headings"])]),
        joining=_flags(openings.get("joining", [])),
        addressee_end=frozenset(openings.get("addressee_end", [])),
        addressee_after=tuple(fold(word) for word in openings.get("addressee_after", [])),
        addressee_endings=tuple(
            (fold(verb), tuple(fold(word) for word in words))
            for verb, words in openings.get("addressee_endings", {}).items()
        ),
        documents=_flags(openings.get("documents", [])),
        numbers=NumberTable(
            words=Phrases([*numbers.get("words", {}).items(), *_glued(numbers)]),
            multipliers=Phrases(numbers.get("multipliers", {}).items()),
            parts=Phrases(numbers.get("parts", {}).items()),
            and_half=_flags(numbers.get("and_half", [])),
            vague=Phrases(numbers.get("vague", {}).items()),
            before=_forms(bounds.get("before", {})),
            after=_forms(bounds.get("after", {})),
            after_unit=_forms(bounds.get("after_unit", {})),
            strict=_flags(bounds.get("strict", [])),
            ablatives=tuple(fold(word) for word in bounds.get("ablatives", ())),
            ordinal_suffixes=frozenset(fold(word) for word in numbers.get("ordinal_suffixes", [])),
            prefixes=frozenset(fold(word) for word in numbers.get("prefixes", [])),
            dotted_after=_flags(numbers.get("dotted_after", [])),
            labels=_flags(numbers.get("units_before", [])),
            nouns=_nouns(nouns),
            acts=_flags(nouns.get("acts", [])),
            peoples=_flags(list(_peoples(base))),
            demonyms=tuple(nouns.get("demonyms", ())),
        ),
        dates=DateTable(
            months=Phrases((word, number + 1) for word, number in _rows(dates.get("months", []))),
            months_are_capital=dates.get("months_are_capital", False),
            weekdays=Phrases(_rows(dates.get("weekdays", []))),
            day_first=dates.get("numeric", "") == "dmy",
            year=_flags(dates.get("year", [])),
            year_after=_flags(dates.get("year_after", [])),
            year_if_last=_flags(dates.get("year_if_last", [])),
            joining=_flags(dates.get("range", [])),
            both=_flags(dates.get("and", [])),
            between=_flags(dates.get("between", [])),
            nights=_flags(dates.get("nights", [])),
            decade=_flags(dates.get("decade", [])),
            articles=frozenset(fold(word) for word in dates.get("articles", [])),
            day_suffixes=frozenset(fold(word) for word in dates.get("day_suffixes", [])),
            fillers=frozenset(fold(word) for word in dates.get("fillers", [])),
            old_style=_flags(dates.get("old_style", [])),
            new_style=_flags(dates.get("new_style", [])),
            dated=_flags(dates.get("dated", [])),
        ),
        anniversaries=AnniversaryTable(
            ordinals=Phrases(table.get("ordinals", {}).items()),
            nouns=_flags(rests.get("nouns", [])),
            compounds=_flags(rests.get("compounds", [])),
            of=_flags(rests.get("of", [])),
            whole=Phrases(rests.get("whole", {}).items()),
            elapsed_before=_flags(rests.get("elapsed_before", [])),
            elapsed_after=_flags(rests.get("elapsed_after", [])),
            years=_flags(rests.get("years", [])),
            since=_flags(rests.get("since", [])),
            noun_first=rests.get("noun_first", False),
            event_before=_flags(rests.get("event_before", [])),
        ),
        terms=TermTable(
            terms=Phrases(
                (word, term) for term, words in table.get("terms", {}).items() for word in words
            ),
            attribution=_flags(attribution.get("words", [])),
            names=_flags(attribution.get("names", [])),
        ),
    )


@functools.cache
def _script_of_letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return name.split(" ", 1)[0].capitalize()


def script_of(text: str) -> str:
    """The script of most letters (`Latin`, `Cyrillic`, `Armenian`…), empty without a letter."""
    counts = Counter(letter for letter in text[:_SAMPLE] if letter.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in counts.items():
        scripts[_script_of_letter(letter)] += count
    return scripts.most_common(1)[0][0] if scripts else ""


@functools.cache
def _telltales() -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    rows = []
    tables = {**_read("neighbours"), **{code: _read(code) for code in _CODES}}
    for code, table in tables.items():
        words = frozenset(fold(word) for word in table["words"].split())
        rows.append((code, str(table["script"]), frozenset(table["letters"]), words))
    return tuple(rows)


def detect_language(text: str) -> str:
    """The code of the language that the script and the commonest short words show, or `und`.

    A script with one table here still needs its words. Neighbours without a table are told as
    well, so that Persian is not read as Arabic, nor Bulgarian as Russian; a tie with one of them
    goes to the language with a table. Other ties and texts without such words are `und`.
    """
    sample = text[:_SAMPLE]
    script = script_of(sample)
    words = [fold(word) for word in _WORD.findall(sample)]
    if not words:
        return UNDETERMINED
    counts = Counter(words)
    letters = set(sample.casefold())
    scores: list[tuple[float, bool, str]] = []
    for code, own_script, own_letters, common in _telltales():
        if own_script != script:
            continue
        score = sum(counts[word] for word in common) / len(words)
        # Other languages share the letters of all but these two scripts.
        if own_letters & letters and (score or own_script in {"Armenian", "Georgian"}):
            score += 2 * _ENOUGH
        scores.append((score, code in _CODES, code))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < _ENOUGH:
        return UNDETERMINED
    if len(scores) > 1 and scores[0][:2] == scores[1][:2]:
        return UNDETERMINED
    return scores[0][2]
