"""Who speaks, acts, is accused or is mourned in a dossier, by name."""

from dataclasses import dataclass

from stelae.publication.pages.lookup import Lookup
from stelae.publication.text import Text, anchor_of
from stelae.records.sources import Party
from stelae.records.vocabularies import label, vocabularies

__all__ = ["PartyGroup", "PartyLine", "party_groups"]


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party; `said` counts the records in which it is the speaker."""

    anchor: str
    name: Text
    other_names: tuple[Text, ...]
    said: int
    note: str
    entry: int


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """The parties of one kind."""

    kind: str
    anchor: str
    rows: tuple[PartyLine, ...]


def party_groups(lookup: Lookup) -> tuple[PartyGroup, ...]:
    """All parties by kind, then by name."""
    by_kind: dict[str, list[PartyLine]] = {}
    for party in lookup.view.state.all(Party):
        name = party.name.in_language("en")
        by_kind.setdefault(party.kind, []).append(
            PartyLine(
                anchor=anchor_of("party", party.id),
                name=Text.of(name),
                other_names=tuple(Text.of(form) for form in party.name if form != name),
                said=lookup.said.get(party.id, 0),
                note=party.note,
                entry=lookup.entry("party", party.id),
            )
        )
    return tuple(
        PartyGroup(
            label("party-kind", kind),
            f"kind.{kind}",
            tuple(sorted(rows, key=lambda row: (row.name.words.casefold(), row.anchor))),
        )
        for kind in vocabularies()["party-kind"]
        if (rows := by_kind.get(kind))
    )
