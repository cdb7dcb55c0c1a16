import tomllib
from importlib import resources

import pytest

from stelae.errors import BadValue
from stelae.statements.languages import detect_language, language, languages, script_of


@pytest.mark.parametrize("code", languages())
def test_every_table_loads_with_twelve_months_and_seven_weekdays(code: str) -> None:
    data = resources.files("stelae.statements") / "data" / f"{code}.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    assert table["code"] == code
    assert len(table["dates"]["months"]) == 12
    assert len(table["dates"]["weekdays"]) == 7
    assert language(code).dates.months


@pytest.mark.parametrize("code", languages())
def test_every_language_names_the_same_terms_at_least(code: str) -> None:
    data = resources.files("stelae.statements") / "data" / f"{code}.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    least = {"genocide", "crime-against-humanity", "war-crime", "ethnic-cleansing", "occupation"}
    assert least | {"terrorism"} <= set(table["terms"])


@pytest.mark.parametrize("code", languages())
def test_no_term_begins_with_digits(code: str) -> None:
    # `Passage.beginnings` looks for terms among words alone.
    data = resources.files("stelae.statements") / "data" / f"{code}.toml"
    table = tomllib.loads(data.read_text(encoding="utf-8"))
    phrases = [
        *(word for words in table["terms"].values() for word in words),
        *table["terms_attribution"].get("words", []),
    ]
    assert phrases
    assert not [phrase for phrase in phrases if not phrase[0].isalpha()]


def test_every_people_stands_in_the_same_languages() -> None:
    data = resources.files("stelae.statements") / "data" / "peoples.toml"
    peoples = tomllib.loads(data.read_text(encoding="utf-8"))["peoples"]
    assert {frozenset(rows) for rows in peoples.values()} == {frozenset({"en", "ru", "hy", "az"})}
    assert list(peoples) == sorted(peoples)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The archive of the city was opened to the public in the spring.", "en"),
        ("Архив города был открыт для всех, и в нём работают.", "ru"),
        ("Архів міста був відкритий для всіх, і в ньому працюють.", "uk"),
        ("Քաղաքի արխիվը բացվեց գարնանը։", "hy"),
        ("Şəhərin arxivi yazda açıldı və hamı üçün əlçatandır.", "az"),
        ("Şehrin arşivi ilkbaharda açıldı ve herkes için bir kapı oldu.", "tr"),
        ("Les archives de la ville sont ouvertes au public depuis le printemps.", "fr"),
        ("El archivo de la ciudad se abrió al público en la primavera.", "es"),
        ("Das Archiv der Stadt ist für alle offen und wird von vielen besucht.", "de"),
        ("ქალაქის არქივი გაიხსნა გაზაფხულზე.", "ka"),
        ("فتح أرشيف المدينة في الربيع من هذا العام على الناس", "ar"),
    ],
)
def test_script_and_short_words_tell_the_language(text: str, code: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("بندر در این شهر یخ زد و هیچ کس از آن بیرون نرفت.", "fa"),
        ("Корабите са замръзнали от вятъра и ще останат там.", "bg"),
        ("Лука се заледила и нико није смео да је напусти.", "sr"),
        ("Порт замёрз, и до рассвета из него никого не выпускали.", "ru"),
        ("O porto gelou e ninguém pôde sair de lá com os pilotos.", "pt"),
        ("Il porto gelò e nessuno poté lasciarlo con le navi.", "it"),
        ("Hamnen frös till och ingen fick lämna den före gryningen.", "sv"),
        ("El puerto se heló y nadie pudo salir de él.", "es"),
    ],
)
def test_a_neighbour_without_a_table_is_not_taken_for_a_language_with_one(
    text: str, code: str
) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "123 – 456", "xyzzy plugh", "Қала мұрағаты ашылды", "漢字"])
def test_what_is_not_sure_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_a_region_shares_the_table_of_its_language() -> None:
    assert language("hy-AM").code == "hy-AM"
    assert language("hy-AM").dates.months


def test_a_language_without_a_table_has_an_empty_one() -> None:
    assert not language("xx").dates.months
    assert language("xx").code == "xx"


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(BadValue, match="no language code"):
        language("../etc/passwd")


def test_the_script_of_most_letters_counts() -> None:
    assert script_of("Привет, world и мир") == "Cyrillic"
    assert script_of("42") == ""
