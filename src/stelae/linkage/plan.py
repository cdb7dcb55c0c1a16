"""Which comparisons and which marks the fields of some lists call for."""

from dataclasses import replace

import polars as pl

from stelae.linkage.comparisons.codes import CodeComparison
from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.levels import Comparison
from stelae.linkage.comparisons.people import Likeness, NameComparison
from stelae.linkage.comparisons.places import PlaceComparison
from stelae.linkage.comparisons.sexes import SexComparison
from stelae.linkage.comparisons.texts import TextComparison
from stelae.linkage.fields import Field, Kind, Lists

__all__ = ["comparisons_for", "completed"]

_PARTS = (Kind.GIVEN, Kind.PATRONYMIC, Kind.FAMILY)
_PLACES = {"residence": 0, "home": 0, "birth_place": 1, "place": 2, "death_place": 9}
"""The order in which places of different kinds stand in for one another."""


def comparisons_for(lists: Lists, likeness: Likeness) -> tuple[Comparison, ...]:
    """One comparison for each field, by its kind. Ages are compared as the dates they give."""
    made = [_comparison(field, lists.frame, likeness) for field in lists.fields]
    return tuple(comparison for comparison in made if comparison is not None)


def _comparison(field: Field, frame: pl.DataFrame, likeness: Likeness) -> Comparison | None:
    match field.kind:
        case Kind.DATE:
            return DateComparison(field.name)
        case Kind.AGE:
            return None
        case Kind.SEX:
            return SexComparison(field.name)
        case Kind.PLACE:
            return PlaceComparison(
                field.name,
                likeness,
                gazetteer=f"{field.name}_ids" in frame.columns,
                coordinates=f"{field.name}_lat" in frame.columns,
            )
        case Kind.CODE:
            return CodeComparison(field.name)
        case Kind.TEXT:
            return TextComparison(field.name)
        case _:
            return NameComparison(field.name, likeness)


def completed(lists: Lists) -> Lists:
    """The lists with what one field says of another, so that like is compared with like.

    Names in one cell are one field, whatever the lists call it. Where some records have their name
    in one cell and others in parts, all get it in one cell and the parts are left out. A father's
    name and a patronymic stand in for one another; an age at a date stands in for a missing date
    of birth. Where two lists give places of different kinds only (one the home, one the birth),
    each record's first place is compared, of whatever kind.
    """
    return _one_place(_one_shape_of_names(_one_name(_fathers(_ages(lists)))))


def _ages(lists: Lists) -> Lists:
    """Births that an age gave are dates like any other, printed as that age."""
    frame = lists.frame
    for age in lists.of_kind(Kind.AGE):
        birth = age.towards
        if birth is None or f"{birth}_first" not in frame.columns:
            continue
        known = pl.col(f"{birth}_first").is_not_null()
        frame = frame.with_columns(
            pl.when(known).then(pl.coalesce(birth, age.name)).otherwise(pl.col(birth)).alias(birth)
        )
    return replace(lists, frame=frame)


def _fathers(lists: Lists) -> Lists:
    """Patronymics where only the father's name is said: his first word."""
    patronymics = lists.of_kind(Kind.PATRONYMIC)
    fathers = [field for field in lists.of_kind(Kind.RELATIVE) if field.role == "father"]
    if not patronymics or not fathers:
        return lists
    patronymic, father = patronymics[0].name, fathers[0].name
    frame = lists.frame.with_columns(
        pl.coalesce(
            pl.col(patronymic), pl.col(father).str.strip_chars().str.split(" ").list.first()
        ).alias(patronymic),
        pl.coalesce(pl.col(father), pl.col(patronymic)).alias(father),
    )
    kept = tuple(field for field in lists.fields if field.name != father)
    return replace(lists, frame=frame, fields=kept)


def _one_name(lists: Lists) -> Lists:
    """Where one list has a `name` and another a `full_name`, all have the first of them.

    A record that says two keeps the second one as a field of its own.
    """
    first, *others = lists.of_kind(Kind.NAME) or (None,)
    if first is None or not others:
        return lists
    said = pl.col(first.name).is_not_null()
    frame = lists.frame.with_columns(
        pl.coalesce(first.name, *(field.name for field in others)).alias(first.name),
        *(pl.when(said).then(pl.col(field.name)).alias(field.name) for field in others),
    )
    empty = {field for field in others if frame[field.name].is_null().all()}
    return replace(lists, frame=frame, fields=tuple(f for f in lists.fields if f not in empty))


def _one_shape_of_names(lists: Lists) -> Lists:
    names = lists.of_kind(Kind.NAME)
    parts = lists.of_kind(*_PARTS)
    if not names or not parts:
        return lists
    whole = names[0].name
    said = lists.frame.select(
        pl.any_horizontal(pl.col(field.name).is_not_null() for field in parts).alias("parts"),
        pl.col(whole).is_not_null().alias("whole"),
    )
    if not said.filter(pl.col("whole") & ~pl.col("parts")).height:
        return lists
    order = {kind: at for at, kind in enumerate(_PARTS)}
    ordered = sorted(parts, key=lambda field: order[field.kind])
    joined = pl.concat_str(
        [pl.col(field.name) for field in ordered], separator=" ", ignore_nulls=True
    )
    frame = lists.frame.with_columns(
        pl.coalesce(pl.col(whole), pl.when(joined != "").then(joined)).alias(whole)
    )
    kept = tuple(field for field in lists.fields if field not in parts)
    return replace(lists, frame=frame, fields=kept)


def _one_place(lists: Lists) -> Lists:
    places = lists.of_kind(Kind.PLACE)
    if len(places) < 2 or len(lists.lists) < 2:
        return lists
    said = lists.frame.group_by("list").agg(
        pl.col(field.name).is_not_null().any() for field in places
    )
    kinds = [{f.name for f in places if row[f.name]} for row in said.iter_rows(named=True)]
    if all(one & two for one in kinds for two in kinds if one and two):
        return lists
    frame = lists.frame
    # The home is what most lists give; where one died says least of who it was.
    order = sorted(places, key=lambda field: _PLACES.get(field.name, len(_PLACES)))
    suffixes = ["", "_parts", *(s for s in ("_ids",) if f"{order[0].name}_ids" in frame.columns)]
    frame = frame.with_columns(
        pl.coalesce(f"{field.name}{suffix}" for field in order).alias(f"place{suffix}")
        for suffix in suffixes
    )
    kept = tuple(field for field in lists.fields if field not in places)
    return replace(lists, frame=frame, fields=(*kept, Field("place", Kind.PLACE)))
