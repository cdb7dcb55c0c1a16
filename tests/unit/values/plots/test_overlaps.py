from xml.etree import ElementTree

import pytest

from stelae.values.plots import overlaps, svg


def test_groups_stand_from_the_largest_down_with_their_lists() -> None:
    plot = overlaps(["A", "B"], [(1, 5), (3, 9), (2, 5)], "Nobody else.")
    assert plot.table.columns == ("Group", "A (14 people)", "B (14 people)", "People")
    assert plot.table.rows == (
        ("1", "on it", "on it", "9"),
        ("2", "on it", "–", "5"),
        ("3", "–", "on it", "5"),
    )
    assert plot.caption.endswith("All groups together: 19 people, each counted once. Nobody else.")


def test_small_groups_are_told_together() -> None:
    plot = overlaps([f"list {j}" for j in range(5)], [(m, 40 - m) for m in range(1, 31)], "")
    assert len(plot.table.rows) == 21
    assert plot.table.rows[-1][0] == "10 smaller groups together"
    assert plot.table.rows[-1][-1] == str(sum(40 - m for m in range(21, 31)))


@pytest.mark.parametrize("lists", [2, 12, 30])
def test_the_words_below_stay_on_the_paper(lists: int) -> None:
    plot = overlaps([f"list {j}" for j in range(lists)], [(1, 3), (2, 4)], "")
    root = ElementTree.fromstring(svg(plot))
    below = [
        t for t in root.iter("{http://www.w3.org/2000/svg}text") if "exactly" in (t.text or "")
    ]
    assert len(below) == 1
    is_at_the_edge = "text-anchor: end" in (below[0].get("style") or "")
    assert is_at_the_edge == (lists > 2)
