"""Names of people compared across scripts: a learned channel between letters, words to words."""

from stelae.linkage.names.comparison import name_likeness
from stelae.linkage.names.explanation import NameComparison, explain
from stelae.linkage.names.index import TokenPairs, token_pairs
from stelae.linkage.names.model import NameModel, retrain, train
from stelae.linkage.names.tokens import tokenize

__all__ = [
    "NameComparison",
    "NameModel",
    "TokenPairs",
    "explain",
    "name_likeness",
    "retrain",
    "token_pairs",
    "tokenize",
    "train",
]
