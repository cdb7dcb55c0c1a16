"""What is written beside the lists: the mapping, the manifest, the README, tables of the truth."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl
import tomli_w

from stelae.linkage.synthetic.capture import CLASSES
from stelae.linkage.synthetic.designs import ListDesign
from stelae.linkage.synthetic.lists import SyntheticLists
from stelae.linkage.synthetic.mistakes import words
from stelae.linkage.synthetic.spelling import spelling
from stelae.values.canonical import Json

__all__ = ["everybody", "manifest", "mapping", "overlaps", "readme", "truth"]

SCHEMA = "stelae-simulation/1"
_FIELDS = {
    "name": "name",
    "given": "given",
    "family": "family",
    "patronymic": "patronymic",
    "former": "former",
    "father": "father",
    "born": "birth",
    "died": "death",
    "birth_place": "birth_place",
    "home": "residence",
    "death_place": "death_place",
    "occupation": "occupation",
}
"""Columns of lists and the fields that they are mapped to."""


def mapping(made: SyntheticLists, ending: str) -> str:
    """The mapping file of these lists for `stelae link`."""
    sections = [
        _section(design, made.frames[design.name].columns, ending) for design in made.designs
    ]
    text = tomli_w.dumps({"format": 1, "lists": sections})
    return f"# SYNTHETIC: how `stelae link` reads the lists beside this file.\n{text}"


def _section(design: ListDesign, columns: list[str], ending: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        field: column for column, field in _FIELDS.items() if column in columns
    }
    if "age" in columns:
        fields["age"] = {"column": "age", "at": "death", "towards": "birth"}
    if "sex" in columns:
        female, male = words()["sex"][spelling(design.spelling).language]
        fields["sex"] = {"column": "sex", "words": {female: "f", male: "m"}}
    section: dict[str, Any] = {
        "files": f"{design.name}.{ending}",
        "name": design.name,
        "id": "record",
        "once": not design.repeats,
        "order": design.dates[:3],
        "calendar": "julian" if design.julian else "gregorian",
    }
    if ending == "csv":
        section |= {"encoding": "utf-8", "delimiter": ","}
    return {**section, "fields": fields}


def truth(made: SyntheticLists) -> pl.DataFrame:
    """Who each record is, with that person's stratum: list, record, person, region, sex, age."""
    who = pl.concat([made.people.frame.select("person"), made.captured.strata], how="horizontal")
    return made.truth.join(who, on="person", how="left", maintain_order="left")


def everybody(made: SyntheticLists) -> pl.DataFrame:
    """All people, on lists or not: the truth of each, and which lists hold them."""
    people = made.people.frame
    own = people["person"]
    return pl.concat(
        [
            people.select("person", "birth", "death"),
            pl.DataFrame(
                {
                    relative: own.gather(people[relative])
                    for relative in ("father", "mother", "spouse")
                }
            ),
            made.captured.strata,
            pl.DataFrame({"latent_class": made.captured.latent}),
            pl.DataFrame(
                {
                    design.name: made.captured.seen[:, at].astype(np.int8)
                    for at, design in enumerate(made.designs)
                }
            ),
        ],
        how="horizontal",
    )


def overlaps(made: SyntheticLists) -> pl.DataFrame:
    """The true overlap counts by region, as `stelae estimate` reads them: nobody on no list."""
    names = [design.name for design in made.designs]
    table = pl.DataFrame(
        {
            "region": made.captured.strata["region"],
            **{name: made.captured.seen[:, at].astype(np.int8) for at, name in enumerate(names)},
        }
    )
    return (
        table.filter(pl.any_horizontal(pl.col(name) == 1 for name in names))
        .group_by("region", *names)
        .agg(pl.len().alias("count"))
        .sort("region", *names)
    )


def manifest(
    made: SyntheticLists, seed: int, version: str, outputs: Mapping[str, str]
) -> Mapping[str, Json]:
    """Everything that made these lists and every number that an estimate should find again."""
    parameters = made.people.parameters
    strata: list[Json] = []
    for row in made.strata().iter_rows(named=True):
        names = [design.name for design in made.designs]
        strata.append(
            {
                **{key: row[key] for key in ("region", "sex", "age", "people", "unlisted")},
                "on": {name: row[f"on {name}"] for name in names},
                "chance": {name: row[f"chance {name}"] for name in names},
            }
        )
    return {
        "schema": SCHEMA,
        "synthetic": True,
        "version": version,
        "seed": seed,
        "parameters": {
            "people": parameters.people,
            "customs": dict(parameters.customs),
            "regions": parameters.regions,
            "villages": len(made.people.places.first),
            "from_year": parameters.from_year,
            "to_year": parameters.to_year,
        },
        "people": made.people.frame.height,
        "unlisted": int((~made.captured.seen.any(axis=1)).sum()),
        "latent_classes": list(CLASSES),
        "lists": {
            design.name: {
                "records": made.frames[design.name].height,
                "people": int(made.captured.seen[:, at].sum()),
                "design": _plain(design),
            }
            for at, design in enumerate(made.designs)
        },
        "strata": strata,
        "outputs": dict(sorted(outputs.items())),
    }


def _plain(design: ListDesign) -> Json:
    def plain(value: object) -> Json:
        if isinstance(value, Mapping):
            return {str(key): plain(each) for key, each in value.items()}
        if isinstance(value, tuple | list):
            return [plain(each) for each in value]
        assert value is None or isinstance(value, str | int | float)
        return value

    return plain(asdict(design))


def readme(made: SyntheticLists, seed: int, version: str, ending: str) -> str:
    """What lies in the folder, for whoever finds it without having made it."""
    lines = [
        "SYNTHETIC. Nobody in these files has ever lived. Names, places, dates and lists were made",
        f"up by a program (Stelae {version}, `stelae simulate`, seed {seed}); they are no source.",
        "",
    ]
    for design in made.designs:
        records = made.frames[design.name].height
        spelled = " and ".join((design.spelling, *design.others))
        lines.append(f"{design.name}.{ending}: a list of {records:,} records, written {spelled}.")
    lines += [
        "mapping.toml: what its columns mean, for `stelae link`.",
        "",
        "The truth, which who links or estimates does not look at:",
        "",
        f"truth.{ending}: who each record is, with region, sex and age at death.",
        f"people.{ending}: everybody, on lists or not.",
        f"overlaps.{ending}: how many people are on which lists, by region, for `stelae estimate`.",
        "population.json: how it was made; people and capture probabilities by stratum.",
    ]
    return "\n".join(lines) + "\n"
