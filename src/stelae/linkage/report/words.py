"""Numbers of a linkage in sentences, for the report."""

from collections.abc import Iterator

from stelae.linkage.explaining_words import odds, percent
from stelae.linkage.linking import Linkage
from stelae.linkage.report.certainty import Doubt, Inside
from stelae.linkage.report.doubtful import Fate, Weakest
from stelae.linkage.report.level_weights import BITS
from stelae.linkage.report.reviewed import Reviewed
from stelae.linkage.report.stability import Drawn
from stelae.values.plots.numbers import people

__all__ = [
    "bits",
    "calibration_words",
    "compared_words",
    "disagreement",
    "doubt_words",
    "fate_words",
    "found_words",
    "inside_words",
    "interval_words",
    "many",
    "part",
    "probability_words",
    "share",
    "signed",
    "start_words",
    "weakest_words",
]


_PER_CENT = "\u00a0%"
"""The sign with a space before it that no line breaks."""


def many(number: int, one: str, more: str = "") -> str:
    """`1 pair`, `1,200 pairs`."""
    return f"{people(number)} {one if number == 1 else more or one + 's'}"


def share(part: float, whole: float) -> str:
    """A part in per cent, never rounded to nothing or to all."""
    if not whole:
        return f"0{_PER_CENT}"
    found = 100 * part / whole
    if 0 < found < 0.1:
        return f"less than 0.1{_PER_CENT}"
    if 99.9 < found < 100:
        return f"more than 99.9{_PER_CENT}"
    return f"{found:.1f}{_PER_CENT}"


def part(number: float) -> str:
    """A share of 1 in whole per cent."""
    return f"{100 * number:.0f}{_PER_CENT}"


def signed(number: float) -> str:
    """A weight with its sign: `+3.1`."""
    return f"{0.0 if abs(number) < 0.05 else number:+.1f}".replace("-", "−")


def bits(number: float) -> str:
    """A weight with its sign and unit: `+3.1 bits`."""
    return f"{signed(number)}\u00a0bits"


def interval_words(drawn: Drawn | None, reviewed: Reviewed) -> str:
    """What the number of people may be, in one line."""
    if reviewed.people is not None:
        if reviewed.people.interval is None:
            return "no interval: it would not be honest"
        low, high = reviewed.people.interval
        return f"{people(low)}–{people(high)} people"
    if drawn is None:
        return "no interval: no clusterings were drawn"
    ends = (
        people(drawn.low)
        if drawn.low == drawn.high
        else f"{people(drawn.low)}–{people(drawn.high)}"
    )
    return (
        f"{ends} people in 95{_PER_CENT} of {many(len(drawn.people), 'drawn clustering')},"
        " which no reviewer's answers were held against"
    )


def disagreement(drawn: Drawn | None, clusters: int) -> str:
    """A warning where the clusters are not among what the draws give; else nothing."""
    if drawn is None or drawn.low <= clusters <= drawn.high:
        return ""
    where, what = ("above", "more") if clusters > drawn.high else ("below", "fewer")
    return (
        f"The clusters ({people(clusters)}) lie {where} all but a few of the draws"
        f" ({people(drawn.low)}–{people(drawn.high)}): by these weights {what} records belong"
        " together than the clusters hold, or the weights are wrong. Neither number should be used"
        " before doubtful pairs are reviewed."
    )


def compared_words(linkage: Linkage) -> str:
    """How much was compared, of how much."""
    n = linkage.lists.frame.height
    possible = n * (n - 1) // 2
    return (
        f"Of {many(possible, 'possible pair')} of records, {people(linkage.compared)} were compared"
        f" ({share(linkage.compared, possible)}), each by up to"
        f" {many(len(linkage.comparisons), 'comparison')}."
    )


def found_words(linkage: Linkage) -> str:
    """How many of the matching pairs were compared at all, and how that is known."""
    if linkage.found >= 1.0:
        return (
            "No pair was left out for want of a key: every pair was compared, but for pairs within"
            " a list that holds each person once."
            if linkage.keys.height == 1 and linkage.keys["key"][0] == "all pairs"
            else "Every matching pair that can be counted on was found by a key."
        )
    return (
        f"Of the pairs that match, {share(linkage.found, 1.0)} were compared at all. This is"
        " estimated from how many keys found each pair: pairs that only one key found speak for"
        " pairs that none found (Chao 1987). It is the most favourable reading: what no key could"
        " ever find is not in it."
    )


