"""Everything that the report of a linkage shows, put in order; the template only sets it."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Template

from stelae import __version__
from stelae.linkage.explaining_words import field_words
from stelae.linkage.linking import Linkage
from stelae.linkage.report import plots, words
from stelae.linkage.report.certainty import doubt, inside, spread
from stelae.linkage.report.confused import Near, Spellings, near, spellings
from stelae.linkage.report.counted import ListCounted, histories, lists_counted, sizes
from stelae.linkage.report.doubtful import Doubtful, doubtful
from stelae.linkage.report.level_weights import (
    ComparisonWeights,
    Example,
    example,
    weights_of,
)
from stelae.linkage.report.reviewed import NOTHING_REVIEWED, Reviewed
from stelae.linkage.report.stability import people_drawn
from stelae.linkage.report.tables import (
    digest_words,
    keys_table,
    lists_table,
    made,
    measures_table,
    spellings_table,
)
from stelae.linkage.results import people as people_of
from stelae.values.plots import Plot, Table, inline_svg, overlaps, report_template, svg
from stelae.values.plots.numbers import people

__all__ = ["Page", "page_of", "report_page"]

_SYNTHETIC = "synthetic"
_MOST_OVERLAPPING = 30
"""Lists whose overlaps are drawn; `stelae estimate` takes as many."""


@dataclass(frozen=True, slots=True)
class Page:
    """The report, section by section."""

    is_synthetic: bool
    records: int
    lists: tuple[ListCounted, ...]
    people: int
    is_refused: bool
    """Whether the clusters may not be called a number of people."""
    headline: str
    interval: str
    disagreement: str
    verdict: str
    facts: Mapping[str, str]
    lists_table: Table
    digests: Mapping[str, str]
    overlaps: tuple[Plot, ...]
    sure: tuple[str, ...]
    sure_plots: tuple[Plot, ...]
    found: str
    keys: Table | None
    reading: tuple[str, ...]
    example: Example | None
    example_sum: str
    weights: tuple[Plot, ...]
    unused: tuple[str, ...]
    calibration: str
    calibration_plots: tuple[Plot, ...]
    measures: Table | None
    doubtful: Doubtful
    spellings: Spellings
    across: Table | None
    within: Table | None
    near: tuple[Near, ...]
    draws: tuple[Plot, ...]
    made: Mapping[str, str]
    version: str

    @property
    def plots(self) -> tuple[Plot, ...]:
        """Every plot on the page."""
        return (
            *self.overlaps,
            *self.sure_plots,
            *self.weights,
            *self.calibration_plots,
            *self.draws,
        )


def report_page(linkage: Linkage, seed: int, reviewed: Reviewed = NOTHING_REVIEWED) -> str:
    """The page as HTML, which needs no other file; the same linkage gives the same text."""
    page = page_of(linkage, seed, reviewed)
    inline = {plot.name: inline_svg(plot, svg(plot)) for plot in page.plots}
    return _template().render(
        page=page,
        inline=inline,
        words=words,
        field_words=field_words,
        linkage=linkage.without_lean(),
    )


@functools.cache
def _template() -> Template:
    return report_template("stelae.linkage", "linkage.html")


def page_of(linkage: Linkage, seed: int, reviewed: Reviewed = NOTHING_REVIEWED) -> Page:
    """The page of this linkage."""
    linkage = linkage.without_lean()
    lists = lists_counted(linkage)
    clusters = people_of(linkage)
    records = linkage.lists.frame.height
    drawn = people_drawn(linkage.draws)
    spelled = spellings(linkage)
    shown = example(linkage)
    refused = reviewed.people is not None and reviewed.people.interval is None
    weights = weights_of(linkage)
    return Page(
        is_synthetic=any(
            _SYNTHETIC in text.casefold() for one in lists for text in (one.of.name, one.of.file)
        ),
        records=records,
        lists=lists,
        people=clusters,
        is_refused=refused,
        headline=words.many(clusters, *(("cluster",) if refused else ("person", "people"))),
        interval=words.interval_words(drawn, reviewed),
        disagreement=words.disagreement(drawn, clusters),
        verdict="" if reviewed.people is None else reviewed.people.in_words(),
        facts=_facts(linkage, lists, clusters, reviewed),
        lists_table=lists_table(lists),
        digests={one.of.file: digest_words(one.of.digest) for one in lists},
        overlaps=tuple(_overlaps(linkage)),
        sure=(words.doubt_words(doubt(linkage)), words.inside_words(inside(linkage))),
        sure_plots=(plots.probabilities(spread(linkage)),),
        found=words.found_words(linkage),
        keys=keys_table(linkage),
        reading=tuple(words.start_words(linkage)),
        example=shown,
        example_sum="" if shown is None else _sum(shown),
        weights=tuple(_weights([one for one in weights if one.is_used])),
        unused=tuple(field_words(one.name) for one in weights if not one.is_used),
        calibration=words.calibration_words(reviewed),
        calibration_plots=(
            (plots.reliability(reviewed.reliability.bins),)
            if reviewed.reliability is not None and reviewed.reliability.is_enough
            else ()
        ),
        measures=measures_table(reviewed),
        doubtful=doubtful(linkage),
        spellings=spelled,
        across=spellings_table(spelled.across),
        within=spellings_table(spelled.within),
        near=near(linkage),
        draws=() if drawn is None else (plots.draws_plot(drawn, clusters),),
        made=made(linkage, seed),
        version=__version__,
    )


def _facts(
    linkage: Linkage, lists: tuple[ListCounted, ...], clusters: int, reviewed: Reviewed
) -> Mapping[str, str]:
    by_size = sizes(linkage)
    single = by_size.get(1, 0)
    largest = max(by_size, default=0)
    return {
        "Records": f"{people(linkage.lists.frame.height)}, on {words.many(len(lists), 'list')}",
        "People with one record only": f"{people(single)} ({words.share(single, clusters)})",
        "People with several records": people(clusters - single),
        "Most records of one person": people(largest),
        "Decisions of reviewers": people(reviewed.decisions) if reviewed.decisions else "none",
    }


def _overlaps(linkage: Linkage) -> Iterator[Plot]:
    names = [one.name for one in linkage.lists.lists]
    if 1 < len(names) <= _MOST_OVERLAPPING:
        yield overlaps(
            names,
            histories(linkage).items(),
            "Those on no list are in no row: their number is what stelae estimate asks for.",
        )
    yield plots.sizes_plot(sizes(linkage))


def _weights(comparisons: Sequence[ComparisonWeights]) -> Iterator[Plot]:
    every = [bits for one in comparisons for each in one.levels for bits in (each.first, each.last)]
    # One scale for all, so that bars of different comparisons can be held against each other.
    low, high = min([-1.0, *every]), max([1.0, *every])
    for at, one in enumerate(comparisons):
        yield plots.weights_plot(at, one, low, high)


def _sum(shown: Example) -> str:
    return (
        f"{words.bits(shown.weight)} in all: a probability of"
        f" {words.probability_words(shown.probability)}."
    )
