import polars as pl

from stelae.linkage.coding import code


def test_values_are_numbered_in_their_order_with_their_shares() -> None:
    frame = pl.DataFrame({"a": ["y", None, "x", "y"]})
    coded = code(frame, ["a"])
    assert coded.values["a"].to_list() == ["x", "y"]
    assert coded.ids.tolist() == [1, -1, 0, 1]
    assert coded.share.tolist() == [1 / 3, 2 / 3]


def test_the_first_column_says_whether_anything_is_said() -> None:
    frame = pl.DataFrame({"a": ["x", "x", None], "b": [None, 1, 2]})
    coded = code(frame, ["a", "b"])
    assert coded.ids.tolist() == [1, 0, -1]
    assert coded.values.rows() == [("x", 1), ("x", None)]


def test_nothing_said_has_no_values() -> None:
    coded = code(pl.DataFrame({"a": [None, None]}, schema={"a": pl.String}), ["a"])
    assert coded.ids.tolist() == [-1, -1]
    assert coded.values.height == len(coded.share) == 0


def test_lists_are_values_too() -> None:
    frame = pl.DataFrame({"a": ["x", "x", "x"], "p": [["u"], ["u"], None]})
    coded = code(frame, ["a", "p"])
    assert coded.ids[0] == coded.ids[1] != coded.ids[2]
