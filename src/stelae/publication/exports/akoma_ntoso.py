"""Akoma Ntoso 1.0 (OASIS, 2018): the statement as a `statement` of the schema akn/3.0.

Preamble and recitals open, what is considered, declared and asked is the body in sections, names,
joining and references conclude. Ids of authors stand as `wId`, which outlives a change of place.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from stelae.publication.exports.akn_meta import meta_of
from stelae.publication.exports.akn_places import Layout, layout_of
from stelae.publication.exports.document import Document, target_of
from stelae.publication.exports.runs import Run, RunKind, clean
from stelae.publication.exports.sections import Cited, Paragraph, Section
from stelae.statements.model import PartKind

__all__ = ["NAMESPACE", "akoma_ntoso"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_MIXED = frozenset({"p", "num", "heading"})


def akoma_ntoso(document: Document) -> str:
    """The document; the same statement always gives the same text."""
    root = Element("akomaNtoso", xmlns=NAMESPACE)
    statement = SubElement(root, "statement", name="statement", contains="originalVersion")
    statement.append(meta_of(document))
    _Writer(document, layout_of(document.sections)).write(statement)
    _indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


class _Writer:
    """Fills the parts of a statement; used once."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.layout = layout
        statement = document.statement
        self.signatories = {
            one.span: number for number, one in enumerate(statement.signatories, start=1)
        }
        roles = dict.fromkeys(clean(one.role) for one in statement.signatories if one.role)
        self.roles = {role: number for number, role in enumerate(roles, start=1)}

    def write(self, parent: Element) -> None:
        """Preface, preamble, body, conclusions, in the order of the schema."""
        document, layout = self.document, self.layout
        preface = SubElement(parent, "preface", {"xml:lang": document.language})
        title = SubElement(SubElement(preface, "longTitle"), "p")
        SubElement(title, "docTitle").text = document.title
        if document.subtitle:
            SubElement(preface, "p").text = document.subtitle
        if document.date:
            line = SubElement(preface, "p")
            if document.day:
                SubElement(line, "docDate", date=document.day).text = document.date
            else:
                line.text = document.date
        if document.addressees:
            line = SubElement(preface, "p", {"class": "addressees"})
            line.text = f"{document.words.addressed} — "
            for number, name in enumerate(document.addressees, start=1):
                made = SubElement(line, "entity", name="addressee", refersTo=f"#addressee_{number}")
                made.text = name
                made.tail = " · " if number < len(document.addressees) else ""
        if layout.preamble:
            preamble = SubElement(parent, "preamble", {"xml:lang": document.language})
            for section in layout.preamble:
                if section.kind is PartKind.RECITALS and section.paragraphs:
                    self._recitals(preamble, section)
                else:
                    self._block(preamble, section)
        body = SubElement(parent, "mainBody", {"xml:lang": document.language})
        for section in layout.body:
            self._section(body, section)
        if not layout.body:
            SubElement(body, "p")
        if layout.conclusions:
            conclusions = SubElement(parent, "conclusions", {"xml:lang": document.language})
            for section in layout.conclusions:
                self._block(conclusions, section)

    def _opened(self, parent: Element, tag: str, section: Section) -> Element:
        made = SubElement(
            parent,
            tag,
            eId=self.layout.ids[section.anchor],
            refersTo=f"#{section.kind.value}",
        )
        if section.heading:
            SubElement(made, "heading").text = section.heading
        return made

    def _recitals(self, parent: Element, section: Section) -> None:
        made = self._opened(parent, "recitals", section)
        for paragraph in section.paragraphs:
            recital = self._identified(made, "recital", paragraph)
            if paragraph.mark:
                SubElement(recital, "num").text = paragraph.mark
            self._words(SubElement(recital, "p"), paragraph.runs, paragraph.places)

    def _section(self, parent: Element, section: Section) -> None:
        made = self._opened(parent, "section", section)
        for paragraph in section.paragraphs:
            held = self._identified(made, "paragraph", paragraph)
            if paragraph.mark:
                SubElement(held, "num").text = paragraph.mark
            content = SubElement(held, "content", eId=f"{held.get('eId')}__content")
            self._paragraph(SubElement(content, "p"), paragraph)
        if section.references or not section.paragraphs:
            content = SubElement(made, "content" if not section.paragraphs else "wrapUp")
            content.set("eId", f"{made.get('eId')}__{content.tag}")
            if section.references:
                self._list(content, section)
            else:
                SubElement(content, "p")

    def _block(self, parent: Element, section: Section) -> None:
        made = self._opened(parent, "blockContainer", section)
        for paragraph in section.paragraphs:
            line = self._identified(made, "p", paragraph)
            if paragraph.mark:
                line.text = f"{paragraph.mark} "
            self._paragraph(line, paragraph)
        if section.references:
            self._list(made, section)
        elif not section.paragraphs:
            SubElement(made, "p")

    def _identified(self, parent: Element, tag: str, paragraph: Paragraph) -> Element:
        """An element with its place, and the author's own id where there is one."""
        made = SubElement(parent, tag, eId=self.layout.ids[paragraph.anchor])
        if f"{{#{paragraph.clause.id}}}" in paragraph.clause.text:
            made.set("wId", paragraph.anchor)
        return made

    def _paragraph(self, line: Element, paragraph: Paragraph) -> None:
        one = paragraph.signatory
        if one is None:
            self._words(line, paragraph.runs, paragraph.places)
            return
        number = self.signatories[one.span]
        signature = SubElement(line, "signature")
        if not one.role:
            name = SubElement(
                signature, "entity", name="signatory", refersTo=f"#signatory_{number}"
            )
            name.text = clean(one.name)
            return
        role = clean(one.role)
        name = SubElement(signature, "person", refersTo=f"#signatory_{number}")
        name.set("as", f"#role_{self.roles[role]}")
        name.text = clean(one.name)
        name.tail = ", "
        SubElement(signature, "role", refersTo=f"#role_{self.roles[role]}").text = role

    def _list(self, parent: Element, section: Section) -> None:
        made = SubElement(parent, "blockList", eId=f"{self.layout.ids[section.anchor]}__list_1")
        for item in section.references:
            self._item(made, item)

    def _item(self, parent: Element, item: Cited) -> None:
        made = SubElement(parent, "item", eId=self.layout.ids[item.anchor])
        SubElement(made, "num").text = f"{item.reference.number}."
        line = SubElement(made, "p")
        self._words(line, item.runs)
        if item.citation is not None:
            recorded = SubElement(made, "p", {"class": "recorded"}) if item.runs else line
            found = item.citation
            _add(recorded, found.before_title)
            title = SubElement(recorded, "i")
            title.text = found.title
            if found.title_language:
                title.set("xml:lang", found.title_language)
            _add(recorded, found.after_title)
            if found.address:
                _add(recorded, ", ")
                SubElement(recorded, "ref", href=found.address).text = found.address
        for number, place in enumerate(item.backs, start=1):
            _add(line, " ")
            back = SubElement(line, "ref", href=f"#{self._place(place)}")
            back.set("class", "back")
            back.text = f"↑{number}" if len(item.backs) > 1 else "↑"

    def _place(self, fragment: str) -> str:
        return self.layout.ids.get(fragment, "")

    def _words(self, line: Element, runs: Sequence[Run], places: Sequence[str] = ()) -> None:
        for index, run in enumerate(runs):
            place = places[index] if index < len(places) else ""
            if run.kind is RunKind.MARKER:
                item = self._place(f"~ref{run.number}")
                made = SubElement(line, "ref", href=f"#{item}", eId=self._place(place))
            elif run.kind is RunKind.WEB:
                made = SubElement(line, "ref", href=run.address)
            elif run.kind is RunKind.FACT:
                made = self._fact(line, run)
            else:
                _add(line, run.words)
                continue
            made.text = run.words

    def _fact(self, line: Element, run: Run) -> Element:
        """Words bound to the record; without one the link stands as the native form writes it."""
        target = target_of(run)
        fact = self.document.fact_by_target.get(target)
        name = target.partition(":")[0]
        if fact is None:
            return SubElement(line, "ref", {"class": name}, href=target)
        identifier = f"#fact_{fact.anchor.removeprefix('~fact')}"
        made = SubElement(line, "entity", name=name, refersTo=identifier)
        if fact.language:
            made.set("xml:lang", fact.language)
        return made


def _add(line: Element, words: str) -> None:
    """Words after whatever stands in a line so far."""
    if len(line):
        line[-1].tail = (line[-1].tail or "") + words
    else:
        line.text = (line.text or "") + words


def _indent(element: Element, level: int = 0) -> None:
    """Two spaces a level between elements; never inside a line of words."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        _indent(child, level + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * level
