"""dossier.toml: what a dossier is called, in which languages it speaks, which log it has."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from stelae.errors import BadInput, BadProof, BadValue, IntegrityError, NotADossier
from stelae.records.identifiers import parse_id
from stelae.transparency.notes import VerifierKey
from stelae.values.names import Names, parse_language

FORMAT = 1
FILE_NAME = "dossier.toml"
_AS_IT_WAS = "Put the file back as it was, from a backup."


@dataclass(frozen=True, slots=True)
class Profile:
    """What people choose about a dossier.

    `own` are ids of parties: us and those who sign with us, so that a statement that cites its
    own authors is noticed. `notice` is shown on the front page of every edition, `intro` below
    the title.
    """

    title: Names
    languages: tuple[str, ...]
    own: tuple[str, ...] = ()
    notice: Names | None = None
    intro: Names | None = None

    def __post_init__(self) -> None:
        if not self.languages:
            raise BadValue("a dossier speaks at least one language: no language is given")

    @classmethod
    def of(cls, table: Mapping[str, Any], where: str) -> "Profile":
        """Read the keys title, languages, own, notice, intro."""
        try:
            return cls(
                title=_names(table, "title"),
                languages=tuple(map(parse_language, _listed(table, "languages"))),
                own=tuple(map(parse_id, _listed(table, "own"))),
                notice=_names(table, "notice") if table.get("notice") else None,
                intro=_names(table, "intro") if table.get("intro") else None,
            )
        except KeyError as error:
            raise NotADossier(f"{where} lacks {error}") from error
        except (BadValue, TypeError, AttributeError) as error:
            raise NotADossier(f"{where}: {error}") from error


def _names(table: Mapping[str, Any], name: str) -> Names:
    forms = table[name]
    if not isinstance(forms, dict) or not all(isinstance(text, str) for text in forms.values()):
        raise BadValue(f"{name} should hold texts by language; lists stand above the first [table]")
    return Names.of(forms)


def _listed(table: Mapping[str, Any], name: str) -> list[str]:
    found = table[name] if name in table or name == "languages" else []
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise BadValue(f"{name} should be a list of texts")
    return found


def read_profile(path: Path) -> Profile:
    """Read a profile from a TOML file; BadInput where it cannot be read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from error
    return Profile.of(table, str(path))


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of dossier.toml: the profile, and the log's origin and public key."""

    profile: Profile
    origin: str
    log_key: str

    @classmethod
    def parse(cls, text: str, where: str = FILE_NAME) -> "Settings":
        """Read dossier.toml; NotADossier says what is missing or of another format.

        IntegrityError where the log's origin and key do not belong together.
        """
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise NotADossier(f"{where} cannot be read: {error}") from error
        if table.get("format") != FORMAT:
            raise NotADossier(
                f"{where} is of format {table.get('format')!r}; this Stelae reads {FORMAT}",
                hint="Install the Stelae that made it, or a newer one.",
            )
        log = table.get("log")
        if not isinstance(log, dict) or not {"origin", "key"} <= log.keys():
            raise NotADossier(f"{where} lacks the origin and key of its log")
        origin, key = str(log["origin"]), str(log["key"])
        try:
            named = VerifierKey.parse(key).name
        except BadProof as error:
            raise IntegrityError(
                f"{where}: the log's key: {error.what}", hint=_AS_IT_WAS
            ) from error
        if named != origin:
            raise IntegrityError(
                f"{where}: the key is of the log {named}, the origin is {origin}", hint=_AS_IT_WAS
            )
        return cls(Profile.of(table, where), origin, key)

    @property
    def title(self) -> Names:
        """What the dossier is called."""
        return self.profile.title

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks, the first before others."""
        return self.profile.languages

    @property
    def own(self) -> tuple[str, ...]:
        """Ids of the parties that publish and sign."""
        return self.profile.own

    @property
    def notice(self) -> Names | None:
        """What every front page must say."""
        return self.profile.notice

    @property
    def intro(self) -> Names | None:
        """What the dossier is about."""
        return self.profile.intro

    def to_toml(self) -> str:
        """The text of dossier.toml."""
        profile = self.profile
        table: dict[str, Any] = {
            "format": FORMAT,
            "languages": list(profile.languages),
            "own": list(profile.own),
            "title": profile.title.as_mapping(),
            "log": {"origin": self.origin, "key": self.log_key},
        }
        if profile.notice:
            table["notice"] = profile.notice.as_mapping()
        if profile.intro:
            table["intro"] = profile.intro.as_mapping()
        return tomli_w.dumps(table)
