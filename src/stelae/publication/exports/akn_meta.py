"""The head of an Akoma Ntoso document: what it is, by whom, when, in which language; who is who."""

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from stelae.publication.exports.document import Document
from stelae.publication.exports.runs import clean
from stelae.publication.printed import UNSAFE, date_of
from stelae.publication.text import LANGUAGE
from stelae.statements.model import PartKind

__all__ = ["KINDS", "NO_COUNTRY", "language_code", "meta_of"]

NO_COUNTRY = "xx"
"""The country in addresses: free for users in ISO 3166-1, because a statement is of no state."""

KINDS = tuple(kind for kind in PartKind if kind is not PartKind.TITLE)
_LANGUAGES = {
    "ar": "ara",
    "az": "aze",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "he": "heb",
    "hy": "hye",
    "ka": "kat",
    "ku": "kur",
    "ru": "rus",
    "tr": "tur",
    "uk": "ukr",
}
"""Terminological codes of ISO 639-2, as the naming convention has them in addresses."""
_NAME_OF_LANGUAGE = re.compile(r"[._-][a-z]{2,3}$")
_UNKNOWN_DAY = "0001-01-01"


def language_code(tag: str) -> str:
    """`hye` for `hy`; a tag without such a code as it is."""
    return _LANGUAGES.get(tag.split("-", 1)[0], tag)


def meta_of(document: Document) -> Element:
    """The element `meta`, in the order of the schema."""
    meta = Element("meta")
    _identification(SubElement(meta, "identification", source="#stelae"), document)
    references = SubElement(meta, "references", source="#stelae")
    for element in _references(document):
        references.append(element)
    if document.waived:
        notes = SubElement(meta, "notes", source="#stelae")
        for number, one in enumerate(document.waived, start=1):
            note = SubElement(notes, "note", {"class": "waived", "xml:lang": LANGUAGE})
            note.set("eId", f"note_{number}")
            remark = one.remark
            place = f", {remark.clause}" if remark.clause else ""
            SubElement(note, "p").text = clean(
                f"{remark.rule} ({remark.level}): {remark.what}{place}. Waived by {remark.waiver}"
            )
    return meta


def _day(document: Document) -> tuple[str, str]:
    """A day, which the schema wants, and what it is: `statement`, `earliest` or `unknown`."""
    date = date_of(document.statement)
    if document.day:
        return document.day, "statement"
    if date is None or date.earliest is None or date.earliest.gregorian[0] < 1:
        return _UNKNOWN_DAY, "unknown"
    year, month, day = date.earliest.gregorian
    return f"{year:04}-{month:02}-{day:02}", "earliest"


def _identification(parent: Element, document: Document) -> None:
    day, what = _day(document)
    code = language_code(document.language)
    name = document.statement.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    slug = UNSAFE.sub("-", _NAME_OF_LANGUAGE.sub("", name)).strip("-.") or "statement"
    work = f"/akn/{NO_COUNTRY}/statement/{day}/{slug}"
    expression = f"{work}/{code}@"
    levels = (
        ("FRBRWork", f"{work}/!main", work),
        ("FRBRExpression", f"{expression}/!main", expression),
        ("FRBRManifestation", f"{expression}/!main.xml", f"{expression}.akn"),
    )
    for level, this, uri in levels:
        made = SubElement(parent, level)
        SubElement(made, "FRBRthis", value=this)
        SubElement(made, "FRBRuri", value=uri)
        SubElement(made, "FRBRdate", date=day, name=what)
        if level == "FRBRManifestation":
            SubElement(made, "FRBRauthor", href="#stelae")
            SubElement(made, "FRBRformat", value="application/akn+xml")
            continue
        signed = len(document.statement.signatories)
        for number in range(1, signed + 1):
            SubElement(made, "FRBRauthor", href=f"#signatory_{number}")
        if not signed:
            SubElement(made, "FRBRauthor", href="#unnamed")
        if level == "FRBRWork":
            SubElement(made, "FRBRcountry", value=NO_COUNTRY)
        else:
            SubElement(made, "FRBRlanguage", language=code)


def _references(document: Document) -> Iterator[Element]:
    statement = document.statement
    for item in document.references:
        address = next((run.address for run in item.runs if run.address), "")
        if item.citation is not None:
            address = item.citation.address or address
        if address:
            words = clean(item.reference.text) or (item.citation.title if item.citation else "")
            yield _reference("activeRef", f"activeRef_{item.anchor[4:]}", address, words)
    yield _concept("TLCOrganization", "stelae", "organization/stelae", "Stelae")
    if not statement.signatories:
        yield _concept("TLCReference", "unnamed", "reference/unnamed", "not named", name="author")
    for number, one in enumerate(statement.signatories, start=1):
        identifier, words = f"signatory_{number}", clean(one.name)
        # Only a person signs in a role; of a name alone nobody can tell what it is.
        if one.role:
            yield _concept("TLCPerson", identifier, f"person/{identifier}", words)
        else:
            path = f"reference/{identifier}"
            yield _concept("TLCReference", identifier, path, words, name="signatory")
    roles = dict.fromkeys(clean(one.role) for one in statement.signatories if one.role)
    for number, role in enumerate(roles, start=1):
        yield _concept("TLCRole", f"role_{number}", f"role/role_{number}", role)
    for number, name in enumerate(document.addressees, start=1):
        identifier = f"addressee_{number}"
        path = f"reference/{identifier}"
        yield _concept("TLCReference", identifier, path, name, name="addressee")
    present = {section.kind for section in document.sections}
    for kind in KINDS:
        if kind in present:
            yield _concept("TLCConcept", kind.value, f"concept/stelae/{kind.value}", kind.value)
    for fact in document.facts:
        named, _, target = fact.target.partition(":")
        words = "; ".join(fact.says) or fact.about or fact.missing or fact.target
        identifier = f"fact_{fact.anchor.removeprefix('~fact')}"
        path = f"reference/{named}/{target}"
        yield _concept("TLCReference", identifier, path, words, name=named)


def _concept(tag: str, identifier: str, path: str, shown: str, *, name: str = "") -> Element:
    """Something named in the text; `path` is its place below the ontology."""
    address = f"/akn/ontology/{quote(path, safe='/#-._~')}"
    return _reference(tag, identifier, address, shown, name)


def _reference(tag: str, identifier: str, address: str, shown: str, name: str = "") -> Element:
    made = Element(tag, eId=identifier, href=address, showAs=shown)
    if name:
        made.set("name", name)
    return made
