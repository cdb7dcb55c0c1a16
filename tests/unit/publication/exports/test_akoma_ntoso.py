"""The facts of the schema akn/3.0 that the export relies on, and that every export keeps to them.

They are those of part 2 of Akoma Ntoso 1.0 (OASIS, 2018), akomantoso30.xsd.
"""

import re
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest
from export_texts import ARABIC, HEBREW, NATIVE, PLAIN, document, hostile

from stelae.publication.exports.akn_meta import language_code
from stelae.publication.exports.akoma_ntoso import NAMESPACE, akoma_ntoso
from stelae.publication.exports.document import Document

BLOCKS = "p|blockList|blockContainer|ul|ol|table|block"
INLINE = "ref|entity|person|role|signature|docTitle|docDate|i"
MODELS = {
    "akomaNtoso": "statement",
    "statement": "meta preface? preamble? mainBody conclusions?",
    "meta": "identification references* notes*",
    "identification": "FRBRWork FRBRExpression FRBRManifestation",
    "FRBRWork": "FRBRthis FRBRuri+ FRBRdate+ FRBRauthor+ FRBRcountry",
    "FRBRExpression": "FRBRthis FRBRuri+ FRBRdate+ FRBRauthor+ FRBRlanguage+",
    "FRBRManifestation": "FRBRthis FRBRuri+ FRBRdate+ FRBRauthor+ FRBRformat?",
    "references": "(activeRef|TLCPerson|TLCOrganization|TLCConcept|TLCRole|TLCReference)+",
    "notes": "note+",
    "note": f"({BLOCKS})+",
    "preface": f"(longTitle|{BLOCKS})+",
    "longTitle": f"({BLOCKS})+",
    "preamble": f"(recitals|{BLOCKS})+",
    "recitals": "heading? recital+",
    "recital": f"num? ({BLOCKS})+",
    "mainBody": f"(section|{BLOCKS})+",
    "section": "heading? (content|paragraph+ wrapUp?)",
    "paragraph": "num? content",
    "content": f"({BLOCKS})+",
    "wrapUp": f"({BLOCKS})+",
    "conclusions": f"({BLOCKS})+",
    "blockContainer": f"heading? ({BLOCKS})+",
    "blockList": "item+",
    "item": f"num? ({BLOCKS})+",
    **dict.fromkeys(("p", "num", "heading", *INLINE.split("|")), f"({INLINE})*"),
}
"""Which children an element has, in which order; one that is not named here has none."""

NEEDED = {
    "statement": ("name",),
    "identification": ("source",),
    "references": ("source",),
    "notes": ("source",),
    "note": ("eId",),
    "FRBRthis": ("value",),
    "FRBRuri": ("value",),
    "FRBRdate": ("date", "name"),
    "FRBRauthor": ("href",),
    "FRBRcountry": ("value",),
    "FRBRlanguage": ("language",),
    "FRBRformat": ("value",),
    "activeRef": ("eId", "href", "showAs"),
    "TLCPerson": ("eId", "href", "showAs"),
    "TLCOrganization": ("eId", "href", "showAs"),
    "TLCConcept": ("eId", "href", "showAs"),
    "TLCRole": ("eId", "href", "showAs"),
    "TLCReference": ("eId", "href", "showAs", "name"),
    "recitals": ("eId",),
    "recital": ("eId",),
    "section": ("eId",),
    "paragraph": ("eId",),
    "content": ("eId",),
    "blockList": ("eId",),
    "item": ("eId",),
    "ref": ("href",),
    "entity": ("name", "refersTo"),
    "person": ("refersTo",),
    "role": ("refersTo",),
    "docDate": ("date",),
}
"""Attributes without which an element is not valid."""

EVERY = [
    pytest.param(NATIVE, "a.md", False, id="native"),
    pytest.param(NATIVE, "a.md", True, id="recorded"),
    pytest.param(PLAIN, "a.txt", False, id="plain"),
    pytest.param(ARABIC, "a.md", False, id="arabic"),
    pytest.param(HEBREW, "a.md", False, id="preamble alone"),
    pytest.param("One line and no more\n", "a.txt", False, id="one line"),
    pytest.param("# A title alone\n", "a.md", False, id="no clause"),
]


def tag(element: Element) -> str:
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def parsed(made: Document) -> Element:
    return fromstring(akoma_ntoso(made))


