import unicodedata
from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from stelae.errors import BadValue
from stelae.linkage import synthetic
from stelae.linkage.synthetic import ListDesign, Parameters, Rates, SyntheticLists, designs
from stelae.linkage.synthetic.spelling import spelling

SCRIPTS = ("armenian", "cyrillic", "hebrew", "persian", "georgian", "greek")


@cache
def made() -> SyntheticLists:
    return synthetic.simulate(Parameters(people=3000), designs(6, SCRIPTS), 4)


def of_persons(name: str) -> pl.DataFrame:
    """A list beside the truth of each record."""
    records = made().truth.filter(pl.col("list") == name).join(made().people.frame, on="person")
    return made().frames[name].join(records, on="record", suffix="_true")


def test_the_sample_is_a_table_by_list_and_the_truth() -> None:
    frames, truth = synthetic.sample(seed=1, people=200)
    assert list(frames) == ["church", "hospital", "families", "press"]
    assert truth.columns == ["list", "record", "person"]
    assert set(truth["list"]) == set(frames)
    assert all(type_ == pl.String for frame in frames.values() for type_ in frame.dtypes)


def test_each_record_is_in_the_truth_once() -> None:
    for name, frame in made().frames.items():
        records = made().truth.filter(pl.col("list") == name)["record"]
        assert records.equals(frame["record"])
        assert frame["record"].n_unique() == frame.height


def test_the_truth_holds_who_was_captured() -> None:
    for at, design in enumerate(made().designs):
        listed = made().truth.filter(pl.col("list") == design.name)["person"]
        captured = made().people.frame["person"].filter(pl.Series(made().captured.seen[:, at]))
        assert set(listed) == set(captured)
        assert (listed.n_unique() == len(listed)) == (design.repeats == 0)


def test_repeats_come_at_their_rate() -> None:
    design = ListDesign("one", repeats=0.3)
    people = synthetic.population(Parameters(people=4000), np.random.default_rng(1))
    found = synthetic.lists(people, [design], np.random.default_rng(2))
    counts = found.truth.group_by("person").len()["len"]
    assert (counts > 1).mean() == pytest.approx(0.3, abs=0.04)


@pytest.mark.parametrize("at", range(6))
def test_names_are_in_the_letters_of_the_list(at: int) -> None:
    design = made().designs[at]
    script = spelling(design.spelling).script.upper()
    frame = made().frames[design.name]
    for column in ("name", "given", "family", "patronymic", "former", "father", "home"):
        if column not in frame.columns:
            continue
        letters = set("".join(frame[column].drop_nulls())) - set(" .,-׳")
        assert {x for x in letters if not unicodedata.name(x).startswith(script)} == set()


def test_cells_are_missing_at_their_rate_and_never_empty() -> None:
    for design in made().designs:
        frame = made().frames[design.name]
        assert not frame.select((pl.all() == "").any()).row(0).count(True)
        for column, rate in design.rates.missing.items():
            if column in frame.columns and column not in {"former", "occupation"}:
                assert frame[column].null_count() / frame.height == pytest.approx(rate, abs=0.06)


def test_a_design_prints_what_it_says() -> None:
    frames = made().frames
    assert frames["church"].columns[1:5] == ["given", "family", "patronymic", "former"]
    assert frames["hospital"].columns == ["record", "name", "sex", "age", "died", "home"]
    assert "sex" not in frames["press"].columns
    assert (frames["families"]["born"].drop_nulls().str.len_chars() == 4).all()
    assert frames["court"]["home"].drop_nulls().str.contains(", ").all()


def test_dates_and_ages_without_errors_are_the_true_ones() -> None:
    people = synthetic.population(Parameters(people=800), np.random.default_rng(1))
    never = Rates().times(0)
    exact = replace(never, partial=0, rounded=0, maiden=0, missing={})
    designs_ = [ListDesign("days", rates=exact), ListDesign("ages", birth="age", rates=exact)]
    found = synthetic.lists(people, designs_, np.random.default_rng(3))
    for name in ("days", "ages"):
        records = found.truth.filter(pl.col("list") == name).join(people.frame, on="person")
        both = found.frames[name].join(records, on="record")
        assert (both["died"] == both["death"].dt.to_string("%Y-%m-%d")).all()
        if name == "days":
            assert (both["born"] == both["birth"].dt.to_string("%Y-%m-%d")).all()
        else:
            years = (both["death"] - both["birth"]).dt.total_days() / 365.2425
            assert ((both["age"].cast(pl.Int32) - years) < 0.01).all()
            assert ((both["age"].cast(pl.Int32) - years) > -1.01).all()


def test_rounded_ages_say_so_in_the_language_of_the_list() -> None:
    ages = made().frames["hospital"]["age"].drop_nulls()
    about = ages.filter(ages.str.starts_with("около "))
    assert len(about) > 0.2 * len(ages)
    assert (about.str.strip_prefix("около ").cast(pl.Int32) % 5 == 0).all()


def test_one_person_is_spelled_in_several_ways() -> None:
    records = of_persons("court")
    forms = records.group_by("family_true", "sex_true").agg(pl.col("family").n_unique(), pl.len())
    often = forms.filter(pl.col("len") >= 8)
    assert (often["family"] > 1).sum() > 0.5 * often.height


def test_strata_add_up() -> None:
    strata = made().strata()
    assert strata["people"].sum() == 3000
    assert strata["unlisted"].sum() == (~made().captured.seen.any(axis=1)).sum()
    for at, design in enumerate(made().designs):
        assert strata[f"on {design.name}"].sum() == made().captured.seen[:, at].sum()
        assert strata[f"chance {design.name}"].is_between(0, 1, closed="none").all()


def test_errors_rise_with_the_rate_that_is_asked_for() -> None:
    (few,), (many,) = designs(1, errors=0.0), designs(1, errors=0.2)
    assert few.rates.typing == few.rates.year == 0
    assert many.rates.typing == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("count", "wrong"),
    [(0, {}), (31, {}), (2, {"errors": 2.0}), (2, {"overlap": (1.0,)}), (2, {"scripts": ()})],
)
def test_what_no_lists_can_be_is_refused(count: int, wrong: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        designs(count, **wrong)  # type: ignore[arg-type]


def test_two_lists_of_one_name_are_refused() -> None:
    people = synthetic.population(Parameters(people=5), np.random.default_rng(1))
    with pytest.raises(BadValue, match="two lists have one name"):
        synthetic.lists(people, [ListDesign("a"), ListDesign("a")], np.random.default_rng(1))


def test_clerks_of_one_list_spell_differently() -> None:
    (design,) = designs(1, ("latin-azerbaijani+latin-french",))
    people = synthetic.population(Parameters(people=500), np.random.default_rng(1))
    found = synthetic.lists(people, [design], np.random.default_rng(2)).frames["church"]
    names = found["given"] + found["family"]
    schwa, digraph = names.str.contains("ə|ş"), names.str.contains("(?i)ou|ch")
    assert schwa.sum() > 15
    assert digraph.sum() > 15
    assert (schwa & digraph).sum() < 5


def test_a_list_of_two_scripts_is_refused() -> None:
    with pytest.raises(BadValue, match="in one script, not in Armenian and Greek"):
        designs(1, ("greek+armenian",))
