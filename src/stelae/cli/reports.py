"""What `stelae check` found, in the form asked for."""

import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import click

from stelae import __version__
from stelae.cli.statements import Checked
from stelae.cli.terminal import say
from stelae.evidence.durable import write_durably
from stelae.statements.checking import RULES
from stelae.statements.diagnostics import Level
from stelae.statements.github import github_annotations
from stelae.statements.html_report import html_report
from stelae.statements.report import WIDTH, json_report, text_report
from stelae.statements.sarif import sarif_report
from stelae.values.canonical import Json

FORMATS = ("text", "json", "sarif", "github", "html")


@dataclass(frozen=True, slots=True)
class Report:
    """The form, the file if not standard output, and from which level on a finding fails."""

    form: str
    output: Path | None
    fail_on: str

    @property
    def is_shown(self) -> bool:
        """Whether it is text for a reader of the terminal, and not a file or for programs."""
        return self.form == "text" and self.output is None

    def give(self, checked: Sequence[Checked], *, err: bool = False) -> None:
        """Write all findings; with `err` to standard error where no file is named."""
        stream = sys.stderr if err else sys.stdout
        shown = self.output is None and stream.isatty()
        width = shutil.get_terminal_size((WIDTH, 0)).columns if shown else WIDTH
        colour = self.output is None and in_colour(stream, os.environ)
        self.put(_formatted(checked, self.form, width, colour=colour), err=err)

    def put(self, text: str, *, err: bool = False) -> None:
        """Write a report that is made already."""
        if self.output is not None:
            write_durably(self.output, text.encode())
            say(f"Wrote {self.output}.")
        else:
            click.echo(text, nl=False, err=err)

    def fails(self, checked: Sequence[Checked]) -> bool:
        """Whether anything that stands is as grave as the level; nothing is as grave as never."""
        return self.fail_on != "never" and any(
            found.level.is_at_least(Level(self.fail_on))
            for result in checked
            for found in result.standing
        )


def in_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    return (
        stream.isatty()
        and not environment.get("NO_COLOR")
        and environment.get("TERM", "") != "dumb"
    )


def _formatted(checked: Sequence[Checked], form: str, width: int, *, colour: bool) -> str:
    pairs = [(result.statement, result.diagnostics) for result in checked]
    match form:
        case "json":
            reports: list[Json] = [json_report(*pair) for pair in pairs]
            if len(reports) == 1:
                return json_text(reports[0])
            return json_text({"schema": "stelae-check-all/1", "files": reports})
        case "sarif":
            return _compact(
                sarif_report(pairs, RULES, version=__version__, documentation=_documentation())
            )
        case "github":
            return "".join(f"{line}\n" for pair in pairs for line in github_annotations(*pair))
        case "html":
            return html_report(pairs, version=__version__)
        case _:
            return "\n".join(text_report(*pair, colour=colour, width=width) for pair in pairs)


def _compact(value: Json) -> str:
    """On one line, ten times as quick, for what no person reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def json_text(value: Json) -> str:
    """JSON for people to read too."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _documentation() -> str | None:
    """Where the documentation of this distribution is, if its metadata says so."""
    try:
        declared = importlib.metadata.metadata("stelae").get_all("Project-URL") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for entry in declared:
        name, _, address = entry.partition(",")
        if name.strip().lower() == "documentation":
            return str(address.strip())
    return None
