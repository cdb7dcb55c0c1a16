"""Fixing is done once and for all, and never makes an error of what was none."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_corpus import corpora, examples
from rules_record import AS_OF, record_of

from stelae.statements.checking import check_statement
from stelae.statements.context import CheckContext, RecordContext
from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.fixing import Check, Fixed, fix_statements
from stelae.statements.model import Statement
from stelae.statements.read import read_statement

RECORD = record_of()


def _check(record: RecordContext | None, as_of: date = AS_OF) -> Check:
    return lambda texts: [
        check_statement(
            text,
            CheckContext(as_of, record, siblings=tuple(t for t in texts if t is not text)),
        )
        for text in texts
    ]


def _fix(texts: list[Statement], check: Check) -> Fixed:
    languages = {text.name: text.language for text in texts}
    return fix_statements(
        texts,
        check,
        lambda text, name: read_statement(text, name, languages[name]),
        frozenset(languages),
    )


def _grave(found: Diagnostic) -> bool:
    return found.level is Level.ERROR


def _assert_settled(texts: list[Statement], check: Check) -> None:
    once = _fix(texts, check)
    twice = _fix(list(once.texts), check)
    assert [t.source.content for t in twice.texts] == [t.source.content for t in once.texts]
    assert twice.made == {}
    for before, after in zip(check(texts), check(once.texts), strict=True):
        rules = [found.rule for found in before if _grave(found)]
        for found in filter(_grave, after):
            assert found.rule in rules, found
            rules.remove(found.rule)


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.stem)
def test_the_texts_of_the_corpora_are_fixed_once_and_gain_no_error(path: Path) -> None:
    for example in examples(path):
        record = RECORD if example.held_against_record else None
        text = read_statement(example.text, "text.md", example.language)
        _assert_settled([text], _check(record))


SENTENCES = st.sampled_from(
    [
        "So it was [1].",
        "Then [2, p. 5; 3] and [1].",
        "As [4] says, and [2].",
        "Again [3–4].",
        "The 31st anniversary of January 1990.",
        "They wrote “we saw it all.",
        "On [Sunday, 13 January 1990](date:zenda-1990) it began [3].",
        "[“Nobody was allowed, to leave the HARBOUR”](quote:grey-2001).",
        "They said “nobody was allowed to leave: the harbour” [1].",
        "They fled from Hentsova to Zenda [2].",
        "In all 82, 21 and 8 people died, in all 131 [1].",
    ]
)
ENTRIES = st.permutations(["grey-2001", "law-1995: p. 2", "A book, 1991.", "Ibid."])
HEAD = "---\ntitle: Zenda\ndate: 2020-01-13\n{more}---\n\n"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(SENTENCES, max_size=5),
    st.lists(SENTENCES, max_size=5),
    ENTRIES,
    st.permutations([1, 2, 3, 4]),
    st.booleans(),
)
def test_fixing_twice_is_fixing_once_also_over_two_languages(
    one: list[str], other: list[str], entries: list[str], numbers: list[int], named: bool
) -> None:
    order = numbers if named else sorted(numbers)
    listed = "\n".join(f"{n}. {entry}" for n, entry in zip(order, entries, strict=True))
    texts = []
    for name, sentences, more in (
        ("text.en.md", one, ""),
        ("text.fr.md", other, "translation_of: text.en.md\n" if named else ""),
    ):
        body = "\n\n".join(sentences) + f"\n\n## References\n\n{listed}\n"
        texts.append(read_statement(HEAD.format(more=more) + body, name, name[5:7]))
    _assert_settled(texts, _check(RECORD))
