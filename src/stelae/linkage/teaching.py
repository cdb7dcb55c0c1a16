"""A model of names taught by the lists at hand: by the pairs that were joined without doubt."""

from stelae.linkage.fields import NAMES
from stelae.linkage.linking import Linkage
from stelae.linkage.names import NameModel, retrain

__all__ = ["learn_names"]

_SURE = 3.0
"""Log odds from which a joined pair teaches."""


def learn_names(linkage: Linkage) -> NameModel:
    """The linkage's model of names, with what its joined pairs show of spellings and short forms.

    Each pair of spellings teaches once, however many people bear it.
    """
    sure = linkage.pairs.filter(linkage.pairs["together"] & (linkage.pairs["log_odds"] > _SURE))
    frame = linkage.lists.frame
    spellings: set[tuple[str, str]] = set()
    for field in linkage.lists.fields:
        if field.kind in NAMES:
            left = frame[field.name].gather(sure["a"]).to_list()
            right = frame[field.name].gather(sure["b"]).to_list()
            spellings |= {(a, b) for a, b in zip(left, right, strict=True) if a and b}
    return retrain(linkage.model, sorted(spellings)) if spellings else linkage.model
