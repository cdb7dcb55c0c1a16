"""Facts about the sample's statements: four versions of one text, and one that is made flawed."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stelae.records.dossier import Dossier
from stelae.records.fold import State
from stelae.records.recognition import Day
from stelae.statements.facts import DateFact, NumberFact, QuotationFact
from stelae.statements.model import Binding, BindingKind, Clause, PartKind, Statement
from stelae.statements.read import read_statement

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample" / "january-1990"
STATEMENTS = SAMPLE / "statements"
FLAWED = SAMPLE / "flawed" / "flawed.en.md"
SHARED = ROOT.parent / "shared" / "data"
LANGUAGES = ("en", "hy", "ru", "az")
AS_OF = "2027-01-12"
SHOWN_BY_THE_FLAWED = {
    "CIR-self",
    "DAT-anniversary",
    "DAT-impossible",
    "DAT-record",
    "FIG-contradicts",
    "FIG-false-precision",
    "FIG-range",
    "FIG-uncited",
    "QUO-absent",
    "QUO-unbalanced",
    "REF-dangling",
    "REF-locator",
    "REF-locator-range",
    "REF-no-capture",
    "REF-order",
    "REF-unbound",
    "REF-unused",
    "TRM-undetermined",
}
COMMUNITIES = {
    "Armenians",
    "Assyrians",
    "Azerbaijanis",
    "Chaldeans",
    "Greeks",
    "Jews",
    "Kurds",
    "Lezgins",
    "Meskhetian Turks",
    "Russians",
    "Syriacs",
    "Tats",
}
RUN = 8
"""So many words in a row are a sentence of somebody's."""


