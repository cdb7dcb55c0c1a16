from collections.abc import Mapping

from stelae.records.catalogue import from_body
from stelae.records.dossier import Dossier
from stelae.records.fold import State, fold
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.views import Slots, SlotView, all_slots
from stelae.values.canonical import Json

EVENT = Reference("event", "town-1990")


def with_more(state: State, *entries: tuple[str, Mapping[str, Json]]) -> State:
    """The state after more entries; nothing is checked but their form."""
    before = [v for by_id in state.versions.values() for found in by_id.values() for v in found]
    size = len(before)
    after = [
        Logged(size + i, f"sha256:{size + i:064}", kind, "a-1", None, from_body(kind, body))
        for i, (kind, body) in enumerate(entries)
    ]
    return fold([*before, *after])


def view(state: State, slot: str) -> SlotView:
    return Slots.of(state).view(EVENT, slot)


def said(identifier: str, value: str, by: str = "us", **more: Json) -> tuple[str, dict[str, Json]]:
    body: dict[str, Json] = {
        "id": identifier,
        "subject": str(EVENT),
        "slot": "date",
        "value": value,
        "said_by": by,
        "source": "report",
        **more,
    }
    return "assertion", body


def test_rival_values_stand_side_by_side_each_with_its_speakers(small: Dossier) -> None:
    found = view(small.state(), "killed")
    assert [(v.text, v.speakers) for v in found.values] == [
        ("48", ("press-a",)),
        ("~90", ("inquiry",)),
    ]
    assert found.is_contested
    assert found.standing == found.values


def test_two_papers_that_copy_one_dispatch_are_one_origin(small: Dossier) -> None:
    state = with_more(small.state(), ("retraction", {
        "id": "r-2", "target": "retraction:r-1", "kind": "by-recorder", "by": "us", "why": "w",
    }))  # fmt: skip
    (copied, _) = view(state, "killed").values
    assert copied.speakers == ("press-a", "press-b")
    assert copied.roots == {"dispatch"}


def test_an_origin_named_for_this_very_thing_counts_before_the_source(small: Dossier) -> None:
    body: dict[str, Json] = {
        "id": "f-c", "event": "town-1990", "measure": "killed", "count": "48",
        "said_by": "us", "source": "report", "origin": ["paper-b"],
    }  # fmt: skip
    value = view(with_more(small.state(), ("figure", body)), "killed").values[0]
    assert value.roots == {"dispatch"}


def test_what_its_speaker_took_back_stays_in_view_and_speaks_no_more(small: Dossier) -> None:
    value = view(small.state(), "killed").values[0]
    assert [voice.reference.id for voice in value.voices] == ["f-a", "f-b"]
    assert [bool(voice.retractions) for voice in value.voices] == [False, True]
    assert [voice.reference.id for voice in value.affirmed_by] == ["f-a"]


def test_a_value_that_everyone_took_back_is_shown_but_does_not_stand(small: Dossier) -> None:
    state = with_more(small.state(), ("retraction", {
        "id": "r-2", "target": "figure:f-a", "kind": "by-speaker", "by": "press-a", "why": "w",
    }))  # fmt: skip
    found = view(state, "killed")
    assert [value.is_standing for value in found.values] == [False, True]
    assert [value.text for value in found.standing] == ["~90"]
    assert not found.is_contested
    assert found.values[0].roots == frozenset()


def test_a_preference_is_shown_beside_the_value_and_moves_nothing(small: Dossier) -> None:
    found = view(small.state(), "killed")
    assert [[p.by for p in value.preferences] for value in found.values] == [[], ["us"]]
    assert found.is_contested
    assert found.values[0].text == "48"


def test_a_denial_is_heard_and_is_no_affirmation(small: Dossier) -> None:
    value = view(small.state(), "date").values[0]
    assert [v.record.said_by for v in value.affirmed_by] == ["press-a"]
    assert [v.record.said_by for v in value.denied_by] == ["us"]
    assert value.speakers == ("press-a",)


def test_one_value_that_somebody_denies_is_contested(small: Dossier) -> None:
    denial = said("d", "a unit", slot="alleged-perpetrator", polarity="denies")
    assert not view(small.state(), "alleged-perpetrator").is_contested
    assert view(with_more(small.state(), denial), "alleged-perpetrator").is_contested


def test_a_value_that_is_only_denied_does_not_stand(small: Dossier) -> None:
    found = view(
        with_more(small.state(), said("d", "a-cause", slot="cause", polarity="denies")), "cause"
    )
    assert (found.standing, found.is_contested) == ((), False)
    assert len(found.values) == 1


def test_a_denial_that_was_taken_back_contests_nothing(small: Dossier) -> None:
    state = with_more(
        small.state(),
        said("d", "a unit", slot="alleged-perpetrator", polarity="denies"),
        (
            "retraction",
            {"id": "r-9", "target": "assertion:d", "kind": "by-speaker", "by": "us", "why": "w"},
        ),
    )
    assert not view(state, "alleged-perpetrator").is_contested


def test_several_acts_of_one_event_are_no_rivals(small: Dossier) -> None:
    acts = [said(f"act-{act}", act, slot="act") for act in ("killing", "looting")]
    found = view(with_more(small.state(), *acts), "act")
    assert len(found.standing) == 2
    assert not found.is_contested


def test_one_date_in_two_wordings_is_one_value(small: Dossier) -> None:
    found = view(with_more(small.state(), said("w", '1990-01-13/1990-01-19 "a week"')), "date")
    assert [value.text for value in found.values] == ["1990-01-13/1990-01-19", "julian:1989-12-31"]
    assert found.values[0].speakers == ("press-a", "us")


def test_figures_of_other_people_places_times_or_kinds_are_other_values(small: Dossier) -> None:
    base: dict[str, Json] = {
        "event": "town-1990", "measure": "killed", "count": "48",
        "said_by": "us", "source": "report",
    }  # fmt: skip
    others: list[dict[str, Json]] = [
        {"of": "women"}, {"place": "town"}, {"period": "1990-01-13"}, {"kind": "estimate"},
    ]  # fmt: skip
    more = [("figure", {**base, **other, "id": f"o-{n}"}) for n, other in enumerate(others)]
    found = view(with_more(small.state(), *more), "killed")
    assert [value.text for value in found.values].count("48") == 1 + len(others)


def test_a_thing_is_said_when_it_was_said_or_else_when_its_source_is_dated(small: Dossier) -> None:
    voice = view(small.state(), "killed").values[0].voices[0]
    assert str(voice.said_on.edtf if voice.said_on else "") == "1990-01-16"
    late = view(with_more(small.state(), said("l", "1990", said_on="2001-05")), "date")
    said_on = late.values[-1].voices[0].said_on
    assert said_on is not None
    assert said_on.edtf == "2001-05"


def test_a_slot_of_which_nothing_is_said_has_no_values(small: Dossier) -> None:
    found = view(small.state(), "injured")
    assert (found.values, found.standing, found.is_contested) == ((), (), False)


def test_slots_are_found_by_subject(small: Dossier) -> None:
    state = small.state()
    slots = Slots.of(state)
    assert [found.slot for found in slots.of_subject(EVENT)] == [
        "date",
        "alleged-perpetrator",
        "killed",
    ]
    assert list(all_slots(state)) == list(slots.of_subject(EVENT))
    assert slots.of_subject(Reference("event", "none")) == ()
