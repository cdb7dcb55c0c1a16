import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from estimated_samples import COUNTS, ODD, Stuck, sample_result, sample_table, with_curve
from fake_methods import Doubling
from matplotlib.figure import Figure
from PIL import Image

from stelae.errors import BadValue
from stelae.estimation import plots
from stelae.estimation.axes import estimate_all
from stelae.estimation.estimate import Estimate
from stelae.estimation.histories import CaptureHistories
from stelae.estimation.plots import Plot, Table
from stelae.values.plots.drawing import VALUE, short


def every_plot() -> dict[str, Plot]:
    estimates, (table,), checks = sample_result()
    whole, (found,) = estimates.strata[0].pooled, checks.strata
    assert whole.draws is not None
    shown = [
        plots.overlaps(table),
        plots.likely(whole),
        plots.likely(with_curve(whole, "posterior"), "posterior"),
        plots.profile(with_curve(whole, "poisson profile")),
        plots.without_one_list(whole, found.dropped),
        plots.held_out(found.held_out),
        plots.sensitivity(whole, found.variants),
        plots.methods([estimates, *checks.methods]),
        plots.strata(estimates),
        plots.traces(whole.draws),
        plots.ranks(whole.draws),
    ]
    return {plot.name: plot for plot in shown if plot is not None}


PLOTS = every_plot()


def texts_of(plot: Plot) -> list[str]:
    root = ElementTree.fromstring(plots.svg(plot))
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def marked(figure: Figure, kind: str) -> list[list[float]]:
    """Where lines of a colour, with a dash's thickness or a mark, stand along the numbers."""
    lines = figure.axes[0].get_lines()
    return [
        [float(x) for x in np.atleast_1d(np.asarray(line.get_xdata()))]
        for line in lines
        if line.get_color() == VALUE
        and (line.get_linestyle() != "None") == (kind == "line")
        and len(np.atleast_1d(np.asarray(line.get_xdata())))
    ]


def without(estimate: Estimate) -> Estimate:
    return replace(estimate, draws=None, curve=None)


def test_there_is_a_plot_of_each_kind() -> None:
    assert len(PLOTS) == 11


@pytest.mark.parametrize("name", PLOTS)
def test_the_same_plot_gives_the_same_bytes(name: str) -> None:
    plot = PLOTS[name]
    first = plots.svg(plot)
    assert first == plots.svg(plot)
    assert b"dc:date" not in first
    assert plots.png(plot) == plots.png(plot)


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_well_formed_and_as_wide_as_a_phone(name: str) -> None:
    root = ElementTree.fromstring(plots.svg(PLOTS[name]))
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(331.2)
    assert Image.open(io.BytesIO(plots.png(PLOTS[name]))).width == 920


@pytest.mark.parametrize("name", PLOTS)
def test_every_letter_is_as_large_as_small_print(name: str) -> None:
    sizes = re.findall(rb"font-size: ([\d.]+)px", plots.svg(PLOTS[name]))
    assert sizes
    assert min(map(float, sizes)) >= 10


@pytest.mark.parametrize("name", PLOTS)
def test_a_scale_names_what_it_counts(name: str) -> None:
    assert any("people" in text for text in texts_of(PLOTS[name]))


@pytest.mark.parametrize("name", PLOTS)
def test_an_inline_drawing_has_a_name_the_pages_colours_and_ids_of_its_own(name: str) -> None:
    plot = PLOTS[name]
    inline = str(plots.inline_svg(plot, plots.svg(plot)))
    assert inline.startswith('<svg class="drawing" viewBox="')
    assert 'role="img"' in inline
    assert "http" not in inline
    assert not re.search(r"#[0-9a-f]{6}\b(?=[;\"])", inline)
    for identifier in re.findall(r'\bid="([^"]+)"|href="#([^"]+)"|url\(#([^)]+)\)', inline):
        assert "".join(identifier).startswith(f"{name}-")


def test_the_users_own_style_changes_nothing_and_is_left_alone() -> None:
    plot = PLOTS["methods"]
    before = plots.svg(plot)
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "svg.hashsalt": "other"}):
        assert plots.svg(plot) == before
        assert mpl.rcParams["font.size"] == 30


