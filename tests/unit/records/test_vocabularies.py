import itertools

import pytest

from stelae.errors import BadValue
from stelae.records.catalogue import KINDS, columns
from stelae.records.vocabularies import (
    check_code,
    is_publishable,
    label,
    value_form,
    vocabularies,
)
from stelae.values.anniversaries import LeapDayPolicy
from stelae.values.dates import Calendar


def test_every_code_has_an_english_label_and_the_other_languages_are_given_together() -> None:
    for name, codes in vocabularies().items():
        for code in codes.values():
            others = {"hy", "ru", "az"} & code.labels.keys()
            assert "en" in code.labels, (name, code.code)
            assert len(others) in {0, 3}, (name, code.code)
            assert all(text.strip() for text in code.labels.values())


def test_every_vocabulary_of_a_column_exists_and_holds_the_columns_default() -> None:
    for kind, type_ in KINDS.items():
        for column in columns(kind):
            if column.vocabulary:
                assert column.vocabulary in vocabularies(), (kind, column.name)
                default = type_.__dataclass_fields__[column.name].default
                if not column.required:
                    assert default in vocabularies()[column.vocabulary]


def test_codes_that_become_values_elsewhere_are_those_values() -> None:
    assert set(vocabularies()["calendar"]) == set(Calendar)
    assert set(vocabularies()["leap-day"]) - {"unstated"} == set(LeapDayPolicy)


def test_a_label_falls_back_to_english_and_then_to_the_code() -> None:
    assert label("act", "killing", "ru") == "убийство"
    assert label("act", "killing", "fr") == "killing"
    assert label("act", "of-a-later-version") == "of-a-later-version"


def test_an_unknown_code_is_refused_with_those_there_are() -> None:
    assert check_code("polarity", "denies") == "denies"
    with pytest.raises(BadValue, match="'perhaps' is no code of the vocabulary 'polarity'") as no:
        check_code("polarity", "perhaps")
    assert no.value.hint == "It has: affirms, denies"


def test_only_clear_and_agreed_things_are_published() -> None:
    known = vocabularies()
    publishable = {
        (consent, sensitivity)
        for consent, sensitivity in itertools.product(known["consent"], known["sensitivity"])
        if is_publishable(consent, sensitivity)
    }
    assert publishable == {("not-needed", "clear"), ("given", "clear")}


def test_a_code_of_a_later_version_is_not_published() -> None:
    assert not is_publishable("not-needed", "ultraviolet")
    assert not is_publishable("asked", "clear")


def test_a_slot_of_a_later_version_holds_text() -> None:
    assert (value_form("date"), value_form("mood")) == ("date", "text")
