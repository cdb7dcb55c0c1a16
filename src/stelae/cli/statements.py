"""Statements read and checked for commands: with their dossier, and beside their translations."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stelae.errors import BadInput, StelaeError
from stelae.publication.view import PublishedStatement, Remark
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


def check_all(
    files: Sequence[Path],
    dossier: Dossier | None,
    *,
    as_of: date,
    language: str | None = None,
    texts: Sequence[Statement] = (),
) -> list[Checked]:
    """Read and check statements; those given together are each other's translations."""
    named = [(path, read_statement(path, str(path), language)) for path in files]
    named.extend((Path(text.name), text) for text in texts)
    for path, statement in named:
        if not statement.source.content.strip():
            raise BadInput(f"{path} is empty", hint="Check that this is the file you meant.")
    record = record_context(dossier) if dossier else None
    own = dossier.settings.own if dossier else ()
    results = []
    for path, statement in named:
        siblings = tuple(other for _, other in named if other is not statement)
        context = CheckContext(as_of=as_of, record=record, siblings=siblings, own=own)
        results.append(Checked(path, statement, check_statement(statement, context)))
    return results


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
