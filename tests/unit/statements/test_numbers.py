import pytest

from stelae.statements.facts import Counted, NumberFact
from stelae.statements.languages import language
from stelae.statements.prose import facts_in
from stelae.statements.text import Span


def numbers(code: str, text: str) -> list[NumberFact]:
    facts = facts_in(text, Span(0, len(text)), language(code))
    return [fact for fact in facts if isinstance(fact, NumberFact)]


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "30 people", "30"),
        ("en", "30 thousand people", "30000"),
        ("en", "20,000 people", "20000"),
        ("en", "2 274 people", "2274"),
        ("en", "1\u202f234\u202f567 people", "1234567"),
        ("en", "3.5 million people", "3500000"),
        ("en", "more than 1300 people", "1300.."),
        ("en", "at least 23 people", "23.."),
        ("en", "300 or more people", "300.."),
        ("en", "up to 1300 people", "..1300"),
        ("en", "about 90 people", "~90"),
        ("en", "between 30 and 40 people", "30..40"),
        ("en", "20–30 thousand people", "20000..30000"),
        ("en", "two hundred and thirty thousand people", "230000"),
        ("en", "hundreds of thousands of people", '"hundreds of thousands"'),
        ("en", "thousands of people", '"thousands"'),
        ("ru", "более 30 тыс. человек", "30000.."),
        ("ru", "около 90 человек", "~90"),
        ("ru", "1,5 млн человек", "1500000"),
        ("ru", "двести тридцать тысяч человек", "230000"),
        ("ru", "сотни тысяч беженцев", '"сотни тысяч"'),
        ("hy", "շուրջ 30 հազար մարդ", "~30000"),
        ("hy", "ավելի քան 300 մարդ", "300.."),
        ("hy", "300-ից ավելի մարդ", "300.."),
        ("hy", "երկու հարյուր հազար փախստական", "200000"),
        ("az", "30 min nəfər", "30000"),
        ("az", "təxminən 30 min nəfər", "~30000"),
        ("az", "300-dən çox insan", "300.."),
        ("az", "300 nəfərdən çox", "300.."),
        ("az", "1.500 nəfər", "1500"),
        ("tr", "30 bin kişi", "30000"),
        ("tr", "300'den fazla kişi", "300.."),
        ("es", "más de 1.500 personas", "1500.."),
        ("fr", "1,5 million de personnes", "1500000"),
        ("fr", "une centaine de personnes", '"une centaine"'),
        ("de", "mehr als 1.500 Menschen", "1500.."),
        ("ar", "أكثر من ١٣٠٠ شخص", "1300.."),
        ("ar", "١٬٥٠٠ شخص", "1500"),
        ("uk", "понад 30 тисяч людей", "30000.."),
        ("ka", "30 ათასი ადამიანი", "30000"),
    ],
)
def test_counts_as_each_language_writes_them(code: str, text: str, count: str) -> None:
    (found,) = numbers(code, text)
    assert str(found.count) == count
    assert found.of_people


def test_what_can_be_read_in_two_ways_keeps_both_and_gives_no_count() -> None:
    (found,) = numbers("ru", "1.500 человек")
    assert found.count is None
    assert [str(reading) for reading in found.readings] == ["1500", "1.500"]


def test_a_point_is_decimal_in_english() -> None:
    (found,) = numbers("en", "1.500 people")
    assert found.count is None
    assert [str(reading) for reading in found.readings] == ["1.500"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("48 people were killed", Counted.LOSSES),
        ("the massacre of 48 peaceful Ruritanians", Counted.LOSSES),
        ("thousands of Ruritanians (mostly peasants) were killed", Counted.LOSSES),
        ("killed 48", Counted.LOSSES),
        ("48 refugees", Counted.LOSSES),
        ("48 peaceful Ruritanians", Counted.PEOPLE),
        ("48 citizens came", Counted.PEOPLE),
        ("48 signatories", Counted.SIGNATORIES),
        ("48 citizens who signed this letter", Counted.SIGNATORIES),
        ("the undersigned 48 citizens", Counted.SIGNATORIES),
        ("we, the undersigned, mourn 48 citizens", Counted.PEOPLE),
        ("48 people signed the protocol", Counted.PEOPLE),
        ("48 houses", Counted.OTHER),
        ("48 %", Counted.OTHER),
        ("48 zorbles", Counted.UNKNOWN),
    ],
)
def test_the_words_beside_a_number_say_what_it_counts(text: str, counted: Counted) -> None:
    assert numbers("en", text)[0].counted is counted


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Article 9 of Resolution No. 62"),
        ("en", "at 12:06"),
        ("en", "COVID-19 and Lyon-2 and B52"),
        ("en", "the 10th street"),
        ("fr", "maire du 10e arrondissement"),
        ("en", "one of the victims"),
        ("en", "two of them were killed"),
        ("en", "the year was 1918"),
        ("hy", "13-ի"),
        ("ru", "статья 9"),
        ("en", "paragraphs 1,2,3,4"),
        ("en", "1" * 400),
    ],
)
def test_digits_that_count_nothing_are_no_numbers(code: str, text: str) -> None:
    assert numbers(code, text) == []


