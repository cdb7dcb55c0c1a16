"""Explanations: their parts sum to the score, and letters stand beside letters."""

import pytest

from stelae.linkage.names import NameModel, explain

PAIRS = [
    ("Aram Grigoryan", "Арам Григорян"),
    ("Иван Николаевич Петров", "Petrov, Ivan Sergeevich"),
    ("J. Carter", "John Carter"),
    ("Abdul Rahman Saleh", "Abdulrahman Saleh"),
    ("Abdulrahman Saleh", "Abdul Rahman Saleh"),
    ("Anna", "Boris"),
    ("Heydər Əlirza oğlu Əliyev", "Гейдар Алирза оглы Алиев"),
    ("", "Anna"),
    ("Jean de la Tour", "Tour Jean"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_parts_sum_to_the_score(a: str, b: str) -> None:
    found = explain(NameModel.shipped(), a, b)
    parts = sum(pair.log_odds for pair in found.pairs) + found.contradiction
    assert parts == pytest.approx(found.log_odds, abs=1e-3)


def test_letters_stand_beside_letters() -> None:
    found = explain(NameModel.shipped(), "Shushan", "Շուշան")
    letters = found.pairs[0].letters
    assert "".join(one.left for one in letters) == "shushan"
    assert "".join(one.right for one in letters) == "շուշան"
    assert ("sh", "շ") in {(one.left[:2], one.right[:1]) for one in letters}


def test_it_is_said_in_words() -> None:
    lines = explain(NameModel.shipped(), "Aram Petrov", "Арам Сидоров").words()
    assert lines[0].startswith("Aram Petrov / Арам Сидоров: ")
    assert any("contradict" in line for line in lines)


def test_programs_get_the_same() -> None:
    found = explain(NameModel.shipped(), "Aram", "Արամ")
    told = found.to_json()
    assert told["log_odds"] == pytest.approx(found.log_odds, abs=1e-3)
    assert told["words"][0]["left"] == ["aram"]  # type: ignore[index, call-overload]
