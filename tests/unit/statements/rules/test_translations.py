from typing import TYPE_CHECKING

import pytest

from stelae.statements.diagnostics import Diagnostic
from stelae.statements.read import read_statement
from stelae.statements.rules.originals import Missing, Stale
from stelae.statements.rules.rule import Rule
from stelae.statements.rules.translations import Dates, Figures, Names, References
from stelae.values.digests import digest_of

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

ENGLISH = """---
title: Harbour
language: en
---

In January 1990 the storm left 132 dead at [Zenda](place:zenda). {#dead}

On [13 January 1990](date:zenda-1990) [about 90](figure:zenda-1990/killed/observers)
people died [1, p. 2]. {#bound}

## References

1. grey-2001
"""
RUSSIAN = """---
title: Гавань
language: ru
translation_of: statement.en.md
---

В январе 1990 года в [Зенде](place:zenda) шторм оставил 132 погибших. {#dead}

[13 января 1990 года](date:zenda-1990) погибло
[около 90 человек](figure:zenda-1990/killed/observers) [1, с. 2]. {#bound}

## Источники

1. grey-2001
"""
ARMENIAN = """---
title: Նավահանգիստ
language: hy
translation_of: statement.en.md
---

1990 թ. հունվարին [Զենդայում](place:zenda) փոթորկից զոհվեց 132 մարդ։ {#dead}

[1990 թ. հունվարի 13-ին](date:zenda-1990) զոհվեց
[մոտ 90 մարդ](figure:zenda-1990/killed/observers) [1, էջ 2]։ {#bound}

## Հղումներ

1. grey-2001
"""
RULES = (Figures(), Dates(), References(), Names(), Missing(), Stale())


def compare(check: "Check", rule: Rule, text: str, original: str = ENGLISH) -> list[Diagnostic]:
    sibling = read_statement(original, "in/a/folder/statement.en.md")
    return check(rule, text, "ru" if "language: ru" in text else "hy", siblings=(sibling,))


@pytest.mark.parametrize("text", [RUSSIAN, ARMENIAN])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_versions_that_say_the_same_give_nothing(check: "Check", rule: Rule, text: str) -> None:
    assert compare(check, rule, text) == []


