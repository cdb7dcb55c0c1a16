"""What stands side by side: strata, methods, lists left out, lists held out, assumptions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stelae.estimation.checks import Dropped, HeldOut, Variant
from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.estimates import Estimates
from stelae.estimation.plots.intervals import MOST_ROWS, Row, drawn, table_of
from stelae.estimation.wording import label
from stelae.values.plots.plot import Plot

__all__ = ["held_out", "methods", "sensitivity", "strata", "without_one_list"]

_ALL = "people, listed and unlisted (N)"
_VERDICTS = {True: "inside", False: "outside", None: "no interval"}


def strata(estimates: Estimates, name: str = "strata") -> Plot:
    """Every stratum, and the total of those that have an answer."""
    rows = [Row(label(each.stratum), each.pooled) for each in estimates.strata]
    rows.append(Row("Total", estimates.total.estimate, is_total=True))
    more = len(rows) - MOST_ROWS
    beyond = f" The first {more} are in the table only." if more > 0 else ""
    return Plot(
        name,
        "Each part of the population, and all together",
        "The total is summed draw by draw from the parts that have an answer; ends of intervals are"
        " never added up." + beyond,
        table_of("Part", rows),
        drawn(rows, _ALL),
    )


def methods(estimates: Iterable[Estimates], name: str = "methods") -> Plot:
    """What each method says of all strata together, the chosen one first."""
    rows = [Row(each.method, each.total.estimate) for each in estimates]
    return Plot(
        name,
        "Methods side by side",
        "Every method assumes something that the lists cannot show. Where methods differ, the"
        " difference is the price of their assumptions, and no vote among them settles it.",
        table_of("Method asked", rows),
        drawn(rows, _ALL),
    )


def without_one_list(
    whole: Estimate, dropped: Sequence[Dropped], name: str = "without-one-list"
) -> Plot:
    """The estimate with all lists, then without each."""
    rows = [
        Row("all lists", whole, is_total=True),
        *(Row(f"without {each.list}", each.estimate) for each in dropped),
    ]
    return Plot(
        name,
        "Without one list",
        "The same method, as if one list had never been found. A number that stays where it was"
        " does not hang on that list; one that moves far does.",
        table_of("Lists", rows),
        drawn(rows, _ALL),
    )


def held_out(each_list: Sequence[HeldOut], name: str = "held-out-lists") -> Plot:
    """The known size of each list beside what the other lists' overlaps make of it."""
    rows = [
        Row(each.list, each.estimate, each.known, _VERDICTS[each.is_covered]) for each in each_list
    ]
    return Plot(
        name,
        "A test on known numbers",
        "How many people one list holds is known. The method is asked to find that number from the"
        " other lists alone. A method that fits would put the known size inside its interval about"
        " as often as the interval promises; few lists are few tests.",
        table_of("List", rows),
        drawn(rows, "people on the list"),
    )


def sensitivity(
    whole: Estimate, variants: Sequence[Variant], name: str = "sensitivity"
) -> Plot | None:
    """The estimate under other priors or assumptions; None where nothing else was tried."""
    rows = [
        *(Row(each.name, each.estimate) for each in variants),
        *_of_diagnostics(whole),
    ]
    if not rows:
        return None
    rows.insert(0, Row("as reported", whole, is_total=True))
    return Plot(
        name,
        "Under other assumptions",
        "The same method and the same lists, with other values for what the method assumes"
        " beforehand. The lists do not say which of these values is right.",
        table_of("Assumption", rows),
        drawn(rows, _ALL),
    )


def _of_diagnostics(whole: Estimate) -> Iterable[Row]:
    """What a method itself tried: rows of delta, of xi, of a concentration."""
    for key in ("sensitivity", "concentration_sensitivity"):
        found = whole.diagnostics.get(key)
        for each in found if isinstance(found, Sequence) and not isinstance(found, str) else ():
            if isinstance(each, Mapping):
                yield Row(_assumed(each), _answer(whole, each))


def _assumed(each: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key} = {value:.3g}"
        for key, value in each.items()
        if key not in {"point", "interval", "reason"} and isinstance(value, int | float)
    )


def _answer(whole: Estimate, each: Mapping[str, Any]) -> Estimate:
    """The estimate that a row of diagnostics is of."""
    point, interval = each.get("point"), each.get("interval")
    if point is None:
        return whole.refused(Status.REFUSED, str(each.get("reason") or "no number was given"))
    return replace(
        whole,
        status=Status.OK,
        reason=None,
        point=float(point),
        interval=None if interval is None else (float(interval[0]), float(interval[1])),
    )
