import dataclasses

from stelae.records.columns import column, columns_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    id: str = column("The id.")
    note: str = column("A note.", default="")
    by: str = column("Who.", refers="party")
    of: str = column("Of what.", refers=("event", "place"), vocabulary="v", default="x")
    more: dict[str, str] = column("More.", factory=dict)  # noqa: RUF009 (column is a field)


def test_a_field_says_all_that_a_spreadsheet_needs() -> None:
    found = {one.name: one for one in columns_of(Example)}
    assert list(found) == ["id", "note", "by", "of", "more"]
    assert [name for name, one in found.items() if one.required] == ["id", "by"]
    assert (found["by"].refers, found["of"].refers) == (("party",), ("event", "place"))
    assert (found["of"].vocabulary, found["note"].meaning) == ("v", "A note.")
    assert found["more"].type == dict[str, str]


def test_each_record_has_a_map_of_its_own() -> None:
    one, two = Example(id="a", by="b"), Example(id="a", by="b")
    assert one == two
    assert one.more is not two.more