@pytest.mark.parametrize(
    ("rule", "text", "old", "new", "said"),
    [
        (
            Figures(),
            RUSSIAN,
            "132 погибших",
            "123 погибших",
            "“123” here, “132” in statement.en.md",
        ),
        (
            Figures(),
            RUSSIAN,
            "132 погибших",
            "более 132 погибших",
            "“более 132” here, “132” in statement.en.md",
        ),
        (Figures(), ARMENIAN, "132 մարդ", "մարդիկ", "“132” stands in statement.en.md and not here"),
        (Figures(), RUSSIAN, "около 90", "90", "90 here, about 90 in statement.en.md"),
        (
            Figures(),
            ARMENIAN,
            "killed/observers",
            "killed/prosecutor",
            "is bound in statement.en.md and not here",
        ),
        (
            Dates(),
            RUSSIAN,
            "В январе 1990",
            "В феврале 1990",
            "“феврале 1990 года” here, “January 1990” in statement.en.md",
        ),
        (
            Dates(),
            ARMENIAN,
            "1990 թ. հունվարին",
            "Այն ձմռանը",
            "stands in statement.en.md and not here",
        ),
        (Dates(), RUSSIAN, "date:zenda-1990", "date:zenda-1991", "is bound here and not in"),
        (
            References(),
            RUSSIAN,
            "[1, с. 2]",
            "",
            "grey-2001, p. 2 is cited in statement.en.md and not here",
        ),
        (
            References(),
            ARMENIAN,
            "[1, էջ 2]",
            "[1, էջ 3]",
            "grey-2001, p. 3 is cited here and not in",
        ),
        (
            References(),
            RUSSIAN,
            "1. grey-2001",
            "1. report-1992",
            "report-1992, p. 2 is cited here",
        ),
        (
            References(),
            RUSSIAN,
            "погибших",
            "[погибших](source:report-1992)",
            "source:report-1992 is bound here",
        ),
        (Names(), RUSSIAN, "place:zenda", "place:strelsau", "place:zenda is bound in"),
        (Names(), ARMENIAN, "[Զենդայում](place:zenda)", "Զենդայում", "place:zenda is bound in"),
        (Names(), RUSSIAN, "шторм", "[шторм](event:storm)", "event:storm is bound here"),
        (Missing(), RUSSIAN, "{#dead}", "{#lost}", "the clause dead of statement.en.md is missing"),
        (Missing(), ARMENIAN, "{#bound}", "", "this clause answers to bound of statement.en.md"),
    ],
)
def test_a_difference_is_found(  # noqa: PLR0917 -- pytest passes them by name
    check: "Check", rule: Rule, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    found = compare(check, rule, text.replace(old, new))
    assert any(said in one.message for one in found), [one.message for one in found]


@pytest.mark.parametrize(
    ("rule", "text", "old", "new"),
    [
        (Figures(), RUSSIAN, "132 погибших", "сто тридцать два погибших"),
        (Figures(), RUSSIAN, "шторм оставил", "шторм за две ночи оставил"),
        (Dates(), RUSSIAN, "В январе 1990 года", "Зимой 1990 года"),
        (Dates(), ARMENIAN, "1990 թ. հունվարին", "1990 թվականին"),
        (References(), RUSSIAN, "[1, с. 2]", "[1, стр. 2]"),
        (Names(), RUSSIAN, "В январе", "[В январе](day:harbour)"),
        (Missing(), RUSSIAN, "## Источники", "## Подписали\n\n- Портовый дозор\n\n## Источники"),
    ],
)
def test_what_languages_put_otherwise_is_no_difference(
    check: "Check", rule: Rule, text: str, old: str, new: str
) -> None:
    assert old in text
    assert compare(check, rule, text.replace(old, new)) == []


def test_a_language_whose_numbers_cannot_be_read_is_compared_by_its_links_alone(
    check: "Check",
) -> None:
    text = "---\ntranslation_of: statement.en.md\n---\n\nZenda harbour, bound. {#dead}\n"
    sibling = read_statement(ENGLISH, "statement.en.md")
    assert check(Figures(), text, "nl", siblings=(sibling,)) == []
    assert len(check(Names(), text, "nl", siblings=(sibling,))) == 1


def test_a_translation_is_held_against_its_original_alone(check: "Check") -> None:
    other = read_statement(ARMENIAN.replace("132", "133"), "statement.hy.md")
    sibling = read_statement(ENGLISH, "statement.en.md")
    assert check(Figures(), RUSSIAN, "ru", siblings=(other, sibling)) == []
    assert check(Figures(), ENGLISH, "en", siblings=(other,), name="statement.en.md") == []


def test_texts_that_name_no_original_are_held_against_each_other(check: "Check") -> None:
    plain = RUSSIAN.replace("translation_of: statement.en.md\n", "").replace("132", "133")
    sibling = read_statement(plain, "statement.ru.md")
    (one,) = check(Figures(), ENGLISH, "en", siblings=(sibling,), name="statement.en.md")
    assert one.message == "“132” here, “133” in statement.ru.md"


DATED = "---\ndate: 2020-01-12\n---\n\n"


def test_a_clause_that_the_other_language_parts_in_two_is_one(check: "Check") -> None:
    words = "It froze in 1990.\n\n132 people were killed.\n\nWe left."
    siblings = (read_statement(DATED + words, "a.md", "en"),)
    text = DATED + "Оно замёрзло в 1990 году, и погибли 132 человека.\n\nМы ушли."
    for rule in RULES:
        assert check(rule, text, "ru", siblings=siblings, name="b.md") == []
    for old, new in (("132", "140"), ("погибли 132", "погибли более 132")):
        wrong = text.replace(old, new)
        (one,) = check(Figures(), wrong, "ru", siblings=siblings, name="b.md")
        assert one.message == f"“{new.removeprefix('погибли ')}” here, “132” in a.md"


def test_texts_of_which_little_answers_to_anything_are_compared_as_wholes(check: "Check") -> None:
    words = "132 people were killed.\n\nWe left."
    long = "".join(f"\n\nИ ещё {number} слов о другом." for number in range(301, 309))
    siblings = (read_statement(DATED + words, "a.md", "en"),)
    text = DATED + "Погибли 132 человека." + long
    (one,) = check(Missing(), text, "ru", siblings=siblings, name="b.md")
    assert "this text has 9 clauses, a.md has 2" in one.message
    found = check(Figures(), text, "ru", siblings=siblings, name="b.md")
    assert len(found) == 8
    assert all("a.md has no such figure" in one.message for one in found)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Another thing, of 140 people killed.\n\nIt is short.", "en"),
        ("---\ndate: 2021-01-12\n---\n\nДругое: погибли 140 человек.", "ru"),
        ("Другое: погибли 140 человек.\n\nИ ещё.\n\nИ ещё.", "ru"),
    ],
)
def test_texts_that_do_not_look_like_versions_are_not_compared(
    check: "Check", words: str, code: str
) -> None:
    text = "132 people were killed.\n\nWe left."
    sibling = read_statement(words, "other.md", code)
    for rule in RULES:
        assert (
            check(rule, DATED + text if words.startswith("---") else text, siblings=(sibling,))
            == []
        )


def test_a_translation_of_a_changed_original_is_stale(check: "Check") -> None:
    digest = digest_of(ENGLISH.encode())
    fresh = RUSSIAN.replace("language: ru\n", f"language: ru\noriginal_digest: {digest}\n")
    assert compare(check, Stale(), fresh) == []
    (one,) = compare(check, Stale(), fresh, ENGLISH.replace("132", "133"))
    assert one.message == "statement.en.md has changed since it was translated here"
    assert fresh[one.span.start : one.span.end] == digest
    (one,) = compare(check, Stale(), fresh.replace(digest, "sha256:12"))
    assert "is no digest" in one.message
    assert compare(check, Stale(), RUSSIAN) == []
