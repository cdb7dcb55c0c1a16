from stelae.publication.pages.figures import counts_of, rivals, summary
from stelae.records.assertions import Figure
from stelae.records.catalogue import from_body
from stelae.records.fold import fold
from stelae.records.identifiers import Reference
from stelae.records.journal import Logged
from stelae.records.views import Slots, SlotView


def view(*figures: tuple[str, str]) -> SlotView:
    """Figures of one measure of one event as (count, of whom), each by a speaker of its own."""
    entries = []
    for index, (count, of) in enumerate(figures):
        body = {
            "id": f"f-{index}",
            "event": "e",
            "measure": "killed",
            "count": count,
            "of": of,
            "said_by": f"speaker-{index}",
            "source": "s",
        }
        record = from_body("figure", body)
        assert isinstance(record, Figure)
        entries.append(Logged(index, f"sha256:{index:064}", "figure", "a", None, record))
    return Slots.of(fold(entries)).view(Reference("event", "e"), "killed")


def texts(slot: SlotView) -> list[str]:
    return sorted(str(count) for count in rivals(slot))


def test_two_numbers_of_one_scope_are_rivals() -> None:
    assert texts(view(("26", "all"), ("32", "all"))) == ["26", "32"]


def test_a_part_is_no_rival_of_the_whole() -> None:
    assert texts(view(("6", "lowlanders"), ("32", "all"))) == []


def test_one_number_said_twice_is_no_rival_of_itself() -> None:
    assert texts(view(("32", "all"), ("32", ""))) == []


def test_a_scope_left_open_may_be_any() -> None:
    assert texts(view(("32", "all"), ("48", ""), ("6", "lowlanders"))) == ["32", "48", "6"]


def test_the_summary_says_how_many_are_rivals() -> None:
    mixed = view(("26", "all"), ("32", "all"), ("6", "lowlanders"))
    assert summary(mixed) == "3 values, 2 of them rivals, from 3 speakers"
    assert summary(view(("26", ""), ("32", ""))) == "2 rival values from 2 speakers"
    assert summary(view(("26", ""))) == "1 value from 1 speaker"


def test_values_stand_by_their_lower_bound_and_words_last() -> None:
    slot = view(('"many"', ""), ("400..", ""), ("48..300", ""), ("48", ""), ("..30", ""))
    assert [str(count) for count in counts_of(slot)] == ["..30", "48", "48..300", "400..", '"many"']
