"""Overlap tables as they were published, facts re-keyed, with the paper that printed each.

Histories are written as a word of zeros and ones, the first list first.
"""

from stelae.estimation.histories import CaptureHistories


def table(lists: str, counts: str) -> CaptureHistories:
    """`table("A B", "10:5 11:2")`."""
    names = lists.split()
    found = {}
    for cell in counts.split():
        history, _, count = cell.partition(":")
        found[sum(1 << j for j, on in enumerate(history) if on == "1")] = int(count)
    return CaptureHistories.of(names, found)


# Ball, Betts, Scheuren, Dudukovic, Asher (2002), Killings and refugee flow in Kosovo, March-June
# 1999. Report to the International Criminal Tribunal for the former Yugoslavia.
KOSOVO = table(
    "EXH ABA OSCE HRW",
    "1000:1131 0100:845 1100:177 0010:936 1010:228 0110:217 1110:181 0001:306 1001:106 0101:31"
    " 1101:18 0011:123 1011:42 0111:32 1111:27",
)

# Silverman (2014), Modern slavery: an application of multiple systems estimation. Home Office.
UK_6 = table(
    "LA NG PF GO GP NCA",
    "100000:54 010000:463 001000:907 000100:695 000010:316 000001:57 110000:15 101000:19 100100:3"
    " 011000:56 010100:19 010010:1 010001:3 001100:69 001010:10 001001:31 000110:8 000101:6"
    " 000011:1 111000:1 110100:1 011100:4 011001:3 001101:1 111100:1",
)

# Chan, Silverman, Vincent (2021), Multiple systems estimation for sparse capture data, JASA 116.
NEW_ORLEANS_8 = table(
    "A B C D E F G H",
    "10000000:25 10100000:1 10010000:2 10001000:1 10100010:1 10011000:1 01000000:5 01000100:1"
    " 00100000:70 00110000:1 00101000:1 00100010:1 00010000:33 00011000:2 00001000:6 00001001:1"
    " 00000100:6 00000010:6 00000001:21",
)
NEW_ORLEANS_5 = table(
    "A BEFG C D H",
    "10000:25 01000:24 00100:70 00010:33 00001:21 11000:1 10100:1 10010:2 01100:2 01010:2 01001:1"
    " 00110:1 11100:1 11010:1",
)

# The same paper, table 2: an artificial table that shows what can go wrong.
ARTIFICIAL = table("A B C", "100:40 010:30 001:20 110:6")

# Madigan, York (1997), Bayesian methods for estimation of the size of a closed population,
# Biometrika 84: spina bifida in upstate New York.
SPINA_BIFIDA = table("L1 L2 L3", "100:60 010:49 110:4 001:247 101:112 011:142 111:12")
