import pytest

from stelae.evidence.extracted import ExtractedText, Limits, NoText
from stelae.evidence.html_text import html_text


def page_of(html: str | bytes) -> str:
    content = html.encode() if isinstance(html, str) else html
    result = html_text(content, Limits())
    assert isinstance(result, ExtractedText)
    (page,) = result.pages
    assert result.method.startswith("selectolax ")
    return page


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one <b>two</b>\n  three<br>four", "one two three\nfour"),
        ("un<b>brok</b>en", "unbroken"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>1<td>2<tr><th>3", "1\t2\n3"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<title> A\n title </title><p>text", "A title\n\ntext"),
        ("a &amp; b &nbsp;c&#x2014;d", "a & b \xa0c—d"),
        ("<p>a<script>no</script><style>no</style><noscript>no</noscript>b", "ab"),
        ("<template>no</template><svg><text>no</text></svg>a", "a"),
        ("<p hidden>no</p><p style='color:red; DISPLAY : none'>no</p>a", "a"),
        ("a<!-- no -->b", "ab"),
        ("a\0b", "a\ufffdb"),
    ],
)
def test_visible_text_stands_in_lines(html: str, expected: str) -> None:
    assert page_of(html) == expected


@pytest.mark.parametrize(
    ("codec", "label"),
    [("cp1251", "windows-1251"), ("koi8_r", "KOI8-R"), ("utf-8", "utf-8"), ("cp1252", "latin1")],
)
def test_a_declared_encoding_is_used(codec: str, label: str) -> None:
    words = "“naïve”" if codec == "cp1252" else "Комиссия"
    html = f"<html><meta http-equiv=content-type content='text/html; charset={label}'><p>{words}"
    assert page_of(html.encode(codec)) == words


def test_a_mark_is_stronger_than_a_declaration() -> None:
    assert page_of("<meta charset=koi8-r><p>слово".encode("utf-8-sig")) == "слово"
    assert page_of("<meta charset=koi8-r><p>слово".encode("utf-16")) == "слово"


def test_a_declaration_that_cannot_be_true_is_noted() -> None:
    html = "<meta charset=utf-8><p>Комиссия установила, что в январе было много людей"
    result = html_text(html.encode("cp1251"), Limits())
    assert isinstance(result, ExtractedText)
    assert result.pages[0].startswith("Комиссия")
    assert "declares utf-8, wrongly" in result.notes[0]


@pytest.mark.parametrize("label", ["hex", "no-such", "rot13", "base64"])
def test_a_label_that_is_no_text_encoding_is_passed_over(label: str) -> None:
    assert page_of(f"<meta charset={label}><p>слово") == "слово"


@pytest.mark.parametrize("html", [b"", b"<html></html>", b"<script>x</script>", b"   "])
def test_a_page_without_visible_text_gives_a_reason(html: bytes) -> None:
    result = html_text(html, Limits())
    assert isinstance(result, NoText)
    assert "no visible text" in result.reason


def test_deep_nesting_is_read() -> None:
    assert page_of("<div>" * 4_000 + "x") == "x"


def test_a_long_page_is_cut_and_says_so() -> None:
    result = html_text(b"<p>" + b"word " * 1000, Limits(characters=100))
    assert isinstance(result, ExtractedText)
    assert len(result.pages[0]) == 100
    assert any("cut after 100" in note for note in result.notes)
