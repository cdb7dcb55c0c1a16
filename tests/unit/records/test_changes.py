"""What became of a record since a moment of its journal."""

from stelae.records.catalogue import AnyRecord
from stelae.records.changes import Became, Change, Difference, changes_of, version_then
from stelae.records.fold import State, fold
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.judgments import Retraction
from stelae.records.sources import Party, Source
from stelae.values.dates import PartialDate
from stelae.values.names import Names

BOOK = Reference("source", "book")


def _book(**more: object) -> Source:
    values: dict[str, object] = {"kind": "book", "language": "en", **more}
    return Source(id="book", title=Names.of({"en": "Book (synthetic)"}), **values)  # type: ignore[arg-type]  # the fields that a test sets


def _retraction(kind: str = "by-speaker") -> Retraction:
    return Retraction(
        id="r-1",
        target=BOOK,
        kind=kind,
        by="author",
        why="It was not so.",
        date=PartialDate("2022-03-01"),
    )


def _state(*entries: tuple[str, AnyRecord]) -> State:
    return fold(
        Logged(
            index,
            f"sha256:{index:064x}",
            kind,
            "a-tester",
            None,
            record,
            recorded_at=f"2020-01-0{index + 1}T00:00:00Z",
            why=f"reason {index}" if index else "",
        )
        for index, (kind, record) in enumerate(entries)
    )


def _changes(state: State, before: int) -> list[Change]:
    return list(changes_of(state, BOOK, lambda logged: logged.index < before))


def test_what_was_not_touched_since_has_not_changed() -> None:
    state = _state(("source", _book()), ("source", _book(date=PartialDate("1990"))))
    assert _changes(state, 2) == []


def test_a_correction_shows_each_column_and_every_reason() -> None:
    state = _state(
        ("source", _book()),
        ("source", _book(date=PartialDate("1990"))),
        ("source", _book(date=PartialDate("1991"), language="hy")),
    )
    (change,) = _changes(state, 1)
    assert change.became is Became.CORRECTED
    assert change.why == "reason 1; reason 2"
    assert (change.entry, change.entered_by) == (2, "a-tester")
    assert change.recorded_at == "2020-01-03T00:00:00Z"
    assert set(change.differences) == {
        Difference("language", "en", "hy"),
        Difference("date", "nothing", "1991"),
    }


def test_versions_that_lead_back_are_no_change() -> None:
    state = _state(
        ("source", _book()), ("source", _book(language="hy")), ("source", _book(language="en"))
    )
    assert _changes(state, 1) == []


def test_a_note_changes_nothing_that_is_said() -> None:
    assert _changes(_state(("source", _book()), ("source", _book(note="Torn."))), 1) == []


def test_a_retraction_holds_whenever_it_was_made() -> None:
    state = _state(("source", _book()), ("retraction", _retraction()))
    for before in (1, 2):
        (change,) = _changes(state, before)
        assert change.became is Became.TAKEN_BACK
        assert (change.by, change.why, change.date) == ("author", "It was not so.", "2022-03-01")
        assert change.entry == 1


def test_a_retraction_that_was_taken_back_is_none() -> None:
    undone = Retraction(
        id="r-2", target=Reference("retraction", "r-1"), kind="by-speaker", by="author", why="So."
    )
    state = _state(("source", _book()), ("retraction", _retraction()), ("retraction", undone))
    assert _changes(state, 1) == []


def test_consent_is_lost_by_a_retraction_or_by_a_correction_and_values_are_not_repeated() -> None:
    withdrawn = _state(("source", _book()), ("retraction", _retraction("consent-withdrawn")))
    assert [one.became for one in _changes(withdrawn, 1)] == [Became.CONSENT_LOST]
    name = Names.of({"en": "Somebody (synthetic)"})
    agreed = Party(id="somebody", name=name, kind="person", consent="given")
    not_now = Party(id="somebody", name=name, kind="person", consent="withdrawn")
    state = _state(("party", agreed), ("party", not_now))
    party = Reference("party", "somebody")
    (change,) = changes_of(state, party, lambda logged: logged.index < 1)
    assert (change.became, change.differences) == (Became.CONSENT_LOST, ())


def test_the_version_of_a_moment_is_the_last_before_it() -> None:
    state = _state(("source", _book()), ("source", _book(language="hy")))
    old = version_then(state, BOOK, lambda logged: logged.index < 1)
    assert isinstance(old, Source)
    assert old.language == "en"
    assert version_then(state, BOOK, lambda _: False) is None
