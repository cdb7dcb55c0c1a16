"""A linkage made whole again from the tables and the model that it left in a folder.

Nothing is learned anew: the weights are those of model.json, how common a word of a name is stands
in words.parquet, and how common another value is counts in the lists that taught the weights. So a
pair's levels are those that it had, also when lists were added since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from stelae.errors import BadInput
from stelae.linkage.coding import Coded, code
from stelae.linkage.comparisons.levels import MISSING, Comparison
from stelae.linkage.comparisons.people import Likeness
from stelae.linkage.fields import Field, Kind, ListOf, Lists
from stelae.linkage.linking import Linkage, Settings, likeness_of
from stelae.linkage.names import NameModel
from stelae.linkage.plan import comparisons_for, completed
from stelae.linkage.weights import Weights
from stelae.values.canonical import Json

__all__ = ["Kept", "codes", "levels_of", "matching", "reopened"]

Ints = npt.NDArray[np.int64]
_NATS = float(np.log(2.0))
_AGAIN = "Run stelae link on the lists again; decisions in the folder are kept."


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder of results holds, as it was parsed."""

    records: pl.DataFrame
    clusters: pl.DataFrame
    pairs: pl.DataFrame
    words: pl.DataFrame
    model: Mapping[str, Json]
    manifest: Mapping[str, Json]


def reopened(kept: Kept, names: NameModel) -> Linkage:
    """The linkage of a folder. BadInput where it was made with other names or comparisons.

    `pairs` of the linkage have no levels (a, b, log_odds, together), `keys` are empty; a cluster's
    label is its number in the folder less one.
    """
    try:
        return _reopened(kept, names)
    except (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"the results in the folder cannot be read: {error!r}", hint=_AGAIN
        ) from error


def _reopened(kept: Kept, names: NameModel) -> Linkage:
    model, manifest = dict(kept.model), dict(kept.manifest)
    if model.get("schema") != "stelae-link-model/1" or "learned_from" not in model:
        raise BadInput("model.json is of another version of Stelae", hint=_AGAIN)
    _require_names(model["names"], names)
    frame = kept.records.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    fields = tuple(_field(value) for value in _maps(model["fields"]))
    inputs: Mapping[str, str] = manifest["inputs"]  # type: ignore[assignment]
    lists = tuple(
        ListOf(
            str(one["list"]),
            str(one["file"]),
            inputs[str(one["file"])],
            int(one["records"]),  # type: ignore[arg-type]
            bool(one["once"]),
        )
        for one in _maps(manifest["lists"])
    )
    as_read = Lists(frame, fields, lists)
    whole = completed(as_read)
    learned_from = tuple(map(str, model["learned_from"]))  # type: ignore[arg-type]
    common = dict(kept.words.select("word", "log_share").iter_rows())
    likeness = likeness_of(names, common)
    listed = _maps(model["comparisons"])
    comparisons = matching(whole, likeness, _levels(listed))
    lean = _float(model["lean"])
    settings = Settings(
        cap=_float(model["cap"]) * _NATS,
        apart=_float(model["apart"]) * _NATS,
        lean=lean * _NATS,
    )
    return Linkage(
        lists=whole,
        as_read=as_read,
        model=names,
        settings=settings,
        comparisons=comparisons,
        weights=_weights(listed, _float(model["prior"]) + lean, "weight"),
        first_weights=_weights(listed, _float(model["prior"]) + lean, "first"),
        inflation=_float(model["inflation"]),
        labels=_labels(frame, kept.clusters),
        pairs=_pairs(frame, kept.pairs, lean),
        compared=int(_float(manifest["pairs_scored"])),
        keys=pl.DataFrame(
            schema={"key": pl.String, "pairs": pl.Int64, "block": pl.Int64, "passed_over": pl.Int64}
        ),
        found=_float(manifest["candidates_found"]),
        learned_from=learned_from,
        common=common,
    )


def codes(linkage: Linkage) -> tuple[Coded, ...]:
    """The values of each comparison, their shares counted in the lists that taught."""
    frame = linkage.lists.frame
    learned = linkage.learned_from or tuple(one.name for one in linkage.lists.lists)
    base = frame["list"].is_in(list(learned)).to_numpy()
    found = []
    for comparison in linkage.comparisons:
        coded = code(frame, comparison.columns)
        said = coded.ids[base & (coded.ids >= 0)]
        counts = np.bincount(said, minlength=coded.values.height).astype(np.float64)
        found.append(Coded(coded.ids, coded.values, counts / max(counts.sum(), 1.0)))
    return tuple(found)


