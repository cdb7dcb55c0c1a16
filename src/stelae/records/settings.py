"""dossier.toml: what a dossier is called, in which languages it speaks, which log it has."""

import tomllib
from dataclasses import dataclass
from typing import Any

import tomli_w

from stelae.errors import BadValue, NotADossier
from stelae.values.names import Names, parse_language

FORMAT = 1
FILE_NAME = "dossier.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of dossier.toml.

    `own` are ids of parties: us and those who sign with us, so that a statement that cites its
    own authors is noticed. `notice` is shown on the front page of every edition.
    """

    title: Names
    languages: tuple[str, ...]
    origin: str
    log_key: str
    own: tuple[str, ...] = ()
    notice: Names | None = None
    intro: Names | None = None

    @classmethod
    def parse(cls, text: str, where: str = FILE_NAME) -> "Settings":
        """Read dossier.toml; NotADossier says what is missing or of another format."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise NotADossier(f"{where} cannot be read: {error}") from error
        if table.get("format") != FORMAT:
            raise NotADossier(
                f"{where} is of format {table.get('format')!r}; this Stelae reads {FORMAT}",
                hint="Install the Stelae that made it, or a newer one.",
            )
        try:
            return cls(
                title=Names.of(table["title"]),
                languages=tuple(parse_language(tag) for tag in table["languages"]),
                origin=str(table["log"]["origin"]),
                log_key=str(table["log"]["key"]),
                own=tuple(str(party) for party in table.get("own", ())),
                notice=Names.of(table["notice"]) if table.get("notice") else None,
                intro=Names.of(table["intro"]) if table.get("intro") else None,
            )
        except KeyError as error:
            raise NotADossier(f"{where} lacks {error}") from error
        except (BadValue, TypeError, AttributeError) as error:
            raise NotADossier(f"{where}: {error}") from error

    def to_toml(self) -> str:
        """The text of dossier.toml."""
        table: dict[str, Any] = {
            "format": FORMAT,
            "title": self.title.as_mapping(),
            "languages": list(self.languages),
            "own": list(self.own),
            "log": {"origin": self.origin, "key": self.log_key},
        }
        if self.notice:
            table["notice"] = self.notice.as_mapping()
        if self.intro:
            table["intro"] = self.intro.as_mapping()
        return tomli_w.dumps(table)
