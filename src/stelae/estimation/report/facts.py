"""Tables of a report that no plot shows: lists, models, chains, parameters, digests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stelae.estimation.estimate import Estimate
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.plots import Table
from stelae.estimation.pooling import Variance
from stelae.estimation.wording import label, people

__all__ = ["chains_table", "doubt", "is_synthetic", "lists_table", "models_table", "parameters"]

_SYNTHETIC = "synthetic"
_LEAST_WEIGHT = 0.0005
"""Models that weigh less would be shown as weighing nothing."""


def lists_table(tables: Sequence[CaptureHistories]) -> Table:
    """How many people each list holds, by stratum; of several completions, of the first."""
    names = tuple(dict.fromkeys(name for table in tables for name in table.lists))
    rows = []
    for table in tables:
        sizes = dict(zip(table.lists, table.on_list, strict=True))
        cells = (people(sizes[name]) if name in sizes else "–" for name in names)
        rows.append((label(table.stratum), *cells, people(table.observed)))
    return Table(("Part", *(f"{name}, people" for name in names), "All lists, people"), tuple(rows))


def models_table(estimate: Estimate) -> Table | None:
    """The models that weighed most, as far as a method tells of any."""
    found = estimate.diagnostics
    if best := _mappings(found.get("best_models")):
        return Table(
            ("Model", "Estimate, people", "Weight"),
            tuple(
                (str(m["model"]), people(m["n"]), f"{m['weight']:.3f}")
                for m in best
                if m is best[0] or m["weight"] >= _LEAST_WEIGHT
            ),
        )
    if graphs := _mappings(found.get("models")):
        return Table(
            ("Groups of lists that depend on each other", "Estimate, people", "Probability"),
            tuple(
                (
                    ", ".join("×".join(clique) for clique in m["cliques"]),
                    people(m["point"]),
                    f"{m['probability']:.3f}",
                )
                for m in graphs
                if m is graphs[0] or m["probability"] >= _LEAST_WEIGHT
            ),
        )
    return None


def chains_table(estimates: Iterable[Estimate]) -> Table | None:
    """R-hat and effective draws of every fit that has chains; the modes where there are several."""
    rows = []
    for each in estimates:
        found = each.diagnostics
        if "ess_bulk" not in found:
            continue
        modes = _mappings(found.get("modes"))
        rows.append(
            (
                _fit_name(each),
                _number(found.get("r_hat"), ".3f", "far above 1"),
                _number(found.get("ess_bulk"), ",.0f"),
                _number(found.get("ess_tail"), ",.0f"),
                "; ".join(f"near {people(m['median'])} ({m['share']:.0%})" for m in modes) or "–",
                str(each.status),
            )
        )
    columns = (
        "Fit",
        "R-hat (at most 1.01)",
        "Effective draws, middle",
        "Effective draws, tails",
        "Peaks, people (share of draws)",
        "Status",
    )
    return Table(columns, tuple(rows)) if rows else None


def doubt(variance: Variance | None) -> str:
    """A sentence on where the doubt comes from, where it comes from several places."""
    if variance is None:
        return ""
    parts = {
        "the method itself": variance.within,
        "not knowing how the lists' records belong together": variance.between_linkages,
        "filling in what is missing": variance.between_imputations,
    }
    whole = sum(parts.values())
    if whole == parts["the method itself"] or not whole:
        return ""
    shares = [f"{part / whole:.0%} from {name}" for name, part in parts.items() if part]
    return f"Of the variance (of {variance.scale}), {', '.join(shares)}."


def parameters(estimates: Estimates) -> Mapping[str, str]:
    """What the method was told but for the level, as JSON where it is not one word."""
    value = estimates.strata[0].pooled.to_json(whole=False)["parameters"]
    assert isinstance(value, Mapping)
    return {
        name: each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
        for name, each in value.items()
        if name != "level"
    }


def is_synthetic(tables: Iterable[CaptureHistories]) -> bool:
    """Whether a file, a list or a stratum calls itself synthetic."""
    return any(
        _SYNTHETIC in name.casefold()
        for table in tables
        for name in (*table.inputs, *table.lists, *table.stratum, *table.stratum.values())
    )


def _fit_name(estimate: Estimate) -> str:
    replicate = estimate.replicate
    parts = [label(estimate.stratum)]
    if replicate.imputation is not None:
        parts.append(f"imputation {replicate.imputation}")
    if replicate.linkage is not None:
        parts.append(f"linkage {replicate.linkage}")
    return ", ".join(parts)


def _mappings(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [each for each in value if isinstance(each, Mapping)]


def _number(value: object, form: str, otherwise: str = "–") -> str:
    return format(value, form) if isinstance(value, int | float) else otherwise
