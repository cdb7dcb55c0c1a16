"""What a method does, and when it misleads, in words for those who use no statistics."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stelae.estimation.methods import METHODS, is_point
from stelae.estimation.wording import per_cent

__all__ = ["MethodWords", "assumptions", "meaning_of", "words_of"]


@dataclass(frozen=True, slots=True)
class MethodWords:
    """`does`: how the number comes about; `misleads`: when it is wrong and nothing shows it."""

    title: str
    does: str
    misleads: str


_WORDS: Mapping[str, MethodWords] = MappingProxyType(
    {
        "chapman": MethodWords(
            "Chapman's estimate from two lists",
            "It asks which share of one list is also on the other, and takes that share for the"
            " other list's reach among everybody.",
            "Where being on one list makes it likelier to be on the other, the number is too low;"
            " where it makes it less likely, too high. Two lists cannot show which.",
        ),
        "chao": MethodWords(
            "Chao's lower bound",
            "It compares how many people are on exactly one list with how many are on exactly two."
            " Where people differ in how easily they are found, the true number is higher.",
            "It is no estimate of the number itself, and its interval does not say how high the"
            " number may be. Where lists share their sources, or are few, the bound may lie above"
            " the truth.",
        ),
        "log-linear": MethodWords(
            "Log-linear models",
            "It describes how the lists attract and repel each other, and carries that description"
            " over to those on no list.",
            "Models that fit the lists about equally well can give numbers far apart, and an"
            " interaction of all lists at once cannot be seen.",
        ),
        "decomposable-graphs": MethodWords(
            "An average over decomposable graphs",
            "It goes through all ways of one kind in which the lists may depend on each other, and"
            " averages them, each as probable as the lists make it.",
            "Where people differ in how easily they are found in ways that no graph describes, the"
            " number is off, most often too low. What is assumed beforehand can weigh much.",
        ),
        "latent-class": MethodWords(
            "Latent classes",
            "It takes people to be of several kinds that nobody sees, each kind with its own"
            " chances to be on each list, and averages over all ways to sort them.",
            "People whom no list could reach at all are not counted. A kind of people who are on"
            " hardly any list can be made larger or smaller without the lists telling.",
        ),
        "no-highest-order-interaction": MethodWords(
            "All overlaps but the last left free",
            "It lets the lists depend on each other in every way that they can show, and sets the"
            " one way that they cannot show beforehand.",
            "That one way decides the number. Other values of it fit the lists just as well.",
        ),
    }
)


def words_of(method: str) -> MethodWords:
    """The words of a method; few of one that is not ours."""
    return _WORDS.get(
        method,
        MethodWords(method, "", "What this method assumes is not described in this report."),
    )


def assumptions(method: str) -> str:
    """A sentence that says on what the method's number stands."""
    entry = METHODS.get(method)
    if entry is None:
        return "A number from this method holds only if what it assumes is true."
    return f"A number from this method holds only if {entry.assumes}."


def meaning_of(method: str, level: float) -> str:
    """How an interval of this method may be read."""
    if is_point(method):
        return (
            f"If what the method assumes is true, intervals made in this way hold the true number"
            f" in {per_cent(level)} of cases. If it is not true, nothing is promised."
        )
    return (
        f"If what the method assumes is true, the true number lies in the interval with a"
        f" probability of {per_cent(level)}. If it is not true, nothing is promised."
    )
