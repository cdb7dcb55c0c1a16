import codecs

import pytest

from stelae.evidence.encodings import Decoded, Undecided, decode_as, decode_unlabelled

RUSSIAN = (
    "Комиссия установила, что в январе было ранено много людей. "
    "Списки велись в больницах, их сверяли семьи."
)
UKRAINIAN = "Комісія встановила, що в січні було поранено багато людей. Списки велися в лікарнях."
TURKISH = (
    "Komisyon, ocak ayında birçok kişinin yaralandığını belirledi. "
    "Listeler hastanelerde tutuldu; aileler karşılaştırdı, şehir sustu."
)
ARABIC = "قررت اللجنة أن كثيرا من الناس جرحوا في شهر يناير وأن القوائم كانت تحفظ في المستشفيات"
FRENCH = "La commission a établi que beaucoup de personnes ont été blessées près de l'hôpital."
GREEK = "Η επιτροπή διαπίστωσε ότι πολλοί άνθρωποι τραυματίστηκαν τον Ιανουάριο"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859_5"),
        (UKRAINIAN, "cp1251"),
        (TURKISH, "cp1254"),
        (TURKISH, "iso8859_9"),
        (ARABIC, "cp1256"),
        (FRENCH, "cp1252"),
        (GREEK, "cp1253"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (TURKISH, "utf-16-le"),
        (RUSSIAN, "utf-32"),
    ],
)
def test_running_text_is_read_in_its_encoding(text: str, codec: str) -> None:
    decoded = decode_unlabelled(text.encode(codec))
    assert isinstance(decoded, Decoded)
    assert decoded.text == text
    assert decoded.note.startswith("encoding: ")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"plain", "encoding: ASCII, valid throughout"),
        ("é".encode(), "encoding: UTF-8, valid throughout"),
        (codecs.BOM_UTF8 + b"x", "encoding: UTF-8, by its byte order mark"),
        (codecs.BOM_UTF16_BE + b"\0x", "encoding: UTF-16BE, by its byte order mark"),
        (
            "some words".encode("utf-16-le"),
            "encoding: UTF-16-LE, by its zero bytes, without a mark",
        ),
        (b"one\0two\0three\0", "encoding: ASCII, valid throughout"),
        (b"abc\0def\0", "encoding: ASCII, valid throughout"),
    ],
)
def test_the_decision_is_recorded(content: bytes, note: str) -> None:
    decoded = decode_unlabelled(content)
    assert isinstance(decoded, Decoded)
    assert decoded.note == note


def test_a_guess_says_that_it_is_one() -> None:
    decoded = decode_unlabelled(RUSSIAN.encode("cp1251"))
    assert isinstance(decoded, Decoded)
    assert "CP1251, guessed from its letters" in decoded.note


def test_armscii_is_named_and_not_misread() -> None:
    # "Հանձնաժողովը" and more in AST 34.005: capitals on even bytes, small letters on odd ones.
    text = bytes.fromhex(
        "d0b3ddd3ddb3c5e1d5e1edc120e5b3f1bdbbc920bf2c20e1f120d1e1ffddedb3f1c7dd20"
        "dfb3ef20d9b3f1b9c7cf20bbdd20"
    ).replace(b"\xff", b"\xf5")
    decoded = decode_unlabelled(text)
    assert isinstance(decoded, Undecided)
    assert "ARMSCII-8" in decoded.reason


@pytest.mark.parametrize("codec", ["cp1251", "koi8_r", "cp1256", "cp1253", "cp1254"])
def test_no_other_script_is_taken_for_armscii(codec: str) -> None:
    text = {"cp1256": ARABIC, "cp1253": GREEK, "cp1254": TURKISH}.get(codec, RUSSIAN)
    decoded = decode_unlabelled(text.encode(codec))
    assert isinstance(decoded, Decoded)


def test_bytes_that_are_no_text_are_not_read() -> None:
    assert isinstance(decode_unlabelled(bytes(range(256)) * 10), Undecided)


def test_places_that_do_not_decode_are_counted() -> None:
    decoded = decode_as(b"a\x98b\x98", "cp1251", "CP1251, as the page declares")
    assert decoded.text == "a\ufffdb\ufffd"
    assert "2 places do not decode" in decoded.note


@pytest.mark.parametrize("codec", ["cp1251", "koi8_r", "utf-8", "utf-16", "utf-16-le"])
def test_the_encoding_that_was_chosen_can_be_used_again(codec: str) -> None:
    content = RUSSIAN.encode(codec)
    decoded = decode_unlabelled(content)
    assert isinstance(decoded, Decoded)
    assert content.decode(decoded.codec).removeprefix("\ufeff") == RUSSIAN
