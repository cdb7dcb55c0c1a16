from typing import TYPE_CHECKING

import pytest

from stelae.statements.diagnostics import Diagnostic, Level
from stelae.statements.read import read_statement
from stelae.statements.rules.originals import Missing, Stale
from stelae.statements.rules.rule import Rule
from stelae.statements.rules.translated_dates import Dates
from stelae.statements.rules.translated_figures import Figures
from stelae.statements.rules.translations import Names, References
from stelae.values.digests import digest_of

if TYPE_CHECKING:
    from stelae.statements.context import RecordContext
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


def test_a_number_in_a_neighbouring_clause_is_no_drift(check: "Check") -> None:
    words = "It froze, and 132 people died. {#ice}\n\nThe boats burned in 1990. {#boats}"
    text = "Замёрзло. {#ice}\n\nСгорели лодки, погибли 132 человека. Это 1990 год. {#boats}"
    siblings = (read_statement(words, "a.md", "en"),)
    for rule in RULES:
        assert check(rule, text, "ru", siblings=siblings, name="b.md") == []


def test_digits_of_which_the_reader_makes_no_fact_are_no_drift(check: "Check") -> None:
    siblings = (read_statement(DATED + "It froze in 1990, for 45 days.", "a.md", "en"),)
    text = DATED + "1990 kışında dondu, 45'inci güne dek."
    for rule in (Figures(), Dates()):
        assert check(rule, text, "tr", siblings=siblings, name="b.md") == []


def test_a_range_and_its_two_ends_are_one(check: "Check") -> None:
    siblings = (read_statement(DATED + "From 20 to 30 thousand people fled.", "a.md", "en"),)
    for words, hits in (("20 հազարից 30 հազար", 0), ("20 հազարից 40 հազար", 2)):
        text = DATED + f"Փախավ {words} մարդ։"
        found = check(Figures(), text, "hy", siblings=siblings, name="b.md")
        assert len(found) == hits


def test_where_one_language_leaves_out_about_it_is_a_warning(check: "Check") -> None:
    siblings = (read_statement(DATED + "About 90 people died.", "a.md", "en"),)
    (one,) = check(Figures(), DATED + "Погибли 90 человек.", "ru", siblings=siblings, name="b.md")
    assert one.level is Level.WARNING
    (one,) = check(Figures(), DATED + "Погибли до 90 человек.", "ru", siblings=siblings)
    assert one.level is Level.ERROR


def test_a_date_in_both_calendars_has_both_right(check: "Check") -> None:
    siblings = (read_statement(DATED + "On 31 March (13 April) 1918.", "a.md", "en"),)
    for words, hits in (("13 апреля", 0), ("12 апреля", 1)):
        text = DATED + f"31 марта ({words}) 1918 года."
        assert len(check(Dates(), text, "ru", siblings=siblings, name="b.md")) == hits


def test_anniversaries_of_two_lengths_are_two(check: "Check") -> None:
    siblings = (read_statement(DATED + "It is the 30th anniversary.", "a.md", "en"),)
    (one,) = check(Dates(), DATED + "Это 35-летие.", "ru", siblings=siblings, name="b.md")
    assert one.message == "“35-летие” here, “30th anniversary” in a.md"
    assert check(Dates(), DATED + "Прошло тридцать лет.", "ru", siblings=siblings) == []


def test_a_dash_of_another_length_is_the_same_place(check: "Check") -> None:
    siblings = (read_statement(DATED + "It froze [1, pp. 120-8].", "a.md", "en"),)
    text = DATED + "Замёрзло [1, с. 120–128]."
    assert check(References(), text, "ru", siblings=siblings, name="b.md") == []


def test_a_place_named_for_another_is_found_without_links(
    check: "Check", record: "RecordContext"
) -> None:
    siblings = (read_statement(DATED + "In Zenda the harbour froze.", "a.md", "en"),)
    text = DATED + "В Генцау замёрзла гавань."
    (one,) = check(Names(), text, "ru", siblings=siblings, name="b.md", record=record)
    assert one.message == "“Генцау” here, “Zenda” in a.md"
    assert check(Names(), text, "ru", siblings=siblings, name="b.md") == []
    same = DATED + "Там, в Зенде, замёрзла гавань."
    assert check(Names(), same, "ru", siblings=siblings, name="b.md", record=record) == []


def test_a_digest_may_be_copied_as_sha256sum_prints_it(check: "Check") -> None:
    digest = digest_of(ENGLISH.encode()).removeprefix("sha256:")
    for written, hits in ((digest, 0), (digest.upper(), 0), (digest[:-1], 1)):
        text = RUSSIAN.replace("language: ru\n", f"language: ru\noriginal_digest: '{written}'\n")
        assert len(compare(check, Stale(), text)) == hits
    marked = digest_of(b"\xef\xbb\xbf" + ENGLISH.encode())
    text = RUSSIAN.replace("language: ru\n", f"language: ru\noriginal_digest: {marked}\n")
    assert compare(check, Stale(), text) == []
