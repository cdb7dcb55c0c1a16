from dataclasses import replace

import polars as pl
import pytest
from linked_samples import ODD, clustered, hand_made

from stelae.linkage.report.confused import Words, near, script, spellings


def test_a_word_has_the_script_of_its_first_letter() -> None:
    found = [script(word) for word in ("anna", "анна", "աննա", "1833", "-ב")]
    assert found == ["latin", "cyrillic", "armenian", "no letters", "hebrew"]


def test_spellings_joined_twice_are_counted_across_scripts_and_within() -> None:
    linkage = hand_made()
    twice = replace(linkage, pairs=pl.concat([linkage.pairs, linkage.pairs]))
    found = spellings(twice)
    across = {(each.left, each.right): (each.joined, each.apart) for each in found.across}
    assert across["саркисян", "sarkisyan"] == (2, 0)
    assert across["минасян", "minasian"] == (2, 0)
    within = {(each.left, each.right): each.joined for each in found.within}
    assert within == {("sarkissian", "sarkisyan"): 2}
    assert all(each.scripts[0] != each.scripts[1] for each in found.across)


def test_spellings_joined_once_are_not_often() -> None:
    found = spellings(hand_made())
    anahit = Words("анаит", "anahit", ("cyrillic", "latin"), 2, 0)
    assert (found.across, found.within) == ((anahit,), ())
    assert found.names == found.of


def test_pairs_at_even_odds_have_different_names() -> None:
    found = near(hand_made(), most=2)
    assert found[0].names == ("Акоп Минасян", "يعقوب ميناسيان")
    assert (found[0].left, found[0].right, found[0].together) == (("b", "2"), ("b", "3"), True)
    assert [each.left for each in found[1:]] == [(ODD, "2")]
    assert found[0].probability == pytest.approx(0.5857864)


def test_two_names_are_shown_once_however_many_records_bear_them() -> None:
    linkage = hand_made()
    same = replace(linkage, pairs=pl.concat([linkage.pairs, linkage.pairs]))
    assert near(same) == near(linkage)
    assert len({each.names for each in near(linkage)}) == len(near(linkage)) == 10


def test_without_pairs_no_names_are_taken_for_one_another() -> None:
    linkage = clustered([0, 1], [0, 1])
    assert near(linkage) == ()
    assert spellings(linkage).across == ()
