"""Where things stand in an Akoma Ntoso document: eIds as its naming convention makes them.

An eId is the name of the element, shortened where the convention says so, with its number, after
the eId of what holds it: `sec_2__para_1`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stelae.publication.exports.sections import Section
from stelae.statements.model import PartKind

__all__ = ["Layout", "layout_of"]

_OPENING = frozenset({PartKind.PREAMBLE, PartKind.RECITALS})
_CLOSING = frozenset({PartKind.SIGNATORIES, PartKind.JOINING, PartKind.REFERENCES})


@dataclass(slots=True)
class Layout:
    """The sections of preamble, body and conclusions, with the eId of everything that has one.

    `ids` gives an eId by fragment.
    """

    preamble: tuple[Section, ...]
    body: tuple[Section, ...]
    conclusions: tuple[Section, ...]
    ids: dict[str, str] = field(default_factory=dict)


def layout_of(sections: Sequence[Section]) -> Layout:
    """What comes first of preamble and recitals opens; names, joining and references close.

    The body may not be empty: a text of a preamble alone is all body.
    """
    first = 0
    while first < len(sections) and sections[first].kind in _OPENING:
        first += 1
    last = len(sections)
    while last > first and sections[last - 1].kind in _CLOSING | {PartKind.PLAIN}:
        last -= 1
    while last < len(sections) and sections[last].kind not in _CLOSING:
        last += 1
    if first == last:
        first = 0
    layout = Layout(tuple(sections[:first]), tuple(sections[first:last]), tuple(sections[last:]))
    _number(layout)
    return layout


def _number(layout: Layout) -> None:
    recitals = blocks = 0
    for section in layout.preamble:
        if section.kind is PartKind.RECITALS:
            recitals += 1
            _inside(layout, section, f"recs_{recitals}", "rec")
        else:
            blocks += 1
            _inside(layout, section, f"preamble__blockContainer_{blocks}", "p")
    for number, section in enumerate(layout.body, start=1):
        _inside(layout, section, f"sec_{number}", "para")
    for number, section in enumerate(layout.conclusions, start=1):
        _inside(layout, section, f"conclusions__blockContainer_{number}", "p")


def _inside(layout: Layout, section: Section, own: str, unit: str) -> None:
    layout.ids[section.anchor] = own
    for number, paragraph in enumerate(section.paragraphs, start=1):
        place = f"{own}__{unit}_{number}"
        layout.ids[paragraph.anchor] = place
        inside = f"{place}__content" if unit == "para" else place
        cited = (anchor for anchor in paragraph.places if anchor)
        for count, anchor in enumerate(cited, start=1):
            layout.ids[anchor] = f"{inside}__ref_{count}"
    for number, item in enumerate(section.references, start=1):
        layout.ids[item.anchor] = f"{own}__list_1__item_{number}"
