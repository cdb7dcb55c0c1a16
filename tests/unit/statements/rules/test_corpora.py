"""Every rule with a corpus judges it as it ought to; tests/corpus/statements holds the texts."""

from pathlib import Path

import pytest
from rules_corpus import corpora, examples, findings, measure

from stelae.statements.checking import RULES
from stelae.statements.diagnostics import Level

LEAST_PRECISION = 0.9
LEAST_RECALL = 0.75
ENOUGH = 12


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.stem)
def test_a_rule_below_nine_tenths_of_precision_may_only_be_a_note(path: Path) -> None:
    measured = measure(path)
    (rule,) = (rule for rule in RULES if rule.id == measured.rule)
    assert measured.precision >= LEAST_PRECISION or rule.level is Level.NOTE, measured.wrong
    assert measured.recall >= LEAST_RECALL, measured.unfound


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.stem)
def test_a_corpus_has_twelve_hits_and_near_misses_in_three_languages(path: Path) -> None:
    texts = examples(path)
    for is_hit in (True, False):
        kind = [one for one in texts if one.is_hit is is_hit]
        assert len(kind) >= ENOUGH
        assert len({one.language for one in kind}) >= 3
    assert len({(one.language, one.text, one.siblings) for one in texts}) == len(texts)


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.stem)
def test_only_a_rule_that_says_what_it_mends_offers_edits(path: Path) -> None:
    edits = [found for one in examples(path) for found in findings(one) if found.edit is not None]
    (rule,) = (rule for rule in RULES if rule.id == path.stem)
    assert bool(edits) == bool(rule.mends) or path.stem == "DAT-impossible"


def test_every_corpus_is_of_a_rule_that_there_is() -> None:
    assert {path.stem for path in corpora()} <= {rule.id for rule in RULES}
    assert len(corpora()) >= 41
