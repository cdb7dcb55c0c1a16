"""Values in words for a page: texts with their language, numbers, dates, safe names and links.

The pages speak English (`LANGUAGE`); every text in another language carries its own tag and
direction. Nothing here trusts a value: mark-up is made by `Markup`, which escapes.
"""

import datetime
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_compact_decimal, format_decimal
from markupsafe import Markup

from stelae.errors import BadValue
from stelae.values.date_display import format_date as format_partial_date
from stelae.values.dates import PartialDate
from stelae.values.names import Name, Names

__all__ = [
    "LANGUAGE",
    "Text",
    "anchor_of",
    "compact_number",
    "date_in_words",
    "language_name",
    "moment_in_words",
    "number",
    "plural",
    "slug",
    "web_address",
]

LANGUAGE = "en"
_LONGEST_SLUG = 120
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"})
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words with the language they are in: a BCP 47 tag, or "" where that is not known."""

    words: str
    language: str = LANGUAGE

    @classmethod
    def of(cls, name: Name) -> "Text":
        """A form of a name; a form that belongs to no language has none."""
        return cls(name.text, name.language or "")

    @classmethod
    def best(cls, names: Names) -> "Text":
        """The form in the language of the pages, or the first that there is."""
        return cls.of(names.in_language(LANGUAGE))

    @property
    def is_foreign(self) -> bool:
        """Whether the words are in another language than the page."""
        return self.language != LANGUAGE

    @property
    def direction(self) -> str:
        """`ltr` or `rtl` by the language, `auto` where it is not known."""
        if not self.language:
            return "auto"
        tag, *subtags = self.language.split("-")
        if subtags and len(subtags[0]) == 4:
            return "rtl" if subtags[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
        return "rtl" if tag in _RIGHT_TO_LEFT else "ltr"

    def attributes(self) -> Markup:
        """` lang="hy" dir="ltr"`, or nothing for words in the language of the page."""
        if not self.is_foreign:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(self.language or "und", self.direction)

    def __html__(self) -> str:
        """The words as mark-up: escaped, in a `span` where the language changes."""
        if not self.is_foreign:
            return str(Markup.escape(self.words))
        return str(Markup("<span{}>{}</span>").format(self.attributes(), self.words))

    def __str__(self) -> str:
        return self.words


@lru_cache(maxsize=4096)
def number(value: int) -> str:
    """A whole number with the separators of the page's language: 1,500,000."""
    return str(format_decimal(value, locale=LANGUAGE))


def compact_number(value: int) -> str:
    """A round number for an axis: 500, 20K, 1.5M."""
    if value < 10_000:
        return number(value)
    return str(format_compact_decimal(value, locale=LANGUAGE, fraction_digits=1))


def plural(count: int, one: str, many: str = "") -> str:
    """`1 voice`, `2 voices`, `1,204 entries`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=8192)
def date_in_words(date: PartialDate, *, both_styles: bool = False, language: str = LANGUAGE) -> str:
    """The date in prose; both styles where it is Julian or where the caller asks.

    In EDTF where there are no words for the language.
    """
    try:
        return format_partial_date(date, language, both_styles=both_styles)
    except BadValue:
        return date.edtf


def moment_in_words(rfc3339: str) -> str:
    """`20 January 2026, 10:04 UTC`; what is no such time is shown as it stands."""
    try:
        moment = datetime.datetime.fromisoformat(rfc3339)
    except ValueError:
        return rfc3339
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC)
    return f"{format_datetime(moment, 'd MMMM y, HH:mm', locale=LANGUAGE)} UTC"


@lru_cache(maxsize=256)
def language_name(tag: str) -> str:
    """`Armenian` for `hy`; the tag itself where CLDR has no name for it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(LANGUAGE) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=65536)
def slug(identifier: str) -> str:
    """The name of a file for an id: one for each id, safe in every file system and address.

    Ids hold no `~`, so a parting `/` becomes one and nothing collides; `index` is kept free.
    """
    name = identifier.replace(":", "~~").replace("/", "~")
    if len(name) > _LONGEST_SLUG:
        digest = hashlib.sha256(identifier.encode()).hexdigest()[:16]
        name = f"{name[:_LONGEST_SLUG]}~~~{digest}"
    return f"{name}~" if name == "index" else name


def anchor_of(kind: str, identifier: str) -> str:
    """The fragment under which a record stands on a page; kinds hold no dot."""
    return f"{kind}.{slug(identifier)}"


def web_address(text: str) -> str | None:
    """The address if a reader may be sent there: http or https, without tricks; else None."""
    if _UNSAFE_IN_ADDRESS.search(text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None
