"""Which encoding a text without a label is in, and why it is believed so.

A byte order mark decides; then UTF-16 without one, UTF-8, and last a single-byte encoding, which
no method can prove: the decision is always recorded, with how sure it is.
"""

import codecs
import unicodedata
from dataclasses import dataclass

import charset_normalizer

SAMPLE = 1 << 16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32LE"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
)
# A wider choice would make the guess about a short text less sure.
_SINGLE_BYTE = (
    "cp1251",
    "koi8_r",
    "cp866",
    "iso8859_5",
    "cp1252",
    "cp1254",
    "cp1250",
    "cp1253",
    "cp1255",
    "cp1256",
)
_ARMSCII = (
    "it seems to be in ARMSCII-8, which Python does not read: convert it (for instance with "
    "iconv -f ARMSCII-8 -t UTF-8), deposit the result too, and say that it was converted"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and a note on the encoding it was read in; `is_sure` where nobody need look at it."""

    text: str
    note: str
    is_sure: bool = False
    codec: str = "utf-8"
    """Python's name of the encoding."""

    @property
    def doubts(self) -> list[str]:
        """The note, where it is one for the depositor."""
        return [] if self.is_sure else [self.note]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why the encoding could not be told."""

    reason: str


def decode_marked(content: bytes) -> Decoded | None:
    """The text when it opens with a byte order mark; what does not decode becomes U+FFFD."""
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return decode_as(content[len(mark) :], codec, f"{name}, by its byte order mark")
    return None


def decode_as(content: bytes, codec: str, note: str) -> Decoded:
    """The text in a known encoding, with a count of the places that do not decode."""
    try:
        return Decoded(content.decode(codec), f"encoding: {note}", codec=codec)
    except UnicodeError:
        text = content.decode(codec, errors="replace")
        bad = text.count("\ufffd")
        said = f"encoding: {note}; {bad} places do not decode and became U+FFFD"
        return Decoded(text, said, codec=codec)


def decode_unlabelled(content: bytes) -> Decoded | Undecided:
    """The text in the encoding that its bytes suggest, or why none was chosen."""
    marked = decode_marked(content)
    if marked is not None:
        return marked
    wide = _decode_wide(content)
    if wide is not None:
        return wide
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 and error.start > SAMPLE:
            return decode_as(content, "utf-8", "UTF-8, cut off at its end")
        return _decode_single_byte(content)
    name = "ASCII" if text.isascii() else "UTF-8"
    return Decoded(text, f"encoding: {name}, valid throughout", is_sure=True)


def _decode_wide(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: zero bytes in one half of the pairs only, and letters if so read."""
    if len(content) % 2 or b"\0" not in content[:SAMPLE]:
        return None
    even, odd = content[:SAMPLE:2].count(0), content[1:SAMPLE:2].count(0)
    high = content[:SAMPLE:2] if even else content[1:SAMPLE:2]
    # Below U+2100 stand all scripts written with spaces and capitals, and the punctuation marks;
    # ASCII text with stray zero bytes would show its letters here.
    if (
        (even and odd)
        or (even or odd) < 0.05 * len(high)
        or any(0x20 < byte < 0xFB for byte in high)
    ):
        return None
    codec = "utf-16-be" if even else "utf-16-le"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    sample = text[:SAMPLE]
    fine = sum(unicodedata.category(character)[0] in "LMNPSZ" for character in sample)
    if fine + sum(sample.count(character) for character in "\r\n\t") < 0.98 * len(sample):
        return None
    note = f"encoding: {codec.upper()}, by its zero bytes, without a mark"
    return Decoded(text, note, codec=codec)


def _decode_single_byte(content: bytes) -> Decoded | Undecided:
    sample = content[:SAMPLE]
    if b"\0" in sample or _controls(sample) > len(sample) // 50:
        return Undecided("its bytes are no text in an encoding that is known here")
    if _looks_like_armscii(sample):
        return Undecided(_ARMSCII)
    matches = list(charset_normalizer.from_bytes(sample, cp_isolation=list(_SINGLE_BYTE)))
    if not matches:
        return Undecided(
            "its encoding could not be told: convert it to UTF-8 and deposit the result too"
        )
    chaos, coherence = matches[0].chaos, matches[0].coherence
    alike = [match for match in matches if (match.chaos, match.coherence) == (chaos, coherence)]
    # Of those that fit alike, the first in the list above; a match names all that read the same.
    likely = sorted(
        {codec for match in alike for codec in match.could_be_from_charset} & set(_SINGLE_BYTE),
        key=_SINGLE_BYTE.index,
    )
    name, *others = [codec.upper().replace("_", "-") for codec in likely]
    sure = f"coherence {coherence:.2f}" if coherence else "no language recognised"
    instead = f"; as likely: {', '.join(others)}" if others else ""
    return decode_as(content, likely[0], f"{name}, guessed from its letters ({sure}{instead})")


def _controls(sample: bytes) -> int:
    return sum(byte < 32 and byte not in b"\t\n\f\r" for byte in sample)


def _looks_like_armscii(sample: bytes) -> bool:
    """Whether letters stand as in AST 34.005: capitals on even bytes, small letters on odd ones.

    Running text has few capitals, so that nearly all its high bytes are odd; in the Cyrillic,
    Arabic, Greek and Turkish code pages small letters stand on both or are mostly ASCII.
    """
    letters = [byte for byte in sample if 0xB2 <= byte <= 0xFD]
    latin = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    small = sum(byte % 2 for byte in letters)
    return len(letters) >= 20 and len(letters) > latin and small >= 0.85 * len(letters)
