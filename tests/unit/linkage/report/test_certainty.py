from linked_samples import clustered, hand_made

from stelae.linkage.report.certainty import Doubt, Inside, Likely, doubt, inside, spread


def test_pairs_are_counted_by_probability_and_by_cluster() -> None:
    assert spread(hand_made()) == (
        Likely("below 1 %", 0, 10),
        Likely("1 % to 10 %", 1, 0),
        Likely("10 % to 50 %", 0, 2),
        Likely("50 % to 90 %", 3, 0),
        Likely("90 % to 99 %", 2, 0),
        Likely("99 % to 99.9 %", 1, 0),
        Likely("above 99.9 %", 1, 0),
    )


def test_every_compared_pair_is_in_one_class() -> None:
    linkage = hand_made()
    assert sum(each.joined + each.apart for each in spread(linkage)) == linkage.compared


def test_pairs_of_ten_to_ninety_per_cent_are_doubtful() -> None:
    # 2, 1, 0.5, -1 and -2.5 bits; possible are also the other joined pairs.
    assert doubt(hand_made()) == Doubt(pairs=5, possible=10, compared=20)


def test_pairs_in_one_cluster_are_compared_or_not_for_it_or_against() -> None:
    assert inside(hand_made()) == Inside(pairs=9, never=1, against=1)


def test_without_pairs_there_is_nothing_to_doubt() -> None:
    linkage = clustered([0, 0], [0, 1])
    assert doubt(linkage) == Doubt(0, 0, 0)
    assert inside(linkage) == Inside(0, 0, 0)
    assert all(each.joined == each.apart == 0 for each in spread(linkage))
