"""What is fuzzed: readers that are given any bytes, and what they may raise.

A target returns nothing; any other error, and any run that takes long, is a finding. The seeds are
invented.
"""

import contextlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from numpy.random import default_rng

from stelae.errors import BadInput, BadProof, BadValue
from stelae.evidence.extracted import Limits
from stelae.evidence.html_text import html_text
from stelae.evidence.media import media_of
from stelae.evidence.quoting import find_quote
from stelae.evidence.text import extract_text
from stelae.linkage.ages import read_age
from stelae.linkage.dates import Conventions, read_date
from stelae.linkage.engine import DuckEngine
from stelae.linkage.guessing import guess
from stelae.linkage.linking import Settings, link
from stelae.linkage.mapping import Mapping as ListMapping
from stelae.linkage.names import NameModel
from stelae.linkage.reading import read_lists
from stelae.records.notation import parse_date
from stelae.statements.checking import RULES, check_statement
from stelae.statements.context import CheckContext
from stelae.statements.frontmatter import read_front_matter
from stelae.statements.github import github_annotations
from stelae.statements.html_report import html_report
from stelae.statements.outline import json_outline, text_outline
from stelae.statements.read import read_statement
from stelae.statements.report import json_report, text_report
from stelae.statements.sarif import sarif_report
from stelae.statements.text import SourceText
from stelae.statements.waivers import read_waivers
from stelae.transparency.checkpoints import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    read_unverified,
    sign_checkpoint,
)
from stelae.transparency.merkle import leaf_hashes, tree_root
from stelae.transparency.notes import Signature, Signer, VerifierKey, parse_note
from stelae.transparency.proofs import LogProof, parse_proof
from stelae.transparency.tiles import Tile, decode_bundle
from stelae.values.dates import PartialDate
from stelae.values.figures import Count
from stelae.values.locators import parse_locators

DAY = date(2026, 1, 1)
LANGUAGES = (None, "en", "hy", "ru", "az", "tr", "fr", "es", "ar", "de", "ka", "uk", "und")
STATEMENT = """\
---
title: On the day (synthetic)
language: en
date: 2020-01-12
addressees: [the Council of Ruritania]
waivers:
  - {rule: FIG-uncited, clause: a, reason: known, by: A. Hope, until: 2030-01-01}
---

## Recitals

Whereas [about 90](figure:strelsau/killed/hope) people and 1.500 homes were lost on 13-20 January
1990, “the town lay in ruins” [2, ch. 5; 3], on the 30th anniversary¹ of the genocide, {#a}

## Demands

* We *call on* the **Parliament** of <b>Ruritania</b> to open the archives [4–7] {{later}}.

## References

1. hope-2003: p. 90
2. [A. Hope, 1894](source:hope-1894), pp. 120–128

## Signatories

- Rudolf Rassendyll, historian
"""
_SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))
_HASHES = leaf_hashes([b"one", b"two"])
_SIGNED = sign_checkpoint(Checkpoint(_SIGNER.name, 2, tree_root(_HASHES)), _SIGNER)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


