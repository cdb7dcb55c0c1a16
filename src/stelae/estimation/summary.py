"""Estimates as text for a terminal: what was found, what it rests on, what would change it."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from unicodedata import east_asian_width

from stelae.estimation.checks import Checks, StratumChecks
from stelae.estimation.estimate import Estimate, Status
from stelae.estimation.estimates import Estimates
from stelae.estimation.methods import METHODS
from stelae.estimation.wording import (
    EQUALLY_WELL,
    PUBLISHED,
    interval_words,
    label,
    point_words,
)

__all__ = ["summary"]

_WIDTH = 96
_MOST_ROWS = 60
_MOST_CHECKED = 3


def summary(estimates: Estimates, checks: Checks | None = None) -> str:
    """What a statistician reads first: a table, its caveat, and what would change it."""
    parts = [_table(estimates), _unanswered(estimates), _rests_on(estimates), _doubt(estimates)]
    if checks is not None:
        parts.append(_checks(checks))
    return "\n\n".join(part for part in parts if part)


def _table(estimates: Estimates) -> str:
    rows = [_row(label(each.stratum), each.pooled, each.observed) for each in estimates.strata]
    if len(rows) > _MOST_ROWS:
        more = len(rows) - _MOST_ROWS
        rows = [*rows[:_MOST_ROWS], (f"… {more} more", "", "", "", "", "")]
    if estimates.is_stratified:
        total = estimates.total.estimate
        rows.append(_row("total", total, (total.observed, total.observed)))
    level = f"{estimates.strata[0].pooled.level * 100:g} % interval"
    return _aligned([("stratum", "observed", "estimate", level, "method", "status"), *rows])


def _row(name: str, estimate: Estimate, observed: tuple[int, int]) -> tuple[str, ...]:
    low, high = observed
    return (
        name,
        f"{low:,}" if low == high else f"{low:,}–{high:,}",
        "–" if estimate.point is None else point_words(estimate),
        interval_words(estimate),
        estimate.method,
        str(estimate.status),
    )


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Columns beside each other, numbers to the right."""
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            " " * (width - _cells(cell)) + cell
            if 1 <= at <= 3
            else cell + " " * (width - _cells(cell))
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _cells(text: str) -> int:
    """How wide a text is on a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _unanswered(estimates: Estimates) -> str:
    lines = [
        _folded(f"{label(each.stratum)}: {each.pooled.status}: {each.pooled.reason}")
        for each in estimates.unanswered[:_MOST_ROWS]
    ]
    total = estimates.total
    if estimates.is_stratified and total.uncovered and total.estimate.status is Status.OK:
        lines.append(
            _folded(
                f"The total does not cover {len(total.uncovered)} of {len(estimates.strata)}"
                f" strata, with {total.uncovered_observed:,} people listed."
            )
        )
    return "\n".join(lines)


def _rests_on(estimates: Estimates) -> str:
    entry = METHODS.get(estimates.method)
    lists = dict.fromkeys(name for each in estimates.strata for name in each.pooled.lists)
    lines = [f"Lists: {', '.join(lists)}."]
    for each in estimates.strata:
        if each.unusable:
            odd = "; ".join(f"{name} holds {whom}" for name, whom in each.unusable.items())
            lines.append(
                f"{label(each.stratum)}: left out, since it tells nothing of overlap: {odd}."
            )
    if entry is not None:
        lines.append(
            f"An interval holds only under the assumptions of its method. {estimates.method}:"
            f" it holds only if {entry.assumes}."
        )
    lines.append(EQUALLY_WELL)
    if estimates.is_stratified:
        lines.append("Strata are summed draw by draw. The total holds only if they share nobody.")
    return "\n".join(map(_folded, lines))


def _doubt(estimates: Estimates) -> str:
    """Where the variance comes from, if there is more than one place."""
    variance = estimates.total.variance
    if variance is None or all(len(each.replicates) == 1 for each in estimates.strata):
        return ""
    whole = variance.within + variance.between_linkages + variance.between_imputations
    shares = [
        f"{part / whole:.0%} {name}" if whole else name
        for part, name in (
            (variance.within, "from the method itself"),
            (variance.between_linkages, "from the linkage of the lists"),
            (variance.between_imputations, "from the imputation of what is missing"),
        )
        if part
    ]
    return _folded(f"Of the variance (of {variance.scale}): {', '.join(shares)}.")


def _checks(checks: Checks) -> str:
    lines = ["What would change it"]
    for stratum in checks.strata[:_MOST_CHECKED]:
        lines += _of_stratum(stratum)
    if len(checks.strata) > _MOST_CHECKED:
        more = len(checks.strata) - _MOST_CHECKED
        lines.append(f"{more} more strata were checked: see the report, or --json.")
    if checks.methods:
        lines.append("Other methods:")
        rows = [
            _row(f"  {each.method}", each.total.estimate, (_observed(each),) * 2)[:4]
            for each in checks.methods
        ]
        lines += _aligned(rows).splitlines()
        lines += [
            _folded(f"  {each.method}: {each.unanswered[0].pooled.reason}")
            for each in checks.methods
            if each.unanswered
        ]
    covered, tried = checks.covered
    if tried:
        lines.append(
            _folded(
                f"Held out: the intervals cover the known size of {covered} of {tried} lists."
                f" Published for real data: {PUBLISHED} (Binette & Steorts 2021)."
            )
        )
    if checks.unchecked and checks.strata:
        lines.append(f"{checks.unchecked} more strata, with fewer people, were not checked.")
    return "\n".join(lines)


def _observed(estimates: Estimates) -> int:
    """Those listed whom the total covers; where it covers nobody, all."""
    total = estimates.total
    return total.estimate.observed or total.uncovered_observed


def _of_stratum(checks: StratumChecks) -> Iterator[str]:
    where = f"{label(checks.stratum)}: " if checks.stratum else ""
    yield from _section(
        f"{where}without one list:",
        ((f"  without {each.list}", each.estimate, "") for each in checks.dropped),
    )
    yield from _section(
        f"{where}each list's own size, from the others:",
        (
            (
                f"  {each.list}, {each.known:,} people",
                each.estimate,
                {True: "covered", False: "NOT covered", None: ""}[each.is_covered],
            )
            for each in checks.held_out
        ),
    )
    yield from _section(
        f"{where}under other assumptions:",
        ((f"  {each.name}", each.estimate, "") for each in checks.variants),
    )


def _section(title: str, rows: Iterable[tuple[str, Estimate, str]]) -> Iterator[str]:
    found = list(rows)
    answered = [
        (name, f"{estimate.observed:,}", point_words(estimate), interval_words(estimate), verdict)
        for name, estimate, verdict in found
        if estimate.status is Status.OK
    ]
    reasons: dict[str, list[str]] = {}
    for name, estimate, _ in found:
        if estimate.status is not Status.OK:
            reasons.setdefault(f"{estimate.status}: {estimate.reason}", []).append(name.strip())
    if not found:
        return
    yield title
    if answered:
        yield from _aligned(answered).splitlines()
    for reason, names in reasons.items():
        yield _folded(f"  {'; '.join(names)}: {reason}")


def _folded(text: str) -> str:
    indent = " " * (len(text) - len(text.lstrip()))
    return "\n".join(
        wrap(text, _WIDTH, initial_indent="", subsequent_indent=f"{indent}  ", drop_whitespace=True)
        if len(text) > _WIDTH
        else [text]
    )
