"""Other forms of words, and how much words count that are left over."""

import pytest

from stelae.linkage.names.forms import forms_of, mass_of


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("bill", "william"),
        ("саша", "александра"),
        ("ваня", "иван"),
        ("սաքո", "սարգիս"),
        ("məmməd", "məhəmməd"),
        ("იიკო", None),
        ("иванова", "иванов"),
        ("сергеевич", "сергей"),
        ("иванович", "иван"),
        ("григорянц", "григорян"),
        ("հովհաննեսի", "հովհաննես"),
        ("սարգսեան", "սարգսյան"),
        ("alioglu", "ali"),
        ("الرحمن", "رحمن"),
    ],
)
def test_a_word_stands_for_its_full_form(word: str, form: str | None) -> None:
    found = dict(forms_of(word))
    assert (form in found) if form else not found
    assert all(cost > 0 for cost in found.values())


def test_particles_titles_and_initials_count_little() -> None:
    assert mass_of("bin") < mass_of("j") < mass_of("anna") == 1.0
