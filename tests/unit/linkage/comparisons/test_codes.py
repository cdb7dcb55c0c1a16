import pytest
from compared_values import COMMON, RARE, word

from stelae.linkage.comparisons.codes import CodeComparison

CODES = CodeComparison("c")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("AB-1234", "ab 12.34", "the same, rare"),
        ("123456", "123457", "one sign differs"),
        ("123456", "132456", "one sign differs"),
        ("123456", "12346", "one sign differs"),
        ("12345678", "12349999", "the first half is the same"),
        ("123456", "723457", "two signs differ"),
        ("12345678", "12988888", "it begins with the same two signs"),
        ("123456", "987654", "different"),
    ],
)
def test_two_codes_reach_a_level(left: str, right: str, level: str) -> None:
    assert word(CODES, {"c": [left, right]}) == level


def test_a_common_code_says_less() -> None:
    assert word(CODES, {"c": ["0000", "0000"]}, COMMON) == "the same, common"
    assert word(CODES, {"c": ["0000", "0000"]}, RARE) == "the same, rare"


def test_one_sign_makes_another_short_code() -> None:
    assert word(CODES, {"c": ["12", "13"]}) == "different"
    assert word(CODES, {"c": ["123", "124"]}) == "different"
    assert word(CODES, {"c": ["1234", "1235"]}) == "one sign differs"
