import numpy as np

from stelae.linkage.decisions import NOTHING_DECIDED, Answer, Applied, Decision
from stelae.linkage.linking import Linkage
from stelae.linkage.reviewing import Question, questions

NOBODY = np.zeros(0, dtype=np.int64)


def decision(linkage: Linkage, a: int, b: int, answer: Answer = Answer.MATCH) -> Decision:
    rows = linkage.as_read.frame[[a, b]].select("list", "record").rows()
    (list_a, one), (list_b, two) = rows
    return Decision(list_a, one, "", list_b, two, "", answer, "ana", "2026-01-01T00:00:00Z")


def test_doubtful_pairs_are_likelier_to_be_asked_each_with_its_chance(linkage: Linkage) -> None:
    odds = {(a, b): abs(w) for a, b, w in linkage.pairs.select("a", "b", "log_odds").iter_rows()}
    asked = [
        each
        for seed in range(20)
        for each in questions(linkage, (), NOTHING_DECIDED, np.random.default_rng(seed), 8)
    ]
    assert all(each.chance is not None and 0 < each.chance <= 1 for each in asked)
    doubts = [odds[each.a, each.b] for each in asked if (each.a, each.b) in odds]
    assert np.mean(doubts) < np.mean(list(odds.values()))


def test_what_was_answered_is_not_asked_again(linkage: Linkage) -> None:
    first, *_ = questions(linkage, (), NOTHING_DECIDED, np.random.default_rng(1), 3)
    for answer in Answer:
        made = [decision(linkage, first.b, first.a, answer)]
        asked = questions(linkage, made, NOTHING_DECIDED, np.random.default_rng(1), 100_000)
        assert first not in asked
        assert len(asked) == linkage.pairs.height - 1


def test_answers_that_no_longer_hold_come_before_all(linkage: Linkage) -> None:
    stale = decision(linkage, 3, 9)
    group = (decision(linkage, 0, 5), decision(linkage, 5, 7), decision(linkage, 0, 7))
    found = Applied(NOBODY, NOBODY, NOBODY.astype(bool), (), (stale,), (group,))
    asked = questions(linkage, [stale, *group], found, np.random.default_rng(1), 5)
    assert [(each.a, each.b) for each in asked[:4]] == [(3, 9), (0, 5), (5, 7), (0, 7)]
    assert asked[0].why.startswith("A record changed since this was answered; it was match, by ana")
    assert asked[1].why.startswith("One of 3 answers that cannot all be true")
    assert asked[4] == Question(asked[4].a, asked[4].b, chance=asked[4].chance)