def doubt_words(doubt: Doubt) -> str:
    """How many pairs are doubtful."""
    return (
        f"{many(doubt.pairs, 'pair is', 'pairs are')} doubtful, with a probability of"
        f" 10{_PER_CENT} to 90{_PER_CENT}:"
        f" {share(doubt.pairs, doubt.possible)} of the pairs that may be one person at all"
        f" ({people(doubt.possible)}), {share(doubt.pairs, doubt.compared)} of those compared."
    )


def inside_words(inside: Inside) -> str:
    """What the clusters hold together, for and against."""
    return (
        f"The clusters bring {many(inside.pairs, 'pair')} of records together."
        f" Of these {people(inside.never)} were never compared and"
        f" {people(inside.against)} weigh against one person by themselves; other records of the"
        " cluster outweigh that."
    )


def fate_words(fate: Fate) -> str:
    """How a cluster fares in the draws."""
    parts = [f"stays as it is in {part(fate.whole)} of the draws"]
    if fate.split:
        parts.append(f"is split in {part(fate.split)}")
    if fate.larger:
        parts.append(f"takes in other records in {part(fate.larger)}")
    return f"It {_listed(parts)}."


def weakest_words(weakest: Weakest, against: int) -> str:
    """The pair inside a cluster that speaks most against it."""
    left, right = (" ".join(each) for each in (weakest.left, weakest.right))
    more = f" {many(against, 'pair')} inside weigh strongly against it." if against > 1 else ""
    return (
        f"Weakest pair inside: {left} and {right}, {bits(weakest.bits)}"
        f" ({odds(weakest.bits)}).{more}"
    )


def calibration_words(reviewed: Reviewed) -> str:
    """Whether probabilities were held against answers, or how to do so."""
    if reviewed.reliability is not None:
        return (
            f"Reviewers decided on {many(reviewed.decisions, 'pair')}."
            f" {reviewed.reliability.in_words()}"
        )
    how = (
        "stelae link review OUT (the folder of this page) shows doubtful pairs side by side, and"
        " linking again with the answers makes the weights and this page better."
    )
    if reviewed.decisions:
        return (
            f"Reviewers decided on {many(reviewed.decisions, 'pair')}, and the clusters follow"
            f" them. Whether probabilities hold was not worked out from these. {how}"
        )
    return (
        "No reviewer has decided on any pair. The probabilities are the linkage's own opinion of"
        f" itself, and whether pairs called 90{_PER_CENT} are one person in 9 of 10 cases is not"
        f" known: {how}"
    )


def start_words(linkage: Linkage) -> Iterator[str]:
    """How weights are read, with the numbers of this linkage."""
    prior, cap = linkage.weights.prior * BITS, linkage.settings.cap * BITS
    yield (
        "A weight is counted in bits. One bit more doubles the odds that two records are one"
        " person, one bit less halves them; ten bits are a factor of a thousand."
    )
    yield (
        f"A pair begins at {bits(prior)}, since most pairs are two people. The weight of every"
        " comparison is added to that. At 0 bits the odds are even; at +3.2 bits they are 9 to 1"
        f" for one person (90{_PER_CENT}), at −3.2 bits 9 to 1 against. Clusters lean to joining"
        f" by {linkage.settings.lean * BITS:.1f} bits: what joins three records and more is often"
        " weak in each pair."
    )
    yield (
        "What only one of two records says, or neither, weighs nothing: missing is no mismatch. A"
        " likeness in what is rare weighs more than one in what is common. In the plots a bar is"
        " the weight in the end, learned from the clusters, and a hollow diamond the weight at"
        " first, from how often each likeness occurs among pairs that match and pairs that do not"
        " (Fellegi and Sunter 1969)."
    )
    yield (
        f"When clusters are formed, no pair counts for more than {bits(cap)} or less than"
        f" {bits(-cap)}, since weights are surer of themselves than they may be. A pair that was"
        f" never compared counts {bits(linkage.settings.apart * BITS)}. Before that, the first"
        f" weights were divided by {linkage.inflation:.1f}, for comparisons that say one thing"
        " twice."
    )


def probability_words(chance: float) -> str:
    """A probability, never rounded to certainty."""
    return percent(chance).replace(" %", _PER_CENT)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