def test_words_without_a_number_keep_their_size() -> None:
    assert numbers("en", "hundreds of thousands of people")[0].scale == 100_000
    assert numbers("ru", "тысячи людей")[0].scale == 1000


def test_the_span_covers_the_bound_and_the_number_its_digits_alone() -> None:
    (found,) = numbers("en", "In all, more than 30 thousand people fled")
    text = "In all, more than 30 thousand people fled"
    assert text[found.span.start : found.span.end] == "more than 30 thousand"
    assert text[found.number.start : found.number.end] == "30 thousand"
    assert found.unit == "people"


@pytest.mark.parametrize(
    ("code", "text", "strict"),
    [
        ("en", "more than 48 people", True),
        ("en", "no more than 48 people", False),
        ("en", "at least 48 people", False),
        ("en", "fewer than 48 people", True),
        ("en", "no fewer than 48 people", False),
        ("en", "48 or more people", False),
        ("ru", "более 48 человек", True),
        ("ru", "не более 48 человек", False),
        ("ru", "48 и более человек", False),
        ("hy", "ավելի քան 48 մարդ", True),
        ("hy", "48-ից ավելի մարդ", True),
        ("hy", "48 մարդուց ավելի", True),
        ("hy", "ոչ պակաս քան 48 մարդ", False),
        ("az", "48-dən çox insan", True),
        ("az", "48 nəfərdən çox", True),
        ("az", "48-dən az olmayaraq insan", False),
        ("tr", "48'den fazla kişi", True),
        ("tr", "en az 48 kişi", False),
        ("fr", "plus de 48 personnes", True),
        ("fr", "pas plus de 48 personnes", False),
        ("es", "más de 48 personas", True),
        ("es", "48 o más personas", False),
        ("de", "mehr als 48 Menschen", True),
        ("ar", "أكثر من 48 شخصا", True),
        ("ar", "ما لا يقل عن 48 شخصا", False),
        ("uk", "понад 48 осіб", True),
        ("uk", "не менше 48 осіб", False),
    ],
)
def test_more_than_leaves_the_number_itself_out(code: str, text: str, strict: bool) -> None:
    (fact,) = numbers(code, text)
    assert fact.count is not None
    assert 48 in {fact.count.low, fact.count.high}
    assert fact.strict is strict


def test_words_of_one_language_mean_nothing_in_another() -> None:
    assert str(numbers("az", "30 min nəfər")[0].count) == "30000"
    assert str(numbers("en", "30 min people")[0].count) == "30"


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "one and a half million people", "1500000"),
        ("en", "two and a half thousand people", "2500"),
        ("en", "half a million people", "500000"),
        ("ru", "более полутора тысяч человек", "1500.."),
        ("ru", "2 с половиной миллиона человек", "2500000"),
        ("ru", "около ста человек", "~100"),
        ("hy", "մեկուկես հազար մարդ", "1500"),
        ("hy", "քառասունհինգ մարդ", "45"),
        ("hy", "երեսուն հազարը", "30000"),
        ("az", "bir yarım milyon nəfər", "1500000"),
        ("az", "20 mindən", "20000"),
        ("tr", "iki buçuk milyon kişi", "2500000"),
        ("tr", "birkaç yüz kişi", '"birkaç yüz"'),
        ("tr", "20 bin ile 30 bin arasında", "20000..30000"),
        ("fr", "un million et demi de personnes", "1500000"),
        ("fr", "2 millions et demi de personnes", "2500000"),
        ("fr", "vingt et un morts", "21"),
        ("fr", "20 à 30 000 personnes", "20000..30000"),
        ("es", "un millón y medio de personas", "1500000"),
        ("es", "veinticinco personas", "25"),
        ("de", "anderthalb Millionen Menschen", "1500000"),
        ("de", "fünfundvierzig Häuser", "45"),
        ("de", "dreißigtausend Menschen", "30000"),
        ("ar", "خمسة وأربعون شخصا", "45"),
        ("ar", "ثلاثون ألف شخص", "30000"),
        ("ar", "مئتا ألف شخص", "200000"),
        ("ar", "مليون ونصف المليون شخص", "1500000"),
    ],
)
def test_halves_and_numbers_in_one_word_are_read_whole(code: str, text: str, count: str) -> None:
    (found,) = numbers(code, text)
    assert str(found.count) == count


def test_and_that_is_written_against_the_digits_is_no_part_of_them() -> None:
    assert [str(one.count) for one in numbers("ar", "20 قتيلا و30 جريحا")] == ["20", "30"]
    assert [str(one.count) for one in numbers("ar", "ما بين 20 ألف و30 ألف شخص")] == [
        "20000..30000"
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "the forty-fifth day"),
        ("ru", "сорок пятый день"),
        ("az", "qırx beşinci gün"),
        ("tr", "kırk beşinci gün"),
        ("tr", "45. gün"),
        ("fr", "le quarante-cinquième jour"),
        ("de", "am 45. Tag"),
        ("es", "los años noventa"),
    ],
)
def test_an_ordinal_counts_nothing_in_words_either(code: str, text: str) -> None:
    assert numbers(code, text) == []
