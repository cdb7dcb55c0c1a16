"""DOCX: real styles and lists, bookmarks with links to them, language and direction of each run."""

import importlib
import io
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from stelae.errors import MissingExtra
from stelae.publication.exports.citations import Citation
from stelae.publication.exports.document import Document
from stelae.publication.exports.facts import Fact
from stelae.publication.exports.runs import Run, RunKind, clean, plain_runs
from stelae.publication.exports.sections import Cited, Paragraph, Section
from stelae.publication.text import LANGUAGE, Text
from stelae.statements.model import PartKind

__all__ = ["docx_file"]

_MARK = re.compile(r"(\D*)(\d{1,3})(\D*)")
_LONGEST_PROPERTY = 255
_LOOKS = {
    RunKind.MARKER: "Citation marker",
    RunKind.FACT: "Bound words",
    RunKind.WEB: "Hyperlink",
}


def docx_file(document: Document, *, load: Callable[[str], Any] = importlib.import_module) -> bytes:
    """The file; the same document gives the same bytes. MissingExtra without python-docx."""
    try:
        word = load("docx").Document()
        parts = load("stelae.publication.exports.docx_parts")
        styles = load("stelae.publication.exports.docx_styles")
    except ImportError as error:
        raise MissingExtra(
            "DOCX needs python-docx", hint="Install it with: pip install 'stelae[docx]'"
        ) from error
    styles.prepare(word, document)
    _properties(word, document)
    _Writer(word, document, parts).write()
    out = io.BytesIO()
    word.save(out)
    made: bytes = parts.without_clock(out.getvalue())
    return made


def _properties(word: Any, document: Document) -> None:
    """What the file says of itself; a day that is not known is not said."""
    core = word.core_properties
    authors = "; ".join(clean(one.name) for one in document.statement.signatories)
    core.title = document.title[:_LONGEST_PROPERTY]
    core.author = authors[:_LONGEST_PROPERTY]
    core.language = document.language
    core.comments = core.last_modified_by = ""
    for name in ("created", "modified"):
        if document.day:
            setattr(core, name, datetime.fromisoformat(document.day))
        else:
            for element in core._element.findall(f"{{http://purl.org/dc/terms/}}{name}"):
                core._element.remove(element)


