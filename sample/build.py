"""Build the sample dossier through the whole chain, command by command, as a person would.

    python sample/build.py build/demo [--serve]

Every command that it runs is printed. The key of the sample's log is made for this folder and is
worth nothing elsewhere.
"""

import argparse
import csv
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent
RECORDS = SAMPLE / "january-1990" / "records"
SOURCES = SAMPLE / "january-1990" / "sources"
STATEMENTS = SAMPLE / "january-1990" / "statements"
FLAWED = SAMPLE / "january-1990" / "flawed"
PERSONS = SAMPLE / "synthetic-lists" / "persons.csv"


class Shell:
    """Runs `stelae` with the demonstration's own keys and prints each command."""

    def __init__(self, config: Path) -> None:
        self.config = config

    def stelae(self, *arguments: object, fine: tuple[int, ...] = (0,)) -> None:
        """Run one command; stop the build where its exit code is not among the fine ones."""
        words = [str(argument) for argument in arguments]
        shown = [os.path.relpath(word) if word.startswith("/") else word for word in words]
        shown = ["--config", os.path.relpath(self.config), *shown]
        print(f"\n$ stelae {shlex.join(shown)}", flush=True)
        code = subprocess.run(
            [sys.executable, "-m", "stelae.cli.main", "--config", str(self.config), *words],
            check=False,
        ).returncode
        if code not in fine:
            sys.exit(code)


def deposits() -> dict[str, list[Path]]:
    """The sample's files by the source that they are of."""
    by_source: dict[str, list[Path]] = {}
    with (SOURCES / "deposit.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_source.setdefault(row["source"], []).append(SOURCES / row["file"])
    return by_source


def build(folder: Path) -> Shell:
    """Make dossier and edition anew in a folder, replacing an earlier build."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shell = Shell(folder / "keys")
    dossier, site = folder / "dossier", folder / "site"
    shell.stelae("init", dossier, "--like", SAMPLE / "profile.toml")
    shell.stelae("record", dossier, "import", *sorted(RECORDS.glob("*.csv")))
    for source, files in deposits().items():
        shell.stelae("deposit", dossier, *files, "--source", source, "--open")
    for statement in sorted(STATEMENTS.glob("*.md")):
        shutil.copy(statement, dossier / "statements" / statement.name)
    statements = sorted((dossier / "statements").glob("*.md"))
    if statements:
        shell.stelae("check", *statements)
    shell.stelae("publish", dossier, "-o", site)
    shell.stelae("verify", dossier)
    shell.stelae("verify", site)
    print("\nAnd this is what checking finds in a flawed statement:", flush=True)
    flawed = sorted(FLAWED.glob("*.md"))
    shell.stelae("check", *flawed, "--dossier", dossier, fine=(0, 1))
    return shell


def link(shell: Shell, folder: Path) -> None:
    """Three lists in three scripts, of people who never were, joined and handed to an estimate."""
    print("\nWho is the same, on three synthetic lists of 300 people in truth:", flush=True)
    lists, joined = folder / "lists", folder / "joined"
    shell.stelae(
        "simulate", "-o", lists, "--people", "300", "--lists", "3", "--seed", "2",
        "--scripts", "armenian-reformed,cyrillic-russian,latin-azerbaijani",
    )  # fmt: skip
    files = [lists / f"{name}.csv" for name in ("church", "hospital", "families")]
    shell.stelae("link", *files, "--map", lists / "mapping.toml", "-o", joined, "--draws", "20")
    shell.stelae("link", "explain", "church:C107", "hospital:H063", "--in", joined)
    shell.stelae(
        "estimate", joined / "draws.parquet", "--draws", "2000", "--no-checks",
        "-o", folder / "joined-estimate", fine=(0, 1),
    )  # fmt: skip


def estimate_and_export(shell: Shell, folder: Path) -> None:
    """How many there were, from lists of people who never were; and a statement as documents."""
    print("\nHow many, from four synthetic lists of 1,200 people in truth:", flush=True)
    shell.stelae(
        "estimate", PERSONS, "--by", "region", "--draws", "2000", "--no-checks",
        "-o", folder / "estimate", fine=(0, 1),
    )  # fmt: skip
    statement = folder / "dossier" / "statements" / "statement.en.md"
    for ending in ("pdf", "docx"):
        shell.stelae("statement", "export", statement, "-o", folder / f"statement.en.{ending}")


def main() -> None:
    """Build, and serve where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--serve", action="store_true", help="serve the dossier afterwards")
    options = parser.parse_args()
    shell = build(options.folder)
    link(shell, options.folder)
    estimate_and_export(shell, options.folder)
    if options.serve:
        try:
            shell.stelae("serve", options.folder / "dossier")
        except KeyboardInterrupt:
            print("The demonstration is over; it lies in", options.folder)


if __name__ == "__main__":
    main()
