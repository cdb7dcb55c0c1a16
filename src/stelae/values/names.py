"""Names by language and script; which form is shown is a choice, so every form is kept."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stelae.errors import BadValue

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?", re.ASCII)
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "ARABIC": "Arab",
    "SYRIAC": "Syrc",
    "ETHIOPIC": "Ethi",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "HANGUL": "Hang",
    "CJK": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "THAI": "Thai",
    "LAO": "Laoo",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
}


@functools.cache
def _script_of_letter(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0], "Zzzz")


def scripts_of(text: str) -> tuple[str, ...]:
    """ISO 15924 codes of the scripts of a text's letters, most frequent first; Zzzz is unknown."""
    counts: dict[str, int] = {}
    for letter in text:
        script = _script_of_letter(letter)
        if script:
            counts[script] = counts.get(script, 0) + 1
    return tuple(sorted(counts, key=lambda script: (-counts[script], script)))


def parse_language(text: str) -> str:
    """A language tag of BCP 47, as far as Stelae uses them: `hy`, `az-Cyrl`, `en-GB`."""
    if not _LANGUAGE.fullmatch(text):
        raise BadValue(
            f"{text!r} is no language tag", hint="Write a tag of BCP 47, such as hy, ru or az-Cyrl."
        )
    return text


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name; `language` is None where the form belongs to no one language."""

    text: str
    language: str | None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise BadValue("a name without letters")
        if self.text != " ".join(self.text.split()):
            raise BadValue(f"a name with odd spaces: {self.text!r}")
        if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in self.text):
            raise BadValue(f"a name with control characters: {self.text!r}")
        if self.language is not None:
            parse_language(self.language)

    @property
    def script(self) -> str:
        """The ISO 15924 code of the script that most letters have; Zyyy without letters."""
        found = scripts_of(self.text)
        return found[0] if found else "Zyyy"


@dataclass(frozen=True, slots=True)
class Names:
    """Forms of one name, one for each language, in the order given."""

    forms: tuple[Name, ...]

    def __post_init__(self) -> None:
        if not self.forms:
            raise BadValue("no name in any language")
        tags = [form.language for form in self.forms]
        if len(set(tags)) != len(tags):
            raise BadValue(f"two names in one language: {tags}")

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> "Names":
        """Names from language tag to text; the tag `und` (undetermined) stands for no language."""
        return cls(
            tuple(
                Name(" ".join(text.split()), None if tag == "und" else tag)
                for tag, text in forms.items()
            )
        )

    def as_mapping(self) -> dict[str, str]:
        """The inverse of `of`."""
        return {form.language or "und": form.text for form in self.forms}

    def in_language(self, language: str, *others: str) -> Name:
        """The form in the first of these languages that has one, else the first form given."""
        for tag in (language, *others):
            for form in self.forms:
                if form.language == tag:
                    return form
        return self.forms[0]

    def __iter__(self) -> Iterator[Name]:
        return iter(self.forms)