class _Writer:
    """Writes paragraph after paragraph; used once."""

    def __init__(self, word: Any, document: Document, parts: Any) -> None:
        self.word = word
        self.document = document
        self.parts = parts
        self.bookmarks = parts.Bookmarks()
        self.lists = parts.Lists(word)
        # Found once: python-docx looks through all of them for each paragraph and run.
        self.styles = {style.name: style.style_id for style in word.styles}
        self.list: tuple[str, int, int] = ("", 0, 0)

    def write(self) -> None:
        """The whole text in its order."""
        document = self.document
        self._line("Title", plain_runs(document.title), anchor=document.title_anchor)
        if document.subtitle:
            self._line("Subtitle", plain_runs(document.subtitle))
        if document.date:
            self._line("Date", (Run(document.date),))
        if document.addressees:
            names = " · ".join(document.addressees)
            self._line("Addressees", (Run(f"{document.words.addressed} — {names}"),))
        for section in document.sections:
            self._section(section)
        if document.facts:
            self._line("Heading 1", (Run(document.words.facts),), own=True)
            for fact in document.facts:
                self._fact(fact)
        if document.waived:
            self._line("Heading 1", (Run(document.words.waived),), own=True)
            for one in document.waived:
                remark = one.remark
                place = f", {remark.clause}" if remark.clause else ""
                words = (
                    f"{remark.rule} ({remark.level}): {remark.what}{place}. "
                    f"Waived by {remark.waiver}"
                )
                self._line("Annex", (Run(clean(words)),), language=LANGUAGE)

    def _section(self, section: Section) -> None:
        if section.heading:
            self._line("Heading 1", (Run(section.heading),), anchor=section.anchor)
        self.list = ("", 0, 0)
        for paragraph in section.paragraphs:
            if paragraph.signatory is None:
                self._clause(paragraph, section.kind)
            else:
                one = paragraph.signatory
                role = f", {clean(one.role)}" if one.role else ""
                words = (Run(f"{clean(one.name)}{role}"),)
                self._line("Signatory", words, anchor=paragraph.anchor)
        self.list = ("", 0, 0)
        for item in section.references:
            self._reference(item)

    def _clause(self, paragraph: Paragraph, kind: PartKind) -> None:
        style = "Joining" if kind is PartKind.JOINING else "Body Text"
        if not paragraph.mark:
            self.list = ("", 0, 0)
        written = self._line(
            "List Paragraph" if paragraph.mark else style,
            paragraph.runs,
            anchor=paragraph.anchor,
            places=paragraph.places,
        )
        if paragraph.mark:
            self._item(written, paragraph.mark)

    def _item(self, written: Any, mark: str) -> None:
        """Put a paragraph into the list that is open, or into a new one where its mark says so."""
        numbered = _MARK.fullmatch(mark)
        form = f"{numbered[1]}%1{numbered[3]}" if numbered else mark
        number = int(numbered[2]) if numbered else 0
        last_form, last_number, identifier = self.list
        if form != last_form or (numbered and number != last_number + 1):
            identifier = self.lists.new(form, start=number if numbered else None)
        self.list = (form, number, identifier)
        self.lists.put(written, identifier)

    def _reference(self, item: Cited) -> None:
        written = self._line("Reference", item.runs, anchor=item.anchor)
        self._item(written, f"{item.reference.number}.")
        if item.runs:
            self._backs(written, item.backs)
        if item.citation is not None:
            if item.runs:
                written.add_run().add_break()
            self._citation(written, item.citation)
        if not item.runs:
            self._backs(written, item.backs)

    def _citation(self, written: Any, citation: Citation) -> None:
        self._run(written, Run(citation.before_title))
        title = self._run(written, Run(citation.title), language=citation.title_language)
        title._r.style = self.styles["Cited title"]
        self._run(written, Run(citation.after_title))
        if citation.address:
            self._run(written, Run(", "))
            self._run(written, Run(citation.address, RunKind.WEB, address=citation.address))

    def _fact(self, fact: Fact) -> None:
        written = self._line("Annex", (Run(" · ".join(fact.words)),), anchor=fact.anchor)
        self._backs(written, fact.backs)
        lines = [*fact.says] or [fact.about]
        if fact.missing:
            lines = [fact.missing]
        if fact.rivals:
            lines.append(f"The record also holds: {'; '.join(fact.rivals)}")
        for line in (*lines, fact.target):
            if line:
                written.add_run().add_break()
                self._run(written, Run(line), language=LANGUAGE)

    def _backs(self, written: Any, places: Sequence[str]) -> None:
        for number, place in enumerate(places, start=1):
            self._run(written, Run(" "))
            label = f"↑{number}" if len(places) > 1 else "↑"
            run = self._run(written, Run(label))
            self.parts.link(written, run, bookmark=self.bookmarks.name(place))

    def _line(
        self,
        style: str,
        runs: Sequence[Run],
        *,
        anchor: str = "",
        places: Sequence[str] = (),
        language: str = "",
        own: bool = False,
    ) -> Any:
        """One paragraph; `own` says that the words are ours and not the statement's."""
        language = self.document.words.language if own else language or self.document.language
        written = self.word.add_paragraph()
        written._p.style = self.styles[style]
        direction = Text("", language).direction if language != self.document.language else ""
        if (direction or self.document.direction) == "rtl":
            written._p.get_or_add_pPr().append(self.parts.flag("w:bidi"))
        if anchor:
            self.bookmarks.mark(written, anchor)
        for index, run in enumerate(runs):
            place = places[index] if index < len(places) else ""
            if place:
                self.bookmarks.mark(written, place)
            self._run(written, run, language=language)
        return written

    def _run(self, written: Any, run: Run, *, language: str = "") -> Any:
        made = written.add_run(run.words)
        tag = self.document.language_of(run) or language or self.document.language
        known = Text("", "" if tag == "und" else tag).direction
        way = self.document.direction if known == "auto" else known
        self.parts.set_language(made, tag, right_to_left=way == "rtl")
        to = self.document.leads_to(run)
        if run.kind is not RunKind.TEXT:
            made._r.style = self.styles[_LOOKS[run.kind]]
        if to.startswith("#"):
            self.parts.link(written, made, bookmark=self.bookmarks.name(to[1:]))
        elif to:
            self.parts.link(written, made, to=to)
        return made