@pytest.mark.parametrize(("text", "name", "recorded"), EVERY)
def test_every_element_has_the_children_that_the_schema_allows(
    text: str, name: str, recorded: bool
) -> None:
    for element in parsed(document(text, name, recorded=recorded)).iter():
        model = MODELS.get(tag(element), "")
        pattern = re.sub(r"\w+", lambda word: f"(?:{word[0]} )", model).replace(" (", "(")
        pattern = re.sub(r"(?<=[)?*+]) (?=\()", "", pattern)
        children = "".join(f"{tag(child)} " for child in element)
        assert re.fullmatch(pattern, children), (tag(element), model, children)


@pytest.mark.parametrize(("text", "name", "recorded"), EVERY)
def test_every_element_has_the_attributes_that_the_schema_wants(
    text: str, name: str, recorded: bool
) -> None:
    for element in parsed(document(text, name, recorded=recorded)).iter():
        for attribute in NEEDED.get(tag(element), ()):
            assert element.get(attribute), (tag(element), attribute)
        for key in ("eId", "wId"):
            assert not re.search(r"\s", element.get(key, ""))
        if day := element.get("date"):
            date.fromisoformat(day)


@pytest.mark.parametrize(("text", "name", "recorded"), EVERY)
def test_every_eid_is_one_element_and_every_reference_inside_meets_one(
    text: str, name: str, recorded: bool
) -> None:
    elements = list(parsed(document(text, name, recorded=recorded)).iter())
    ids = [element.get("eId") for element in elements if element.get("eId")]
    assert len(ids) == len(set(ids))
    inside = [
        value[1:]
        for element in elements
        for key in ("href", "refersTo", "source", "as")
        if (value := element.get(key, "")).startswith("#")
    ]
    assert inside
    assert set(inside) <= set(ids)


def test_an_eid_begins_with_that_of_what_holds_it() -> None:
    def walk(element: Element, outer: str) -> None:
        own = element.get("eId", outer)
        if outer and element.get("eId"):
            assert own.startswith(f"{outer}__"), (outer, own)
        for child in element:
            walk(child, own)

    for part in parsed(document())[0]:
        if tag(part) != "meta":
            walk(part, "")


def test_what_the_author_calls_a_clause_is_its_id_in_every_version() -> None:
    found = {e.get("wId"): tag(e) for e in parsed(document()).iter() if e.get("wId")}
    assert found == {"why": "p", "killed": "recital", "correct": "paragraph"}


def test_it_says_day_author_and_language_by_the_naming_convention() -> None:
    root = parsed(document())
    values = [e.get("value") for e in root.iter(f"{{{NAMESPACE}}}FRBRuri")]
    assert values == [
        "/akn/xx/statement/2026-01-20/ferry",
        "/akn/xx/statement/2026-01-20/ferry/eng@",
        "/akn/xx/statement/2026-01-20/ferry/eng@.akn",
    ]
    assert language_code("hy") == "hye"


def test_a_day_that_is_not_known_is_said_not_to_be() -> None:
    root = parsed(document("---\nlanguage: en\ndate: January 2026\n---\n\nWords.\n"))
    first = next(root.iter(f"{{{NAMESPACE}}}FRBRdate"))
    assert (first.get("date"), first.get("name")) == ("2026-01-01", "earliest")
    first = next(parsed(document("Words.\n", "a.txt")).iter(f"{{{NAMESPACE}}}FRBRdate"))
    assert first.get("name") == "unknown"


def test_a_signatory_is_a_person_only_where_a_role_says_so() -> None:
    root = parsed(document())
    signatures = [list(e) for e in root.iter(f"{{{NAMESPACE}}}signature")]
    assert [[tag(child) for child in children] for children in signatures] == [
        ["entity"],
        ["person", "role"],
    ]


def test_words_are_not_changed_by_the_layout_of_the_file() -> None:
    made = document(NATIVE)
    root = parsed(made)
    shown = {one.anchor: one.clause.shown for s in made.sections for one in s.paragraphs}
    for element in root.iter():
        if element.get("wId"):
            inner = next(e for e in element.iter(f"{{{NAMESPACE}}}p"))
            assert "".join(inner.itertext()) == shown[str(element.get("wId"))]


def test_a_hostile_text_stays_text() -> None:
    text = akoma_ntoso(hostile())
    assert "<script" not in text
    assert "<b>" not in text
    fromstring(text)