@dataclass(frozen=True, slots=True)
class Target:
    """One reader; `longest` bytes are enough for it."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    longest: int = 2_000


def _whole_way(content: bytes, name: str, code: str | None = None) -> None:
    """Read, check and every form of report."""
    try:
        statement = read_statement(content, name, code)
    except BadInput:
        return
    found = check_statement(statement, CheckContext(as_of=DAY))
    text_report(statement, found)
    text_outline(statement)
    json.dumps([json_report(statement, found), json_outline(statement)])
    json.dumps(sarif_report([(statement, found)], RULES, version="0"))
    list(github_annotations(statement, found))
    html_report([(statement, found)], version="0")


def _statement(data: bytes) -> None:
    """The first byte chooses the language and whether it is Markdown."""
    first = data[0] if data else 0
    code = LANGUAGES[first // 2 % len(LANGUAGES)]
    _whole_way(data[1:], "a.md" if first % 2 else "a.txt", code)


def _any_file(data: bytes) -> None:
    _whole_way(data, "a")


def _html(data: bytes) -> None:
    _whole_way(data, "a.html")
    html_text(data, Limits())


def _packed(part: str, content: bytes, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as opened:
        if mimetype:
            opened.writestr("mimetype", mimetype)
        opened.writestr(part, content)
    return file.getvalue()


def _docx(data: bytes) -> None:
    whole = _packed("word/document.xml", data)
    _whole_way(whole, "a.docx")
    extract_text(whole, media_of(whole).type, Limits())


def _odt(data: bytes) -> None:
    whole = _packed("content.xml", data, "application/vnd.oasis.opendocument.text")
    _whole_way(whole, "a.odt")
    extract_text(whole, media_of(whole).type, Limits())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _head(data: bytes) -> None:
    source = SourceText(f"---\n{_text(data)}\n---\nWords.\n", "a.md")
    read_front_matter(source)
    list(read_waivers(source))


def _values(data: bytes) -> None:
    text = _text(data)
    for parse in (PartialDate.parse, parse_date, Count.parse):
        with contextlib.suppress(BadValue):
            parse(text)


def _locators(data: bytes) -> None:
    code = LANGUAGES[data[0] % len(LANGUAGES)] if data else None
    with contextlib.suppress(BadValue):
        parse_locators(_text(data[1:]), code)


def _proofs(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    parsers: tuple[Callable[[bytes | str], object], ...] = (
        parse_note,
        parse_checkpoint,
        read_unverified,
        parse_proof,
        lambda note: open_checkpoint(note, _SIGNER.verifier_key),
    )
    for parse in parsers:
        for given in (data, text):
            with contextlib.suppress(BadProof):
                parse(given)
    for parse_text in (VerifierKey.parse, Signature.parse, Tile.parse):
        with contextlib.suppress(BadProof):
            parse_text(text)
    for width in (0, 1, 256):
        with contextlib.suppress(BadProof):
            decode_bundle(data, width)


def _quotes(data: bytes) -> None:
    quote, _, page = _text(data).partition("\n")
    find_quote(quote, page.split("\f"))


_LISTS = ListMapping.from_toml(
    'id = "id"\n[fields]\nfamily = "a"\nbirth = "b"\nsex = "c"\nplace = "e"\n'
    'age = { column = "d", at = "birth", towards = "death" }\n'
)


def _lists(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(data)
        with contextlib.suppress(BadInput):
            read_lists([path], _LISTS)
        with contextlib.suppress(BadInput):
            guess([path])


_TO_LINK = ListMapping.from_toml(
    '[fields]\nname = "a"\nbirth = "b"\nsex = "c"\nplace = "d"\npostcode = "e"\nnote = "f"\n'
)
_FEW = Settings(random_pairs=200, all_pairs_below=0)


def _linked(data: bytes) -> None:
    """Records of six cells, linked by keys; what they say may be anything."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(BadInput):
        path = Path(folder) / "a.csv"
        path.write_bytes(b"a,b,c,d,e,f\n" + data)
        lists = read_lists([path], _TO_LINK)
        with DuckEngine(threads=1) as engine:
            link(lists, NameModel.shipped(), engine, default_rng(1), _FEW, draws=1)


def _printed(data: bytes) -> None:
    """Dates and ages as lists print them, and mappings."""
    text = _text(data)
    with contextlib.suppress(BadValue):
        read_date(text, Conventions(century_from=1900))
    with contextlib.suppress(BadValue):
        read_age(text)
    with contextlib.suppress(BadInput):
        ListMapping.from_toml(text)