def stelae(*arguments: object, config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stelae.cli.main", *map(str, arguments)],
        env={**os.environ, "STELAE_CONFIG": str(config), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory, config: Path) -> Path:
    """The sample's dossier, made with the commands that a person would type."""
    folder = tmp_path_factory.mktemp("sample") / "dossier"
    commands: list[tuple[object, ...]] = [
        ("init", folder, "--like", ROOT / "sample" / "profile.toml")
    ]
    with (SAMPLE / "sources" / "deposit.csv").open(encoding="utf-8", newline="") as file:
        commands += [
            ("deposit", folder, SAMPLE / "sources" / row["file"], "--source", row["source"])
            for row in csv.DictReader(file)
        ]
    commands.append(("record", folder, "import", *sorted((SAMPLE / "records").glob("*.csv"))))
    for command in commands:
        done = stelae(*command, config=config)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def state(dossier: Path) -> State:
    return Dossier.open(dossier).state()


@cache
def versions() -> dict[str, Statement]:
    return {code: read_statement(STATEMENTS / f"statement.{code}.md") for code in LANGUAGES}


def check(dossier: Path, config: Path, *files: Path) -> list[dict[str, Any]]:
    arguments = ("check", *files, "--dossier", dossier, "--as-of", AS_OF, "--json")
    done = stelae(*arguments, config=config)
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    reports: list[dict[str, Any]] = report.get("files", [report])
    return reports


def targets(clause: Clause) -> set[str]:
    return {
        f"{binding.kind}:{binding.target}"
        for binding in clause.bindings
        if binding.kind is not BindingKind.WEB
    }


def bindings(statement: Statement) -> Iterator[tuple[Clause, Binding]]:
    for clause in statement.clauses:
        for binding in clause.bindings:
            yield clause, binding


def cited_ids(statement: Statement) -> list[str]:
    """The ids of the record that the entries of the list begin with, in brackets or bound."""
    return [
        entry.source or entry.text.partition(")")[0].removeprefix("(")
        for entry in statement.references
    ]


def waived(report: dict[str, Any]) -> list[str]:
    return [found["rule"] for found in report["diagnostics"] if "waived" in found]


def test_the_four_versions_pass_together(dossier: Path, config: Path) -> None:
    files = [STATEMENTS / f"statement.{code}.md" for code in LANGUAGES]
    reports = check(dossier, config, *files)
    assert [report["language"] for report in reports] == list(LANGUAGES)
    assert [
        (Path(report["file"]).name, found["line"], found["rule"], found["message"])
        for report in reports
        for found in report["diagnostics"]
        if found["level"] != "note" and "waived" not in found
    ] == []
    assert [sorted(waived(report)) for report in reports] == [
        ["REF-locator", "REF-no-capture"] for _ in LANGUAGES
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_a_version_is_left_unread(code: str) -> None:
    statement = versions()[code]
    assert statement.notes == ()
    assert statement.language == code
    assert [part.kind for part in statement.parts] == [
        PartKind.TITLE,
        PartKind.PREAMBLE,
        PartKind.RECITALS,
        PartKind.CONSIDERATIONS,
        PartKind.DECLARATIONS,
        PartKind.DEMANDS,
        PartKind.SIGNATORIES,
        PartKind.JOINING,
        PartKind.REFERENCES,
    ]
    assert statement.date is not None
    assert statement.date.edtf == AS_OF
    assert statement.addressees


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_bound_figure_date_and_quotation_is_read_as_one(code: str) -> None:
    kinds = {
        BindingKind.FIGURE: NumberFact,
        BindingKind.DATE: DateFact,
        BindingKind.QUOTE: QuotationFact,
    }
    assert [
        (clause.id, binding.text)
        for clause, binding in bindings(versions()[code])
        if binding.kind in kinds
        and not any(
            isinstance(fact, kinds[binding.kind]) and fact.span in binding.span
            for fact in clause.facts
        )
    ] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_version_says_both_anniversaries(code: str) -> None:
    clause = versions()[code].clause("figures")
    assert clause is not None
    assert [fact.years for fact in clause.anniversaries] == [2027 - 1990, 2027 - 1992]


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_each_version_has_the_same_clauses_with_the_same_targets_and_citations(code: str) -> None:
    original, version = versions()["en"], versions()[code]
    assert version.translation_of == "statement.en.md"
    ids = [clause.id for clause in original.clauses]
    assert [clause.id for clause in version.clauses] == ids
    for one, other in zip(original.clauses, version.clauses, strict=True):
        assert targets(one) == targets(other), one.id
        assert [
            (c.number, [p.label for p in c.locators]) for m in one.markers for c in m.citations
        ] == [
            (c.number, [p.label for p in c.locators]) for m in other.markers for c in m.citations
        ], one.id
    assert cited_ids(version) == cited_ids(original)
    assert len(version.signatories) == len(original.signatories)
    assert version.occasion == original.occasion


def test_every_bound_id_is_in_the_record(state: State) -> None:
    kinds = {BindingKind.QUOTE: ("source",), BindingKind.DATE: ("event", "assertion")}
    for statement in versions().values():
        for clause, binding in bindings(statement):
            target = binding.target.partition("#")[0]
            names = kinds.get(binding.kind, (binding.kind.value,))
            assert any(state.has(name, target) for name in names), (clause.id, binding.target)
        for identifier in cited_ids(statement):
            assert state.has("source", identifier), identifier
        for day in (statement.occasion or "").split("; "):
            assert state.find(Day, day) is not None, day


def test_every_recital_gives_figures_of_more_than_one_speaker_or_says_that_there_is_one() -> None:
    for part in versions()["en"].part(PartKind.RECITALS):
        for clause in part.clauses:
            figures = [
                target.removeprefix("figure:").split("/")
                for target in targets(clause)
                if target.startswith("figure:")
            ]
            events = {event for event, *_ in figures}
            alone = [e for e in events if len({f[2] for f in figures if f[0] == e}) < 2]
            assert alone == [] or "no other figure was seen" in clause.shown, clause.id


def test_every_community_is_named_among_those_remembered() -> None:
    clause = versions()["en"].clause("alike")
    assert clause is not None
    assert {name for name in COMMUNITIES if name in clause.shown} == COMMUNITIES


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_of_qualification_are_somebodys(code: str) -> None:
    """They stand only in the clause that says who used them, bound to the act."""
    used = [clause.id for clause in versions()[code].clauses if clause.terms]
    assert used == ["words"]


def test_the_signatories_are_labelled_as_made_up() -> None:
    labels = {"en": "synthetic", "hy": "հորինված", "ru": "вымышлен", "az": "uydurma"}
    for code, label in labels.items():
        names = [signatory.name for signatory in versions()[code].signatories]
        assert len(names) == 3
        assert all(label in name for name in names)
    assert all("synthetic" in one.name for one in read_statement(FLAWED).signatories)


def test_the_flawed_statement_shows_what_checking_finds(dossier: Path, config: Path) -> None:
    (report,) = check(dossier, config, FLAWED)
    assert {found["rule"] for found in report["diagnostics"]} == SHOWN_BY_THE_FLAWED


def test_the_flawed_statement_says_so_at_once() -> None:
    text = FLAWED.read_text(encoding="utf-8")
    assert text.splitlines()[1].startswith("description: Made flawed on purpose")
    assert read_statement(FLAWED).title.startswith("Made flawed on purpose")


def words_of(text: str) -> list[str]:
    """The words in order; a number with its groups of three is one word."""
    return re.findall(r"\d+(?:[,.\s]\d{3})*|[^\W\d_]+", text.casefold())


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not here")
def test_no_run_of_words_is_anybody_elses() -> None:
    """Titles of works, in the lists of references, are the works' own."""
    theirs: set[tuple[str, ...]] = set()
    for path in (SHARED / "statements").glob("*.txt"):
        theirs |= runs(words_of(path.read_text(encoding="utf-8")))
    for path in (SHARED / "facts").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    theirs |= runs(words_of(cell))
    assert theirs
    for statement in (*versions().values(), read_statement(FLAWED)):
        for clause in statement.clauses:
            assert not runs(words_of(clause.shown)) & theirs, clause.id
