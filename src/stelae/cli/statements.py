"""Statements read and checked for commands: with their dossier, and beside their translations."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stelae import __version__
from stelae.errors import BadInput, ImportRefused, Problem, StelaeError
from stelae.publication.edition import gather, view_of
from stelae.publication.pages.lookup import Lookup
from stelae.publication.redaction import Redacted, exposed_names
from stelae.publication.view import LogFacts, PublishedStatement, Remark
from stelae.records.deposits import KeptTexts
from stelae.records.dossier import Dossier
from stelae.records.settings import FILE_NAME
from stelae.records.views import Slots
from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement
from stelae.statements.waivers import Places

SUFFIXES = frozenset({".md", ".txt"})
_LANGUAGE_FILE = re.compile(
    r"(?P<text>.+)[.-][a-z]{2,3}(?:-[A-Za-z]{2,8})*\.(?:md|markdown|txt|html?|docx|odt|pdf)"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement and all that the rules found in it."""

    path: Path
    statement: Statement
    diagnostics: tuple[Diagnostic, ...]

    @property
    def standing(self) -> tuple[Diagnostic, ...]:
        """What was found and nobody waived."""
        return tuple(found for found in self.diagnostics if found.waiver is None)


def statement_files(dossier: Path) -> list[Path]:
    """The statements of a dossier, in the order of their names."""
    folder = dossier / "statements"
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)


def dossier_of(path: Path) -> Path | None:
    """The dossier in whose folder a file lies, if it lies in one."""
    for folder in Path(os.path.realpath(path)).parents:  # a link to itself is refused when read
        if (folder / FILE_NAME).is_file():
            return folder
    return None


def record_context(dossier: Dossier) -> RecordContext:
    """What a dossier's record lets a statement be checked against."""
    state = dossier.state()
    texts = KeptTexts.of(dossier, state)

    def pages(source: str) -> tuple[str, ...] | None:
        try:
            return texts.pages(source)
        except StelaeError:
            return None  # REF-no-capture says that the bytes are gone or changed

    return RecordContext(state, Slots.of(state), pages, texts.standing)


@dataclass(frozen=True, slots=True)
class Checker:
    """What texts given together are checked against; see `CheckContext`.

    `partial` are the names of those of which other languages lie unread beside them.
    """

    as_of: date
    record: RecordContext | None = None
    own: tuple[str, ...] = ()
    partial: frozenset[str] = frozenset()

    def __call__(self, texts: Sequence[Statement]) -> list[tuple[Diagnostic, ...]]:
        """What is found in each, the others being its translations."""
        return [
            check_statement(
                text,
                CheckContext(
                    as_of=self.as_of,
                    record=self.record,
                    siblings=tuple(other for other in texts if other is not text),
                    own=self.own,
                    partial=text.name in self.partial,
                ),
            )
            for text in texts
        ]


def checker(dossier: Dossier | None, files: Sequence[Path], as_of: date) -> Checker:
    """What a dossier, the day, and the files that lie beside those given make of a check."""
    partial = frozenset(str(path) for path in files if other_languages(path, files))
    if dossier is None:
        return Checker(as_of, partial=partial)
    return Checker(as_of, record_context(dossier), dossier.settings.own, partial)


def other_languages(path: Path, given: Sequence[Path]) -> list[Path]:
    """The files beside one that by their names are the same text in other languages, but for
    those given: `statement.hy.md` beside `statement.en.md`."""
    mine = _LANGUAGE_FILE.fullmatch(path.name)
    if mine is None or not path.parent.is_dir():
        return []
    known = {one.resolve() for one in given}
    return sorted(
        other
        for other in path.parent.iterdir()
        if (theirs := _LANGUAGE_FILE.fullmatch(other.name))
        and theirs["text"] == mine["text"]
        and other.resolve() not in known
    )


def read_all(
    files: Sequence[Path], language: str | None = None, texts: Sequence[Statement] = ()
) -> list[tuple[Path, Statement]]:
    """Read files, then put texts read already behind them; BadInput where one is empty."""
    named = [(path, read_statement(path, str(path), language)) for path in files]
    named.extend((Path(text.name), text) for text in texts)
    for path, statement in named:
        if not statement.source.content.strip():
            raise BadInput(f"{path} is empty", hint="Check that this is the file you meant.")
    return named


def publishable_record(dossier: Dossier, texts: Sequence[tuple[str, str]]) -> Lookup:
    """What of a dossier's record may be shown beside statements, given by name with their words.

    ImportRefused where a text or a record names somebody who is withheld.
    """
    inputs = gather(dossier, tuple(dossier.sealed()), (), __version__)
    refuse_exposed(inputs.redacted, texts)
    log = LogFacts(dossier.settings.origin, len(inputs.sealed), "", dossier.settings.log_key, "")
    return Lookup.of(view_of(inputs, number=None, published_at="", log=log))


def refuse_exposed(redacted: Redacted, texts: Iterable[tuple[str, str]]) -> None:
    """Raise ImportRefused where somebody who is withheld would be named all the same."""
    exposed = list(exposed_names(redacted, texts))
    if exposed:
        raise ImportRefused(
            [
                Problem(f"names {name}, who is withheld", place, hint="Take the name out.")
                for name, place in exposed
            ]
        )


def check_all(
    files: Sequence[Path],
    dossier: Dossier | None,
    *,
    as_of: date,
    language: str | None = None,
    texts: Sequence[Statement] = (),
) -> list[Checked]:
    """Read and check statements; those given together are each other's translations."""
    return check_read(read_all(files, language, texts), checker(dossier, files, as_of))


def check_read(named: Sequence[tuple[Path, Statement]], ask: Checker) -> list[Checked]:
    """Check statements that were read."""
    found = ask([statement for _, statement in named])
    return [
        Checked(path, statement, diagnostics)
        for (path, statement), diagnostics in zip(named, found, strict=True)
    ]


def published(checked: Checked) -> PublishedStatement:
    """A checked statement as an edition prints it."""
    places = Places(checked.statement)
    return PublishedStatement(
        checked.statement,
        tuple(
            Remark(
                rule=found.rule,
                level=found.level,
                what=found.message,
                line=checked.statement.position(found.span.start).line,
                clause=places.at(found.span) or "",
                waiver=f"{found.waiver.by}, until {found.waiver.until}: {found.waiver.reason}"
                if found.waiver
                else "",
            )
            for found in checked.diagnostics
        ),
        checked.path.name,
    )
