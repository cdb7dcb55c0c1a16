import numpy as np
import pytest
from made_linkages import Made, made, true_errors

from stelae.linkage.evaluation import (
    Estimated,
    Units,
    errors_of,
    from_clusters,
    from_people,
    people_of,
)


def sampled(linkage: Made, n: int, rng: np.random.Generator) -> Units:
    """People found from records that were drawn evenly."""
    rows = rng.choice(len(linkage.person), n, replace=False)
    people = [linkage.rows_of(linkage.person[row]) for row in rows]
    return from_people(linkage.labels, people, np.array([len(one) for one in people], dtype=float))


def everybody(linkage: Made) -> Units:
    people = [linkage.rows_of(one) for one in range(linkage.person.max() + 1)]
    return from_people(linkage.labels, people, np.ones(len(people)))


def test_a_review_of_everybody_gives_the_true_errors() -> None:
    linkage = made(np.random.default_rng(1))
    found = [each.point for each in errors_of(everybody(linkage))[:3]]
    assert found == pytest.approx(true_errors(linkage.person, linkage.labels))


def test_a_review_of_everybody_gives_the_number_of_people_and_clusters() -> None:
    linkage = made(np.random.default_rng(2))
    units = everybody(linkage)
    people = linkage.person.max() + 1
    found = people_of(units, len(linkage.person), linkage.labels.max() + 1)
    assert found.point == pytest.approx(people)
    assert units.clusters.sum() == pytest.approx(linkage.labels.max() + 1)
    whole = sum(len(set(linkage.labels[linkage.rows_of(one)])) == 1 for one in range(people))
    assert errors_of(units)[4].point == pytest.approx(whole / people)


def test_pure_clusters_are_counted_once_whoever_is_reviewed() -> None:
    person, labels = np.array([0, 0, 1, 2, 2]), np.array([0, 0, 0, 1, 1])
    people = [np.flatnonzero(person == one) for one in range(3)]
    units = from_people(labels, people, np.ones(3))
    assert units.pure.sum() / units.clusters.sum() == pytest.approx(0.5)


def truth_of(linkage: Made) -> dict[str, float]:
    precision, recall, f1 = true_errors(linkage.person, linkage.labels)
    people = float(linkage.person.max() + 1)
    return {"precision": precision, "recall": recall, "F1": f1, "people": people}


@pytest.mark.parametrize("errors", [0.02, 0.1, 0.3])
def test_the_truth_lies_in_nine_of_ten_intervals(errors: float) -> None:
    inside: dict[str, list[bool]] = {}
    for seed in range(60):
        rng = np.random.default_rng(seed)
        linkage = made(rng, 150, errors=errors)
        units, truth = sampled(linkage, 100, rng), truth_of(linkage)
        clusters = linkage.labels.max() + 1
        for each in (*errors_of(units), people_of(units, len(linkage.person), clusters)):
            if each.interval is not None and each.what in truth:
                low, high = each.interval
                inside.setdefault(each.what, []).append(low <= truth[each.what] <= high)
    assert set(inside) == set(truth)
    assert {what: np.mean(held) >= 0.9 for what, held in inside.items()} == dict.fromkeys(
        truth, True
    )


def test_without_an_error_the_interval_still_leaves_room_for_some() -> None:
    linkage = made(np.random.default_rng(3), errors=0.0)
    precision = errors_of(sampled(linkage, 60, np.random.default_rng(4)))[0]
    assert precision.point == 1.0
    assert precision.interval is not None
    assert 0.85 < precision.interval[0] < 0.98
    assert precision.interval[1] == 1.0


def test_few_reviews_give_no_interval_but_a_reason() -> None:
    linkage = made(np.random.default_rng(5))
    units = sampled(linkage, 12, np.random.default_rng(6))
    for each in (*errors_of(units), people_of(units, len(linkage.person), 400)):
        assert each.interval is None
        assert "too few" in each.reason
        assert "no interval" in each.in_words()


def test_reviews_of_records_that_stand_alone_say_nothing_of_pairs() -> None:
    labels = np.arange(100)
    units = from_people(labels, [np.array([row]) for row in range(50)], np.ones(50))
    assert errors_of(units)[1].reason == "none of the reviewed records has a pair"


def test_sampled_clusters_tell_precision_and_purity_but_no_recall() -> None:
    clusters = [[3], [2, 1], [1, 1], *[[2]] * 40]
    precision, recall, f1, pure, whole = errors_of(from_clusters(clusters, np.ones(43)))
    assert precision.point == pytest.approx((6 + 2 + 80) / (6 + 6 + 2 + 80))
    assert pure.point == pytest.approx(41 / 43)
    assert [each.interval for each in (recall, f1, whole)] == [None] * 3
    assert "review people" in recall.reason


def test_unequal_chances_do_not_bias() -> None:
    rng = np.random.default_rng(7)
    linkage = made(rng, 300, errors=0.2)
    chance = rng.uniform(0.2, 0.9, 300)
    points = []
    for _ in range(40):
        drawn = np.flatnonzero(rng.random(300) < chance)
        units = from_people(
            linkage.labels, [linkage.rows_of(one) for one in drawn.tolist()], chance[drawn]
        )
        points.append(errors_of(units)[0].point or 0.0)
    truth = true_errors(linkage.person, linkage.labels)[0]
    assert np.mean(points) == pytest.approx(truth, abs=0.01)


@pytest.mark.parametrize(
    ("estimated", "words"),
    [
        (Estimated("recall", 0.9, (0.8, 0.95), 50), "recall 0.900 (0.800 to 0.950), from 50"),
        (Estimated("people", 1234.4, (1100.0, 1300.0), 50), "people 1,234 (1,100 to 1,300)"),
    ],
)
def test_an_estimate_is_said_with_its_interval(estimated: Estimated, words: str) -> None:
    assert words in estimated.in_words()


def test_the_order_of_reviews_does_not_matter() -> None:
    linkage = made(np.random.default_rng(8))
    rows = np.random.default_rng(9).choice(len(linkage.person), 50, replace=False)
    people = [linkage.rows_of(linkage.person[row]) for row in rows]
    size = np.array([float(len(one)) for one in people])
    one = errors_of(from_people(linkage.labels, people, size))[0]
    two = errors_of(from_people(linkage.labels, people[::-1], size[::-1]))[0]
    assert one.point == pytest.approx(two.point)
