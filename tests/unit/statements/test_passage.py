from stelae.statements.languages import language
from stelae.statements.passage import rejoined
from stelae.statements.read import read_statement

SOFT = "\u00ad"


def test_a_word_split_by_the_end_of_a_line_is_one_and_nothing_moves() -> None:
    text = "the geno-\ncide of Janu- \r\n  ary and Ruri-\nTania"
    whole = rejoined(text)
    assert len(whole) == len(text)
    assert whole.replace(SOFT, "") == "the genocide of January and Ruri-\nTania"


def test_a_compound_of_two_words_that_mean_something_stays_two() -> None:
    assert rejoined("twenty-\nfive", language("en")) == "twenty-\nfive"
    assert rejoined("1990-\n1991") == "1990-\n1991"


def test_facts_are_read_in_split_words_where_they_stand() -> None:
    text = "A title\n\nOn 13 Janu-\nary 1990 about 90 resi-\ndents were killed, a mas-\nsacre.\n"
    statement = read_statement(text, "a.txt", "en")
    clause = list(statement.clauses)[-1]
    (date,), (number,), (term,) = clause.dates, clause.numbers, clause.terms
    assert date.edtf == "1990-01-13"
    assert text[date.span.start : date.span.end] == "13 Janu-\nary 1990"
    assert number.unit == "residents"
    assert text[term.span.start : term.span.end] == "mas-\nsacre"


def test_armenian_and_russian_words_are_rejoined_too() -> None:
    russian = read_statement("Заголовок\n\nВ янва-\nре 1990 года погибло 90 чело-\nвек.", "a", "ru")
    clause = list(russian.clauses)[-1]
    assert [date.edtf for date in clause.dates] == ["1990-01"]
    assert [number.unit for number in clause.numbers] == ["человек"]
