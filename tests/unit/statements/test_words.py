import pytest

from stelae.statements.words import Phrases, TokenKind, fold, tokens, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İLDÖNÜMÜ", "ildönümü"),
        ("YILDÖNÜMÜ", "yıldönümü"),
        ("Ещё", "еще"),
        ("apмян", "армян"),  # Latin a and p
        ("ألفًا", "الفا"),
        ("սպանվե՞ց", "սպանվեց"),  # the question mark stands inside the word
        ("gen\u00adocide", "genocide"),
    ],
)
def test_folding_sets_aside_what_readers_do_not_see(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_word_wholly_in_latin_letters_stays_so() -> None:
    assert fold("cop") == "cop"


def test_offsets_point_into_the_text_as_given() -> None:
    text = "«1990-cı il», ի՞նչ"
    assert "".join(text[t.start : t.end] for t in tokens(text)) == text.replace(" ", "")


def test_endings_glued_to_digits_are_tokens_of_their_own() -> None:
    assert [t.text for t in tokens("35e 13-ի 1990'da")] == [
        *("35", "e"),
        *("13", "-", "ի"),
        *("1990", "'", "da"),
    ]


def test_a_run_of_one_mark_is_one_token() -> None:
    assert [t.kind for t in tokens("[" * 1000)] == [TokenKind.MARK]


def test_the_words_of_a_prose_are_those_of_its_tokens() -> None:
    prose = "1990-cı il, ի՞նչ a1b c_d \u0301e gen\u00adocide " + "x" * 41
    assert words_of(prose) == {t.folded for t in tokens(prose) if t.kind is TokenKind.WORD}


def test_everywhere_gives_what_each_token_would() -> None:
    phrases = Phrases([("сотни тысяч", 2), ("тысяч", 1)])
    stream = tokens("тысяч сотни тысяч и тысяч")
    each = {index: phrases.at(stream, index) for index in range(len(stream))}
    assert phrases.everywhere(stream) == {at: found for at, found in each.items() if found}


def test_the_longest_phrase_wins_and_a_star_stands_for_endings() -> None:
    phrases = Phrases([("тысяч", 1), ("сотни тысяч", 2), ("беженц*", 3)])
    stream = tokens("сотни тысяч беженцев")
    assert phrases.at(stream, 0) == (2, 2)
    assert phrases.at(stream, 1) == (2, 1)
    assert phrases.at(stream, 2) == (3, 3)


def test_the_longest_phrase_before_a_word_is_found() -> None:
    phrases = Phrases([("than", 1), ("more than", 2)])
    assert phrases.before(tokens("more than 30"), 2) == (0, 2)


def test_an_empty_table_finds_nothing() -> None:
    phrases: Phrases[int] = Phrases([])
    assert not phrases
    assert phrases.at(tokens("a b"), 0) is None
    assert phrases.before(tokens("a b"), 2) is None
