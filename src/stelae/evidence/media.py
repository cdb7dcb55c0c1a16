"""What a file is, by its first bytes; a name alone proves nothing.

Signatures are those of the formats' own specifications; a container (ZIP, ISO base media) is
looked into as far as its kind needs.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

PDF = "application/pdf"
HTML = "text/html"
XHTML = "application/xhtml+xml"
PLAIN = "text/plain"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
UNKNOWN = "application/octet-stream"

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OLE = "application/x-ole-storage"
_HEAD = 1 << 16
_TAIL = 1 << 17

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "application/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"WARC/1.", "application/warc"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_BRANDS = {
    b"qt  ": "video/quicktime",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
}
# Names that stand unpacked in a ZIP file's directory, with what they make of it.
_MEMBERS = (
    (b"word/document.xml", DOCX),
    (b"xl/workbook.xml", _XLSX),
    (b"ppt/presentation.xml", _PPTX),
    (b"datapackage.json", "application/wacz"),
)
_HTML_START = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+<(?:!doctype\s+html|html|head|body|title|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_EXTENSIONS = {
    "avi": ("video/x-msvideo",),
    "csv": (PLAIN,),
    "doc": (_OLE,),
    "docx": (DOCX,),
    "gif": ("image/gif",),
    "gz": ("application/gzip",),
    "htm": (HTML, XHTML),
    "html": (HTML, XHTML),
    "jpeg": ("image/jpeg",),
    "jpg": ("image/jpeg",),
    "json": (PLAIN,),
    "m4a": ("audio/mp4",),
    "md": (PLAIN,),
    "mkv": ("video/x-matroska",),
    "mov": ("video/quicktime", "video/mp4"),
    "mp3": ("audio/mpeg",),
    "mp4": ("video/mp4", "video/quicktime"),
    "odt": (ODT,),
    "ogg": ("application/ogg",),
    "pdf": (PDF,),
    "png": ("image/png",),
    "rtf": ("application/rtf",),
    "tif": ("image/tiff",),
    "tiff": ("image/tiff",),
    "txt": (PLAIN,),
    "wacz": ("application/wacz",),
    "warc": ("application/warc",),
    "wav": ("audio/wav",),
    "webm": ("video/x-matroska",),
    "webp": ("image/webp",),
    "xhtml": (XHTML, HTML),
    "xlsx": (_XLSX,),
    "yaml": (PLAIN,),
    "zip": (ZIP,),
}


@dataclass(frozen=True, slots=True)
class Media:
    """The media type that the bytes show, and how the name disagrees with them, if it does."""

    type: str
    disagreement: str | None = None


def media_of(content: bytes | Path, name: str | None = None) -> Media:
    """What bytes, or the file at a path, are; `name` is only compared. OSError from the path."""
    head, tail = _ends(content)
    found = _type_of(head, tail)
    extension = PurePath(name or "").suffix.removeprefix(".").lower()
    expected = _EXTENSIONS.get(extension)
    if expected is None or found in expected:
        return Media(found)
    shown = "no known type" if found == UNKNOWN else found
    return Media(found, f"the name ends in .{extension} but the content is {shown}")


def _ends(content: bytes | Path) -> tuple[bytes, bytes]:
    if isinstance(content, bytes):
        return content[:_HEAD], content[-_TAIL:]
    with content.open("rb") as file:
        head = file.read(_HEAD)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return head, file.read(_TAIL)


def _type_of(head: bytes, tail: bytes) -> str:
    # ISO 32000 readers accept a PDF whose header starts within the first 1024 bytes.
    if b"%PDF-" in head[:1024]:
        return PDF
    for offset, signature, found in _SIGNATURES:
        if head[offset:].startswith(signature) and (offset == 0 or head.startswith(b"RIFF")):
            return found
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(head, tail)
    return _text_type(head)


def _zip_type(head: bytes, tail: bytes) -> str:
    declared = re.match(rb"PK\x03\x04.{26}mimetype(application/[a-z0-9.+-]+)", head, re.DOTALL)
    if declared:
        return declared[1].decode("ascii")
    for member, found in _MEMBERS:
        if member in head or member in tail:
            return found
    return ZIP


def _text_type(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le" if head.startswith(b"\xff\xfe") else "utf-16-be"
        probe = head[2:].decode(codec, errors="ignore").encode(errors="ignore")
    else:
        probe = head.removeprefix(b"\xef\xbb\xbf")
    if not probe:
        return UNKNOWN
    if _HTML_START.match(probe[:4096]):
        return XHTML if probe.lstrip().startswith(b"<?xml") else HTML
    if probe.lstrip().startswith(b"<?xml"):
        return "application/xml"
    if b"\0" in probe:
        # Zero bytes belong to text only as one half of UTF-16.
        halves = (probe[::2], probe[1::2])
        other = next((half for half in halves if b"\0" not in half), None)
        if other is None or probe.count(0) < len(probe) // 20:
            return UNKNOWN
        probe = other
    controls = sum(byte < 32 and byte not in b"\t\n\x0b\f\r\x1b" for byte in probe)
    return PLAIN if controls <= len(probe) // 50 else UNKNOWN
