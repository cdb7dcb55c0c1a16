from dataclasses import replace

import numpy as np
import pytest
from linked_samples import ODD, clustered, hand_made

from stelae.linkage.report.doubtful import SHOWN, Fate, doubtful


def test_a_cluster_with_a_pair_far_below_nought_is_at_odds_with_itself() -> None:
    found = doubtful(hand_made())
    assert found.all_at_odds == 1
    (cluster,) = found.at_odds
    assert (cluster.number, cluster.size, cluster.against) == (2, 4, 1)
    assert cluster.weakest is not None
    assert (cluster.weakest.left, cluster.weakest.right) == ((ODD, "2"), ("b", "3"))
    assert cluster.weakest.bits == pytest.approx(-5.0)
    assert cluster.fate is None


def test_a_cluster_is_shown_once() -> None:
    found = doubtful(hand_made())
    assert [each.number for each in found.largest] == [1]
    assert found.unsure == ()


def test_records_stand_as_printed_without_fields_that_none_says() -> None:
    (cluster,) = doubtful(hand_made()).at_odds
    assert cluster.records.columns == ("list", "record", "given", "family", "birth")
    assert cluster.records.rows[0] == (ODD, "2", "Յակոբ", "Մինասյան", "1890-02-03")
    assert cluster.records.rows[1] == ("b", "2", "Акоп", "Минасян", "")


def test_clusters_that_draws_change_come_first_with_what_they_meet() -> None:
    draws = [[0, 1, 0, 1, 1, 0, 1, 2], [0, 1, 0, 1, 1, 0, 1, 1], [0, 1, 0, 1, 1, 0, 1, 1]]
    found = doubtful(hand_made(draws))
    assert found.all_unsure == 1
    (cluster,) = found.unsure
    assert cluster.number == 2
    assert cluster.fate is not None
    shares = (cluster.fate.whole, cluster.fate.split, cluster.fate.larger)
    assert shares == pytest.approx((1 / 3, 0, 2 / 3))
    assert cluster.met is not None
    assert cluster.met.number == 3
    assert cluster.met.share == pytest.approx(2 / 3)
    assert cluster.met.rows == (("c", "3", "<i>Vardan</i>", "Petrosyan", "1950"),)
    assert found.at_odds == ()
    assert [each.fate for each in found.largest] == [Fate(1.0, 0.0, 0.0)]


def test_only_some_clusters_and_records_are_shown_the_largest_first() -> None:
    sizes = [40, *[3] * 9]
    labels = np.repeat(np.arange(10), sizes).tolist()
    linkage = clustered([0] * len(labels), labels)
    found = doubtful(linkage)
    assert len(found.largest) == SHOWN
    assert (found.largest[0].size, len(found.largest[0].records.rows)) == (40, 10)
    assert found.largest[0].more == 30


def test_long_cells_are_cut() -> None:
    linkage = hand_made()
    frame = linkage.as_read.frame.with_columns(family=linkage.as_read.frame["family"] + "x" * 900)
    long = replace(linkage, as_read=replace(linkage.as_read, frame=frame))
    (cluster,) = doubtful(long).at_odds
    assert {len(row[3]) for row in cluster.records.rows} == {160}
