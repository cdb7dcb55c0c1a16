from functools import cache
from pathlib import Path

import polars as pl

from stelae.linkage import synthetic
from stelae.linkage.mapping import Mapping
from stelae.linkage.reading import read_lists
from stelae.linkage.synthetic import Parameters, SyntheticLists, designs
from stelae.linkage.synthetic.documents import everybody, manifest, mapping, overlaps, readme
from stelae.values.canonical import canonical_json

SCRIPTS = ("armenian-classical", "latin-from-russian", "hebrew", "persian", "greek", "georgian")


@cache
def made() -> SyntheticLists:
    return synthetic.simulate(Parameters(people=1500), designs(6, SCRIPTS), 3)


def test_the_manifest_is_canonical_json_and_says_what_everything_was_made_by() -> None:
    said = manifest(made(), 3, "0.0", {})
    assert canonical_json(said)
    assert said["synthetic"] is True
    assert said["parameters"]["people"] == 1500  # type: ignore[call-overload,index]
    (church, *_) = said["lists"].values()  # type: ignore[union-attr]
    assert church["design"]["spelling"] == "armenian-classical"  # type: ignore[call-overload,index]
    assert church["design"]["capture"]["mean"] == 0.45  # type: ignore[call-overload,index]


def test_the_readme_says_synthetic_first_and_names_each_list() -> None:
    text = readme(made(), 3, "0.0", "csv")
    assert text.startswith("SYNTHETIC. ")
    for design in made().designs:
        assert f"{design.name}.csv" in text


def test_overlaps_count_each_listed_person_once() -> None:
    table = overlaps(made())
    assert table["count"].sum() == made().captured.seen.any(axis=1).sum()
    for at, design in enumerate(made().designs):
        on = table.filter(pl.col(design.name) == 1)["count"].sum()
        assert on == made().captured.seen[:, at].sum()


def test_everybody_names_parents_by_their_ids() -> None:
    people = everybody(made())
    known = set(people["person"])
    assert set(people["father"].drop_nulls()) <= known
    children = people.join(people, left_on="mother", right_on="person", suffix="_mother")
    assert children.height > 500
    assert set(children["sex_mother"]) == {"f"}


def test_the_lists_are_read_by_their_mapping_without_a_fault(tmp_path: Path) -> None:
    paths = []
    for name, frame in made().frames.items():
        paths.append(tmp_path / f"{name}.csv")
        frame.write_csv(paths[-1])
    read = read_lists(paths, Mapping.from_toml(mapping(made(), "csv")))
    assert [(each.name, each.records) for each in read.lists] == [
        (name, frame.height) for name, frame in made().frames.items()
    ]
    assert [each.once for each in read.lists] == [not d.repeats for d in made().designs]
    people = made().people.frame.select("person", "sex", born="birth", died="death")
    known = made().truth.join(people, on="person")
    both = read.frame.join(known, on=["list", "record"], suffix="_true")
    said = both.filter(pl.col("sex_code").is_not_null())
    assert (said["sex_code"] == said["sex_true"]).all()
    for field, day in (("birth", "born"), ("death", "died")):
        dated = both.filter(pl.col(f"{field}_first").is_not_null()).select(
            "list", right=pl.col(day).is_between(f"{field}_first", f"{field}_last")
        )
        for right in dated.group_by("list").agg(pl.col("right").mean())["right"]:
            assert right > 0.93  # the rest are the slips and wrong years of the design
