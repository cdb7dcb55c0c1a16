"""Packs are symmetric: what is looked for beside one people is looked for beside every other."""

import importlib.resources
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from stelae.statements.rules.blame import PACKED, Collective, Dehumanising

if TYPE_CHECKING:
    from tests.unit.statements.rules.conftest import Check

OBJECT = {"en": " the neighbours", "ru": " соседей", "hy": "", "az": ""}
"""What a verb is done to; Armenian and Azerbaijani put it before the verb."""


def table(package: str, name: str) -> dict[str, Any]:
    path = importlib.resources.files(package) / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


SUBJECTS = table("stelae.statements.rules", "subjects.toml")
BLAME = table("stelae.statements.rules", "blame.toml")


def names(code: str) -> Iterator[str]:
    for group in ("peoples", "faiths"):
        for row in SUBJECTS[group].values():
            yield from (word[0].upper() + word[1:] for word in row[code])


def test_every_people_that_numbers_count_can_be_a_subject_and_no_other() -> None:
    peoples = table("stelae.statements", "data/peoples.toml")["peoples"]
    assert set(SUBJECTS["peoples"]) == set(peoples)
    assert all(set(row) == set(PACKED) for row in peoples.values())


def test_every_subject_begins_with_a_word() -> None:
    # A clause without any of these words is not looked at.
    for code in PACKED:
        inherited = [word for row in BLAME["inherited"].values() for word in row[code]]
        assert not [phrase for phrase in (*names(code), *inherited) if not phrase[0].isalpha()]


@pytest.mark.parametrize("group", ["peoples", "faiths"])
def test_every_people_and_faith_has_a_name_in_every_language(group: str) -> None:
    for name, row in SUBJECTS[group].items():
        assert set(row) == set(PACKED), name
        assert all(row[code] for code in PACKED), name


@pytest.mark.parametrize("group", ["culpable", "likened", "inherited"])
def test_every_phrase_has_its_like_in_every_language(group: str) -> None:
    for name, row in BLAME[group].items():
        assert set(row) == set(PACKED), name
        assert all(row[code] for code in PACKED), name


def test_no_phrase_of_guilt_holds_the_name_of_a_people() -> None:
    for group in ("culpable", "likened", "inherited"):
        for row in BLAME[group].values():
            for code in PACKED:
                words = {word.casefold() for phrase in row[code] for word in phrase.split()}
                assert not words & {name.casefold() for name in names(code)}


@pytest.mark.parametrize("code", PACKED)
def test_what_is_found_of_one_people_is_found_of_all(check: "Check", code: str) -> None:
    verb = BLAME["culpable"]["massacre"][code][0]
    text = "\n\n".join(f"{name} {verb}{OBJECT[code]}." for name in names(code))
    found = check(Collective(), text, code)
    assert len(found) == sum(1 for _ in names(code))


@pytest.mark.parametrize("code", PACKED)
def test_what_likens_one_people_to_vermin_is_found_of_all(check: "Check", code: str) -> None:
    link = {"en": " are ", "ru": " — ", "hy": " ", "az": " "}[code]
    word = BLAME["likened"]["vermin"][code][0].removesuffix("*")
    text = "\n\n".join(f"{name}{link}{word}." for name in names(code))
    assert len(check(Dehumanising(), text, code)) == sum(1 for _ in names(code))


@pytest.mark.parametrize("rule", [Collective(), Dehumanising()])
def test_a_language_without_a_pack_is_passed_over(
    check: "Check", rule: Collective | Dehumanising
) -> None:
    assert check(rule, "Die Griechen ermordeten ihre Nachbarn.", "de") == []
