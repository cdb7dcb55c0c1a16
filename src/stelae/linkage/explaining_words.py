"""An explained pair in words and as JSON: for terminals and for pages."""

from collections.abc import Iterator

from stelae.linkage.decisions import Decision
from stelae.linkage.explaining import Compared, Other, PairExplanation, RecordAt, Said, Tie
from stelae.values.canonical import Json

__all__ = [
    "cluster_lines",
    "decision_line",
    "field_words",
    "level_words",
    "odds",
    "pair_json",
    "percent",
    "record_words",
    "says_different",
    "verdict",
]

_DIGITS = 4
_DIFFERENT = ("different", "apart", "another day", "one of each")
_ODD = 0.5
"""Bits from which it is odd that a difference speaks for one person, and is said to be so."""


def field_words(name: str) -> str:
    """The name of a field for people."""
    return name.replace("_", " ")


def record_words(record: RecordAt) -> str:
    """A record as commands take it."""
    return f"{record.list}:{record.record}"


def level_words(compared: Compared) -> str:
    """How alike the two sides are, or which of them says nothing."""
    if compared.level is not None:
        odd = compared.bits > _ODD and says_different(compared.level)
        return compared.level + (", yet commoner in matches" if odd else "")
    if compared.left is None and compared.right is None:
        return "neither says it"
    if compared.left is None or compared.right is None:
        return "only one says it"
    return "what one of them says cannot be read"


def says_different(level: str) -> bool:
    """Whether the words of a level say that two values differ."""
    return any(word in level for word in _DIFFERENT)


def odds(bits: float) -> str:
    """Log odds as people bet: `19 to 1 for one person`, `4.2 to 1 against`."""
    times = 2.0 ** min(abs(bits), 60.0)
    if times < 1.05:
        return "even odds"
    shown = f"{times:.1f}" if times < 10 else f"{times:,.0f}" if times < 1e6 else "over a million"
    return f"{shown} to 1 {'for' if bits > 0 else 'against'} one person"


def percent(probability: float) -> str:
    """A probability in percent, never rounded to certainty."""
    if probability > 0.999:
        return "above 99.9 %"
    return "below 0.1 %" if probability < 0.001 else f"{100 * probability:.1f} %"


def verdict(probability: float) -> str:
    """What the weight alone says."""
    if probability > 0.5:
        head = "one person" if probability > 0.9 else "perhaps one person"
        return f"{head} ({percent(probability)}, by the weights alone)"
    head = "two people" if probability < 0.1 else "perhaps two people"
    return f"{head} ({percent(probability)} that they are one, by the weights alone)"


def cluster_lines(pair: PairExplanation) -> Iterator[str]:
    """Whether the two ended in one cluster, and what joined or parted them."""
    if pair.together:
        yield from _together(pair)
        if -pair.lean < pair.weight < 0:
            yield (
                f"Clusters lean to joining by {pair.lean:.1f} bits, since matches would else be"
                " left out; alone, the two would be two."
            )
    else:
        yield from _apart(pair)


def _together(pair: PairExplanation) -> Iterator[str]:
    others = len(pair.companions)
    if not others:
        yield f"They are in one cluster, {pair.clusters[0]}, with no other record."
        return
    with_them = ", ".join(map(record_words, pair.companions[:8]))
    more = f" and {others - 8:,} more" if others > 8 else ""
    yield f"They are in one cluster, {pair.clusters[0]}, with {with_them}{more}."
    if not pair.through:
        yield "No chain of other records joins them: their own weight does."
        return
    yield "Other records join them too:" if pair.weight > 0 else "Other records join them:"
    yield from (f"  {_tie(tie)}" for tie in pair.through)


def _apart(pair: PairExplanation) -> Iterator[str]:
    yield f"They are in two clusters, {pair.clusters[0]} and {pair.clusters[1]}."
    if pair.refused:
        yield "Reviewers hold the two clusters apart:"
        yield from (f"  {decision_line(each)}" for each in pair.refused)
    if pair.barred is not None:
        one, two = pair.barred
        yield (
            f"In one cluster they would bring together {record_words(one)} and"
            f" {record_words(two)}, but {one.list} holds each person once."
        )
    if pair.weight > 0 and pair.against is not None:
        yield "What speaks most against one cluster is another pair between the two:"
        yield f"  {_tie(pair.against)}"


def _tie(tie: Tie) -> str:
    ends = f"{record_words(tie.left)} and {record_words(tie.right)}"
    return f"{ends}: " + ("a reviewer's decision" if tie.bits is None else f"{tie.bits:+.1f} bits")


def decision_line(decision: Decision) -> str:
    """One decision: what, who, when."""
    what = "answer taken back" if decision.withdraws else decision.answer.value
    ends = " and ".join(f"{one}:{record}" for one, record in decision.pair)
    note = f" ({decision.note})" if decision.note else ""
    return f"{ends}: {what}, by {decision.by}, {decision.at}{note}"


def pair_json(pair: PairExplanation) -> dict[str, Json]:
    """`stelae-link-pair/1`: everything in the explanation, weights in bits."""
    return {
        "schema": "stelae-link-pair/1",
        "a": _record(pair.left),
        "b": _record(pair.right),
        "prior": round(pair.prior, _DIGITS),
        "comparisons": [
            {
                "name": each.name,
                "kind": each.kind,
                "a": _said(each.left),
                "b": _said(each.right),
                "level": each.level,
                "weight": round(each.bits, _DIGITS),
                **({} if each.letters is None else {"words": each.letters.to_json()["words"]}),
            }
            for each in pair.compared
        ],
        "not_compared": [_other(each) for each in pair.others],
        "lean": round(pair.lean, _DIGITS),
        "weight": round(pair.weight, _DIGITS),
        "probability": round(pair.probability, 6),
        "together": pair.together,
        "clusters": list(pair.clusters),
        "companions": [_record(each) for each in pair.companions],
        "through": [_tie_json(each) for each in pair.through],
        "barred": None if pair.barred is None else [_record(each) for each in pair.barred],
        "refused": [each.to_json() for each in pair.refused],
        "against": None if pair.against is None else _tie_json(pair.against),
        "decisions": [each.to_json() for each in pair.decisions],
        "decided": None if pair.decided is None else pair.decided.answer.value,
    }


def _record(record: RecordAt) -> dict[str, Json]:
    return {"list": record.list, "record": record.record, "line": record.line}


def _said(said: Said | None) -> Json:
    return None if said is None else {"text": said.text, "field": said.field}


def _other(other: Other) -> dict[str, Json]:
    return {"field": other.field, "a": other.left, "b": other.right}


def _tie_json(tie: Tie) -> dict[str, Json]:
    return {
        "a": _record(tie.left),
        "b": _record(tie.right),
        "weight": None if tie.bits is None else round(tie.bits, _DIGITS),
    }
