import pytest

from stelae.errors import BadValue
from stelae.linkage.synthetic.cultures import culture, cultures


@pytest.mark.parametrize("name", cultures())
def test_every_custom_says_the_same_things(name: str) -> None:
    custom = culture(name)
    assert len(set(custom.men)) == len(custom.men) >= 24
    assert len(set(custom.women)) == len(custom.women) >= 20
    assert len(custom.stems) > 1000
    assert len(custom.places) > 1000
    assert set(custom.order) == {"given", "family", "patronymic"}
    assert set(custom.short) <= {*custom.men, *custom.women}
    assert custom.patronymics
    assert 0 <= custom.husband <= 1
    assert 0 <= custom.elders <= 1


def test_women_bear_their_form_of_a_family_name() -> None:
    custom = culture("russian")
    man, woman = custom.family(0, 0)
    assert man + "a" == woman


def test_what_meets_where_parts_join_is_mended() -> None:
    assert culture("russian").joined("sergeyovich") == "sergeyevich"


def test_an_unknown_custom_is_refused() -> None:
    with pytest.raises(BadValue, match="there is no naming custom 'elvish'"):
        culture("elvish")
