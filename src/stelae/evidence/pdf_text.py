"""The text of a PDF, page by page, by PDFium in a process of its own.

PDFium is C++ and its input may be hostile: a page that makes it crash, loop or take all memory
must cost one extraction, not the program. `pdf_text` starts this module as a child, gives it the
file as standard input, and reads JSON; the child bounds its own memory and time.
"""

import contextlib
import importlib.metadata
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pypdfium2
import pypdfium2.raw

from stelae.evidence.extracted import ExtractedText, Limits, NoText, finish

GRACE = 10.0
"""Seconds that a child may take beside reading: to start, and to be stopped."""

_MEMORY = 4 << 30
_PASSWORD = pypdfium2.raw.FPDF_ERR_PASSWORD
# PDFium joins a word that was broken at a line end, and leaves this where the hyphen was.
_HYPHEN = "\x02"


def pdf_text(content: bytes | Path, limits: Limits) -> ExtractedText | NoText:
    """The text of each page, or why there is none; never raises for what the file holds."""
    with _as_file(content) as file:
        command = [sys.executable, "-P", "-m", __name__, json.dumps(_plain(limits))]
        try:
            child = subprocess.run(  # noqa: S603 -- our own interpreter and module
                command,
                stdin=file,
                capture_output=True,
                timeout=limits.seconds + GRACE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _too_slow(limits)
    if child.returncode:
        if child.returncode in {-9, -24}:  # KILL and XCPU: the limit on processor time
            return _too_slow(limits)
        return NoText(
            f"the PDF could not be read: PDFium stopped (exit {child.returncode}); "
            "the file is damaged or made to do harm. Print it to a new PDF and deposit that too"
        )
    return _from_json(child.stdout)


def read_pdf(content: bytes | BinaryIO, limits: Limits) -> ExtractedText | NoText:
    """As `pdf_text`, in this process, hence without protection from a hostile file."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            return NoText(
                "the PDF is encrypted with a password: save it without one and deposit that too"
            )
        return NoText(f"the PDF could not be opened, it is truncated or damaged: {error}")
    with contextlib.closing(document):
        return _read_pages(document, limits)


def _read_pages(document: pypdfium2.PdfDocument, limits: Limits) -> ExtractedText | NoText:
    count = len(document)
    if count == 0:
        return NoText("the PDF has no pages")
    pages: list[str] = []
    silent: list[int] = []
    broken: list[int] = []
    notes: list[str] = []
    left = limits.characters
    for index in range(min(count, limits.pages)):
        try:
            text = _page_text(document, index)
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
            text = ""
        if not text.strip() and index + 1 not in broken:
            silent.append(index + 1)
        pages.append(text)
        left -= len(text)
        if left < 0:
            notes.append(f"stopped at page {index + 1} of {count}")
            break
    if count > limits.pages:
        notes.append(f"only the first {limits.pages} of {count} pages were taken")
    if len(broken) == len(pages):
        return NoText("no page of the PDF could be read: it is truncated or damaged")
    if len(silent) + len(broken) == len(pages):
        return NoText(
            f"the PDF has {count} page{'s' if count != 1 else ''} and no text: a scan, probably. "
            "Reading scans (OCR) is not done yet; deposit a transcription beside it"
        )
    if broken:
        notes.append(f"could not be read: {_numbers(broken)}")
    if silent:
        notes.append(f"without text, perhaps scanned: {_numbers(silent)}")
    return finish(pages, notes, _method(), limits)


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            text = cast(str, text_page.get_text_bounded())
        finally:
            text_page.close()
    finally:
        page.close()
    return text.replace(_HYPHEN, "-\n")


def _method() -> str:
    version = importlib.metadata.version("pypdfium2")
    return f"pypdfium2 {version}, PDFium {pypdfium2.PDFIUM_INFO.version}"


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    more = f" and {len(pages) - 20} more" if len(pages) > 20 else ""
    return f"page{'s' if len(pages) > 1 else ''} {shown}{more}"


def _too_slow(limits: Limits) -> NoText:
    return NoText(
        f"the PDF took more than {limits.seconds:g} seconds to read and was given up: "
        "print it to a new PDF and deposit that too"
    )


@contextlib.contextmanager
def _as_file(content: bytes | Path) -> Iterator[BinaryIO]:
    if isinstance(content, Path):
        with content.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as temporary:
        temporary.write(content)
        temporary.seek(0)
        yield cast(BinaryIO, temporary)


def _plain(limits: Limits) -> dict[str, float]:
    return {
        "pages": limits.pages,
        "characters": limits.characters,
        "source": limits.source,
        "unpacked": limits.unpacked,
        "seconds": limits.seconds,
    }


def _to_json(result: ExtractedText | NoText) -> bytes:
    if isinstance(result, NoText):
        return json.dumps({"reason": result.reason}).encode()
    return json.dumps(
        {"pages": result.pages, "notes": result.notes, "method": result.method}
    ).encode()


def _from_json(content: bytes) -> ExtractedText | NoText:
    value: dict[str, Any] = json.loads(content)
    if "reason" in value:
        return NoText(value["reason"])
    return ExtractedText(tuple(value["pages"]), tuple(value["notes"]), value["method"])


def _confine(seconds: float) -> None:
    """Bound this process: memory, processor time, no core file."""
    import resource

    for kind, soft, hard in (
        (resource.RLIMIT_AS, _MEMORY, _MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 1, int(seconds) + 2),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # A system that knows no such limit still has the parent's clock.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


def _main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    _confine(limits.seconds)
    sys.stdout.buffer.write(_to_json(read_pdf(sys.stdin.buffer, limits)))


if __name__ == "__main__":
    _main()
