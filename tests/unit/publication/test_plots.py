import re

import pytest

from stelae.publication.plots import Scale, axis, overlay, scale_for, strip
from stelae.values.figures import Count

LINEAR = Scale(0, 100, logarithmic=False)
LOGARITHMIC = Scale(10, 1000, logarithmic=True)


def counts(*notations: str) -> list[Count]:
    return [Count.parse(notation) for notation in notations]


def drawn(notation: str) -> str:
    return str(strip(LINEAR, Count.parse(notation), rival=False, withdrawn=False))


def test_a_linear_scale_begins_at_nought() -> None:
    scale = scale_for(counts("48", "90"))
    assert scale is not None
    assert (scale.low, scale.logarithmic) == (0, False)
    assert scale.high >= 90


def test_a_wide_spread_is_drawn_on_a_logarithmic_scale() -> None:
    scale = scale_for(counts("26", "~30000"))
    assert scale is not None
    assert scale.logarithmic
    assert scale.low <= 26
    assert scale.high >= 30000


def test_thirty_fold_is_still_linear() -> None:
    scale = scale_for(counts("10", "300"))
    assert scale is not None
    assert not scale.logarithmic


def test_words_alone_give_no_scale() -> None:
    assert scale_for(counts('"hundreds"')) is None
    assert scale_for(counts("0")) is None


def test_an_open_end_has_room_to_go_on() -> None:
    scale = scale_for(counts("100", "400.."))
    assert scale is not None
    assert scale.position(400) < 0.95


def test_positions_grow_with_numbers_and_stay_on_the_scale() -> None:
    for scale in (LINEAR, LOGARITHMIC):
        places = [scale.position(value) for value in (0, 10, 20, 50, 100, 1000, 10**9)]
        assert places == sorted(places)
        assert (places[0], places[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("scale", [LINEAR, LOGARITHMIC, Scale(1, 2_000_000, logarithmic=True)])
def test_ticks_are_few_and_hold_the_ends(scale: Scale) -> None:
    ticks = scale.ticks()
    assert (ticks[0], ticks[-1]) == (scale.low, scale.high)
    assert list(ticks) == sorted(set(ticks))
    assert len(ticks) <= 6


def test_a_point_is_filled_and_an_approximation_hollow() -> None:
    assert 'class="point"' in drawn("48")
    assert 'class="about"' in drawn("~48")


def test_a_range_is_a_line_between_its_ends_without_a_middle() -> None:
    mark = drawn("20..60")
    xs = {float(x) for x in re.findall(r'x[12]?="([\d.]+)%"', mark)}
    assert len(xs) == 2
    assert "<circle" not in mark
    assert all(abs(x - (min(xs) + max(xs)) / 2) > 1 for x in xs)


def test_open_ends_are_arrows_to_their_side() -> None:
    assert 'class="arrow" x="100%"' in drawn("40..")
    assert 'class="arrow" x="0%"' in drawn("..40")


def test_words_are_not_drawn() -> None:
    assert not re.search("<(line|circle|path)", drawn('"several"'))


def test_a_strip_says_whether_it_is_rival_or_withdrawn() -> None:
    mark = str(strip(LINEAR, Count.parse("4"), rival=True, withdrawn=True))
    assert 'class="strip rival withdrawn"' in mark


def test_an_overlay_has_a_tick_for_each_bound_and_no_other() -> None:
    mark = str(overlay(LINEAR, counts("20", "40..60"), rival=True))
    assert mark.count('class="tick"') == 3
    assert "<circle" not in mark


def test_an_axis_is_named_and_escaped() -> None:
    mark = str(axis(LINEAR, "<b>Killed</b>", "said", "a.1"))
    assert 'aria-labelledby="a.1-t a.1-d"' in mark
    assert "<b>" not in mark