def test_histories_are_shown_from_the_largest_with_the_size_of_each_list() -> None:
    plot = PLOTS["overlaps"]
    numbers = [int(row[-1]) for row in plot.table.rows]
    assert numbers == sorted(COUNTS.values(), reverse=True)
    assert all(str(number) in texts_of(plot) for number in numbers)
    assert plot.table.columns[1] == f"{ODD[0]} (595 people)"
    assert f"{ODD[0]}  595" in texts_of(plot)


def test_what_there_is_no_room_for_is_counted_together() -> None:
    counts = {mask: 1000 - mask for mask in range(1, 32)}
    plot = plots.overlaps(CaptureHistories.of("ABCDE", counts))
    assert len(plot.table.rows) == 21
    assert plot.table.rows[-1][0] == "11 smaller groups together"
    assert plot.table.rows[-1][-1] == f"{sum(1000 - mask for mask in range(21, 32)):,}"
    assert {"11 smaller", plot.table.rows[-1][-1]} <= set(texts_of(plot))


@pytest.mark.parametrize("name", ["without-one-list", "held-out-lists", "sensitivity", "methods"])
def test_rows_write_the_numbers_of_their_table(name: str) -> None:
    plot = PLOTS[name]
    texts = texts_of(plot)
    for row in plot.table.rows:
        cells = dict(zip(plot.table.columns, row, strict=True))
        said = f"{cells['Estimate, people']} ({cells['95 % interval, people']})"
        assert (said if cells["Estimate, people"] != "–" else "not converged") in texts


def test_marks_stand_where_the_table_says() -> None:
    estimates, _, checks = sample_result()
    whole, dropped = estimates.strata[0].pooled, checks.strata[0].dropped
    figure = plots.without_one_list(whole, dropped).draw()
    every = [whole, *(each.estimate for each in dropped)]
    assert marked(figure, "line") == [list(each.interval or ()) for each in every]
    assert marked(figure, "mark") == [[each.point] for each in every]


def test_what_did_not_converge_has_words_and_never_a_mark() -> None:
    estimates, _, checks = sample_result(Stuck(chains=4))
    whole = estimates.strata[0].pooled
    plot = plots.without_one_list(whole, checks.strata[0].dropped)
    figure = plot.draw()
    assert marked(figure, "line") == marked(figure, "mark") == []
    assert texts_of(plot).count("not converged") == 5
    assert plot.table.rows[0][-1] == "not converged: the chains <do not> agree"
    likely = plots.likely(whole)
    assert likely is not None
    assert marked(likely.draw(), "line") == []
    assert "not converged: no estimate, no interval" in texts_of(likely)
    assert "no interval may be read from it" in likely.caption


def test_a_point_without_an_interval_is_said_to_have_none() -> None:
    estimates, _, _ = sample_result()
    bare = replace(estimates.strata[0].pooled, interval=None, reason="too few")
    plot = plots.without_one_list(bare, ())
    assert marked(plot.draw(), "line") == []
    assert any(text.endswith("(no interval)") for text in texts_of(plot))
    assert plot.table.rows[0][-1] == "ok: too few"
    likely = plots.likely(bare)
    assert likely is not None
    assert "no interval" in texts_of(likely)


def test_known_sizes_are_told_apart_as_inside_or_outside() -> None:
    _, _, checks = sample_result()
    plot = plots.held_out(checks.strata[0].held_out)
    at = plot.table.columns.index("Known size lies")
    for row, each in zip(plot.table.rows, checks.strata[0].held_out, strict=True):
        assert row[at] == ("inside" if each.is_covered else "outside")
        assert row[at - 1] == f"{each.known:,}"
    assert any("outside" in text or "inside" in text for text in texts_of(plot))


def test_bars_of_draws_hold_every_draw_once() -> None:
    plot = PLOTS["likely"]
    shares = [float(share) for _, share in plot.table.rows if share != "–"]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    figure = plot.draw()
    drawn = [bar.get_height() * 100 for bar in figure.axes[0].patches]  # type: ignore[attr-defined] # bars are rectangles
    assert [f"{each:.2f}" for each in drawn] == [
        share for n, share in plot.table.rows if share != "–" and not n.startswith("more")
    ]


def test_the_observed_the_estimate_and_its_interval_are_marked_with_their_numbers() -> None:
    estimates, _, _ = sample_result()
    whole = estimates.strata[0].pooled
    assert whole.interval is not None
    low, high = whole.interval
    texts = texts_of(PLOTS["likely"])
    assert "1,247 people listed" in texts
    assert f"{whole.point:,.0f} people estimated, by doubling" in texts
    assert f"{low:,.0f}–{high:,.0f} people: 95 % interval" in texts


