"""Likeness of names: across scripts, with words missing, joined, shortened, mistyped."""

import numpy as np
import pytest

from stelae.linkage.names import NameModel, name_likeness


def odds(a: str, b: str, **more: dict[str, float]) -> float:
    one = np.zeros(1, np.int32)
    return float(name_likeness(NameModel.shipped(), [a, b], one, one + 1, **more)[0])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Aram Grigoryan", "Арам Григорян"),
        ("Aram Grigoryan", "Արամ Գրիգորյան"),
        ("Արամ Գրիգորեան", "Արամ Գրիգորյան"),
        ("Արամ Գրիգորյան", "Григорян, Арам"),
        ("Giorgi Beridze", "გიორგი ბერიძე"),
        ("Nikolaos Papadakis", "Νικόλαος Παπαδάκης"),
        ("David Mizrahi", "דוד מזרחי"),
        ("Mahmoud Khalil", "محمود خليل"),
        ("Reza Karimi", "رضا کریمی"),
        ("Xalid Qasim", "خالید قاسم"),
        ("Heydər Məmmədov", "Гейдар Мамедов"),
        ("Jürgen Schröder", "Юрген Шрёдер"),
        ("Tomasz Szczepański", "Томаш Щепаньский"),
    ],
)
def test_one_name_in_two_scripts_is_one_name(a: str, b: str) -> None:
    assert odds(a, b) > 10


def test_two_names_are_two() -> None:
    assert odds("Aram Grigoryan", "Борис Сидоров") < -8


def test_order_does_not_matter() -> None:
    assert odds("Aram Grigoryan", "Григорян Арам") == odds("Grigoryan Aram", "Арам Григорян")


def test_a_patronymic_that_contradicts_is_worse_than_one_left_out() -> None:
    left_out = odds("Иван Петров", "Иван Сергеевич Петров")
    contradicts = odds("Иван Николаевич Петров", "Иван Сергеевич Петров")
    agrees = odds("Иван Сергеевич Петров", "Ivan Sergeevich Petrov")
    assert contradicts < left_out - 4
    assert left_out < agrees


def test_an_initial_is_weak_evidence() -> None:
    none, fits, other = (odds(name, "John Carter") for name in ("Carter", "J. Carter", "P. Carter"))
    assert other < none < fits < odds("John Carter", "John Carter")


def test_words_written_together_are_found() -> None:
    assert odds("Abdul Rahman Saleh", "Abdulrahman Saleh") > 15
    assert odds("Ter-Petrosyan", "Терпетросян") > 8


def test_a_nickname_stands_for_its_name_at_a_cost() -> None:
    short = odds("Боря Климов", "Boris Klimov")
    assert odds("Глеб Климов", "Boris Klimov") < short < odds("Борис Климов", "Boris Klimov")


def test_a_feminine_family_name_stands_for_its_family() -> None:
    assert odds("Anna Smirnova", "Анна Смирнов") > 15


def test_one_wrong_letter_in_a_rare_name_is_still_strong_evidence() -> None:
    assert odds("Waldemar Kruszwicki", "Waldemar Kruszvicki") > 15
    assert odds("Petrosyan", "Pterosyan") > 4


def test_agreement_on_a_rare_name_weighs_more() -> None:
    assert odds("Ali", "Ali") < odds("Zorbaxtan", "Zorbaxtan")


def test_frequencies_of_the_lists_at_hand_count() -> None:
    common = odds("Zorbaxtan", "Zorbaxtan", frequencies={"zorbaxtan": -2.0})
    assert common < odds("Zorbaxtan", "Zorbaxtan") - 3


def test_names_without_words_say_nothing() -> None:
    assert odds("", "Anna") == 0.0
    assert odds("…", "") == 0.0


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "😀" * 50,
        "a1б2γ3",
        "\u200f\u202e",
        "щ" * 5000,
        "中文 名字",
        "١٢٣",
        "a " * 5000,
    ],
)
def test_nothing_makes_it_fail(name: str) -> None:
    for other in ("Anna Müller", name, "Анна"):
        assert np.isfinite(odds(name, other))


def test_a_pair_has_the_same_odds_in_any_company() -> None:
    model = NameModel.shipped()
    names = ["Anna Smith", "Анна Смит", "Boris", "J. Smith", "Smith Anna Maria", ""]
    left, right = (a.ravel().astype(np.int32) for a in np.meshgrid(range(6), range(6)))
    whole = name_likeness(model, names, left, right)
    for a, b, value in zip(left, right, whole, strict=True):
        assert odds(names[a], names[b]) == value
