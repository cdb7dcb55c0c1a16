"""Models: learned from spellings, the same bytes for the same rows, refused where they are none."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from spelled_people import spelled_people

from stelae.errors import BadInput
from stelae.linkage.names import NameModel, name_likeness, retrain, train


@pytest.fixture(scope="module")
def model() -> NameModel:
    return train(
        ((str(k), name) for k, names in enumerate(spelled_people(150)) for name in names),
        origin="made up",
    )


def ranks_first(model: NameModel, left: int, right: int) -> float:
    people = spelled_people(40, seed=2)
    names = [*(p[left] for p in people), *(p[right] for p in people)]
    n = len(people)
    a = np.repeat(np.arange(n, dtype=np.int32), n)
    b = np.tile(np.arange(n, 2 * n, dtype=np.int32), n)
    scores = name_likeness(model, names, a, b).reshape(n, n)
    return float((scores.argmax(axis=1) == np.arange(n)).mean())


@pytest.mark.parametrize(("left", "right"), [(0, 1), (0, 2), (1, 2)])
def test_people_not_seen_are_found_in_another_script(
    model: NameModel, left: int, right: int
) -> None:
    assert ranks_first(model, left, right) >= 0.95


def test_the_order_of_rows_changes_nothing(model: NameModel) -> None:
    rows = [(str(k), name) for k, names in enumerate(spelled_people(150)) for name in names]
    assert train(reversed(rows), origin="made up").to_bytes() == model.to_bytes()


def test_a_saved_model_is_the_model(model: NameModel, tmp_path: Path) -> None:
    model.save(tmp_path / "m.gz")
    again = NameModel.load(tmp_path / "m.gz")
    assert again.digest == model.digest
    assert (again.version, again.origin) == ("1", "made up")
    assert np.array_equal(again.tables.weights, model.tables.weights)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b"{}", mtime=0),
        gzip.compress(b"[1", mtime=0),
        gzip.compress(b"[]", mtime=0),
    ],
)
def test_what_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "m.gz").write_bytes(content)
    with pytest.raises(BadInput, match="holds no model"):
        NameModel.load(tmp_path / "m.gz")


def test_no_names_still_make_a_model() -> None:
    made = train([])
    assert np.isfinite(
        name_likeness(made, ["Anna", "Анна"], np.zeros(1, np.int32), np.ones(1, np.int32))
    ).all()


def test_the_shipped_model_names_its_origin_and_reads_as_written() -> None:
    shipped = NameModel.shipped()
    assert "EveryPolitician" in shipped.origin
    assert NameModel.of_text(shipped.to_text()).digest == shipped.digest


def test_words_met_together_in_sure_matches_become_one_name(model: NameModel) -> None:
    one = np.zeros(1, np.int32)
    names = ["Bibi Tarakhumi", "Zhakonu Tarakhumi"]
    before = name_likeness(model, names, one, one + 1)
    taught = retrain(
        model,
        [(f"Bibi {family}", f"Zhakonu {family}") for family, _ in
         (p[0].split() for p in spelled_people(12, seed=3))],
    )  # fmt: skip
    assert name_likeness(taught, names, one, one + 1) > before + 4
    assert taught.digest != model.digest
    assert "retrained" in taught.origin


def test_teaching_letters_makes_them_alike(model: NameModel) -> None:
    people = spelled_people(60, seed=5)
    # in these lists sh is written x
    taught = retrain(model, [(p[0], p[0].lower().replace("sh", "x")) for p in people])
    one = np.zeros(1, np.int32)
    names = ["Shatoshi", "Xatoxi"]
    assert name_likeness(taught, names, one, one + 1) > name_likeness(model, names, one, one + 1)