def levels_of(linkage: Linkage, coded: Sequence[Coded], a: Ints, b: Ints) -> npt.NDArray[np.int8]:
    """The level of every comparison of each pair of rows, -1 where one says nothing."""
    made = np.full((len(a), len(linkage.comparisons)), MISSING, dtype=np.int8)
    for at, (comparison, values) in enumerate(zip(linkage.comparisons, coded, strict=True)):
        left, right = values.ids[a], values.ids[b]
        both = (left >= 0) & (right >= 0)
        if both.any():
            # The smaller number goes first, as when all were compared.
            low, high = np.minimum(left, right)[both], np.maximum(left, right)[both]
            used, places = np.unique(np.concatenate([low, high]), return_inverse=True)
            first, second = places.astype(np.int32).reshape(2, -1)
            compare = comparison.ready(values.values[used], values.share[used])
            made[both, at] = compare(first, second)
    return made


def matching(
    whole: Lists, likeness: Likeness, wanted: Mapping[str, Sequence[str]]
) -> tuple[Comparison, ...]:
    """The comparisons of these names and levels, made for some lists; BadInput if they lack one."""
    made = {each.name: each for each in comparisons_for(whole, likeness)}
    lacking = [name for name in wanted if name not in made]
    if lacking:
        raise BadInput(
            f"the model weighs {', '.join(lacking)}, which these lists do not give in that form"
            f" (they give {', '.join(made) or 'nothing'})",
            hint=_AGAIN,
        )
    other = [name for name, levels in wanted.items() if made[name].levels != tuple(levels)]
    if other:
        raise BadInput(
            f"this version of Stelae compares {', '.join(other)} in other steps than the one that"
            " linked these lists",
            hint=_AGAIN,
        )
    return tuple(made[name] for name in wanted)


def _levels(listed: Sequence[Mapping[str, Json]]) -> dict[str, tuple[str, ...]]:
    return {
        str(each["name"]): tuple(str(level["means"]) for level in _maps(each["levels"]))
        for each in listed
    }


def _weights(listed: Sequence[Mapping[str, Json]], prior: float, key: str) -> Weights:
    """The weights of a model in natural log odds; `prior` and those listed are in bits."""
    by_level = tuple(
        np.array([_float(level[key]) for level in _maps(each["levels"])]) * _NATS for each in listed
    )
    return Weights(prior * _NATS, by_level)


def _require_names(said: Json, names: NameModel) -> None:
    digest = str(said["digest"]) if isinstance(said, Mapping) else ""
    if digest != f"sha256:{names.digest}":
        raise BadInput(
            f"these lists were linked with another model of names (digest {digest[:19]}..., this"
            f" one is sha256:{names.digest[:12]}...), so weights cannot be given as they were",
            hint=f"Give that model with --names, or: {_AGAIN[0].lower()}{_AGAIN[1:]}",
        )


def _field(value: Mapping[str, Json]) -> Field:
    def text(key: str) -> str | None:
        return None if value.get(key) is None else str(value[key])

    return Field(
        str(value["name"]), Kind(str(value["kind"])), text("at"), text("towards"), text("role")
    )


def _labels(frame: pl.DataFrame, clusters: pl.DataFrame) -> Ints:
    found = frame.select("list", "record").join(
        clusters, on=["list", "record"], how="left", maintain_order="left"
    )
    if found.height != frame.height or found["cluster"].has_nulls():
        raise ValueError("clusters and records are of different runs")
    return found["cluster"].to_numpy().astype(np.int64) - 1


def _pairs(frame: pl.DataFrame, pairs: pl.DataFrame, lean: float) -> pl.DataFrame:
    rows = frame.select("row", "list", "record")
    for side in ("a", "b"):
        pairs = pairs.join(
            rows.rename({"row": side, "list": f"list_{side}", "record": f"record_{side}"}),
            on=[f"list_{side}", f"record_{side}"],
            maintain_order="left",
        )
    return pairs.select("a", "b", log_odds=(pl.col("weight") + lean) * _NATS, together="together")


def _maps(value: Json) -> Sequence[Mapping[str, Json]]:
    if not isinstance(value, Sequence) or not all(isinstance(each, Mapping) for each in value):
        raise TypeError("no list of objects where one is expected")
    return value  # type: ignore[return-value]


def _float(value: Json) -> float:
    return float(value)  # type: ignore[arg-type]