def test_a_curve_is_drawn_through_the_points_of_its_table() -> None:
    plot = PLOTS["profile"]
    (line,) = [
        line
        for line in plot.draw().axes[0].get_lines()
        if len(np.atleast_1d(np.asarray(line.get_xdata()))) > 10
    ]
    drawn = [
        (f"{x:,.0f}", f"{y:.3f}")
        for x, y in zip(np.asarray(line.get_xdata()), np.asarray(line.get_ydata()), strict=True)
    ]
    assert drawn == [row for row in plot.table.rows if row[1] != "–"]
    assert "1.000" in {row[1] for row in plot.table.rows}


def test_traces_and_ranks_are_drawn_from_their_tables() -> None:
    for name in ("traces", "ranks"):
        plot = PLOTS[name]
        panels = plot.draw().axes
        assert len(panels) == len(plot.table.columns) - 1 == 4
        for j, panel in enumerate(panels):
            heights = (
                panel.get_lines()[0].get_ydata()
                if name == "traces"
                else [bar.get_height() for bar in panel.patches]  # type: ignore[attr-defined] # bars
            )
            assert [f"{each:,.0f}" for each in np.asarray(heights)] == [
                row[j + 1] for row in plot.table.rows
            ]


def test_ranks_of_equal_draws_are_shared_evenly_and_of_a_stray_chain_are_not() -> None:
    even = plots.ranks(np.full((4, 100), 7))
    assert {cell for row in even.table.rows for cell in row[1:]} == {"5"}
    stray = np.array([np.arange(100), np.arange(100) + 1000])
    rows = plots.ranks(stray).table.rows
    assert rows[0][1:] == ("10", "0")
    assert rows[-1][1:] == ("0", "10")


def test_what_a_method_tries_by_itself_is_shown_with_its_reasons() -> None:
    estimates, _, _ = sample_result()
    whole = replace(
        estimates.strata[0].pooled,
        diagnostics={
            "sensitivity": [
                {"delta": 0.0625, "point": 2600, "interval": [2100, 3400], "reason": None},
                {"delta": 1.0, "point": None, "interval": None, "reason": "no finite mass"},
            ]
        },
    )
    plot = plots.sensitivity(whole, ())
    assert plot is not None
    assert [row[0] for row in plot.table.rows] == ["as reported", "delta = 0.0625", "delta = 1"]
    assert "2,600 (2,100–3,400)" in texts_of(plot)
    assert plot.table.rows[2][-1] == "refused: no finite mass"
    assert plots.sensitivity(estimates.strata[0].pooled, ()) is None


def test_without_draws_or_curve_there_is_nothing_to_draw_of_the_doubt() -> None:
    whole = without(sample_result()[0].strata[0].pooled)
    assert plots.likely(whole) is None
    assert plots.profile(whole) is None


def test_lists_far_apart_in_size_have_a_logarithmic_scale_with_round_numbers() -> None:
    tables = [sample_table("small"), sample_table("large", more=200_000)]
    plot = plots.strata(estimate_all(tables, Doubling(), seed=1))
    figure = plot.draw()
    assert figure.axes[0].get_xscale() == "log"
    assert "100,000" in texts_of(plot)
    assert [row[0] for row in plot.table.rows] == ["large", "small", "Total"]


def test_names_keep_to_one_line_and_show_both_ends() -> None:
    assert short("A\nB\x00\t C") == "A B C"
    assert short("a" * 30 + "b" * 30) == "a" * 14 + "…" + "b" * 7
    assert len(short("x" * 23)) == 22


def test_letters_of_any_script_are_drawn_without_a_warning() -> None:
    table = sample_table(lists=("名簿", "قائمة", "Ցուցակ", "\x01\x02"))
    plot = plots.overlaps(table)
    assert any("名簿" in text for text in texts_of(plot))
    assert plots.png(plot)


def test_what_xml_does_not_hold_is_left_out_of_a_drawing() -> None:
    table = sample_table(lists=("A\x0b", "B\ufffe", "C\x00", "\u202eD"))
    plot = replace(plots.overlaps(table), title="A\x0b: who is on which lists")
    assert "A  595" in texts_of(plot)


def test_a_table_has_no_ragged_rows() -> None:
    with pytest.raises(BadValue, match="as many cells"):
        Table(("a", "b"), (("1",),))
