import pytest

from stelae.statements.facts import TermFact
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.text import Span


def terms(code: str, text: str) -> list[TermFact]:
    facts = facts_in(text, Span(0, len(text)), language(code))
    return [fact for fact in facts if isinstance(fact, TermFact)]


@pytest.mark.parametrize(
    ("code", "text", "term"),
    [
        ("en", "a genocidal act", "genocide"),
        ("en", "crimes against humanity", "crime-against-humanity"),
        ("en", "ethnic cleansing", "ethnic-cleansing"),
        ("en", "the occupied land", "occupation"),
        ("en", "terrorists", "terrorism"),
        ("ru", "геноцида", "genocide"),
        ("ru", "военных преступлений", "war-crime"),
        ("hy", "ցեղասպանության", "genocide"),
        ("az", "soyqırımı", "genocide"),
        ("az", "işğalçı", "occupation"),
        ("tr", "soykırımın", "genocide"),
        ("fr", "le génocide", "genocide"),
        ("ar", "للإبادة الجماعية", "genocide"),
        ("uk", "геноцидом", "genocide"),
        ("ka", "გენოციდის", "genocide"),
        ("de", "der Völkermord", "genocide"),
        ("es", "crímenes de guerra", "war-crime"),
    ],
)
def test_terms_with_their_endings(code: str, text: str, term: str) -> None:
    assert [found.term for found in terms(code, text)] == [term]


def test_words_of_attribution_in_the_sentence_are_shown() -> None:
    text = "Peace came. What the court described as genocide ended."
    (found,) = terms("en", text)
    assert found.attributed is not None
    assert text[found.attributed.start : found.attributed.end] == "described as"


def test_words_of_attribution_in_another_sentence_do_not_count() -> None:
    (found,) = terms("en", "So it was described as news. The genocide ended.")
    assert found.attributed is None


def test_a_term_inside_a_quotation_is_marked() -> None:
    assert [found.quoted for found in terms("en", "“a genocide” and a genocide")] == [True, False]


def test_a_term_inside_the_name_of_an_instrument_is_marked() -> None:
    (found,) = terms("en", "The Convention on the Prevention of the Crime of Genocide")
    assert found.named
    (other,) = terms("en", "the convention that condemns a genocide")
    assert not other.named
    assert terms("ru", "Конвенция о предупреждении преступления геноцида")[0].named
