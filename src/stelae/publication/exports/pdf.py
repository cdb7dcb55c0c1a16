"""PDF/UA-1: the page on paper, tagged, with its language, title, bookmarks and fonts inside."""

import hashlib
import importlib
from collections.abc import Callable
from typing import Any

from stelae.errors import BadInput, MissingExtra
from stelae.publication.exports.document import Document
from stelae.publication.exports.page import html_page

__all__ = ["pdf_file"]


def pdf_file(
    document: Document, *, version: str, load: Callable[[str], Any] = importlib.import_module
) -> bytes:
    """The file; the same document and fonts give the same bytes.

    MissingExtra where WeasyPrint, or a library of the system that it draws with, is not there.
    """
    try:
        weasyprint = load("weasyprint")
    except (ImportError, OSError) as error:
        raise MissingExtra(
            "PDF needs WeasyPrint and the system's Pango",
            hint="Install them with: pip install 'stelae[pdf]' and, on Debian, "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        ) from error
    page = html_page(document, version=version, on_paper=True)
    made: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(page.encode()).digest()[:16]
    )
    return made


def _nothing(url: str, *_: object, **__: object) -> Any:
    """A page that asks for nothing gets nothing."""
    raise BadInput(f"an exported page asked for {url}")
