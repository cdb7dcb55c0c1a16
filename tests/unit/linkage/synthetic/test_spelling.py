import unicodedata

import numpy as np
import pytest

from stelae.errors import BadValue
from stelae.linkage.synthetic.cultures import Culture, culture, cultures
from stelae.linkage.synthetic.sounds import symbols
from stelae.linkage.synthetic.spelling import BY_SCRIPT, spell, spelling, spellings

CHANGES = "-׳ "


def words(custom: Culture) -> list[str]:
    """Given names, short forms, a few family names with each ending, patronymics and places."""
    families = [
        form
        for stem in range(0, 400, 9)
        for suffix in range(len(custom.suffixes))
        for form in custom.family(stem, suffix)
    ]
    fathers = [
        custom.joined(form.replace(" {g}", "").format(f=father))
        for way in custom.patronymics
        for form in (way.man, way.woman)
        for father in custom.men[::5]
    ]
    return [
        *custom.men,
        *custom.women,
        *custom.short.values(),
        *families,
        *fathers,
        *custom.places[::40],
    ]


def strangers(text: str, script: str) -> set[str]:
    return {
        letter
        for letter in text
        if letter not in CHANGES and not unicodedata.name(letter).startswith(script.upper())
    }


@pytest.mark.parametrize("name", spellings())
def test_every_name_of_every_custom_is_written_in_the_letters_of_the_script(name: str) -> None:
    chosen = spelling(name)
    rng = np.random.default_rng(1)
    for custom in map(culture, cultures()):
        sounds = words(custom)
        written = spell(sounds, chosen, 2, rng)
        assert len(written) == 2 * len(sounds)
        for at, text in enumerate(written):
            assert text, (name, sounds[at // 2])
            assert strangers(text, chosen.script) == set(), (name, sounds[at // 2], text)


@pytest.mark.parametrize(
    ("name", "sound", "forms"),
    [
        ("armenian-reformed", "hovhannes", {"Հովհաննես"}),
        ("armenian-classical", "hakobyan", {"Հակոբեան", "Յակոբեան"}),
        ("latin-azerbaijani", "ibrahim", {"İbrahim"}),
        ("latin-azerbaijani", "mAmmAd _oghlu", {"Məmməd oğlu"}),
        ("georgian", "k'et'evan", {"ქეთევან"}),
        ("greek", "nikolaos", {"Νικολαος", "Νηκολαος", "Νικωλαος", "Νηκωλαος"}),
        ("arabic", "yuusŭf", {"يوسف"}),
        ("arabic", "ăl|ii", {"ألي", "الي"}),
        ("persian", "parviiz", {"پارویز", "پرویز"}),
        ("hebrew", "natan", {"נטן", "נתן", "נאטן", "נאתן", "נטאן", "נתאן", "נאטאן", "נאתאן"}),
        ("latin-french", "shushan", {"Chouchan"}),
        ("latin-german", "shushan", {"Schuschan"}),
    ],
)
def test_a_name_is_written_as_its_script_writes_it(name: str, sound: str, forms: set[str]) -> None:
    assert set(spell([sound], spelling(name), 60, np.random.default_rng(2))) <= forms


def test_variants_come_with_their_weights() -> None:
    written = spell(["khoren"], spelling("latin-english"), 4000, np.random.default_rng(3))
    shares = {form: written.count(form) / 4000 for form in set(written)}
    # `kh 8, h 2, k 1`
    assert shares["Khoren"] == pytest.approx(8 / 11, abs=0.03)
    assert shares["Horen"] == pytest.approx(2 / 11, abs=0.03)


def test_a_name_may_come_by_way_of_another_script() -> None:
    written = spell(["hakobyan"], spelling("latin-from-russian"), 200, np.random.default_rng(4))
    assert "Gakobyan" in written
    assert "Akobyan" in written
    heard = spell(["hakobyan"], spelling("latin-english"), 200, np.random.default_rng(4))
    assert "Gakobyan" not in heard


def test_a_script_alone_means_its_usual_spelling() -> None:
    for script, name in BY_SCRIPT.items():
        assert spelling(script).name == name


def test_an_unknown_spelling_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadValue, match="klingon") as refused:
        spelling("klingon")
    assert "armenian-classical" in str(refused.value.hint)


def test_letters_that_are_one_sound_are_one_symbol() -> None:
    assert len(symbols("kh")) == 1
    assert len(symbols("k|h")) == 3
    assert len(symbols("ts'")) == 1
