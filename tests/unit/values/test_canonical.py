import json

import pytest

from stelae.errors import BadValue
from stelae.values.canonical import Json, canonical_json, parse_canonical, parse_json


def test_the_examples_of_the_standard_have_its_bytes() -> None:
    """RFC 8785, 3.2.2 and 3.2.3."""
    value: Json = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical_json(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    keys: Json = {"€": 5, "\r": 7, "\ufb33": 0, "1": 1, "\U0001f600": 3, "\x80": 4, "ö": 6}
    assert list(json.loads(canonical_json(keys))) == [
        "\r",
        "1",
        "\x80",
        "ö",
        "€",
        "\U0001f600",
        "\ufb33",
    ]


def nested(depth: int) -> Json:
    value: Json = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [2**53 + 1, float("nan"), float("inf"), "\ud800", {"\ud800": 1}, {1: 2}, b"x", nested(100_000)],
    ids=["big", "nan", "inf", "surrogate", "key", "number-key", "bytes", "deep"],
)
def test_what_has_no_canonical_form_is_refused(value: Json) -> None:
    with pytest.raises(BadValue, match="cannot be written as canonical JSON"):
        canonical_json(value)


@pytest.mark.parametrize(
    "content",
    [
        b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{ "a":1}', b"[1.0]", b'["\\u0061"]', b"[1]\n",
        b"[1e2]",
    ],
)  # fmt: skip
def test_another_form_of_the_same_is_refused(content: bytes) -> None:
    with pytest.raises(BadValue, match="not in its canonical form"):
        parse_canonical(content)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"NaN", b"[Infinity]", b"\xff", b"\xef\xbb\xbf[]", "[1]".encode("utf-16"),
        b'"\xed\xa0\x80"', b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_json_in_utf_8_is_refused(content: bytes) -> None:
    with pytest.raises(BadValue, match="is not JSON"):
        parse_json(content)
