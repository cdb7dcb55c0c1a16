import itertools
from collections.abc import Callable, Mapping, Sequence

import pytest

from stelae.errors import BadValue
from stelae.records.catalogue import from_body
from stelae.records.dossier import Dossier
from stelae.records.fold import State, attributed, derivation_cycles, fold
from stelae.records.identifiers import Reference
from stelae.records.importing import Plan
from stelae.records.journal import Logged
from stelae.records.sources import Party, Source
from stelae.values.canonical import Json

Importing = Callable[..., Plan]


def logged(entries: Sequence[tuple[str, Mapping[str, Json] | None]]) -> list[Logged]:
    return [
        Logged(i, f"sha256:{i:064}", kind, "a-1", None, from_body(kind, body) if body else None)
        for i, (kind, body) in enumerate(entries)
    ]


def party(identifier: str, name: str) -> tuple[str, Mapping[str, Json]]:
    return "party", {"id": identifier, "name": {"en": name}, "kind": "press"}


def retraction(
    identifier: str, target: str, kind: str = "by-recorder"
) -> tuple[str, dict[str, Json]]:
    return "retraction", {"id": identifier, "target": target, "kind": kind, "by": "p", "why": "w"}


def sources(**rests_on: str) -> State:
    bodies: list[tuple[str, Mapping[str, Json] | None]] = [
        ("source", {"id": name, "title": {"en": name}, "kind": "press", "rests_on": on.split()})
        for name, on in rests_on.items()
    ]
    return fold(logged(bodies))


def test_the_last_version_is_current_and_the_others_stay() -> None:
    state = fold(logged([party("a", "one"), party("b", "x"), party("a", "two")]))
    assert state.get(Party, "a").name.in_language("en").text == "two"
    assert [v.index for v in state.versions["party"]["a"]] == [0, 2]
    assert [p.id for p in state.all(Party)] == ["a", "b"]
    assert [entry.index for entry in state.current("party")] == [2, 1]
    assert state.size == 3


def test_what_was_never_recorded_is_refused_or_not_found() -> None:
    state = fold([])
    assert (state.has("party", "a"), state.find(Party, "a"), state.size) == (False, None, 0)
    with pytest.raises(BadValue, match="there is no party 'a' in this dossier"):
        state.get(Party, "a")


def test_withheld_entries_are_counted_by_kind() -> None:
    state = fold(logged([party("a", "A"), ("figure", None), ("figure", None), ("party", None)]))
    assert state.withheld == {"figure": 2, "party": 1}
    assert state.size == 4


def test_what_is_retracted_stays_readable_and_is_marked() -> None:
    state = fold(logged([party("a", "A"), retraction("r", "party:a")]))
    assert state.get(Party, "a").id == "a"
    assert state.is_retracted("party", "a")
    assert [r.id for r in state.retractions[Reference("party", "a")]] == ["r"]


def test_a_retraction_may_itself_be_taken_back_and_that_again() -> None:
    entries = [party("a", "A"), retraction("r1", "party:a"), retraction("r2", "retraction:r1")]
    state = fold(logged(entries))
    assert not state.is_retracted("party", "a")
    assert state.is_retracted("retraction", "r1")
    assert fold(logged([*entries, retraction("r3", "retraction:r2")])).is_retracted("party", "a")


def test_a_retraction_undone_does_not_undo_another() -> None:
    entries = [
        party("a", "A"),
        retraction("r1", "party:a"),
        retraction("r2", "party:a"),
        retraction("r3", "retraction:r1"),
    ]
    state = fold(logged(entries))
    assert [r.id for r in state.retractions[Reference("party", "a")]] == ["r2"]


def test_retractions_in_a_ring_undo_nothing_in_whatever_order() -> None:
    entries = [
        retraction("r1", "party:a"),
        retraction("r2", "retraction:r1"),
        retraction("r3", "retraction:r2"),
        retraction("r4", "retraction:r3"),
    ]
    ring = [*entries[1:], retraction("r5", "retraction:r4"), retraction("r2", "retraction:r5")]
    for order in itertools.permutations(ring[:-1]):
        state = fold(logged([entries[0], *order, ring[-1]]))
        assert state.is_retracted("party", "a")


def test_a_preference_that_was_taken_back_is_no_longer_shown() -> None:
    body: dict[str, Json] = {"id": "p", "prefers": "figure:f", "by": "a", "why": "w"}
    target = Reference("figure", "f")
    assert target in fold(logged([("preference", body)])).preferences
    entries = [("preference", body), retraction("r", "preference:p")]
    assert target not in fold(logged(entries)).preferences


def test_two_papers_that_copy_one_dispatch_have_one_root() -> None:
    state = sources(dispatch="", a="dispatch", b="dispatch", c="a b", other="")
    assert state.roots(["a", "b", "c"]) == {"dispatch"}
    assert state.roots(["a", "other"]) == {"dispatch", "other"}
    assert state.roots([]) == frozenset()


def test_a_source_that_is_not_recorded_is_its_own_root() -> None:
    assert sources(a="lost").roots(["a", "unknown"]) == {"lost", "unknown"}


@pytest.mark.parametrize("start", ["m", "n", "a", "z"])
def test_papers_that_copy_from_a_ring_have_one_root_whatever_they_are_called(start: str) -> None:
    assert sources(m="n", n="m", a="m", z="n").roots([start]) == {"m"}


def test_a_ring_that_rests_on_something_begins_there() -> None:
    assert sources(m="n", n="m dispatch", dispatch="", a="m").roots(["a", "m", "n"]) == {"dispatch"}


def test_a_ring_beside_a_root_is_a_root_of_its_own() -> None:
    state = sources(a="dispatch m", dispatch="", m="n", n="m", self="self")
    assert state.roots(["a"]) == {"dispatch", "m"}
    assert state.roots(["self"]) == {"self"}


def test_rings_of_sources_are_each_named_once_from_the_least() -> None:
    assert derivation_cycles(sources(a="b", b="c", c="")) == []
    assert derivation_cycles(sources(c="a", a="b", b="c", x="a")) == [("a", "b", "c")]
    assert derivation_cycles(sources(s="s")) == [("s",)]
    assert derivation_cycles(sources(a="lost b", b="a")) == [("a", "b")]


def test_every_source_in_a_ring_is_in_one_that_is_named() -> None:
    rings = derivation_cycles(sources(a="b c", b="d", c="d", d="a"))
    assert rings == [("a", "b", "d"), ("a", "c", "d")]


def test_long_chains_of_sources_do_not_exhaust_the_stack() -> None:
    chain = {f"s{n:05}": f"s{n + 1:05}" for n in range(5000)}
    state = sources(**chain)
    assert state.roots(["s00000"]) == {"s05000"}


def test_everything_that_somebody_says_is_found(
    dossier: Dossier, importing: Importing, small_files: dict[str, str]
) -> None:
    importing(dossier, small_files)
    state = dossier.state()
    found = {(kind, record.id) for kind, record in attributed(state)}
    assert ("figure", "f-a") in found
    assert ("day", "day-1") in found
    assert {kind for kind, _ in found} == {
        "assertion",
        "figure",
        "day",
        "recognition",
        "place-name",
    }
    assert state.find(Source, "paper-a") is not None
