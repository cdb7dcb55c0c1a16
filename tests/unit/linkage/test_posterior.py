import numpy as np
import numpy.typing as npt
import pytest

from stelae.linkage import clustering
from stelae.linkage.learning import Answers, learn
from stelae.linkage.posterior import (
    UNREVIEWED_DOUBT,
    Drawing,
    Moved,
    doubt_of,
    drawn_clusterings,
    moved_draws,
    people_interval,
)
from stelae.linkage.reliability import Reliability, reliability
from stelae.linkage.weights import Floats, Weights

Ints = npt.NDArray[np.int64]

LABELS = np.repeat(np.arange(1000), 2)
NARROW = (Moved(-2.0, (1002, 1004)), Moved(0.0, (999, 1001)), Moved(2.0, (996, 998)))
WIDE = (Moved(-2.0, (1200,)), Moved(0.0, (1000,)), Moved(2.0, (800,)))


def judged(share: float) -> Reliability:
    same = np.arange(200) < 200 * share
    return reliability(np.full(200, 0.6), same)


def test_the_interval_holds_all_draws_and_what_candidates_lost() -> None:
    found = people_interval(NARROW, LABELS, found=0.999, inflation=1.1)
    assert found.verdict == "calibrated"
    assert found.drawn == (996, 1004)
    assert found.interval == (993, 1004)
    assert "993 and 1,004" in found.in_words()


@pytest.mark.parametrize(
    ("moved", "share", "inflation", "why"),
    [
        (WIDE, 1.0, 1.0, "too few answers say"),
        (NARROW, 0.94, 1.0, "lost before"),
        (NARROW, 1.0, 1.7, "several times"),
    ],
)
def test_what_cannot_be_honest_is_refused_with_its_reason(
    moved: tuple[Moved, ...], share: float, inflation: float, why: str
) -> None:
    found = people_interval(moved, LABELS, found=share, inflation=inflation)
    assert (found.verdict, found.interval) == ("refused as uncalibrated", None)
    assert why in found.in_words()


def test_answers_that_contradict_refuse_and_those_that_agree_allow() -> None:
    against, for_it = (
        people_interval(NARROW, LABELS, found=1.0, inflation=1.7, judged=judged(share))
        for share in (0.1, 0.6)
    )
    assert "contradict" in against.in_words()
    assert for_it.interval == (996, 1004)


def drawing(a: Ints, b: Ints, log_odds: Floats, records: int) -> Drawing:
    alone = np.arange(records)
    return Drawing(a, b, log_odds, np.full(records, -1), alone, cap=6.0, apart=-0.5)


def test_a_hundred_thousand_hopeless_pairs_join_nobody_in_a_draw() -> None:
    n = 450
    a, b = np.triu_indices(n, 1)
    graph = drawing(a, b, np.full(len(a), -15.0), n).graph(0.0)
    rng = np.random.default_rng(1)
    drawn = list(clustering.draws(graph, rng, start=np.arange(n), count=2, settle=2, thin=1))
    assert [len(np.unique(labels)) for labels in drawn] == [n, n]


PAIRS = np.arange(0, 400, 2)


def test_surer_weights_join_more_in_draws() -> None:
    pairs = drawing(PAIRS, PAIRS + 1, np.zeros(200), 400)
    moved = list(moved_draws(pairs, np.random.default_rng(2), doubt=2.0, count=5))
    assert [each.by for each in moved] == [-2.0, 0.0, 2.0]
    means = [np.mean(each.counts) for each in moved]
    # Of 200 pairs with odds exp(by), so many are joined.
    expected = [400 - 200 / (1 + np.exp(-by)) for by in (-2.0, 0.0, 2.0)]
    assert means == pytest.approx(expected, abs=12)


@pytest.mark.parametrize("count", [1, 3, 10, 57])
def test_clusterings_that_are_handed_on_differ_by_what_all_weights_may_be_wrong(count: int) -> None:
    pairs = drawing(PAIRS, PAIRS + 1, np.zeros(200), 400)
    told: list[float] = []
    drawn = list(
        drawn_clusterings(
            pairs, np.random.default_rng(2), doubt=2.0, count=count, progress=told.append
        )
    )
    assert len(drawn) == count
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    joined = np.array([400 - len(np.unique(labels)) for labels in drawn])
    assert joined.mean() == pytest.approx(100, abs=12)
    if count >= 10:  # of one set of weights they would differ by 7
        assert 25 < joined.std() < 60


def test_no_clusterings_are_drawn_where_none_are_asked_for() -> None:
    pairs = drawing(PAIRS, PAIRS + 1, np.zeros(200), 400)
    assert not list(drawn_clusterings(pairs, np.random.default_rng(2), doubt=2.0, count=0))


def test_doubt_falls_with_answers_but_never_to_nought() -> None:
    before = Weights(-1.0, (np.array([2.0, -2.0]),))
    rng = np.random.default_rng(3)

    def doubt(n: int) -> float:
        levels = rng.integers(0, 2, (n, 1)).astype(np.int8)
        given = Answers(levels, rng.random(n) < 0.5, np.full(n, np.nan))
        return doubt_of(learn(given, before), given)

    assert doubt(5) == UNREVIEWED_DOUBT
    assert doubt(2000) == 1.0
