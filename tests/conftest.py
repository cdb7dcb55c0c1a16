"""Shared fixtures: a hand with a fixed clock and known randomness, and a small synthetic dossier.

Everything and everyone in the dossier is invented.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from stelae.cli.main import main
from stelae.records.deposits import deposit
from stelae.records.dossier import Dossier, Hand, create_dossier
from stelae.records.importing import Plan, plan_import
from stelae.records.settings import Profile
from stelae.records.tables import read_table
from stelae.values.names import Names

Importing: TypeAlias = Callable[..., Plan]
Run: TypeAlias = Callable[..., tuple[int, str, str]]

SMALL = {
    "parties.csv": """\
id,name:en,name:az,kind
press-a,Paper A (synthetic),,press
press-b,Paper B (synthetic),,press
agency,Agency (synthetic),Agentlik (sintetik),press
inquiry,Inquiry (synthetic),,authority
us,Our group (synthetic),,organisation
""",
    "sources.csv": """\
id,title:en,kind,authors,rests_on,date
dispatch,Dispatch,press,agency,,1990-01-15
paper-a,Paper A of 16 January,press,press-a,dispatch,1990-01-16
paper-b,Paper B of 17 January,press,press-b,dispatch,1990-01-17
report,Report of the inquiry,report,inquiry,,1991
""",
    "places.csv": 'id,name:en,within,coordinates\nland,Land,,\ntown,Town,land,"40.50, 49.80"\n',
    "events.csv": 'id,name:en,place\ntown-1990,"Town, January 1990",town\n',
    "assertions.csv": """\
id,subject,slot,value,said_by,source,locator,polarity,qualifiers:involvement
a-date,event:town-1990,date,1990-01-13/1990-01-19,press-a,paper-a,p. 1,,
a-date-2,event:town-1990,date,julian:1989-12-31,inquiry,report,ch. 2,,
a-unit,event:town-1990,alleged-perpetrator,a unit,inquiry,report,,,present
a-denial,event:town-1990,date,1990-01-13/1990-01-19,us,report,,denies,
""",
    "figures.csv": """\
id,event,measure,count,said_by,source,locator,kind
f-a,town-1990,killed,48,press-a,paper-a,p. 1,
f-b,town-1990,killed,48,press-b,paper-b,p. 3,
f-inquiry,town-1990,killed,~90,inquiry,report,"ch. 2, p. 12",enumerated
""",
    "preferences.csv": "id,prefers,by,why\np-1,figure:f-inquiry,us,It names each person.\n",
    "retractions.csv": """\
id,target,kind,by,why
r-1,figure:f-b,by-speaker,press-b,The paper printed a correction.
""",
    "instruments.csv": "id,title:en,number,date\ndecree-5,Decree,5,1990-12-01\n",
    "days.csv": """\
id,date,name:en,observed_by,since,instrument,event,said_by,source
day-1,--01-20,Day of the town,us,1991 (first marked),decree-5,town-1990,us,report
""",
    "recognitions.csv": """\
id,body,kind,title,event,stance,said_by,source
rec-1,inquiry,organisation,Resolution 7,town-1990,condemns,inquiry,report
""",
    "place-names.yaml": """\
- id: town-old
  place: town
  text: Old Town
  language: en
  period: 1900/1936
  said_by: inquiry
  source: report
""",
}
"""Files of records by name, without a fault."""


class Entropy:
    """The same bytes in the same order in every run."""

    def __init__(self, seed: str = "stelae") -> None:
        self.seed = seed
        self.calls = 0

    def __call__(self, size: int) -> bytes:
        self.calls += 1
        return hashlib.shake_256(f"{self.seed} {self.calls}".encode()).digest(size)


def import_files(
    dossier: Dossier, hand: Hand, files: Mapping[str, str | bytes], *, correct: str = ""
) -> Plan:
    """What `stelae record import` does, without its files."""
    tables = [
        read_table(name, content if isinstance(content, bytes) else content.encode())
        for name, content in files.items()
    ]
    with dossier.writing(hand) as writer:
        plan = plan_import(dossier.state(), tables, correcting=bool(correct))
        writer.say(((p.kind, p.body, p.previous) for p in plan.proposals), why=correct)
    return plan


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    """Who writes: a new folder of keys, one moment, known randomness."""
    moment = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
    return Hand(tmp_path / "config" / "keys", "a-0123456789abcdef", lambda: moment, Entropy())


@pytest.fixture
def dossier(tmp_path: Path, hand: Hand) -> Dossier:
    """A dossier with an empty journal."""
    profile = Profile(Names.of({"en": "Town (synthetic)"}), ("en", "az"), own=("us",))
    return create_dossier(tmp_path / "dossier", hand=hand, profile=profile)


@pytest.fixture
def importing(hand: Hand) -> Importing:
    """Imports {name: text} into a dossier: `importing(dossier, files, correct="why")`."""
    return lambda dossier, files, correct="": import_files(dossier, hand, files, correct=correct)


@pytest.fixture
def small_files() -> dict[str, str]:
    """The synthetic records, as files by name."""
    return dict(SMALL)


@pytest.fixture
def small(
    dossier: Dossier, hand: Hand, importing: Importing, small_files: dict[str, str], tmp_path: Path
) -> Dossier:
    """The synthetic dossier: every record of `small_files` and one kept page with its text."""
    importing(dossier, small_files)
    page = tmp_path / "paper-a.html"
    page.write_text("<!doctype html><title>Paper A</title><p>48 were killed, says the agency.")
    with dossier.writing(hand) as writer:
        deposit(writer, dossier.state(), [page], source="paper-a", access="open")
    return dossier


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `stelae` with a configuration of its own: (exit code, output, messages)."""
    monkeypatch.setenv("STELAE_CONFIG", str(tmp_path / "config"))

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        found = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return caught.value.code, found.out, found.err

    return run
