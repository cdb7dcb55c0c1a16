"""The state of a dossier: a pure fold of its entries.

Nothing is overwritten (rule 3). A record is the list of its versions, oldest first; the last is
current. A retraction is a record of its own that points to what it takes back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from stelae.errors import BadValue
from stelae.records.attribution import Attributed
from stelae.records.catalogue import KIND_OF, AnyRecord
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.judgments import Preference, Retraction
from stelae.records.sources import Source

R = TypeVar("R")

Versions = tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Every record of a dossier with all its versions, and what is said about them."""

    versions: Mapping[str, Mapping[str, Versions]]
    withheld: Mapping[str, int]
    retractions: Mapping[Reference, tuple[Retraction, ...]]
    preferences: Mapping[Reference, tuple[Preference, ...]]
    size: int = 0

    def has(self, kind: str, identifier: str) -> bool:
        """Whether a record of this kind and id was ever recorded."""
        return identifier in self.versions.get(kind, {})

    def logged(self, kind: str, identifier: str) -> Logged:
        """The current version; BadValue where there is none."""
        try:
            return self.versions[kind][identifier][-1]
        except KeyError:
            raise BadValue(f"there is no {kind} {identifier!r} in this dossier") from None

    def get(self, type_: type[R], identifier: str) -> R:
        """The current record of a type; BadValue where there is none."""
        return cast("R", self.logged(KIND_OF[cast("type[AnyRecord]", type_)], identifier).record)

    def find(self, type_: type[R], identifier: str) -> R | None:
        """The current record of a type, or None where there is none."""
        kind = KIND_OF[cast("type[AnyRecord]", type_)]
        return self.get(type_, identifier) if self.has(kind, identifier) else None

    def all(self, type_: type[R]) -> Iterator[R]:
        """The current records of a type, in the order in which they were first recorded."""
        for versions in self.versions.get(KIND_OF[cast("type[AnyRecord]", type_)], {}).values():
            yield cast("R", versions[-1].record)

    def current(self, kind: str) -> Iterator[Logged]:
        """The current versions of a kind, in the order in which they were first recorded."""
        for versions in self.versions.get(kind, {}).values():
            yield versions[-1]

    def is_retracted(self, kind: str, identifier: str) -> bool:
        """Whether anybody took this record back."""
        return Reference(kind, identifier) in self.retractions

    def roots(self, source_ids: Iterable[str]) -> frozenset[str]:
        """The sources in which these begin: what they rest on, followed to the end.

        Two papers that copy one dispatch have one root. A ring of sources that rest on each
        other has no beginning; its first id stands for it.
        """
        found: set[str] = set()
        for source_id in source_ids:
            found |= self._roots_of(source_id)
        return frozenset(found)

    def _roots_of(self, source_id: str) -> set[str]:
        roots: set[str] = set()
        seen: set[str] = set()
        waiting = [source_id]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            source = self.find(Source, current)
            if source is None or not source.rests_on:
                roots.add(current)
            else:
                waiting.extend(source.rests_on)
        return roots or {min(seen)}


@dataclass(slots=True)
class Folding:
    """A fold under way: add entries one after another, then take the state."""

    _versions: dict[str, dict[str, list[Logged]]] = field(default_factory=dict)
    _withheld: dict[str, int] = field(default_factory=dict)
    _size: int = 0

    def add(self, logged: Logged) -> None:
        """Take in the next entry of the journal."""
        self._size += 1
        if logged.record is None:
            self._withheld[logged.kind] = self._withheld.get(logged.kind, 0) + 1
            return
        by_id = self._versions.setdefault(logged.kind, {})
        by_id.setdefault(logged.record.id, []).append(logged)

    def state(self) -> State:
        """The state after the entries added so far."""
        retractions: dict[Reference, list[Retraction]] = {}
        preferences: dict[Reference, list[Preference]] = {}
        for versions in self._versions.get("retraction", {}).values():
            retraction = cast("Retraction", versions[-1].record)
            retractions.setdefault(retraction.target, []).append(retraction)
        for versions in self._versions.get("preference", {}).values():
            preference = cast("Preference", versions[-1].record)
            preferences.setdefault(preference.prefers, []).append(preference)
        return State(
            versions={
                kind: {identifier: tuple(versions) for identifier, versions in by_id.items()}
                for kind, by_id in self._versions.items()
            },
            withheld=dict(self._withheld),
            retractions={target: tuple(found) for target, found in retractions.items()},
            preferences={target: tuple(found) for target, found in preferences.items()},
            size=self._size,
        )


def fold(entries: Iterable[Logged]) -> State:
    """The state after these entries, in the order of the journal."""
    folding = Folding()
    for logged in entries:
        folding.add(logged)
    return folding.state()


def derivation_cycles(state: State) -> list[tuple[str, ...]]:
    """Every ring of sources that rest on each other, each once, from its smallest id."""
    edges = {source.id: source.rests_on for source in state.all(Source)}
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, next_edge = stack.pop()
            if next_edge == 0:
                if node in on_path:
                    ring = path[on_path[node] :]
                    least = ring.index(min(ring))
                    found.add((*ring[least:], *ring[:least]))
                    continue
                if node in done:
                    continue
                on_path[node] = len(path)
                path.append(node)
            targets = edges.get(node, ())
            if next_edge < len(targets):
                stack.append((node, next_edge + 1))
                stack.append((targets[next_edge], 0))
            else:
                path.pop()
                del on_path[node]
                done.add(node)
    return sorted(found)


def attributed(state: State) -> Iterator[tuple[str, Attributed]]:
    """Everything that somebody says, with its kind, whatever it is said of."""
    for kind, by_id in state.versions.items():
        for versions in by_id.values():
            record = versions[-1].record
            if isinstance(record, Attributed):
                yield kind, record
