"""Synthetic statements for exports: left to right and right to left, native and plain."""

from edition_views import STATEMENT, edition_view

from stelae.publication.exports.document import Document, document_of
from stelae.publication.pages.lookup import Lookup
from stelae.publication.view import Remark
from stelae.statements.read import read_statement

NATIVE = """\
---
title: "Statement on the ferry (synthetic)"
language: en
date: 2026-01-20
addressees: [Parliament of the Land, Town council]
---

# Statement on the ferry (synthetic)

## Preamble

We remember [13 January 1990](date:town-1990) [1, p. 1]. {#why}

## Whereas

- whereas [48](figure:f-a) people were killed [1; 3], {#killed}
- whereas a page says “it was not so” [2], see [the page](https://example.org/p?a=1&b=2);

## We declare

1. that we remember <b>all</b> & every one [1–3];
2. that we correct what is refuted. {#correct}

## Signatories

Example Association (synthetic)

Anna Example, teacher (synthetic)

## Joining

Open for joining.

## References

1. copy-a — Paper A, p. 1
2. An archive, https://example.org/archive.
3. copy-b
"""

PLAIN = """\
Statement on the ferry (synthetic)

Whereas the ferry sank in January 1990 and 48 people were killed [1, p. 3];

- whereas nobody was asked [2];

We declare that we remember.

We urge the Parliament of the Land to open its archives.

Example Association (synthetic)
Anna Example, teacher

20 January 2026

This statement is open for joining.

1. Paper A, 16 January 1990
2. Report of the inquiry, p. 12
"""

ARABIC = """\
---
title: بيان عن العبّارة (نص اصطناعي)
language: ar
date: 2026-01-20
---

# بيان عن العبّارة (نص اصطناعي)

نتذكر أن 48 شخصًا قُتلوا في كانون الثاني 1990 [1].

## الموقعون

جمعية المثال (اصطناعية)

## المراجع

1. تقرير اللجنة
"""

HEBREW = "---\ntitle: הצהרה על המעבורת (סינתטי)\nlanguage: he\n---\n\nאנו זוכרים 48 הרוגים.\n"

WAIVED = Remark(
    "FIG-uncited", "error", "a figure without a source", 9, "killed", "A. Author, until 2027: so"
)
STANDING = Remark("REF-unused", "warning", "never cited", 9, "reference-2")


def record() -> Lookup:
    """A synthetic record, some of it hostile."""
    return Lookup.of(edition_view())


def document(text: str = NATIVE, name: str = "ferry.en.md", *, recorded: bool = False) -> Document:
    """A text ready to be written, with or without the record."""
    read = read_statement(text, name)
    return document_of(read, record() if recorded else None, (WAIVED, STANDING))


def hostile() -> Document:
    """A statement of mark-up, with a record of the same."""
    return document(STATEMENT, "january.en.md", recorded=True)
