"""Tables of the report that no plot shows, and the facts of how it was made."""

from collections.abc import Mapping

from stelae import __version__
from stelae.linkage.explaining_words import field_words
from stelae.linkage.linking import Linkage
from stelae.linkage.report import words
from stelae.linkage.report.confused import Words
from stelae.linkage.report.counted import ListCounted
from stelae.linkage.report.level_weights import BITS
from stelae.linkage.report.reviewed import Reviewed
from stelae.values.plots import Table
from stelae.values.plots.numbers import people

__all__ = [
    "digest_words",
    "keys_table",
    "lists_table",
    "made",
    "measures_table",
    "spellings_table",
]

_MARKS = {"word": "a word of the name", "sound": "the sound of a word of the name"}


def lists_table(lists: tuple[ListCounted, ...]) -> Table:
    """Records and people of each list."""
    return Table(
        (
            "List",
            "Records",
            "People",
            "Found again",
            "Each once",
        ),
        tuple(
            (
                one.of.name,
                people(one.of.records),
                people(one.people),
                people(one.duplicates),
                "yes" if one.of.once else "no",
            )
            for one in lists
        ),
    )


def keys_table(linkage: Linkage) -> Table | None:
    """What each key of the candidates found and passed over; None where all pairs were compared."""
    if not linkage.keys.height or linkage.keys["key"].to_list() == ["all pairs"]:
        return None
    rows = linkage.keys.sort(["pairs", "key"], descending=[True, False])
    return Table(
        ("What two records must share", "Pairs found", "Largest group used, records",
         "Passed over in larger groups, records"),
        tuple(
            (_key(key), people(pairs), people(block), people(passed))
            for key, pairs, block, passed in rows.select(
                "key", "pairs", "block", "passed_over"
            ).iter_rows()
        ),
    )  # fmt: skip


def _key(name: str) -> str:
    """A key in words: what its marks are of."""
    return " + ".join(_MARKS.get(mark, field_words(mark)) for mark in name.split(" + "))


def measures_table(reviewed: Reviewed) -> Table | None:
    """How often the linkage errs, as estimated from reviews; None without an estimate."""
    if not reviewed.errors:
        return None
    return Table(
        ("Measure", "Estimate", "95 % interval", "Reviews"),
        tuple(
            (
                each.what,
                "unknown" if each.point is None else _measured(each.point),
                f"none: {each.reason}"
                if each.interval is None
                else "–".join(map(_measured, each.interval)),
                people(each.reviewed),
            )
            for each in reviewed.errors
        ),
    )


def _measured(value: float) -> str:
    """A share of 1 with three digits, or a number of people."""
    return f"{value:.3f}" if value <= 1.0 else people(value)


def spellings_table(found: tuple[Words, ...]) -> Table | None:
    """Two spellings a row, how often they are joined and not; None without any."""
    if not found:
        return None
    return Table(
        ("One spelling", "The other", "Scripts", "Pairs in one cluster", "Pairs in two"),
        tuple(
            (
                each.left,
                each.right,
                ", ".join(name.capitalize() for name in dict.fromkeys(each.scripts)),
                people(each.joined),
                people(each.apart),
            )
            for each in found
        ),
    )


def made(linkage: Linkage, seed: int) -> Mapping[str, str]:
    """What the linkage was told and made with, by name."""
    told, limits = linkage.settings, linkage.settings.limits
    return {
        "Stelae": __version__,
        "Seed": str(seed),
        "Draws": people(len(linkage.draws)),
        "Model of names": f"{linkage.model.version}, sha256:{linkage.model.digest}",
        "Weights learned from": ", ".join(linkage.learned_from) or "all lists",
        "Weights learned anew from the clusters": f"{told.rounds} times",
        "Added to the start of refined weights": words.bits(told.lean * BITS),
        "Price of moving a weight": f"{told.first_price:g} at first, then {told.price:g}",
        "Every pair compared up to": f"{people(told.all_pairs_below)} records",
        "Largest group of a key": f"{people(limits.block)} records",
        "Pairs compared": f"{limits.each:g} for each record of up to {people(limits.each_at)}",
        "Pairs of one record": f"{people(limits.record)} at most",
        "Random pairs": people(told.random_pairs),
        "Pairs that teach weights": f"{people(told.training_pairs)} at most",
        "Pairs kept in pairs.csv": f"from {told.keep:.0%} on, and all in one cluster".replace(
            "%", " %"
        ),
    }


def digest_words(digest: str) -> str:
    """A digest with the name of its function."""
    return digest if ":" in digest else f"sha256:{digest}"
