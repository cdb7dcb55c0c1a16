"""`stelae lsp`: a language server on standard input and output, for editors."""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from stelae import __version__
from stelae.cli.statements import dossier_of, other_languages, record_context
from stelae.errors import MissingExtra, StelaeError
from stelae.records.dossier import Dossier
from stelae.statements import language_server as texts
from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic
from stelae.statements.model import Statement
from stelae.statements.read import read_statement


@click.command(name="lsp")
def command() -> None:
    """Serve editors: findings as you write and what mends them, the record's figures, ids.

    It speaks the Language Server Protocol on standard input and output.
    """
    serve().start_io()


class Records:
    """The record of each dossier, read again when its log has grown."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[int, tuple[RecordContext, tuple[str, ...]]]] = {}

    def of(self, path: Path) -> tuple[RecordContext, tuple[str, ...]] | None:
        """The record that a file is checked against and whose it is; None outside a dossier."""
        folder = dossier_of(path)
        if folder is None:
            return None
        stamp = (folder / "log" / "checkpoint").stat().st_mtime_ns
        known = self._read.get(folder)
        if known is None or known[0] != stamp:
            dossier = Dossier.open(folder)
            known = stamp, (record_context(dossier), dossier.settings.own)
            self._read[folder] = known
        return known[1]


def serve(load: Callable[[str], Any] = importlib.import_module) -> Any:
    """The server, not yet started; MissingExtra where pygls is not installed."""
    try:
        types = load("lsprotocol.types")
        server = load("pygls.lsp.server").LanguageServer("stelae", __version__)
    except ImportError as error:
        raise MissingExtra(
            "the language server needs pygls", hint="Install it with: pip install 'stelae[lsp]'"
        ) from error
    records = Records()

    def opened(uri: str) -> tuple[Statement, tuple[RecordContext, tuple[str, ...]] | None]:
        document = server.workspace.get_text_document(uri)
        path = Path(document.path)
        return read_statement(document.source, path.name), records.of(path)

    def units() -> str:
        agreed = server.workspace.position_encoding or texts.UTF_16
        return str(getattr(agreed, "value", agreed))

    def told(server_range: texts.Range) -> Any:
        (line, column), (last, end) = server_range.start, server_range.end
        return types.Range(types.Position(line, column), types.Position(last, end))

    def checked(uri: str) -> tuple[Statement, tuple[Diagnostic, ...]]:
        statement, held = opened(uri)
        record, own = held or (None, ())
        path = Path(server.workspace.get_text_document(uri).path)
        context = CheckContext(
            datetime.now(UTC).date(), record, own=own, partial=bool(other_languages(path, [path]))
        )
        return statement, check_statement(statement, context)

    def check(uri: str) -> None:
        try:
            statement, diagnostics = checked(uri)
            found = [
                types.Diagnostic(
                    range=told(one.range),
                    message=one.message,
                    severity=types.DiagnosticSeverity(one.severity),
                    code=one.code,
                    source="stelae",
                )
                for one in texts.shown(statement, diagnostics, units())
            ]
        except StelaeError as error:
            start = types.Position(0, 0)
            found = [types.Diagnostic(types.Range(start, start), str(error), source="stelae")]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))

    def changed(params: Any) -> None:
        check(params.text_document.uri)

    def actions(params: Any) -> Any:
        uri = params.text_document.uri
        try:
            statement, diagnostics = checked(uri)
        except StelaeError:
            return []  # the finding that is shown says why
        start, end = (
            texts.offset_at(statement.source, where.line, where.character, units())
            for where in (params.range.start, params.range.end)
        )
        return [
            types.CodeAction(
                title=one.title,
                kind=types.CodeActionKind.QuickFix,
                edit=types.WorkspaceEdit(
                    changes={uri: [types.TextEdit(told(place), text) for place, text in one.edits]}
                ),
            )
            for one in texts.actions(statement, diagnostics, (start, end), units())
        ]

    def hover(params: Any) -> Any:
        statement, held = opened(params.text_document.uri)
        where = params.position
        offset = texts.offset_at(statement.source, where.line, where.character, units())
        found = texts.hover(statement, held[0], offset, units()) if held else None
        if found is None:
            return None
        content = types.MarkupContent(types.MarkupKind.PlainText, "\n".join(found.lines))
        return types.Hover(content, told(found.range))

    def completion(params: Any) -> Any:
        statement, held = opened(params.text_document.uri)
        if held is None:
            return []
        where = params.position
        offset = texts.offset_at(statement.source, where.line, where.character, units())
        return [
            types.CompletionItem(label=one.target, detail=one.detail)
            for one in texts.complete(statement.source, held[0], statement.language, offset)
        ]

    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(changed)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(changed)
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION)(actions)
    asked = types.CompletionOptions(trigger_characters=[":", "/"])
    server.feature(types.TEXT_DOCUMENT_COMPLETION, asked)(completion)
    return server
