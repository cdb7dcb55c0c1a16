"""The formats in which a statement leaves Stelae, by the names that the command line gives them."""

from collections.abc import Callable
from dataclasses import dataclass

from stelae.publication.exports.akoma_ntoso import akoma_ntoso
from stelae.publication.exports.data import json_text
from stelae.publication.exports.document import Document
from stelae.publication.exports.docx import docx_file
from stelae.publication.exports.native import markdown_text
from stelae.publication.exports.page import html_page
from stelae.publication.exports.pdf import pdf_file

__all__ = ["FORMATS", "Format", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is made, given the version of Stelae, and which endings of names mean it."""

    suffixes: tuple[str, ...]
    make: Callable[[Document, str], bytes]
    is_text: bool = True


FORMATS = {
    "html": Format(
        (".html", ".htm"), lambda document, version: html_page(document, version=version).encode()
    ),
    "pdf": Format(
        (".pdf",), lambda document, version: pdf_file(document, version=version), is_text=False
    ),
    "docx": Format((".docx",), lambda document, _: docx_file(document), is_text=False),
    "akoma-ntoso": Format((".akn", ".xml"), lambda document, _: akoma_ntoso(document).encode()),
    "markdown": Format((".md", ".markdown"), lambda document, _: markdown_text(document).encode()),
    "json": Format((".json",), lambda document, _: json_text(document).encode()),
}


def format_of(name: str) -> str | None:
    """The format that the ending of a file's name means; None where it means none."""
    lowered = name.lower()
    return next(
        (format_ for format_, one in FORMATS.items() if lowered.endswith(one.suffixes)), None
    )
