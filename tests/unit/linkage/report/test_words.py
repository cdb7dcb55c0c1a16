import pytest
from linked_samples import hand_made

from stelae.linkage.report.reviewed import NOTHING_REVIEWED, Reviewed
from stelae.linkage.report.stability import people_drawn
from stelae.linkage.report.words import (
    bits,
    calibration_words,
    disagreement,
    interval_words,
    many,
    share,
    signed,
)


def said(text: str) -> str:
    """The words with plain spaces."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 10, "0.0 %"),
        (1, 8, "12.5 %"),
        (8, 8, "100.0 %"),
        (1, 100_000, "less than 0.1 %"),
        (99_999, 100_000, "more than 99.9 %"),
        (0, 0, "0 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(part: int, whole: int, words: str) -> None:
    assert said(share(part, whole)) == words


def test_weights_have_a_sign_but_not_nought() -> None:
    assert [signed(x) for x in (3.14, -2.0, 0.01, -0.04)] == ["+3.1", "−2.0", "+0.0", "+0.0"]
    assert said(bits(-1)) == "−1.0 bits"


def test_one_is_no_plural() -> None:
    assert many(1, "pair") == "1 pair"
    assert many(1200, "person", "people") == "1,200 people"


def test_clusters_beyond_the_draws_are_a_warning() -> None:
    drawn = people_drawn(hand_made([[0, 0, 0, 0, 0, 0, 0, 1], [0, 1, 0, 1, 1, 0, 1, 2]]).draws)
    assert drawn is not None
    assert disagreement(drawn, 3) == disagreement(None, 3) == ""
    assert "(4) lie above all but a few of the draws (2–3)" in disagreement(drawn, 4)
    assert "fewer records belong together" in disagreement(drawn, 1)


def test_an_interval_is_said_only_where_there_is_one() -> None:
    assert interval_words(None, NOTHING_REVIEWED) == "no interval: no clusterings were drawn"
    drawn = people_drawn(hand_made([[0, 1, 0, 1, 1, 0, 1, 2]]).draws)
    words = said(interval_words(drawn, NOTHING_REVIEWED))
    assert words.startswith("3 people in 95 % of 1 drawn clustering, which no reviewer")


def test_without_decisions_it_is_said_how_to_make_them() -> None:
    assert "stelae link review OUT" in calibration_words(NOTHING_REVIEWED)
    assert "Reviewers decided on 4 pairs" in calibration_words(Reviewed(decisions=4))
