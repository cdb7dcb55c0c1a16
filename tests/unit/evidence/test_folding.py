import pytest

from stelae.evidence.folding import HYPHENATION, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«a» “b” „c‟ ‘d’ 'e' ‹f› ՚g", '"a" "b" "c" "d" "e" "f" "g'),
        ("1915–1923 — a‑b −1 ֊", "1915-1923-a-b -1-"),
        ("a\u00a0b\u2009c\r\n\td\u3000e\u2028f", "a b c d e f"),
        ("  a  ", "a"),
        ("a — b", "a—b"),
        ("so\u00adft ze\u200bro \ufeffx\u200ey\ufe0f", "soft zero xy"),
        ("ﬁve oﬃces ﬆ", "five offices st"),
        ("ａｂｃ１", "abc1"),
        ("e\u0301 и\u0306 u\u0308", "é й ü"),
        ("\u1112\u1161\u11ab", "한"),
        ("Iv", "Iv"),
        ("Ⅳ № …", "IV No ..."),
        ("ﻻ ﷲ ﺳﻼﻡ", "لا الله سلام"),
        ("كـتـاب", "كتاب"),
        ("կոտո՛րած ո՜վ", "կոտորած ով"),
        ("ասաց։", "ասաց:"),
        ("և", "եւ"),
    ],
)
def test_what_is_printed_differently_is_folded_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A", "a"),
        ("ı", "i"),
        ("İ", "I"),
        ("i\u0307", "i"),
        ("30²", "302"),
        ("H₂", "H2"),
        ("1½", "11/2"),
        ("①", "1"),
        ("й", "и"),
        ("ё", "е"),
        ("كَتَبَ", "كتب"),
        ("սպանե՞լ", "սպանել"),
        ("ab", "a b"),
        ("a-b", "ab"),
        ("a,b", "a.b"),
    ],
)
def test_what_differs_in_meaning_stays_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    "broken", ["exam-\nple", "exam- \r\n  ple", "exam\u00ad\nple", "exam¬\nple"]
)
def test_a_hyphen_at_a_line_end_is_left_open(broken: str) -> None:
    assert fold(broken).text == f"exam{HYPHENATION}ple"


@pytest.mark.parametrize("text", ["1990-\n1991", "a -\nb", "exam-ple", "exam—\nple"])
def test_other_hyphens_are_dashes(text: str) -> None:
    assert HYPHENATION not in fold(text).text


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("a  \n b", "a b", "a  \n b"),
        ("so\u00adft", "soft", "so\u00adft"),
        ("oﬃce", "f", "ﬃ"),
        ("xe\u0301y", "é", "e\u0301"),
        ("x а\u0301 y", "а\u0301", "а\u0301"),
        ("« a »", "a", "a"),
        ("exam-\nple", HYPHENATION, "-\n"),
        ("a — b", "-", "—"),
    ],
)
def test_a_place_leads_back_to_the_original(text: str, part: str, original: str) -> None:
    folded = fold(text)
    at = folded.text.index(part)
    start, end = folded.original_span(at, at + len(part))
    assert text[start:end] == original


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 1), (0, 4), (2, 1)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        fold("abc").original_span(start, end)


def test_a_letter_under_endless_marks_is_folded() -> None:
    text = "a" + "\u0301" * 50_000
    assert len(fold(text).text) == 50_000
