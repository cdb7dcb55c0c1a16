"""Texts made to be slow to read, of any size: what an enemy would send, or a converter that failed.

Each maker is given a size in bytes and makes about that much. Nothing in them is somebody's words.
"""

import io
import zipfile
from collections.abc import Callable


def _cycle(*words: str) -> Callable[[int], str]:
    """The words in turn, without an end of line but what they hold."""
    unit = "".join(words)
    length = len(unit.encode())

    def make(size: int) -> str:
        return unit * max(1, size // length)

    return make


def _nested(begin: str, end: str, middle: str = "x") -> Callable[[int], str]:
    def make(size: int) -> str:
        depth = max(1, size // len((begin + end).encode()))
        return begin * depth + middle + end * depth

    return make


def _numbered(line: Callable[[int], str], head: str = "", tail: str = "") -> Callable[[int], str]:
    """Lines made of their number, between a head and a tail."""

    def make(size: int) -> str:
        out, left, number = [head], size - len(head.encode()) - len(tail.encode()), 1
        while left > 0:
            out.append(line(number))
            left -= len(out[-1].encode())
            number += 1
        return "".join([*out, tail])

    return make


def _deeper(unit: str, most: int = 100) -> Callable[[int], str]:
    """Lines that go one level deeper each, and begin again."""
    return _numbered(lambda n: f"{unit * (n % most + 1)} x\n")


def _aliases(size: int) -> str:
    """A head of as many aliases as it may hold; each level holds the one before nine times."""
    lines, level = ["---", "a0: &a0 [x, x, x]"], 0
    while sum(map(len, lines)) < min(size, 19_000):
        level += 1
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    return "\n".join([*lines, f"addressees: *a{level}", "---", "", "We call on the Council.\n"])


TEXTS: dict[str, Callable[[int], str]] = {
    "ordinary": _numbered(
        lambda n: (
            f"Recalling that on {n % 28 + 1} January 1990 about {n + 10} residents were "
            f"killed in the town, as a report of 1991 has it [{n % 9 + 1}, p. {n}];\n\n"
        )
    ),
    "ordinary in one paragraph": _numbered(
        lambda n: (
            f"On {n % 28 + 1} January 1990 about {n + 10} residents were killed in the "
            f"town, as a report of 1991 has it [{n % 9 + 1}, p. {n}]. "
        )
    ),
    "digits": _cycle("1234567890"),
    "digits and spaces": _cycle("12 345 678 90 "),
    "digits, commas, points": _cycle("1,2.3,"),
    "figures of people": _numbered(lambda n: f"{n} people, "),
    "killed": _numbered(lambda n: f"{n} killed "),
    "sums": _numbered(lambda n: f"{n} women, {n} men and {n} children, {3 * n + 1} in all. "),
    "ranges": _cycle("1990-1991–1992—"),
    "bounds": _cycle("more than about up to at least "),
    "number words": _cycle("one hundred thousand and "),
    "number words joined": _cycle("twenty-one-"),
    "multipliers": _cycle("5 thousand million "),
    "citations": _cycle("[1, 2, ch. 3; "),
    "citations closed": _cycle("[1, 2, ch. 3; 4–7] "),
    "brackets opened": _cycle("["),
    "brackets closed": _cycle("]"),
    "brackets nested": _nested("[", "]", "1"),
    "brackets and parentheses": _nested("[(", ")]"),
    "parentheses": _cycle("("),
    "braces": _cycle("{{"),
    "ids": _cycle("{#a} "),
    "quotation marks, low": _cycle("« "),
    "quotation marks, closing": _cycle("» ”"),
    "quotation marks, curly": _cycle("“a "),
    "quotation marks, straight": _cycle('" '),
    "quotation marks, all": _cycle("« “ \" ‘ ' „ ‹ x "),
    "quotation marks, nested": _nested("«", "»"),
    "quotation marks, curly nested": _nested("“a ", " a”"),
    "apostrophes": _cycle("'"),
    "words with apostrophes": _cycle("don't l'a "),
    "quotations": _cycle("“the town was left in ruins by that evening” says the report, "),
    "month names": _cycle("January May "),
    "month names and days": _cycle("May 5 June "),
    "days": _cycle("5 May 1990, "),
    "days, ranges": _cycle("5-9 May 1990 – 3 June "),
    "dates of digits": _cycle("1990-01-13/"),
    "dates with points": _cycle("13.01.1990."),
    "ordinals": _cycle("the 30th anniversary of 1990 "),
    "weekdays": _cycle("Saturday, Sunday "),
    "old style": _cycle("13 January (old style) 1905 "),
    "capitals": _cycle("A"),
    "capitals and spaces": _cycle("A B "),
    "names": _cycle("Rudolf Of Ruritania And "),
    "initials": _cycle("A. B. "),
    "hyphens": _cycle("-"),
    "hyphens and spaces": _cycle("- "),
    "hyphens and letters": _cycle("a-"),
    "soft hyphens": _cycle("a\u00ad"),
    "lines that hyphens end": _cycle("geno-\n"),
    "greater than": _cycle(">"),
    "greater than, spaced": _cycle("> "),
    "less than": _cycle("<"),
    "tags": _cycle("<a "),
    "comments": _cycle("<!-- "),
    "processing instructions": _cycle("<?"),
    "declarations": _cycle("<![CDATA["),
    "opening words": _cycle("whereas we urge "),
    "opening words, lines": _cycle("We urge\n\n"),
    "opening words, prefixes": _cycle("Having regard to having "),
    "words of qualification": _cycle("genocide of the genocide "),
    "attributions": _cycle("according to the genocide, said "),
    "collective": _cycle("the Ruritanians killed the "),
    "places": _cycle("in Zenda near Strelsau "),
    "headings": _cycle("# "),
    "headings, lines": _cycle("# \n"),
    "headings with words": _numbered(lambda n: f"# Part {n}\n\nWords.\n\n"),
    "headings underlined": _cycle("a\n=\n"),
    "lines": _cycle("\n"),
    "carriage returns": _cycle("\r"),
    "lines of spaces": _cycle("   \n"),
    "spaces": _cycle(" "),
    "tabs": _cycle("\t"),
    "no-break spaces": _cycle("\u00a0"),
    "short lines": _cycle("a\n"),
    "short paragraphs": _cycle("a\n\n"),
    "long word": _cycle("a"),
    "long word, Armenian": _cycle("ա"),
    "long word, joined": _cycle("a_"),
    "letters and digits": _cycle("a1"),
    "scripts in turn": _cycle("aбաგع"),
    "scripts in turn, words": _cycle("the и որ და في "),
    "paragraphs in turn": _cycle(
        "The people of the town were killed in their houses.\n\n",
        "Жители города были убиты в своих домах в эти дни.\n\n",
        "Քաղաքի բնակիչները սպանվել են իրենց տներում այդ օրերին։\n\n",
    ),
    "Russian": _numbered(
        lambda n: f"{n % 28 + 1} января 1990 года в городе было убито около {n} человек [{n % 9}]. "
    ),
    "Armenian": _numbered(
        lambda n: f"1990 թ. հունվարի {n % 28 + 1}-ին քաղաքում սպանվել է մոտ {n} մարդ [{n % 9}]։ "
    ),
    "Arabic": _numbered(
        lambda n: f"في {n % 28 + 1} يناير 1990 قُتل نحو {n} شخص في المدينة [{n % 9}]. "
    ),
    "Azerbaijani": _numbered(
        lambda n: f"1990-cı il yanvarın {n % 28 + 1}-də şəhərdə {n} nəfər öldürülüb [{n % 9}]. "
    ),
    "right-to-left marks": _cycle("\u200f\u200e"),
    "right-to-left overrides": _cycle("\u202ea\u202c"),
    "zero-width": _cycle("a\u200b\u200d\ufeff"),
    "combining marks": _cycle("\u0301"),
    "combining marks on letters": _cycle("e\u0301\u0316"),
    "regional indicators": _cycle("🇦🇲"),
    "emoji": _cycle("👨‍👩‍👧‍👦"),
    "Hangul": _cycle("\u1112\u1161\u11ab"),
    "ligatures": _cycle("ﷺﷲ"),
    "Armenian marks": _cycle("ա՞բ՛գ՜ "),
    "raised numbers": _cycle("a¹ "),
    "raised numbers, joined": _cycle("¹,²–"),
    "punctuation": _cycle(".,;:!?"),
    "full stops": _cycle(". "),
    "sentences": _cycle("A. "),
    "ellipses": _cycle("[…] "),
    "semicolons": _cycle("a; "),
    "emphasis": _cycle("*a **a "),
    "emphasis, underscores": _cycle("_a __a "),
    "emphasis, nested": _nested("*a ", " a*"),
    "asterisks": _cycle("*"),
    "underscores": _cycle("_"),
    "backslashes": _cycle("\\"),
    "backticks": _numbered(lambda n: f"{'`' * (n % 100 + 1)} "),
    "fences": _cycle("```\n"),
    "links": _cycle("[a](b) "),
    "links, opened": _cycle("[a]("),
    "links, angled": _cycle("[a](<b"),
    "links, parentheses": _cycle("[a](b(c)"),
    "links, titles": _cycle('[a](b "'),
    "links, nested": _nested("[a", "](b)"),
    "links, images": _cycle("!["),
    "links into the record": _cycle("[about 90](figure:e/killed/f) "),
    "link definitions": _numbered(lambda n: f"[a{n}]: b\n"),
    "notes": _numbered(lambda n: f"[^{n}]: A report.\n"),
    "addresses": _cycle("https://example.org/a?b=c&d "),
    "long address": _cycle("https://a/"),
    "table": _numbered(lambda n: "| a | b |\n|---|---|\n" if n == 1 else "| 1 | 2 |\n"),
    "tables": _cycle("a|b\n-|-\n"),
    "pipes": _cycle("|"),
    "lists": _deeper("  -"),
    "lists, indented": _numbered(lambda n: f"{'  ' * (n % 100)}- x\n"),
    "lists on one line": _cycle("- "),
    "lists numbered on one line": _cycle("1. "),
    "lists of numbers": _numbered(lambda n: f"{n % 1000}. x\n"),
    "block quotations": _deeper(">"),
    "block quotations and lists": _cycle("> - "),
    "templates": _cycle("{{ a "),
    "template variables": _cycle("${a} {{b}} "),
    "control characters": _cycle("aaaaaaaaaaaa\x01"),
    "replacement characters": _cycle("\ufffd"),
    "private use": _cycle("\ue000\U000f0000"),
    "aliases in the head": _aliases,
    "a head without an end": lambda size: "---\n" + "a: b\n" * (size // 5),
    "a head of brackets": lambda size: "---\ntitle: " + "[" * min(size, 19_000) + "\n---\nx\n",
    "a head of keys": lambda size: "---\n" + "? " * (min(size, 19_000) // 2) + "\n---\nx\n",
    "waivers": lambda size: (
        "---\nwaivers:\n"
        + "- {rule: FIG-uncited, clause: a, reason: b, by: c, until: 2030-01-01}\n"
        * (min(size, 19_000) // 70)
        + "---\n12 killed.\n"
    ),
    "references": _numbered(
        lambda n: f"{n}. A report (synthetic), p. {n}\n", "Words [1].\n\n## References\n\n"
    ),
    "references of one number": _numbered(
        lambda n: f"1. a-{n}: p. {n}\n", "# A\n\nWords [1].\n\n## References\n\n"
    ),
    "references by a word": _numbered(
        lambda n: f"[Hope {n}] A report\n", "# A\n\nWords [Hope 1].\n\n## References\n\n"
    ),
    "references all cited": _numbered(
        lambda n: f"Words [{n % 999 + 1}].\n\n",
        "# A\n\n",
        "## References\n\n" + "".join(f"{n}. x\n" for n in range(1, 1000)),
    ),
    "signatories": _numbered(
        lambda n: f"- Person {n}, Society of Zenda\n", "# A\n\nWords.\n\n## Signatories\n\n"
    ),
    "signatories of a plain text": _numbered(
        lambda n: f"Person {n}\n", "A statement\n\nWe urge peace.\n\nOpen for joining\n\n"
    ),
    "signatories counted": _numbered(
        lambda n: f"We, the {n} undersigned organisations, say. ", "# A\n\n"
    ),
    "addressees": _numbered(lambda n: f"We call on the Council of Zenda and the Office {n}, "),
    "demands": _numbered(lambda n: f"We call on the Council {n} to act.\n\n", "## Demands\n\n"),
    "one id": _cycle("Words here. {#a}\n\n"),
}
"""Makers of texts by what they hold."""


def _docx(body: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(
            "word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            opened.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def _odt(body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        opened.writestr("content.xml", f"<a {_TEXT}>{body}</a>")
    return file.getvalue()


def _html(unit: str, end: str = "") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        times = size // len((unit + end).encode())
        return f"<!doctype html><body>{unit * times}{end * times}".encode()

    return make


def _w(unit: str, end: str = "", middle: str = "") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        times = max(1, size // len(unit + end))
        return _docx(f"{unit * times}{middle}{end * times}")

    return make


def _t(unit: str, end: str = "", middle: str = "") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        times = max(1, size // len(unit + end))
        return _odt(f"{unit * times}{middle}{end * times}")

    return make


def _notes(size: int) -> bytes:
    count = size // 110
    body = "".join(
        f'<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(count)
    )
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>A</w:t></w:r></w:p></w:footnote>'
        for n in range(count)
    )
    return _docx(body, footnotes=f"<w:footnotes {_W}>{notes}</w:footnotes>")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_RUN = "<w:r><w:t>About 90 killed </w:t></w:r>"

DOCUMENTS: dict[str, Callable[[int], bytes]] = {
    "HTML, paragraphs": _html("<p>About 90 were killed"),
    "HTML, one paragraph": _html("About 90 were killed <b>here</b> "),
    "HTML, nested": _html("<div>", "</div>"),
    "HTML, nested and open": _html("<div>x"),
    "HTML, nested inline": _html("<b><i>x"),
    "HTML, nested lists": _html("<ol><li>x"),
    "HTML, nested quotations": _html("<blockquote>x"),
    "HTML, nested tables": _html("<table><tr><td>x"),
    "HTML, cells": lambda size: _html("<td>1")(size).replace(b"<body>", b"<table><tr>"),
    "HTML, links": _html('<a href="#a">1</a>'),
    "HTML, links open": _html('<a href="b">x'),
    "HTML, links in tables": _html('<a href="#b"><table><tr><td>x'),
    "HTML, raised": _html("<sup>1</sup>"),
    "HTML, raised and nested": _html("<sup>1"),
    "HTML, breaks": _html("<br>"),
    "HTML, line ends": lambda size: _html(" \n")(size).replace(b"<body>", b"<body><pre>"),
    "HTML, spaces": lambda size: _html(" ")(size).replace(b"<body>", b"<body><pre>x"),
    "HTML, entities": _html("&amp;"),
    "HTML, one attribute": lambda size: f'<html><p class="{"a" * size}">x'.encode(),
    "HTML, attributes": lambda size: (
        "<html><p " + " ".join(f"a{n}=b" for n in range(size // 9)) + ">x"
    ).encode(),
    "HTML, hidden": _html('<p style="display:none">x'),
    "HTML, styles": lambda size: f'<html><p style="{"display : " * (size // 10)}">x'.encode(),
    "HTML, comments": _html("<!-- x"),
    "HTML, unknown elements": _html("<a-b>x"),
    "DOCX, paragraphs": _w(f"<w:p>{_RUN}</w:p>"),
    "DOCX, runs": lambda size: _docx(f"<w:p>{_RUN * (size // len(_RUN))}</w:p>"),
    "DOCX, nested": _w("<w:p>", "</w:p>", _RUN),
    "DOCX, nested tables": _w(
        "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", f"<w:p>{_RUN}</w:p>"
    ),
    "DOCX, breaks": lambda size: _docx(f"<w:p><w:r>{'<w:br/>' * (size // 7)}</w:r></w:p>"),
    "DOCX, spaces": lambda size: _docx(
        f'<w:p><w:r><w:t xml:space="preserve">x{" " * size}x</w:t></w:r></w:p>'
    ),
    "DOCX, tabs": lambda size: _docx(f"<w:p><w:r>{'<w:tab/>' * (size // 8)}</w:r></w:p>"),
    "DOCX, notes": _notes,
    "DOCX, one attribute": lambda size: _docx(f'<w:p w:a="{"a" * size}">{_RUN}</w:p>'),
    "DOCX, attributes": lambda size: _docx(
        "<w:p " + " ".join(f'a{n}="b"' for n in range(size // 11)) + f">{_RUN}</w:p>"
    ),
    "ODT, paragraphs": _t("<text:p>About 90 were killed</text:p>"),
    "ODT, nested": _t("<text:span>", "</text:span>", "x"),
    "ODT, nested paragraphs": _t("<text:p>", "</text:p>", "x"),
    "ODT, nested lists": _t("<text:list><text:list-item>", "</text:list-item></text:list>", "x"),
    "ODT, spaces counted": _t('<text:p>x<text:s text:c="1000000000"/></text:p>'),
    "ODT, notes": _t(
        "<text:p>x<text:note><text:note-body><text:p>A</text:p></text:note-body></text:note></text:p>"
    ),
}
"""Makers of documents by what they hold: of about so many bytes before they are packed."""

_REFERENCES = "\n\n## References\n\n1. paper-a: p. 1\n2. report: ch. 2\n3. dispatch\n"


def _recorded(line: Callable[[int], str]) -> Callable[[int], str]:
    return _numbered(line, "# A\n\n", _REFERENCES)


RECORDED: dict[str, Callable[[int], str]] = {
    "figures": _recorded(
        lambda n: f"[about {n}](figure:town-1990/killed/f-inquiry) were killed in Town [1]. "
    ),
    "figures by clauses": _recorded(
        lambda n: f"[about {n}](figure:town-1990/killed/f-inquiry) were killed in Town [1].\n\n"
    ),
    "free figures": _recorded(lambda n: f"In Town in January 1990 {n} people were killed [1]. "),
    "free figures by clauses": _recorded(
        lambda n: f"In Town in January 1990 {n} people were killed [1].\n\n"
    ),
    "dates": _recorded(lambda n: f"On [{n % 28 + 1} January 1990](date:town-1990) it began. "),
    "anniversaries": _recorded(lambda n: f"the [{n % 90 + 10}th anniversary](event:town-1990), "),
    "quotations": _recorded(lambda n: f'["the town in ruins {n}"](quote:paper-a#p1) '),
    "quotations cited": _recorded(lambda n: f"“48 were killed, says agency {n}” [1]. "),
    "omissions": lambda size: f"# A\n\n“{'the […] ' * (size // 10)}” [1].{_REFERENCES}",
    "names": _recorded(lambda n: f"In Old Town and Town {n}, said Paper A. "),
    "qualifications": _recorded(lambda n: f"[genocide](recognition:rec-1) {n} "),
    "events": _recorded(lambda n: f"[Town](event:town-1990) and [Town](place:town) {n} killed "),
}
"""Makers of texts that are bound to the synthetic dossier of the tests."""


def siblings(clauses: int, end: str = "\n\n") -> tuple[str, str]:
    """An English and a Russian text of so many clauses (or sentences, by their `end`), of which
    no date and no figure agree."""
    english = "".join(
        f"On {n % 28 + 1} May {1000 + n // 28} about {n + 10} people were killed.{end}"
        for n in range(clauses)
    )
    russian = "".join(
        f"{n % 28 + 1} июня {1000 + n // 28} года убиты около {n + 1_000_011} человек.{end}"
        for n in range(clauses)
    )
    return f"# A\n\n{english}\n\n12 May 2020\n", f"# А\n\n{russian}\n\n12 мая 2020\n"