TARGETS: Mapping[str, Target] = {
    "statement": Target(
        _statement,
        (
            b"\x01" + STATEMENT.encode(),
            "\x04В городе 13 января 1990 года убито около 90 человек [1].\n\n1. Книга".encode(),
            "\x02Քաղաքում հունվարի 13-ին սպանվել է մոտ 90 մարդ [1]։".encode(),
            "\x06Şəhərdə yanvarın 13-də 90-dan çox adam öldürülüb, 1990-cı il".encode(),
            "\x0eقُتل نحو ٩٠ شخصا في ١٣ كانون الثاني/يناير ١٩٩٠ )1(".encode(),
        ),
    ),
    "file": Target(_any_file, (STATEMENT.encode(), b"PK\x03\x04", b"%PDF-1.7", b"\xff\xfea\x00")),
    "html": Target(
        _html,
        (
            b"<!doctype html><meta charset=utf-8><h1>On the day</h1><ol start=2><li>90 killed"
            b"<sup>1</sup></ol><table><tr><td>a<td>b</table><a href='#n'>2</a><pre> x\n</pre>",
        ),
    ),
    "docx": Target(
        _docx,
        (
            f'<w:document xmlns:w="{_W}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/>'
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:rPr>'
            '<w:vertAlign w:val="superscript"/></w:rPr><w:t>90 killed</w:t><w:tab/><w:br/></w:r>'
            "</w:p></w:body></w:document>".encode(),
        ),
    ),
    "odt": Target(
        _odt,
        (
            f'<a xmlns:text="{_OFFICE}text:1.0" xmlns:office="{_OFFICE}office:1.0"><office:body>'
            '<text:h text:outline-level="1">On the day</text:h><text:list><text:list-item>'
            '<text:p>90<text:s text:c="2"/>killed<text:note><text:note-body><text:p>A</text:p>'
            "</text:note-body></text:note></text:p></text:list-item></text:list></office:body>"
            "</a>".encode(),
        ),
    ),
    "head": Target(_head, (STATEMENT.split("---")[1].encode(), b"a: &a [*a]", b"? [1]\n: {}")),
    "values": Target(
        _values, (b"1990-01-1X", b"1990-01/..", b"julian:1990-01-13", b"~90", b"10..20"), 200
    ),
    "lists": Target(
        _lists,
        (
            'id,a,b,c,d,e\n1,Петросян,13.01.1931,ж,60,"с. A, B"\n2,,1931?,k,,\n'.encode(),
            b'id;a;b;c;d;e\n"1;x\n',
            "Ազգանուն,Տարիք\nԱ,6 ամսական\n".encode("utf-16"),
            b"PAR1\x15\x04PAR1",
            b"PK\x03\x04",
        ),
        500,
    ),
    "linked": Target(
        _linked,
        (
            "Анна,1931,ж,A,1,x\nAnna,13.1.1931,f,A,1,x\nАнна,1931,,,,\n".encode(),
            "Ա Բ,-,?,a,12-34,\nԱ,31.02.1931,m,,1234,y z\n".encode(),
        ),
        300,
    ),
    "printed": Target(
        _printed,
        (
            "1990 թ. հունվարի 13-ին".encode(),
            "28 февраля (13 марта) 1917".encode(),
            b"between 3/4/1930 and about 1935?",
            b"2 years 6 months",
            b'[fields]\nage = { column = "a", at = "1918" }\n[[lists]]\nfiles = "b"',
        ),
        300,
    ),
    "locators": Target(
        _locators, (b"\x01ch. 5, pp. 1-3", "\x03с. 5–7, гл. 2".encode(), "\x02էջ 5".encode()), 300
    ),
    "proofs": Target(
        _proofs,
        (
            _SIGNED.encode(),
            str(LogProof(1, (_HASHES[0],), _SIGNED, b"x")).encode(),
            str(_SIGNER.verifier_key).encode(),
            b"tile/0/x001/234.p/5",
        ),
    ),
    "quoting": Target(
        _quotes,
        (
            "the town […] ruins\nThey left the town that even-\ning in ruins.\fSaid 300.".encode(),
            b"30\n300 and 30",
        ),
    ),
}
"""Every target by its name."""


def _every(data: bytes) -> None:
    """The first byte chooses the target."""
    if data:
        [*TARGETS.values()][data[0] % len(TARGETS)].run(data[1:])


EVERY = Target(
    _every,
    tuple(
        bytes([number]) + seed
        for number, target in enumerate(TARGETS.values())
        for seed in target.seeds
    ),
)
"""All targets in one, for a short run: what takes longest is to begin."""
