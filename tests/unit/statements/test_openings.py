import pytest

from stelae.statements.languages import language
from stelae.statements.model import PartKind
from stelae.statements.openings import find_addressee, find_opening, heading_kind, is_joining
from stelae.statements.passage import Passage
from stelae.statements.read import read_statement
from stelae.statements.text import Span


def passage(text: str) -> Passage:
    return Passage.of(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("en", "WHEREAS, it was so;", PartKind.RECITALS),
        ("en", "– noting that", PartKind.RECITALS),
        ("en", "We consider that:", PartKind.CONSIDERATIONS),
        ("en", "we, the undersigned,", PartKind.DECLARATIONS),
        ("en", "and urge", PartKind.DEMANDS),
        ("ru", "Принимая во внимание, что", PartKind.RECITALS),
        ("ru", "Мы призываем", PartKind.DEMANDS),
        ("hy", "Հաշվի առնելով, որ", PartKind.RECITALS),
        ("hy", "Կոչ ենք անում", PartKind.DEMANDS),
        ("az", "Nəzərə alaraq", PartKind.RECITALS),
        ("az", "TƏLƏB EDİRİK", PartKind.DEMANDS),
        ("fr", "Considérant que", PartKind.RECITALS),
        ("ar", "ندعو الجميع", PartKind.DEMANDS),
    ],
)
def test_opening_words_say_what_a_clause_does(code: str, text: str, kind: PartKind) -> None:
    opening = find_opening(passage(text), language(code))
    assert opening is not None
    assert opening.kind is kind
    assert text[opening.span.start : opening.span.end] == opening.words


@pytest.mark.parametrize("text", ["“we declare”", "The whereas", "", "– ", "It urges"])
def test_words_of_others_and_words_within_open_nothing(text: str) -> None:
    assert find_opening(passage(text), language("en")) is None


def test_a_heading_is_known_by_all_its_words() -> None:
    assert heading_kind(passage("REFERENCES:"), language("en")) is PartKind.REFERENCES
    assert heading_kind(passage("References to the law"), language("en")) is None
    assert heading_kind(passage("Աղբյուրներ"), language("hy")) is PartKind.REFERENCES


def test_a_joining_line_is_known() -> None:
    assert is_joining(passage("This Statement is open for joining."), language("en"))
    assert not is_joining(passage("The gate is open."), language("en"))


def test_the_addressee_ends_where_the_demand_begins() -> None:
    text = "the parliament of the land (and its committees) to open the archives"
    found = find_addressee(passage(text), 0, language("en"))
    assert found is not None
    assert found.name == "the parliament of the land (and its committees)"


def test_no_addressee_is_guessed() -> None:
    assert find_addressee(passage("open the archives. Go to"), 0, language("en")) is None
    assert find_addressee(passage("открыть архивы"), 0, language("ru")) is None


@pytest.mark.parametrize(
    ("code", "text", "addressees"),
    [
        ("ru", "Призываем международное сообщество осудить это.", ["международное сообщество"]),
        (
            "ru",
            "Мы призываем власти страны и её парламент признать.",
            ["власти страны и её парламент"],
        ),
        ("ru", "Требуем открыть архивы.", []),
        ("hy", "Կոչ ենք անում միջազգային հանրությանը՝ դատապարտել դա։", ["միջազգային հանրությանը"]),
        ("hy", "Մենք կոչ ենք անում Ազգային ժողովին ճանաչել։", ["Ազգային ժողովին"]),
        ("hy", "Միջազգային հանրությանը կոչ ենք անում։", ["Միջազգային հանրությանը"]),
        ("az", "Biz beynəlxalq ictimaiyyəti bunu qınamağa çağırırıq.", ["beynəlxalq ictimaiyyəti"]),
        ("az", "Hökumətdən arxivləri açmağı tələb edirik.", ["Hökumətdən"]),
        ("az", "Arxivləri, hamısını, açmağı tələb edirik.", []),
        ("en", "We urge the parliament to open the archives.", ["the parliament"]),
    ],
)
def test_an_addressee_is_found_where_its_language_puts_it(
    code: str, text: str, addressees: list[str]
) -> None:
    statement = read_statement(f"Title\n\n{text}\n", "a.txt", code)
    assert [part.kind for part in statement.parts] == [PartKind.TITLE, PartKind.DEMANDS]
    assert [one.name for one in statement.addressees] == addressees
