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
        """The current record of a type, retracted or not; BadValue where there is none."""
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
        """Whether anybody took this record back, and did not take that back in turn."""
        return Reference(kind, identifier) in self.retractions

    def roots(self, source_ids: Iterable[str]) -> frozenset[str]:
        """The sources in which these begin: what they rest on, followed to the end.

        Two papers that copy one dispatch have one root. A ring of sources that rest on each
        other has no beginning; the least id in it stands for it.
        """
        found: set[str] = set()
        for source_id in source_ids:
            found |= self._roots_of(source_id)
        return frozenset(found)

    def _roots_of(self, source_id: str) -> set[str]:
        seen = self._reached_from(source_id)
        roots = {found for found, rests_on in seen.items() if not rests_on}
        copied_by: dict[str, list[str]] = {}
        for found, rests_on in seen.items():
            for origin in rests_on:
                copied_by.setdefault(origin, []).append(found)
        ends: set[str] = set()  # what leads to a root; the rest leads into rings and no further
        waiting = list(roots)
        while waiting:
            current = waiting.pop()
            if current not in ends:
                ends.add(current)
                waiting.extend(copied_by.get(current, ()))
        for source in seen.keys() - ends:
            ring = self._reached_from(source)
            if all(source in self._reached_from(other) for other in ring):
                roots.add(min(ring))
        return roots

    def _reached_from(self, source_id: str) -> dict[str, tuple[str, ...]]:
        """This source and all below it, each with what it rests on."""
        seen: dict[str, tuple[str, ...]] = {}
        waiting = [source_id]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                source = self.find(Source, current)
                seen[current] = source.rests_on if source else ()
                waiting.extend(seen[current])
        return seen


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
        current = [versions[-1] for versions in self._versions.get("retraction", {}).values()]
        for retraction in _in_force(cast("Retraction", logged.record) for logged in current):
            retractions.setdefault(retraction.target, []).append(retraction)
        for versions in self._versions.get("preference", {}).values():
            preference = cast("Preference", versions[-1].record)
            if Reference("preference", preference.id) not in retractions:
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


def _in_force(retractions: Iterable[Retraction]) -> Iterator[Retraction]:
    """Those that were not themselves taken back; of a ring of retractions none undoes another."""
    found = list(retractions)
    of: dict[Reference, list[Retraction]] = {}
    for retraction in found:
        of.setdefault(retraction.target, []).append(retraction)
    undone: dict[Reference, bool] = {}
    for start in (Reference("retraction", retraction.id) for retraction in found):
        path: list[Reference] = [start]
        while path:
            here = path[-1]
            takers = [Reference("retraction", taker.id) for taker in of.get(here, ())]
            waiting = [t for t in takers if t not in undone and t not in path]
            if waiting:
                path.append(waiting[0])
                continue
            undone[here] = any(not undone.get(taker, True) for taker in takers)
            path.pop()
    return (r for r in found if not undone[Reference("retraction", r.id)])


def fold(entries: Iterable[Logged]) -> State:
    """The state after these entries, in the order of the journal."""
    folding = Folding()
    for logged in entries:
        folding.add(logged)
    return folding.state()


def derivation_cycles(state: State) -> list[tuple[str, ...]]:
    """Rings of sources that rest on each other, each from its least id.

    For every source in a ring the shortest one that leads back to it, each ring once; a source
    that rests on itself is a ring of one.
    """
    edges = {source.id: source.rests_on for source in state.all(Source) if source.rests_on}
    found: set[tuple[str, ...]] = set()
    for start in edges:
        ring = _way_back(start, edges)
        if ring:
            least = ring.index(min(ring))
            found.add((*ring[least:], *ring[:least]))
    return sorted(found)


def _way_back(start: str, edges: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a source back to itself, breadth first; empty where there is none."""
    came_from: dict[str, str] = {}
    row = [start]
    while row and start not in came_from:
        following: list[str] = []
        for node in row:
            for target in sorted(edges.get(node, ())):
                if target not in came_from:
                    came_from[target] = node
                    following.append(target)
        row = following
    if start not in came_from:
        return ()
    way = [start]
    while came_from[way[-1]] != start:
        way.append(came_from[way[-1]])
    return (start, *reversed(way[1:]))


def attributed(state: State) -> Iterator[tuple[str, Attributed]]:
    """Everything that somebody says, with its kind, whatever it is said of."""
    for kind, by_id in state.versions.items():
        for versions in by_id.values():
            record = versions[-1].record
            if isinstance(record, Attributed):
                yield kind, record
