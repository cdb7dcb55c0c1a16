"""What was found, as workflow commands that GitHub Actions shows beside the lines of a change.

The escapes are those of the runner: in a message `%`, CR and LF, in a property also `:` and `,`.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.model import Statement
from stelae.statements.sarif import advice, is_plain_file

__all__ = ["github_annotations"]

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def github_annotations(statement: Statement, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """One line for each finding that nobody waived; the gravest first, since GitHub shows ten."""
    standing = (found for found in diagnostics if found.waiver is None)
    for found in sorted(standing, key=lambda found: found.level.rank):
        properties = ",".join(
            f"{name}={_property(value)}" for name, value in _properties(statement, found)
        )
        yield f"::{_COMMANDS[found.level]} {properties}::{_message(advice(found))}"


def _properties(statement: Statement, found: Diagnostic) -> Iterator[tuple[str, str]]:
    yield "file", PurePath(statement.name).as_posix()
    if is_plain_file(statement.name):
        start, end = (statement.position(at) for at in (found.span.start, found.span.end))
        yield "line", str(start.line)
        if end.line == start.line:
            yield "col", str(start.column)
            yield "endColumn", str(end.column)
        else:  # GitHub takes columns within one line only
            yield "endLine", str(end.line)
    yield "title", found.rule


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
