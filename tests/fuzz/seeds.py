"""The first inputs of each target, of our own making; the fuzzer goes on from them."""

import io
import zipfile
from collections.abc import Mapping

MARKDOWN = """---
title: On the day of remembrance in Ruritania
language: en
date: 2020-01-12
waivers:
  - {rule: REF-order, clause: killed, reason: as printed, by: A. Hope, until: 2027-01-01}
---

## Recitals

Whereas [about 90](figure:strelsau-1990/killed/hope) people, more than 1,300 in all, were killed on
13-20 January 1990 [2, ch. 5; 3] and [4\u20137], on the 30th anniversary\u00b9,
\u201cas it is said\u201d, {#killed}

## References

1. hope-2003: p. 90
2. A report, 1991
"""
PLAIN = """\
Мы обвиняем [1, гл. 2].

1. Книга

«Ուր» 1990-ի 13-ին։
"""
HTML = '<!doctype html><title>T</title><h1>We urge</h1><p>About <b>90</b> [<a href="#r1">1</a>]</p>'
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>We urge the Council [1].</w:t></w:r></w:p></w:body></w:document>"
)


def docx() -> bytes:
    """The least that is a Word document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", WORD)
    return out.getvalue()


SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "statement": (b"\x01" + MARKDOWN.encode(), b"\x00" + PLAIN.encode(), b"\x03" + HTML.encode()),
    "document": (HTML.encode(), docx(), b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>"),
    "head": (MARKDOWN.split("---")[1].encode(),),
    "words": (b"1988-02-2X/..", b"julian:1918-01-09~", b"48..300", "гл. 5, с. 3–7".encode()),
    "log": (
        b"ruritania.example/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        b"\xe2\x80\x94 ruritania.example/log AAAAAAAA\n",
        b"c2sp.org/tlog-proof@v1\nindex 1\n\nruritania.example/log\n3\nAA==\n\n",
    ),
    "quotation": ("as it […] is said\nas it has been, or is said, or was".encode(),),
    "table": (
        b"id,event,measure,count,said_by,source\nf,e,killed,48,p,s\n",
        b"- id: f\n  count: 48\n",
    ),
}
