"""`make bench`: how long the chain takes, each as a ratio to a named yardstick in the same run.

    python bench/run.py [--write docs/benchmarks.md]

Machines differ and are noisy; a ratio to a yardstick measured a moment before says more than
seconds. The aims are those of the issue that built the part.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import estimation
import linkage
import names
import nasty

from stelae import __version__
from stelae.publication.edition import draft_edition, gather, proofs
from stelae.publication.writing import staged, write_files
from stelae.records.catalogue import to_body
from stelae.records.dossier import Dossier, Hand, create_dossier, utc_text
from stelae.records.journal import Entry
from stelae.records.settings import Profile
from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext
from stelae.statements.read import read_statement
from stelae.values.canonical import Json
from stelae.values.names import Names

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table; times in seconds."""

    what: str
    seconds: float
    aim: str
    yardstick: str
    yardstick_seconds: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick_seconds


def timed(action: Callable[[], object], repeat: int = 1) -> float:
    """The median time of an action."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bodies(count: int) -> list[tuple[str, dict[str, Json]]]:
    """Synthetic records: 20 parties, 200 sources, an event for each 50 figures, figures."""
    made: list[tuple[str, dict[str, Json]]] = [
        ("party", {"id": f"p{n}", "name": {"en": f"Party {n}"}, "kind": "press"}) for n in range(20)
    ]
    for n in range(200):
        source: dict[str, Json] = {
            "id": f"s{n}",
            "title": {"en": f"Source {n}"},
            "kind": "report",
            "authors": [f"p{n % 20}"],
            "date": f"19{n % 90 + 10:02}-05-1X",
        }
        if n % 5 == 0 and n:
            source["rests_on"] = [f"s{n - 1}"]
        made.append(("source", source))
    events = max(1, count // 50)
    made.extend(
        ("event", {"id": f"e{n}", "name": {"en": f"Event {n}", "ru": f"Событие {n}"}})
        for n in range(events)
    )
    n = 0
    while len(made) < count:
        made.append(
            (
                "figure",
                {
                    "id": f"e{n % events}/killed/f{n}",
                    "said_by": f"p{n % 20}",
                    "source": f"s{n % 200}",
                    "locator": f"p. {n % 300 + 1}",
                    "event": f"e{n % events}",
                    "measure": "killed",
                    "count": f"{n % 7 * 10 + 5}..{n % 7 * 10 + 40}",
                    "of": "residents (synthetic)",
                    "connection": "press",
                },
            )
        )
        n += 1
    return made


def _hand(folder: Path) -> Hand:
    return Hand(folder / "keys", "a-0000000000000000", lambda: datetime.now(UTC), os.urandom)


def _dossier(folder: Path) -> Dossier:
    profile = Profile(Names.of({"en": "Bench (synthetic)"}), ("en",))
    return create_dossier(folder / "dossier", hand=_hand(folder), profile=profile)


def _append(dossier: Dossier, folder: Path, made: list[tuple[str, dict[str, Json]]]) -> None:
    hand = _hand(folder)
    moment = utc_text(hand.now())
    entries = [Entry(kind, body, hand.actor, moment) for kind, body in made]
    with dossier.writing(hand) as writer:
        writer.append(entries)


def journal(folder: Path) -> Measured:
    """100,000 entries appended in one batch and folded."""
    made = bodies(100_000)
    plain = folder / "plain.jsonl"

    def yardstick() -> None:
        with plain.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"type": k, **b}, sort_keys=True) + "\n" for k, b in made)
            file.flush()
            os.fsync(file.fileno())
        with plain.open(encoding="utf-8") as file:
            folded = {json.loads(line)["id"]: line for line in file}
        assert len(folded) == len(made)

    base = timed(yardstick, 3)
    dossier = _dossier(folder)

    def work() -> None:
        _append(dossier, folder, made)
        assert dossier.state().size == len(made)

    return Measured(
        "100,000 entries appended in batch, then folded",
        timed(work),
        "under 20 s",
        "the same as JSON lines: written, flushed, read into a dict",
        base,
    )


def publishing(folder: Path) -> Measured:
    """A dossier of 10,000 entries published."""
    dossier = _dossier(folder)
    _append(dossier, folder, bodies(10_000))
    site = folder / "site"

    def work() -> None:
        hand = _hand(folder)
        with dossier.writing(hand) as writer:
            sealed = tuple(dossier.sealed())
            inputs = gather(dossier, sealed, [], __version__)
            draft = draft_edition(dossier, inputs, utc_text(hand.now()))
            sealed += writer.say([("edition", to_body(draft.edition), None)])
            with staged(site) as stage:
                write_files(stage, draft.files)
                write_files(stage, proofs(dossier, draft, sealed))

    seconds = timed(work)
    copy = timed(lambda: shutil.copytree(site, folder / "copy"))
    return Measured(
        "publishing a dossier of 10,000 entries", seconds, "under 30 s", "copying the edition", copy
    )


def checking() -> Measured:
    """A statement of 400 KB read and checked, without a dossier."""
    paragraph = (
        "Recalling that on {day} January 1990 about {n} residents were killed in the town, "
        "as a report of 1991 has it [{ref}, p. {page}], and that more than {m} thousand left "
        "their homes between 1988 and 1990 [1; 2, ch. 5];\n\n"
    )
    clauses: list[str] = []
    size = 0
    while size < 395_000:
        n = len(clauses)
        text = paragraph.format(day=n % 28 + 1, n=n + 10, ref=n % 9 + 1, page=n + 1, m=n % 90 + 2)
        clauses.append(text)
        size += len(text.encode())
    references = "".join(f"{n}. A report (synthetic), 199{n}\n" for n in range(1, 10))
    body = f"# Synthetic statement\n\n{''.join(clauses)}## References\n\n{references}"

    from markdown_it import MarkdownIt

    base = timed(lambda: MarkdownIt().render(body), 3)

    def work() -> None:
        statement = read_statement(body, "bench.md")
        check_statement(statement, CheckContext(as_of=datetime(2026, 1, 1, tzinfo=UTC).date()))

    with nasty.as_the_command():
        seconds = timed(work, 3)
    return Measured(
        f"check of a statement of {len(body.encode()) // 1000} KB",
        seconds,
        "under 1 s",
        "markdown-it rendering the same text",
        base,
    )


def help_() -> Measured:
    """`stelae --help` from a cold interpreter."""
    stelae = [sys.executable, "-m", "stelae.cli.main", "--help"]
    bare = [sys.executable, "-c", "pass"]

    def run(command: list[str]) -> None:
        subprocess.run(command, check=True, capture_output=True)

    return Measured(
        "stelae --help",
        timed(lambda: run(stelae), 9),
        "under 0.3 s",
        "an empty Python",
        timed(lambda: run(bare), 9),
    )


def table(results: list[Measured]) -> str:
    """The results as Markdown."""
    out = [
        "| what | seconds | aim | ratio | yardstick, measured in the same run |",
        "|---|---:|---|---:|---|",
    ]
    out.extend(
        f"| {m.what} | {m.seconds:.2f} | {m.aim} | {m.ratio:.1f} | {m.yardstick}: "
        f"{m.yardstick_seconds:.2f} s |"
        for m in results
    )
    return "\n".join(out)


def main() -> None:
    """Measure, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    results: list[Measured] = []
    for measure in (help_, checking):
        results.append(measure())
        print(f"{results[-1].what}: {results[-1].seconds:.2f} s", file=sys.stderr)
    for measured_in in (journal, publishing):
        with tempfile.TemporaryDirectory() as name:
            results.append(measured_in(Path(name)))
        print(f"{results[-1].what}: {results[-1].seconds:.2f} s", file=sys.stderr)
    sections = "\n".join(each.section() for each in (nasty, estimation, names, linkage))
    print(f"{table(results)}\n\n{sections}")
    if options.write:
        day = datetime.now(UTC).strftime("%-d %B %Y")
        options.write.write_text(
            "# Benchmarks\n\nWritten by `make bench`. Seconds are of one noisy machine with "
            f"{os.cpu_count()} cores on {day}; the ratio to a yardstick measured in the same run "
            f"travels better.\n\n{table(results)}\n\n{sections}",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
