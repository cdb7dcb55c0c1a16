"""Overlap tables as published, re-keyed as facts; counts by history, written list by list."""

from stelae.estimation.histories import CaptureHistories


def table(lists: str, rows: str) -> CaptureHistories:
    """`rows` are histories with counts: the first digit is the first list."""
    counts = {}
    for row in rows.split():
        history, count = row.split(":")
        counts[sum(1 << j for j, digit in enumerate(history) if digit == "1")] = int(count)
    return CaptureHistories.of(lists.split(), counts)


# Spina bifida, upstate New York: Madigan & York (1997), Biometrika 84, 19-31.
SPINA_BIFIDA = table("B D M", "100:60 010:49 110:4 001:247 101:112 011:142 111:12")

# Congenital anomaly, Massachusetts: the same paper.
CONGENITAL_ANOMALY = table(
    "O D M F H",
    "10000:27 01000:37 11000:19 00100:4 10100:4 01100:1 11100:1 00010:97 10010:22 01010:37 "
    "11010:25 00110:2 10110:1 01110:3 11110:5 00001:83 10001:36 01001:34 11001:18 00101:3 "
    "10101:5 11101:2 00011:30 10011:5 01011:23 11011:8 10111:3 11111:2",
)

# Killings of Kosovo Albanians, March to June 1999: Ball, Betts, Scheuren, Dudukovic & Asher (2002).
KOSOVO = table(
    "EXH ABA OSCE HRW",
    "1000:1131 0100:845 1100:177 0010:936 1010:228 0110:217 1110:181 0001:306 1001:106 0101:31 "
    "1101:18 0011:123 1011:42 0111:32 1111:27",
)
