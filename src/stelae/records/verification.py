"""Whether a dossier is what its log says, trusting nothing but its bytes and the log's key."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stelae.errors import StelaeError
from stelae.evidence.inspection import Trouble
from stelae.evidence.log import Log
from stelae.evidence.log_check import Failure, check_log
from stelae.evidence.store import Store
from stelae.records.dossier import Dossier
from stelae.records.fold import State, fold
from stelae.records.journal import Logged, open_entry
from stelae.records.sources import Item
from stelae.records.vault import read_disclosures
from stelae.transparency.checkpoints import Checkpoint
from stelae.transparency.notes import VerifierKey
from stelae.values.canonical import Json


@dataclass(slots=True)
class Verdict:
    """What was checked and everything that does not hold; empty failures mean that all does."""

    items: int = 0
    entries: int = 0
    proofs: int = 0
    files: int = 0
    withheld: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures

    def fail(self, what: str, identifier: str, why: str) -> None:
        """Note one thing that does not hold."""
        self.failures.append(Failure(what, identifier, why))

    def as_json(self) -> Mapping[str, Json]:
        """The form of ../specs/json.md: stelae-verify/1."""
        return {
            "schema": "stelae-verify/1",
            "ok": self.ok,
            "checked": {
                "items": self.items,
                "entries": self.entries,
                "proofs": self.proofs,
                "files": self.files,
                "withheld": self.withheld,
            },
            "failures": [{"what": f.what, "id": f.id, "why": f.why} for f in self.failures],
        }


def verify_entries(
    verdict: Verdict,
    log_folder: Path,
    key: VerifierKey,
    disclosures: Callable[[int], Iterator[tuple[str, ...]]],
    seen: Iterable[Checkpoint] = (),
) -> Sequence[Logged]:
    """Check the log and open every entry; what cannot be opened is noted and left out.

    Every entry is proven: its hash is one of the leaves under the signed root. An entry that
    speaks of a record anew must cite the entry before it: nothing is overwritten in silence.
    """
    for failure in check_log(log_folder, key, seen):
        verdict.fail(failure.what, failure.id, failure.why)
    opened: list[Logged] = []
    latest: dict[tuple[str, str], str] = {}
    unseen: set[str] = set()
    try:
        log = Log.open(log_folder, key)
        texts = disclosures(log.size)
        for index, leaf in enumerate(log.entries()):
            verdict.proofs += 1
            try:
                shown = next(texts, ())
            except StelaeError as error:  # said once: nothing after it can be read
                verdict.fail("disclosures", str(index), error.what)
                texts, shown = iter(()), ()
            try:
                entry = open_entry(index, leaf, shown)
            except StelaeError as error:
                verdict.fail("entry", str(index), error.what.removeprefix(f"entry {index}: "))
                continue
            verdict.entries += 1
            verdict.withheld += entry.record is None
            if entry.record is None:
                unseen.add(entry.id)
            if entry.record is not None:
                subject = entry.kind, entry.record.id
                if entry.previous != latest.get(subject) and entry.previous not in unseen:
                    name = ":".join(subject)
                    verdict.fail("entry", str(index), f"does not cite the version of {name} before")
                latest[subject] = entry.id
            opened.append(entry)
    except StelaeError as error:
        if not any(failure.why == error.what for failure in verdict.failures):
            verdict.fail("log", str(log_folder.name), error.what)
    return opened


def verify_dossier(
    dossier: Dossier,
    key: VerifierKey | None = None,
    *,
    seen: Iterable[Checkpoint] = (),
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """Check the log, every disclosure, every kept byte, and that each item's bytes are there."""
    verdict = Verdict()
    vault = dossier.folder / "vault"

    def disclosures(size: int) -> Iterator[tuple[str, ...]]:
        return read_disclosures(vault, size)

    entries = verify_entries(
        verdict, dossier.folder / "log", key or dossier.verifier_key, disclosures, seen
    )
    told = any(failure.what == "disclosures" for failure in verdict.failures)
    for entry in entries:
        if entry.hidden and not (told and entry.record is None):
            why = f"{entry.hidden} of its fields are gone from the vault"
            verdict.fail("entry", str(entry.index), why)
    state = fold(entries)
    verify_objects(verdict, dossier.store, state, progress)
    return verdict


def verify_objects(
    verdict: Verdict, store: Store, state: State, progress: Callable[[int], None] | None = None
) -> None:
    """Read every kept byte, then ask for every item that the record speaks of."""
    for failure in store.verify(progress):
        if failure.trouble is Trouble.LEFTOVER:
            continue  # a killed writer's; the next writer removes it, and nothing reads it
        digits = failure.name.rpartition("/")[2]
        name = f"sha256:{digits}" if len(digits) == 64 else failure.name
        verdict.fail("item", name, f"{failure.trouble}: {failure.detail}")
    for item in state.all(Item):
        verdict.items += 1
        try:
            if not store.has(item.id):
                verdict.fail("item", item.id, "the kept bytes are missing")
        except StelaeError as error:
            verdict.fail("item", item.id, error.what)
