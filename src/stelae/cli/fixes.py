"""`stelae check --fix`: show what can be put right without judgement, ask, write."""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from stelae.cli.reports import Report, in_colour
from stelae.cli.statements import Checker, check_read, read_all
from stelae.cli.terminal import count, say
from stelae.errors import BadInput
from stelae.evidence.durable import write_many_durably
from stelae.statements.diff import unified_diff
from stelae.statements.fixing import Fixed, fix_statements
from stelae.statements.model import Statement
from stelae.statements.read import decode_statement, encode_like, read_bytes, read_statement
from stelae.statements.rules.rule import series

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Original:
    """A text with the bytes that it was read from; `path` is None for standard input."""

    statement: Statement
    content: bytes
    path: Path | None

    @property
    def is_text(self) -> bool:
        """Whether the text is the file itself, and not taken from a document."""
        try:
            text = decode_statement(self.content, self.statement.name)
        except BadInput:
            return False
        return (
            text == self.statement.source.content
            and encode_like(text, self.content) == self.content
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """What fixing would make of the texts."""

    originals: tuple[Original, ...]
    fixed: Fixed

    @property
    def pairs(self) -> list[tuple[Original, Statement]]:
        """Each text with what it would be."""
        return list(zip(self.originals, self.fixed.texts, strict=True))

    @property
    def changed(self) -> list[tuple[Original, Statement]]:
        """The texts that differ."""
        return [(one, text) for one, text in self.pairs if text is not one.statement]


def fix_files(
    files: Sequence[Path], ask: Checker, language: str | None, report: Report, *, yes: bool
) -> bool:
    """Show the diff, write it if that is wanted, report what is left; whether the exit code is 1.

    Standard output is for diff and report; with `yes` and standard input it is for the text.
    """
    filtering = yes and any(str(path) == "-" for path in files)
    if filtering and report.form != "text" and report.output is None:
        raise click.UsageError("standard output is for the text: write the report with -o FILE")
    originals = [_original(path, language) for path in files]
    named = read_all([], None, [one.statement for one in originals])
    proposed = _propose(originals, ask, language)
    if proposed.changed:
        _show(proposed, err=report.form != "text" or filtering)
    else:
        say("Nothing can be put right without judgement.")
    written = yes or (bool(proposed.changed) and _may_write(proposed))
    if written:
        _write(proposed)
        named = [
            (path, read_statement(one.path, str(path), language) if one.path else text)
            for (path, _), (one, text) in zip(named, proposed.pairs, strict=True)
        ]
    unwritten = bool(proposed.changed) and not written
    checked = check_read(named, ask)
    if not (unwritten and report.is_shown):
        report.give(checked, err=filtering)
    return unwritten or report.fails(checked)


def _original(path: Path, language: str | None) -> Original:
    if str(path) == "-":
        content = sys.stdin.buffer.read()
        return Original(read_statement(content, STANDARD_INPUT, language), content, None)
    content = read_bytes(path)
    return Original(read_statement(content, str(path), language), content, path)


def _propose(originals: Sequence[Original], checker: Checker, language: str | None) -> Proposed:
    """Find all fixes; say of which files nothing can be written."""
    names = [one.statement.name for one in originals]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise click.UsageError(f"{twice} is given twice")
    for one in originals:
        if not one.is_text:
            say(
                f"{one.statement.name} is no plain text and is left as it is: put it right by hand"
                " where the report says so, or save it as .md or .txt and fix that."
            )
    fixed = fix_statements(
        [one.statement for one in originals],
        checker,
        lambda text, name: read_statement(text, name, language),
        frozenset(one.statement.name for one in originals if one.is_text),
    )
    return Proposed(tuple(originals), fixed)


def _show(proposed: Proposed, *, err: bool) -> None:
    """The diff, to standard error where standard output is for the report or the text."""
    stream = sys.stderr if err else sys.stdout
    terminal, colour = stream.isatty(), in_colour(stream, os.environ)
    for original, text in proposed.changed:
        shown = unified_diff(original.statement, text, terminal=terminal, colour=colour)
        click.echo(shown, nl=False, err=err)
    if proposed.fixed.refused:
        rules = _listed(proposed.fixed.refused)
        say(f"Not made, because new findings would come of it: {rules}.")


def _may_write(proposed: Proposed) -> bool:
    """Ask on a terminal; elsewhere say how to write."""
    files = [one for one, _ in proposed.changed if one.path is not None]
    if files and sys.stdin.isatty() and sys.stderr.isatty():
        return click.confirm(f"Write {count(len(files), 'file')}?", default=False, err=True)
    say("Nothing was written. To write this, repeat the command with --yes.")
    return False


def _write(proposed: Proposed) -> None:
    """Put the new texts in place, each whole, in the encoding and with the rights of the old.

    BadInput, and nothing is written, where a file is not what it was when it was read. The text
    of standard input goes to standard output.
    """
    files: list[tuple[Path, bytes]] = []
    for original, text in proposed.changed:
        if original.path is None:
            continue
        path = original.path.resolve()  # what a link leads to is written, not the link
        if read_bytes(path) != original.content:
            raise BadInput(
                f"{original.path} was changed by somebody else meanwhile; nothing was written",
                hint="Repeat the command.",
            )
        files.append((path, encode_like(text.source.content, original.content)))
    for original, text in proposed.pairs:
        if original.path is None:
            is_changed = text is not original.statement
            content = encode_like(text.source.content, original.content)
            sys.stdout.buffer.write(content if is_changed else original.content)
    for path, content in files:
        mode = stat.S_IMODE(path.stat().st_mode)
        write_many_durably([(path, content)], mode=mode)
        path.chmod(mode)  # the umask took some of it away
    if files:
        names = series(str(one.path) for one, _ in proposed.changed if one.path)
        say(f"Wrote {names}: {_listed(proposed.fixed.made)}.")


def _listed(rules: Mapping[str, int]) -> str:
    return series(f"{number} × {rule}" for rule, number in sorted(rules.items()))
