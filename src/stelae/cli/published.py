"""`stelae check --published`: what editions said, held against the journal as it is now."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from stelae.cli.statements import Checked, dossier_of, record_context
from stelae.cli.terminal import count, say
from stelae.errors import BadInput
from stelae.publication.kept_texts import Published, latest_texts, texts_of_folder
from stelae.publication.outdated import Outdated, held_against, json_published
from stelae.publication.verification import is_edition
from stelae.records.dossier import Dossier
from stelae.statements.rules.rule import series
from stelae.values.canonical import Json

_ELSEWHERE = "Name the edition's folder: stelae check --published EDITION --dossier {folder}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Published texts held against the dossier that published them."""

    dossier: Dossier
    published: Published
    outdated: tuple[Outdated, ...]

    @property
    def checked(self) -> list[Checked]:
        """The texts as other reports take them."""
        return [
            Checked(Path(one.statement.name), one.statement, one.diagnostics)
            for one in self.outdated
        ]

    def as_json(self) -> dict[str, Json]:
        """The form `stelae-published/1`."""
        return json_published(self.dossier.settings.origin, self.published, self.outdated)


def compare_published(folder: Path, dossier_folder: Path | None, as_of: date) -> Compared:
    """Hold the texts of a dossier's editions, or of the edition in a folder, against the journal.

    What was looked at, and what could not be, is said on standard error.
    """
    if is_edition(folder):
        home = dossier_folder or dossier_of(folder)
        if home is None:
            raise click.UsageError(
                f"{folder} is an edition; name the dossier that published it with --dossier"
            )
        dossier = Dossier.open(home)
        record = record_context(dossier)
        published = texts_of_folder(folder, dossier, record.state)
    else:
        dossier = Dossier.open(folder)
        record = record_context(dossier)
        published = latest_texts(dossier, record.state)
    if published.unread and not published.editions:
        raise BadInput(
            f"the texts of edition {series(sorted(published.unread))} are not kept in {folder}",
            hint=_ELSEWHERE.format(folder=folder),
        )
    _say(folder, published)
    outdated = tuple(held_against(text, record, as_of) for text in published.texts)
    return Compared(dossier, published, outdated)


def _say(folder: Path, published: Published) -> None:
    if not published.editions:
        say(f"Nothing of {folder} was ever published: there is nothing to compare.")
        return
    if published.unread:
        numbers = series(sorted(published.unread))
        say(f"The texts of edition {numbers} are not kept in {folder}.")
        say(f"  {_ELSEWHERE.format(folder=folder)}")
    if published.texts:
        of = series(dict.fromkeys(f"edition {text.edition}" for text in published.texts))
        say(f"Looked at {count(len(published.texts), 'published text')}, of {of}.")
    elif published.editions:
        say("No edition that is kept here holds a statement.")
